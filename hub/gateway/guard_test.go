package gateway_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/coder/websocket"
	"pgregory.net/rapid"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
)

const upgradeHeader = "GET /ws HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n"

// one hands out one connection.
type one struct {
	net.Listener
	c net.Conn
}

func (o one) Accept() (net.Conn, error) { return o.c, nil }

// pair is a guarded end and the peer that writes to it.
func pair(t testing.TB) (*gateway.Conn, net.Conn) {
	t.Helper()
	ours, peer := net.Pipe()
	c, err := gateway.Guard(one{c: ours}, nil).Accept()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close(); peer.Close() })
	return c.(*gateway.Conn), peer
}

// upgraded is the same behind a handshake.
func upgraded(t testing.TB) (*gateway.Conn, net.Conn) {
	t.Helper()
	c, peer := pair(t)
	go io.WriteString(peer, upgradeHeader)
	if _, err := io.ReadFull(c, make([]byte, len(upgradeHeader))); err != nil {
		t.Fatal(err)
	}
	c.Upgraded()
	return c, peer
}

func frame(first byte, payload string) []byte {
	out := []byte{first}
	switch n := len(payload); {
	case n < 126:
		out = append(out, 0x80|byte(n))
	case n < 1<<16:
		out = binary.BigEndian.AppendUint16(append(out, 0x80|126), uint16(n))
	default:
		out = binary.BigEndian.AppendUint64(append(out, 0x80|127), uint64(n))
	}
	out = append(out, 0, 0, 0, 0)
	return append(out, payload...)
}

// send writes in the background until the other end is closed.
func send(peer net.Conn, p []byte) {
	go func() { _, _ = peer.Write(p) }()
}

// drain reads until an error and returns how much came before.
func drain(c io.Reader) (n int, err error) {
	buf := make([]byte, 4096)
	for {
		k, err := c.Read(buf)
		if n += k; err != nil {
			return n, err
		}
	}
}

func wantCut(t *testing.T, err error, reason oplog.Reason, what string) {
	t.Helper()
	var cut *gateway.GuardError
	if !errors.As(err, &cut) || cut.Reason != reason || cut.What != what {
		t.Fatalf("got %v; want to be cut off for %s (%s)", err, what, reason)
	}
}

func TestGuardCutsFloods(t *testing.T) {
	empty := frame(0x00, "")
	rows := []struct {
		name   string
		flood  []byte
		max    int // bytes that may pass
		reason string
	}{
		{"empty continuations", append(frame(0x01, "a"), bytes.Repeat(empty, 100_000)...), 200*len(empty) + 1, "frames"},
		{"empty messages", bytes.Repeat(frame(0x81, ""), 100_000), 200 * len(empty), "frames"},
		{"pings", bytes.Repeat(frame(0x89, ""), 10_000), 20 * len(empty), "controls"},
		{"pongs with payload", bytes.Repeat(frame(0x8a, "x"), 10_000), 20 * (len(empty) + 1), "controls"},
		{"closes", bytes.Repeat(frame(0x88, ""), 10_000), 20 * len(empty), "controls"},
		{"reserved control frames", bytes.Repeat(frame(0x8f, ""), 10_000), 20 * len(empty), "controls"},
		{"a payload without end", frame(0x82, strings.Repeat("x", 1<<20)), gateway.ByteBurst, "bytes"},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, peer := upgraded(t)
				send(peer, r.flood)
				n, err := drain(c)
				wantCut(t, err, oplog.TooFast, r.reason)
				if n > r.max {
					t.Fatalf("%d bytes came through; want at most %d", n, r.max)
				}
				if _, again := c.Read(make([]byte, 1)); again != err {
					t.Fatalf("the next read gave %v; want the same as before", again)
				}
				peer.Close()
			})
		})
	}
}

func TestGuardLetsSteadyTrafficPass(t *testing.T) {
	rows := []struct {
		name  string
		every time.Duration
		frame []byte
	}{
		{"150 small messages a second", time.Second / 150, frame(0x81, `{"t":"beat"}`)},
		{"seven of the largest messages a second", time.Second / 7, frame(0x81, strings.Repeat("x", 8<<10))},
		{"a ping every second", time.Second, frame(0x89, "")},
		{"a beat every 20 seconds", 20 * time.Second, frame(0x81, `{"t":"beat"}`)},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, peer := upgraded(t)
				const frames = 1000
				go func() {
					for range frames {
						_, _ = peer.Write(r.frame)
						time.Sleep(r.every)
					}
					peer.Close()
				}()
				n, err := drain(c)
				if err != io.EOF || n != frames*len(r.frame) {
					t.Fatalf("%d bytes, then %v; want %d, then EOF", n, err, frames*len(r.frame))
				}
			})
		})
	}
}

