package gateway

import (
	"encoding/binary"
	"testing"

	"pgregory.net/rapid"
)

// rawFrame builds a frame as a client sends it.
func rawFrame(first byte, payload []byte) []byte {
	out := []byte{first}
	switch n := len(payload); {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	mask := [4]byte{1, 2, 3, 4}
	out = append(out, mask[:]...)
	for i, b := range payload {
		out = append(out, b^mask[i%4])
	}
	return out
}

func TestFramingCountsTheSameHoweverTheBytesAreCut(t *testing.T) {
	var stream []byte
	for _, f := range [][]byte{
		rawFrame(0x81, []byte("hello")), rawFrame(0x89, nil), rawFrame(0x01, nil),
		rawFrame(0x00, nil), rawFrame(0x8a, []byte("pong")), rawFrame(0x80, make([]byte, 126)),
		rawFrame(0x82, make([]byte, 1<<16)), rawFrame(0x88, []byte{3, 232}),
	} {
		stream = append(stream, f...)
	}
	for cut := range stream {
		var f framing
		a, b := f.feed(stream[:cut]), f.feed(stream[cut:])
		if a.frames+b.frames != 8 || a.controls+b.controls != 3 || f.open() {
			t.Fatalf("cut at %d: %+v, then %+v, open %v; want 8 frames, 3 of them control", cut, a, b, f.open())
		}
	}
}

func TestFramingKnowsWhatIsUnderWay(t *testing.T) {
	rows := []struct {
		name   string
		bytes  []byte
		open   bool
		rested bool
	}{
		{"nothing", nil, false, false},
		{"one byte of a header", []byte{0x81}, true, false},
		{"a whole message", rawFrame(0x81, []byte("x")), false, true},
		{"an empty message", rawFrame(0x81, nil), false, true},
		{"the first of several frames", rawFrame(0x01, []byte("x")), true, false},
		{"a ping within a message", append(rawFrame(0x01, nil), rawFrame(0x89, nil)...), true, false},
		{"a message and a half", append(rawFrame(0x81, nil), 0x81), true, true},
		{"half a payload", rawFrame(0x81, []byte("xyz"))[:7], true, false},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			var f framing
			seen := f.feed(r.bytes)
			if f.open() != r.open || seen.rested != r.rested {
				t.Fatalf("open %v, rested %v; want %v, %v", f.open(), seen.rested, r.open, r.rested)
			}
		})
	}
}

// wholeFrames is the dumb version: it has all bytes at once.
func wholeFrames(p []byte) (frames, controls int) {
	for len(p) >= 2 {
		length, head := uint64(p[1]&0x7f), 2
		wide := map[uint64]int{126: 2, 127: 8}[length]
		mask := int(p[1]>>7) * 4
		if len(p) < head+wide+mask {
			break
		}
		if wide > 0 {
			var eight [8]byte
			copy(eight[8-wide:], p[head:head+wide])
			length = binary.BigEndian.Uint64(eight[:])
		}
		frames++
		if p[0]&8 != 0 {
			controls++
		}
		p = p[head+wide+mask:]
		if length > uint64(len(p)) {
			break
		}
		p = p[length:]
	}
	return frames, controls
}

func FuzzFraming(f *testing.F) {
	f.Add([]byte{0x81, 0x85, 1, 2, 3, 4, 5, 6, 7, 8, 9}, byte(3))
	f.Add([]byte{0x01, 0x80, 0, 0, 0, 0, 0x80, 0xfe, 0, 1, 0, 0, 0, 0, 9}, byte(1))
	f.Add([]byte{0x82, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 1, 1, 1, 0}, byte(0))
	f.Fuzz(func(t *testing.T, stream []byte, step byte) {
		wantFrames, wantControls := wholeFrames(stream)
		var fr framing
		var frames, controls int
		for rest := stream; len(rest) > 0; {
			n := min(int(step%17)+1, len(rest))
			seen := fr.feed(rest[:n])
			frames, controls = frames+seen.frames, controls+seen.controls
			rest = rest[n:]
		}
		if frames != wantFrames || controls != wantControls {
			t.Fatalf("%d frames, %d control; want %d, %d", frames, controls, wantFrames, wantControls)
		}
	})
}

func TestBlankLineFindsEveryHeaderEndAsNetHTTPDoes(t *testing.T) {
	rows := []struct {
		in   string
		want []int // lengths of the pieces
	}{
		{"GET / HTTP/1.1\r\nHost: a\r\n\r\nrest", []int{27, 4}},
		{"GET / HTTP/1.1\nHost: a\n\nrest", []int{24, 4}},
		{"GET / HTTP/1.1\nHost: a\n\r\nrest", []int{25, 4}},
		{"a\r\n\r\n\r\n\r\n", []int{5, 4}},
		{"a\n\rb\n\n", []int{6}},
		{"no end", []int{6}},
	}
	for _, r := range rows {
		t.Run(r.in, func(t *testing.T) {
			for cut := range len(r.in) {
				var b blankLine
				var got []int
				piece := 0
				for _, part := range []string{r.in[:cut], r.in[cut:]} {
					for len(part) > 0 {
						n, found := b.end([]byte(part))
						part, piece = part[n:], piece+n
						if found {
							got, piece = append(got, piece), 0
						}
					}
				}
				if piece > 0 {
					got = append(got, piece)
				}
				if len(got) != len(r.want) || got[0] != r.want[0] {
					t.Fatalf("cut at %d: pieces of %v bytes; want %v", cut, got, r.want)
				}
			}
		})
	}
}

func TestBlankLineIsIndependentOfCuts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := []byte(rapid.StringOfN(rapid.SampledFrom([]rune("a\r\n")), 0, 40, -1).Draw(t, "in"))
		ends := func(step int) (at []int) {
			var b blankLine
			for i := 0; i < len(in); {
				n, found := b.end(in[i:min(i+step, len(in))])
				if i += n; found {
					at = append(at, i)
				}
			}
			return at
		}
		whole, cut := ends(len(in)+1), ends(rapid.IntRange(1, 5).Draw(t, "step"))
		if len(whole) != len(cut) {
			t.Fatalf("ends at %v in one piece, at %v in several", whole, cut)
		}
		for i := range whole {
			if whole[i] != cut[i] {
				t.Fatalf("ends at %v in one piece, at %v in several", whole, cut)
			}
		}
	})
}
