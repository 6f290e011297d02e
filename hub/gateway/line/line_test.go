package line

import (
	"bytes"
	"compress/flate"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"majlis/hub/fanout"
)

// bucket is an outlet with so much room.
type bucket struct {
	mu    sync.Mutex
	room  int
	got   bytes.Buffer
	calls int
	more  chan struct{} // holds a token when there may be room
	// capped: it cannot be widened
	capped bool
	fail   error
}

func newBucket(room int) *bucket { return &bucket{room: room, more: make(chan struct{}, 1)} }

func (b *bucket) push(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.calls++
	n := min(len(p), b.room)
	b.got.Write(p[:n])
	b.room -= n
	return n, b.fail
}

func (b *bucket) flush() (clear, moved bool, err error) { return true, false, b.fail }

func (b *bucket) widen(n int) {
	if !b.capped {
		b.room += n
	}
}

func (b *bucket) wait(deadline time.Time, try func() bool) error {
	for !try() {
		select {
		case <-b.more:
		case <-time.After(time.Until(deadline)):
			return os.ErrDeadlineExceeded
		}
	}
	return nil
}

// empty makes room, as a peer that reads.
func (b *bucket) empty(room int) {
	b.quietly(room)
	select {
	case b.more <- struct{}{}:
	default:
	}
}

// quietly makes room, and the kernel does not tell.
func (b *bucket) quietly(room int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.room += room
}

// wsFrame is one frame that a peer sees.
type wsFrame struct {
	first   byte
	payload string
}

// frames reads frames as a client does. It fails on one that is torn.
func frames(b []byte) (out []wsFrame, err error) {
	for len(b) > 0 {
		f, n := one(b)
		if n == 0 {
			return out, io.ErrUnexpectedEOF
		}
		out = append(out, f)
		b = b[n:]
	}
	return out, nil
}

func one(b []byte) (f wsFrame, n int) {
	if len(b) < 2 {
		return f, 0
	}
	head, size := 2, int(b[1])
	switch size {
	case 126:
		head = 4
	case 127:
		head = 10
	}
	if len(b) < head {
		return f, 0
	}
	switch head {
	case 4:
		size = int(binary.BigEndian.Uint16(b[2:]))
	case 10:
		size = int(binary.BigEndian.Uint64(b[2:]))
	}
	if len(b) < head+size {
		return f, 0
	}
	return wsFrame{b[0], string(b[head : head+size])}, head + size
}

func text(s string) *fanout.Frame { return &fanout.Frame{Data: []byte(s)} }

func shared(texts ...string) (out []fanout.Message) {
	for _, s := range texts {
		out = append(out, fanout.Message{Frame: text(s)})
	}
	return out
}

func nobody(error) {}

// onto is a line over an outlet.
func onto(out Outlet) *Line { return &Line{out: out, forms: new(Forms), end: nobody} }

func TestSeveralMessagesAreOneSend(t *testing.T) {
	b := newBucket(1 << 20)
	l := onto(b)
	batch := append(shared("one", "two"), fanout.Message{Frame: text("three"), Own: []byte("mine")})
	if taken, clear, err := l.Send(batch); taken != 3 || !clear || err != nil {
		t.Fatalf("taken %d, clear %t, %v", taken, clear, err)
	}
	if b.calls != 1 {
		t.Errorf("%d sends for three messages", b.calls)
	}
	want := "\x81\x03one\x81\x03two\x81\x05three\x81\x04mine"
	if got := b.got.String(); got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

func TestWhatDoesNotFitStaysWithTheSender(t *testing.T) {
	for _, c := range []struct {
		name  string
		room  int
		taken int
		sent  string
	}{
		{"Nothing", 0, 1, ""},
		{"PartOfTheFirst", 3, 1, "\x81\x03o"},
		{"TheFirstAlone", 5, 2, "\x81\x03one"},
		{"PartOfTheLast", 12, 3, "\x81\x03one\x81\x03two\x81\x05"},
		{"WithoutItsOwnPart", 17, 3, "\x81\x03one\x81\x03two\x81\x05three"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := newBucket(c.room)
			l := onto(b)
			batch := append(shared("one", "two"), fanout.Message{Frame: text("three"), Own: []byte("mine")})
			taken, clear, err := l.Send(batch)
			if taken != c.taken || clear || err != nil || b.got.String() != c.sent {
				t.Errorf("taken %d, clear %t, %v, sent %q; want %d and %q", taken, clear, err, b.got.String(), c.taken, c.sent)
			}
			b.room = 1 << 20
			if err := l.Wait(t.Context()); err != nil {
				t.Fatal(err)
			}
			if _, _, err := l.Send(batch[taken:]); err != nil {
				t.Fatal(err)
			}
			if got, want := b.got.String(), "\x81\x03one\x81\x03two\x81\x05three\x81\x04mine"; got != want {
				t.Errorf("arrived %q, want %q", got, want)
			}
		})
	}
}