func TestGuardWantsMessagesFinished(t *testing.T) {
	ping, start, next := frame(0x89, ""), frame(0x01, "a"), frame(0x00, "b")
	rows := []struct {
		name  string
		first []byte
		then  []byte // once a second
		after time.Duration
	}{
		{"one byte of a header", []byte{0x81}, nil, 5 * time.Second},
		{"a header alone", frame(0x81, "hello")[:6], nil, 5 * time.Second},
		{"a payload that trickles", frame(0x81, strings.Repeat("x", 100))[:6], []byte("x"), 5 * time.Second},
		{"a message whose end never comes", start, next, 5 * time.Second},
		{"pings instead of the end", start, ping, 5 * time.Second},
		{"a message begun behind a whole one", append(frame(0x81, "whole"), 0x81), nil, 5 * time.Second},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c, peer := upgraded(t)
				time.Sleep(time.Hour) // an idle connection owes nothing
				written := make(chan struct{})
				go func() {
					defer close(written)
					_, err := peer.Write(r.first)
					for err == nil && len(r.then) > 0 {
						time.Sleep(time.Second)
						_, err = peer.Write(r.then)
					}
				}()
				began := time.Now()
				_, err := drain(c)
				wantCut(t, err, oplog.BadRequest, "slow")
				if took := time.Since(began); took != r.after {
					t.Errorf("cut after %s; want %s", took, r.after)
				}
				peer.Close()
				<-written
			})
		})
	}
}

func TestGuardGivesEachMessageItsOwnTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c, peer := upgraded(t)
		// Each write ends one message and begins the next, so one is always open.
		tail, head := frame(0x81, "ab")[7:], frame(0x81, "ab")[:7]
		go func() {
			_, _ = peer.Write(head)
			for range 20 {
				time.Sleep(4 * time.Second)
				_, _ = peer.Write(append(bytes.Clone(tail), head...))
			}
			_, _ = peer.Write(tail)
			time.Sleep(time.Hour)
			peer.Close()
		}()
		if n, err := drain(c); err != io.EOF || n != 21*8 {
			t.Fatalf("%d bytes, then %v; want %d, then EOF", n, err, 21*8)
		}
	})
}

func TestGuardCountsFramesThatCameWithTheHandshake(t *testing.T) {
	read := func(t *testing.T, c *gateway.Conn, n int) {
		t.Helper()
		if _, err := io.ReadFull(c, make([]byte, n)); err != nil {
			t.Fatal(err)
		}
	}
	t.Run("behind it in the same segment", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, peer := pair(t)
			send(peer, append([]byte(upgradeHeader), bytes.Repeat(frame(0x89, ""), 21)...))
			if n, err := c.Read(make([]byte, 4096)); n != len(upgradeHeader) || err != nil {
				t.Fatalf("read %d bytes, %v; want the header's %d alone", n, err, len(upgradeHeader))
			}
			c.Upgraded()
			_, err := drain(c)
			wantCut(t, err, oplog.TooFast, "controls")
		})
	})
	t.Run("with one byte that was read ahead", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, peer := pair(t)
			send(peer, append([]byte(upgradeHeader), frame(0x81, "hello")...))
			read(t, c, len(upgradeHeader)+1)
			c.Upgraded()
			read(t, c, len(frame(0x81, "hello"))-1)
			time.Sleep(time.Hour)
			send(peer, []byte{0x81})
			_, err := drain(c)
			wantCut(t, err, oplog.BadRequest, "slow")
		})
	})
	t.Run("with one byte and then nothing", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			c, peer := pair(t)
			send(peer, append([]byte(upgradeHeader), 0x81))
			read(t, c, len(upgradeHeader)+1)
			c.Upgraded()
			_, err := drain(c)
			wantCut(t, err, oplog.BadRequest, "slow")
		})
	})
	t.Run("refused when more was read ahead than can be told apart", func(t *testing.T) {
		c, peer := pair(t)
		send(peer, append([]byte(upgradeHeader), 0x81, 0x80))
		read(t, c, len(upgradeHeader)+2)
		c.Upgraded()
		_, err := drain(c)
		wantCut(t, err, oplog.BadRequest, "early")
	})
}

