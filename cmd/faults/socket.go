package faults

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// Socket is one connection that watches the session and does nothing else. It
// does not come back.
type Socket struct {
	ended chan struct{}

	mu  sync.Mutex
	bye [2]int // guarded by mu: the span, in milliseconds, in which to come back
	err error  // guarded by mu
	at  time.Time
}

// Watch opens a socket to a node at an address, with the organiser's pass.
func (h *House) Watch(t testing.TB, addr string) *Socket {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	ws, _, err := websocket.Dial(ctx, "ws://"+addr+"/ws", &websocket.DialOptions{
		HTTPHeader: http.Header{"Authorization": {"Bearer " + h.Pass}, "Origin": {"http://" + addr}}, Subprotocols: []string{"majlis.v1"},
	})
	if err != nil {
		cancel()
		t.Fatal(err)
	}
	ws.SetReadLimit(maxBody)
	s := &Socket{ended: make(chan struct{})}
	for _, frame := range []string{
		`{"t":"hello","v":1,"device":"` + newDevice() + `"}`, `{"t":"watch","topic":"session/` + Session + `","role":"moderator"}`,
	} {
		if err := ws.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
			t.Fatal(err)
		}
	}
	read := make(chan struct{})
	go func() {
		defer close(s.ended)
		s.read(ws, sync.OnceFunc(func() { close(read) }))
	}()
	t.Cleanup(func() {
		ws.CloseNow()
		<-s.ended
		cancel()
	})
	select {
	case <-read:
	case <-s.ended:
		t.Fatalf("the socket ends at once: %v", s.Err())
	}
	return s
}

func (s *Socket) read(ws *websocket.Conn, first func()) {
	for {
		_, b, err := ws.Read(context.Background())
		s.mu.Lock()
		s.err, s.at = err, time.Now()
		for _, line := range strings.Split(string(b), "\n") {
			var f struct {
				T     string
				Retry [2]int
			}
			if json.Unmarshal([]byte(line), &f) == nil && f.T == "bye" {
				s.bye = f.Retry
			} else if f.T == "patch" {
				first()
			}
		}
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// Err is how the socket has ended; nil while it stands.
func (s *Socket) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Closed waits for the end: with which code, when, and in what span to come back.
func (s *Socket) Closed() (code int, at time.Time, bye [2]int) {
	<-s.ended
	s.mu.Lock()
	defer s.mu.Unlock()
	var closed websocket.CloseError
	if errors.As(s.err, &closed) {
		code = int(closed.Code)
	}
	return code, s.at, s.bye
}

// smallBuffer is the receive buffer of one who does not read: the least that the
// kernel gives.
const smallBuffer = 2048

// Stall opens a socket to a node that asks for everything and reads nothing. It
// lasts as long as the test, or until the node has had enough of it.
func (h *House) Stall(n *Node) {
	h.t.Helper()
	d := net.Dialer{Control: func(_, _ string, c syscall.RawConn) error {
		var err error
		return errors.Join(c.Control(func(fd uintptr) {
			err = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_RCVBUF, smallBuffer)
		}), err)
	}}
	conn, err := d.Dial("tcp", n.Addr())
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { conn.Close() })
	fmt.Fprintf(conn, "GET /ws HTTP/1.1\r\nHost: %s\r\nOrigin: http://%s\r\nAuthorization: Bearer %s\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: majlis.v1\r\n\r\n", n.Addr(), n.Addr(), h.Pass)
	for _, frame := range []string{
		`{"t":"hello","v":1,"device":"` + newDevice() + `"}`, `{"t":"watch","topic":"session/` + Session + `","role":"moderator"}`,
	} {
		if _, err := conn.Write(masked([]byte(frame))); err != nil {
			h.t.Fatal(err)
		}
	}
}

// masked frames a short text message as a client does (RFC 6455 §5.2), with a mask
// of zeros.
func masked(text []byte) []byte {
	head := []byte{0x81, 0x80 | 126, byte(len(text) >> 8), byte(len(text)), 0, 0, 0, 0}
	return append(head, text...)
}
