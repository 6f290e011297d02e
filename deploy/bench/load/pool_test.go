package load

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
)

// heard is a handler that takes down what happens.
type heard struct {
	pool     *Pool
	greeting string
	opened   int
	messages []string
	closed   []error
	dialling bool // come back when cut off
}

func (h *heard) Request(*Conn) []byte { return Upgrade("/", "localhost", "") }
func (h *heard) Opened(c *Conn) {
	h.opened++
	if h.greeting != "" {
		c.Send(AppendText(nil, []byte(h.greeting)))
	}
}

func (h *heard) Message(_ *Conn, data []byte, _ bool) { h.messages = append(h.messages, string(data)) }

func (h *heard) Closed(c *Conn, why error) {
	h.closed = append(h.closed, why)
	if h.dialling {
		h.pool.Dial(c, h)
	}
}

// stage starts a server and a pool for it.
func stage(t *testing.T, size int, serve http.HandlerFunc) (*Pool, *heard) {
	server := httptest.NewServer(serve)
	t.Cleanup(server.Close)
	p, err := NewPool(netip.MustParseAddrPort(server.Listener.Addr().String()), size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.Close)
	return p, &heard{pool: p}
}

// until runs a pool until something is so.
func until(t *testing.T, p *Pool, so func() bool) {
	t.Helper()
	ok, err := p.Run(p.Tick()+20*time.Second, so)
	if err != nil || !ok {
		t.Fatalf("so: %t, %v", ok, err)
	}
}

// echo answers each message by itself, and "bye" by a close frame.
func echo(t *testing.T) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		defer ws.CloseNow()
		ws.SetReadLimit(MaxMessage)
		for {
			kind, b, err := ws.Read(context.Background())
			if err != nil {
				return
			}
			if string(b) == "bye" {
				ws.Close(websocket.StatusServiceRestart, "restart")
				return
			}
			if ws.Write(context.Background(), kind, b) != nil {
				return
			}
		}
	}
}

func TestPoolHoldsConnections(t *testing.T) {
	const n = 50
	p, h := stage(t, n, echo(t))
	h.greeting = strings.Repeat("x", 70_000) // more than one read brings
	if err := p.Open(0, n, 8, h, func() int { return h.opened }, 20*time.Second); err != nil {
		t.Fatal(err)
	}
	until(t, p, func() bool { return len(h.messages) == n })
	for _, m := range h.messages {
		if m != h.greeting {
			t.Fatalf("an echo of %d bytes", len(m))
		}
	}
}

func TestWhatTheKernelDoesNotTakeIsSentLater(t *testing.T) {
	p, h := stage(t, 1, echo(t))
	p.Dial(p.Conn(0), h)
	until(t, p, func() bool { return h.opened == 1 })
	c := p.Conn(0)
	big := AppendText(nil, []byte(strings.Repeat("x", MaxMessage-1)))
	c.Send(big)
	if len(c.out) == 0 {
		t.Fatal("the kernel takes 8 MiB at once; the test needs more")
	}
	c.Send(AppendText(nil, []byte("behind")))
	until(t, p, func() bool { return len(h.messages) == 2 })
	if len(h.messages[0]) != MaxMessage-1 || h.messages[1] != "behind" {
		t.Errorf("messages of %d and %d bytes", len(h.messages[0]), len(h.messages[1]))
	}
}

func TestACloseFrameIsTold(t *testing.T) {
	p, h := stage(t, 1, echo(t))
	h.greeting = "bye"
	p.Dial(p.Conn(0), h)
	until(t, p, func() bool { return len(h.closed) == 1 })
	var c *CloseError
	if !errors.As(h.closed[0], &c) || c.Code != 1012 || c.Reason != "restart" {
		t.Errorf("closed by %v", h.closed[0])
	}
}

func TestACutLineIsToldAndDialledAgain(t *testing.T) {
	var served atomic.Int32
	p, h := stage(t, 1, func(w http.ResponseWriter, r *http.Request) {
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			t.Error(err)
			return
		}
		if err := ws.Write(context.Background(), websocket.MessageText, []byte("last")); err != nil {
			t.Error(err)
		}
		if served.Add(1) > 1 {
			_, _, _ = ws.Read(context.Background())
		}
		ws.CloseNow()
	})
	h.dialling = true
	p.Dial(p.Conn(0), h)
	until(t, p, func() bool { return len(h.messages) == 2 && p.Conn(0).Open() })
	if len(h.closed) != 1 {
		t.Errorf("closed %d times", len(h.closed))
	}
}

func TestWhoIsStoppedHearsNothingUntilItWakes(t *testing.T) {
	p, h := stage(t, 1, echo(t))
	p.Dial(p.Conn(0), h)
	until(t, p, func() bool { return h.opened == 1 })
	c := p.Conn(0)
	c.Stop()
	c.Send(AppendText(nil, []byte("a")))
	if err := p.Sleep(100 * time.Millisecond); err != nil || len(h.messages) != 0 {
		t.Fatalf("%d messages came while it slept, %v", len(h.messages), err)
	}
	c.Wake()
	until(t, p, func() bool { return len(h.messages) == 1 })
}

func TestRetryAfterIsObeyed(t *testing.T) {
	var refused atomic.Int32
	var first atomic.Int64
	p, h := stage(t, 1, func(w http.ResponseWriter, r *http.Request) {
		if refused.Add(1) == 1 {
			first.Store(time.Now().UnixNano())
			w.Header().Set("Retry-After", "1")
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		if since := time.Since(time.Unix(0, first.Load())); since < time.Second {
			t.Errorf("back after %v, and was asked to wait for 1s", since)
		}
		echo(t)(w, r)
	})
	p.Dial(p.Conn(0), h)
	until(t, p, func() bool { return h.opened == 1 })
	if p.Refused != 1 || p.Waiting != 0 {
		t.Errorf("%d refused, %d waiting", p.Refused, p.Waiting)
	}
}

func TestAnotherAnswerEndsTheRun(t *testing.T) {
	p, h := stage(t, 1, http.NotFound)
	p.Dial(p.Conn(0), h)
	if _, err := p.Run(p.Tick()+20*time.Second, func() bool { return false }); err == nil {
		t.Error("a 404 is no error")
	}
}
