package load

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/coder/websocket"
)

// spell makes a server's frame.
func spell(head byte, payload string) []byte {
	b := AppendFrame(nil, head&15, []byte(payload))
	size := len(b) - len(payload) - 4
	out := slices.Concat(b[:size], b[size+4:])
	out[0], out[1] = head, out[1]&0x7f
	return out
}

// all reads a stream in pieces of so many bytes.
func all(stream []byte, piece int) (out []string, err error) {
	var r reader
	for len(stream) > 0 {
		n := min(piece, len(stream))
		chunk := slices.Clone(stream[:n])
		r.feed(chunk)
		for {
			m, ok, err := r.next()
			if err != nil {
				return out, err
			}
			if !ok {
				break
			}
			out = append(out, fmt.Sprintf("%d %t %s", m.op, m.compressed, m.data))
		}
		clear(chunk) // the caller's buffer is read into again
		stream = stream[n:]
	}
	return out, nil
}

func TestReader(t *testing.T) {
	long := strings.Repeat("x", 70_000)
	for name, x := range map[string]struct {
		stream []byte
		want   []string
		bad    bool
	}{
		"Messages":   {slices.Concat(spell(0x81, "a"), spell(0x82, "b")), []string{"1 false a", "2 false b"}, false},
		"Empty":      {spell(0x81, ""), []string{"1 false "}, false},
		"Medium":     {spell(0x81, long[:300]), []string{"1 false " + long[:300]}, false},
		"Long":       {spell(0x81, long), []string{"1 false " + long}, false},
		"Compressed": {spell(0xc1, "z"), []string{"1 true z"}, false},
		"Fragments":  {slices.Concat(spell(0x01, "a"), spell(0x00, "b"), spell(0x80, "c")), []string{"1 false abc"}, false},
		"PingInside": {slices.Concat(spell(0x41, "a"), spell(0x89, "p"), spell(0x80, "b")), []string{"9 false p", "1 true ab"}, false},

		"Masked":         {AppendText(nil, []byte("a")), nil, true},
		"Reserved":       {spell(0xa1, "a"), nil, true},
		"UnknownOpcode":  {spell(0x83, "a"), nil, true},
		"LoneContinue":   {spell(0x80, "a"), nil, true},
		"TextInText":     {slices.Concat(spell(0x01, "a"), spell(0x81, "b")), nil, true},
		"LongPing":       {spell(0x89, long[:126]), nil, true},
		"FragmentedPing": {spell(0x09, "a"), nil, true},
		"Huge":           {[]byte{0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0}, nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			for _, piece := range []int{1, 3, 1 << 20} {
				got, err := all(x.stream, piece)
				if !slices.Equal(got, x.want) || (err != nil) != x.bad {
					t.Errorf("in pieces of %d: %d messages %.60q, %v", piece, len(got), got, err)
				}
			}
		})
	}
}

func TestReaderKeepsNoBufferBetweenMessages(t *testing.T) {
	var r reader
	stream := spell(0x81, "hello")
	r.feed(stream[:3])
	if _, ok, _ := r.next(); ok || len(r.rest) != 3 {
		t.Fatalf("half a frame leaves %d bytes", len(r.rest))
	}
	r.feed(stream[3:])
	if m, ok, _ := r.next(); !ok || string(m.data) != "hello" {
		t.Fatal("the other half does not complete it")
	}
	if _, ok, _ := r.next(); ok || r.rest != nil {
		t.Error("an idle connection keeps a buffer")
	}
}

// FuzzReader says that a stream means the same in whatever pieces it comes.
func FuzzReader(f *testing.F) {
	f.Add(slices.Concat(spell(0x01, "a"), spell(0x89, "p"), spell(0x80, "b"), spell(0xc1, "z")), 2)
	f.Add([]byte{0x81, 126, 0, 3, 'a', 'b', 'c', 0x88, 2, 3, 0xe8}, 5)
	f.Add([]byte{0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0}, 1)
	f.Fuzz(func(t *testing.T, stream []byte, piece int) {
		if piece < 1 {
			return
		}
		whole, err := all(stream, len(stream)+1)
		parts, errParts := all(stream, piece)
		if !slices.Equal(whole, parts) || (err == nil) != (errParts == nil) {
			t.Errorf("%q (%v) whole, %q (%v) in pieces of %d", whole, err, parts, errParts, piece)
		}
	})
}

// TestFramesAreThoseOfALibrary lets a server of another hand read what we write,
// and write what we read.
func TestFramesAreThoseOfALibrary(t *testing.T) {
	lengths := []int{0, 1, 125, 126, 300, 65535, 65536}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer ws.CloseNow()
		ws.SetReadLimit(1 << 20)
		for range lengths {
			kind, b, err := ws.Read(context.Background())
			if err != nil {
				t.Error(err)
				return
			}
			if err := ws.Write(context.Background(), kind, b); err != nil {
				t.Error(err)
			}
		}
	}))
	defer server.Close()
	c, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	out := Upgrade("/", server.Listener.Addr().String(), "")
	for _, n := range lengths {
		out = AppendText(out, bytes.Repeat([]byte("x"), n))
	}
	go c.Write(out)
	stream, err := io.ReadAll(io.LimitReader(c, 1<<20))
	if err != nil {
		t.Log(err) // the server cuts the line at last
	}
	a, n, err := readAnswer(stream)
	if err != nil || a.status != 101 {
		t.Fatalf("status %d, %v", a.status, err)
	}
	got, err := all(stream[n:], 1000)
	if err != nil || len(got) != len(lengths) {
		t.Fatalf("%d messages, %v", len(got), err)
	}
	for i, n := range lengths {
		if len(got[i]) != n+len("1 false ") {
			t.Errorf("message %d has %d bytes, want %d", i, len(got[i]), n)
		}
	}
}

func TestReadAnswer(t *testing.T) {
	good := "HTTP/1.1 101 Switching Protocols\r\nsec-websocket-accept: " + handshakeAnswer + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\nrest"
	a, n, err := readAnswer([]byte(good))
	if err != nil || a.status != 101 || a.extensions != "permessage-deflate" || good[n:] != "rest" {
		t.Errorf("%+v, %d, %v", a, n, err)
	}
	a, _, err = readAnswer([]byte("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3\r\n\r\n"))
	if err != nil || a.status != 503 || a.retry.Seconds() != 3 {
		t.Errorf("%+v, %v", a, err)
	}
	if _, n, err := readAnswer([]byte(good[:50])); n != 0 || err != nil {
		t.Errorf("half an answer: %d, %v", n, err)
	}
	for name, bad := range map[string]string{
		"OtherProtocol": "SSH-2.0-x\r\n\r\n",
		"WrongAccept":   "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: x\r\n\r\n",
		"TooLong":       strings.Repeat("x", maxHead+1),
	} {
		if _, _, err := readAnswer([]byte(bad)); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