func TestGuardPassesEveryByteUnchanged(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var sent bytes.Buffer
		for range rapid.IntRange(0, 3).Draw(rt, "requests") {
			sent.WriteString("POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n")
			sent.WriteString(rapid.SampledFrom([]string{"\n\n\n\n\r\n\r\nx", "123456789", "\r\n\r\n\r\n\r\n\n"}).Draw(rt, "body"))
		}
		sent.WriteString(upgradeHeader)
		handshake := sent.Len()
		for range rapid.IntRange(0, 15).Draw(rt, "frames") {
			first := rapid.SampledFrom([]byte{0x01, 0x81, 0x00, 0x80, 0x89, 0x82}).Draw(rt, "first")
			sent.Write(frame(first, strings.Repeat("\n", rapid.SampledFrom([]int{0, 1, 125, 126, 5000}).Draw(rt, "length"))))
		}
		c, peer := pair(t)
		go func() {
			for rest := sent.Bytes(); len(rest) > 0; {
				n := min(rapidStep(handshake, len(rest)), len(rest))
				_, _ = peer.Write(rest[:n])
				rest = rest[n:]
			}
			peer.Close()
		}()
		buf := make([]byte, rapid.SampledFrom([]int{1, 7, 512, 4096}).Draw(rt, "buffer"))
		var got bytes.Buffer
		for {
			n, err := c.Read(buf)
			got.Write(buf[:n])
			if got.Len() == handshake {
				c.Upgraded()
			}
			if err != nil {
				break
			}
		}
		if !bytes.Equal(got.Bytes(), sent.Bytes()) {
			rt.Fatalf("%d bytes came through and not the same; %d were sent", got.Len(), sent.Len())
		}
	})
}

// rapidStep cuts a stream into pieces of many sizes, the same each time.
func rapidStep(a, b int) int { return 1 + (a*31+b*17)%613 }

type guardKey struct{}

// serve runs a real server that echoes messages, and reports how each socket
// ended.
func serve(t *testing.T) (addr string, ended <-chan error) {
	t.Helper()
	over := make(chan error, 1)
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		guard := r.Context().Value(guardKey{}).(*gateway.Conn)
		ws, err := websocket.Accept(w, r, nil)
		if err != nil {
			over <- err
			return
		}
		defer ws.CloseNow()
		guard.Upgraded()
		over <- echoAll(ws)
	}))
	s.Listener = gateway.Guard(s.Listener, nil)
	s.Config.ConnContext = func(ctx context.Context, c net.Conn) context.Context {
		return context.WithValue(ctx, guardKey{}, c)
	}
	s.Start()
	t.Cleanup(s.Close)
	return s.Listener.Addr().String(), over
}

func echoAll(ws *websocket.Conn) error {
	for {
		kind, msg, err := ws.Read(context.Background())
		if err != nil {
			return err
		}
		if err := ws.Write(context.Background(), kind, msg); err != nil {
			return err
		}
	}
}

func TestGuardUnderARealServer(t *testing.T) {
	t.Run("a client's messages are answered", func(t *testing.T) {
		addr, ended := serve(t)
		ctx := context.Background()
		ws, _, err := websocket.Dial(ctx, "ws://"+addr, nil)
		if err != nil {
			t.Fatal(err)
		}
		defer ws.CloseNow()
		for i := range 100 {
			want := strings.Repeat("x", i*20)
			if err := ws.Write(ctx, websocket.MessageText, []byte(want)); err != nil {
				t.Fatal(err)
			}
			if _, got, err := ws.Read(ctx); err != nil || string(got) != want {
				t.Fatalf("message %d came back as %d bytes, %v", i, len(got), err)
			}
		}
		ws.Close(websocket.StatusNormalClosure, "")
		if err := <-ended; websocket.CloseStatus(err) != websocket.StatusNormalClosure {
			t.Fatalf("ended by %v; want a normal close", err)
		}
	})
	t.Run("frames in the handshake's own segment are answered", func(t *testing.T) {
		addr, _ := serve(t)
		c, r := dialRaw(t, addr, frame(0x81, "early"))
		defer c.Close()
		got := make([]byte, 7)
		if _, err := io.ReadFull(r, got); err != nil || string(got) != "\x81\x05early" {
			t.Fatalf("got %q, %v; want the message back", got, err)
		}
	})
	for what, flood := range map[string][]byte{
		"frames":   bytes.Repeat(frame(0x00, ""), 5000),
		"controls": bytes.Repeat(frame(0x89, ""), 5000),
	} {
		t.Run("a flood is cut: "+what, func(t *testing.T) {
			addr, ended := serve(t)
			c, _ := dialRaw(t, addr, frame(0x01, ""))
			defer c.Close()
			for range 200 { // a million frames, unless it ends before
				if _, err := c.Write(flood); err != nil {
					break
				}
			}
			wantCut(t, <-ended, oplog.TooFast, what)
		})
	}
}

// dialRaw opens a WebSocket by hand, with bytes right behind the handshake.
func dialRaw(t *testing.T, addr string, behind []byte) (net.Conn, *bufio.Reader) {
	t.Helper()
	c, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	head := "GET / HTTP/1.1\r\nHost: " + addr + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
	if _, err := c.Write(append([]byte(head), behind...)); err != nil {
		t.Fatal(err)
	}
	r := bufio.NewReader(c)
	resp, err := http.ReadResponse(r, nil)
	if err != nil || resp.StatusCode != http.StatusSwitchingProtocols {
		t.Fatalf("handshake: %v, %v", resp, err)
	}
	return c, r
}