func TestALineThatIsNotClearTakesNothing(t *testing.T) {
	l := onto(newBucket(3))
	l.Send(shared("one"))
	if taken, clear, err := l.Send(shared("two")); taken != 0 || clear || err != nil {
		t.Errorf("taken %d, clear %t, %v", taken, clear, err)
	}
}

// The remainder of a shared frame is the frame's own bytes: ten thousand who are
// stuck in it keep no copy.
func TestTheRemainderIsShared(t *testing.T) {
	l := onto(newBucket(5))
	f := text("a frame for all")
	l.Send([]fanout.Message{{Frame: f}})
	whole := f.In(Text, asText)
	if len(l.rest) != 1 || &l.rest[0][0] != &whole[5] {
		t.Error("the remainder is a copy")
	}
}

func TestLibraryWritesGoBehindTheRemainder(t *testing.T) {
	b := newBucket(4)
	l := onto(b)
	l.Send(shared("torn"))
	if n, err := l.Write([]byte("\x8a\x00")); n != 2 || err != nil {
		t.Fatalf("wrote %d, %v", n, err)
	}
	b.room = 100
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	l.Send(shared("next"))
	if got, want := b.got.String(), "\x81\x04torn\x8a\x00\x81\x04next"; got != want {
		t.Errorf("arrived %q, want %q", got, want)
	}
}

func TestAFloodOfControlFramesIsRefused(t *testing.T) {
	l := onto(newBucket(0))
	pong := append([]byte{0x8a, 125}, make([]byte, 125)...)
	var err error
	for i := 0; err == nil && i < 2*MaxTail/len(pong); i++ {
		_, err = l.Write(pong)
	}
	if !errors.Is(err, fanout.ErrOverflow) {
		t.Errorf("ended with %v, want %v", err, fanout.ErrOverflow)
	}
}

func TestCloseGoesBehindTheRemainderAlsoWhenThePeerSleeps(t *testing.T) {
	b := newBucket(4)
	l := onto(b)
	l.Send(shared("torn"))
	l.Close(4000, "lagging")
	l.Close(1000, "again")
	if n, err := l.Write([]byte("\x88\x00")); n != 2 || err != nil {
		t.Errorf("the library's close frame: %d, %v", n, err)
	}
	if got, want := b.got.String(), "\x81\x04torn\x88\x09\x0f\xa0lagging"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
	if _, _, err := l.Send(shared("late")); err == nil {
		t.Error("takes more behind the close frame")
	}
}

// Where the kernel cannot be made to take all at once, what it took is not sent
// again.
func TestCloseIntoACappedBuffer(t *testing.T) {
	b := newBucket(4)
	b.capped = true
	l := onto(b)
	l.Send(shared("a frame that is torn"))
	b.room = 5
	l.Close(4000, "lagging")
	b.room = 100
	if err := l.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if got, want := b.got.String(), "\x81\x14a frame that is torn\x88\x09\x0f\xa0lagging"; got != want {
		t.Errorf("sent %q, want %q", got, want)
	}
}

// A kernel that is full between two messages is waited for like any other.
func TestAFullKernelIsWaitedFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := newBucket(0)
		l := onto(b)
		l.Send(shared("one"))
		start := time.Now()
		if err := l.Wait(t.Context()); !errors.Is(err, ErrStalled) || time.Since(start) != StallTimeout {
			t.Errorf("%v after %v", err, time.Since(start))
		}
	})
}

func TestWait(t *testing.T) {
	t.Run("FailsWhenThePeerTakesNothing", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			l := onto(newBucket(3))
			l.Send(shared("one"))
			start := time.Now()
			if err := l.Wait(t.Context()); !errors.Is(err, ErrStalled) || time.Since(start) != StallTimeout {
				t.Errorf("%v after %v", err, time.Since(start))
			}
		})
	})
	t.Run("LastsAsLongAsThePeerTakesAnything", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := newBucket(2)
			l := onto(b)
			l.Send(shared("slowly"))
			ended := make(chan error, 1)
			go func() { ended <- l.Wait(t.Context()) }()
			for range 6 {
				time.Sleep(StallTimeout - time.Second)
				synctest.Wait()
				b.empty(1)
			}
			if err := <-ended; err != nil || b.got.String() != "\x81\x06slowly" {
				t.Errorf("%v with %q", err, b.got.String())
			}
		})
	})
	t.Run("LooksOnceMoreBeforeItGivesUp", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			b := newBucket(2)
			l := onto(b)
			l.Send(shared("slowly"))
			ended := make(chan error, 1)
			go func() { ended <- l.Wait(t.Context()) }()
			synctest.Wait()
			for range 6 {
				time.Sleep(StallTimeout - time.Second)
				synctest.Wait()
				b.quietly(1)
				time.Sleep(time.Second)
				synctest.Wait()
			}
			if err := <-ended; err != nil || b.got.String() != "\x81\x06slowly" {
				t.Errorf("%v with %q", err, b.got.String())
			}
		})
	})
	t.Run("EndsWithTheConnection", func(t *testing.T) {
		b := newBucket(3)
		l := onto(b)
		l.Send(shared("one"))
		b.fail = io.ErrClosedPipe
		if err := l.Wait(t.Context()); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("ended with %v", err)
		}
		if _, _, err := l.Send(shared("two")); !errors.Is(err, io.ErrClosedPipe) {
			t.Errorf("then takes messages: %v", err)
		}
	})
}

// Whatever the line is given and however little the kernel takes at a time, the
// peer sees whole frames, in the order in which they were taken.
func TestNothingIsTorn(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBucket(0)
		l := onto(b)
		var want []wsFrame
		word := rapid.StringN(1, 300, 3_000)
		for range rapid.IntRange(1, 30).Draw(rt, "steps") {
			b.room += rapid.SampledFrom([]int{0, 1, 2, 3, 10, 200, 1000, 100_000}).Draw(rt, "room")
			switch rapid.IntRange(0, 2).Draw(rt, "what") {
			case 0:
				var batch []fanout.Message
				for range rapid.IntRange(1, 4).Draw(rt, "messages") {
					m := fanout.Message{Frame: text(word.Draw(rt, "frame"))}
					if rapid.Bool().Draw(rt, "with own") {
						m.Own = []byte(word.Draw(rt, "own"))
					}
					batch = append(batch, m)
				}
				taken, _, err := l.Send(batch)
				if err != nil {
					rt.Fatal(err)
				}
				for _, m := range batch[:taken] {
					want = append(want, wsFrame{0x81, string(m.Frame.Data)})
					if m.Own != nil {
						want = append(want, wsFrame{0x81, string(m.Own)})
					}
				}
			case 1:
				if _, err := l.Write([]byte("\x8a\x02ok")); err == nil {
					want = append(want, wsFrame{0x8a, "ok"})
				}
			case 2:
				l.flush()
			}
		}
		b.room = 1 << 30
		if err := l.Wait(context.Background()); err != nil {
			rt.Fatal(err)
		}
		got, err := frames(b.got.Bytes())
		if err != nil {
			rt.Fatalf("torn: %v", err)
		}
		if len(got) != len(want) {
			rt.Fatalf("%d frames arrived, want %d", len(got), len(want))
		}
		for i := range want {
			if got[i] != want[i] {
				rt.Fatalf("frame %d is %.40q, want %.40q", i, got[i].payload, want[i].payload)
			}
		}
	})
}

func TestDeflatedFrames(t *testing.T) {
	long := strings.Repeat(`{"text":"Why is the sky blue?"}`, 200)
	got, err := frames(text(long).In(Deflated, new(Forms).deflated))
	if err != nil || len(got) != 1 || got[0].first != 0xc1 {
		t.Fatalf("%d frames, %v", len(got), err)
	}
	if n := len(got[0].payload); n > len(long)/10 {
		t.Errorf("%d of %d bytes are left", n, len(long))
	}
	z := flate.NewReader(strings.NewReader(got[0].payload + "\x00\x00\xff\xff\x01\x00\x00\xff\xff"))
	if back, err := io.ReadAll(z); err != nil || string(back) != long {
		t.Errorf("it reads as %.40q, %v", back, err)
	}
	for name, data := range map[string]string{
		"Short":       strings.Repeat("a", CompressFrom-1),
		"NotSmaller":  incompressible(2 * CompressFrom),
		"WithNothing": "",
	} {
		t.Run(name, func(t *testing.T) {
			got, err := frames(text(data).In(Deflated, new(Forms).deflated))
			if err != nil || len(got) != 1 || got[0].first != 0x81 || got[0].payload != data {
				t.Errorf("%d frames, first %x, %v; want it as it is", len(got), got[0].first, err)
			}
		})
	}
}

// incompressible is text in which nothing repeats.
func incompressible(n int) string {
	var b strings.Builder
	for x := uint64(88172645463325252); b.Len() < n; {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b.Write(binary.LittleEndian.AppendUint64(nil, x))
	}
	return b.String()
}
