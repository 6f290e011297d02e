package gateway_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/coder/websocket"

	"majlis/hub"
	"majlis/hub/gateway"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/oplog/redislog/redistest"
	"majlis/hub/pass"
	"majlis/hub/schedule"
	"majlis/hub/venue"
	"majlis/hub/wire"
)

// house is a whole hub behind a real listener.
type house struct {
	t       *testing.T
	url     string
	signer  *pass.Signer
	venue   *venue.Venue
	cfg     gateway.Config
	gateway *gateway.Gateway
	redis   *redistest.Proxy // of a house with others
	stop    func()
	logged  *logged
	away    atomic.Bool // the store does not answer
}

// logged keeps what the server logs.
type logged struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *logged) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *logged) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func open(t *testing.T) *house { return openWith(t, nil) }

// openWith ends TLS itself, if there is a configuration for that.
func openWith(t *testing.T, secure *tls.Config) *house {
	t.Helper()
	h := build(t, hub.Config{Store: memlog.New()}, secure)
	if err := h.venue.Bring(t.Context(), summit(), ""); err != nil {
		t.Fatal(err)
	}
	h.gateway.Ready()
	return h
}

// build completes a hub's configuration and serves it. It is not ready yet.
func build(t *testing.T, c hub.Config, secure *tls.Config) *house {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, url: "http://" + l.Addr().String(), logged: &logged{}}
	if secure != nil {
		h.url = "https://" + l.Addr().String()
	}
	if h.signer, err = pass.NewSigner(bytes.Repeat([]byte{7}, pass.SecretSize)); err != nil {
		t.Fatal(err)
	}
	h.venue = venue.New(c.Store.(oplog.Lister), h.signer, h.url)
	observer := metrics.New("test")
	c.Observer, c.Folded, c.Left, c.Guard = observer, h.venue.Folded, h.venue.Left, h.venue.Guard
	if c.Kinds == nil {
		c.Kinds = venue.Kinds()
	}
	if c.Trouble == nil {
		c.Trouble = func(topic oplog.Topic, err error) { t.Errorf("%s in trouble: %v", topic, err) }
	}
	hb := hub.New(c)
	h.venue.Attach(hb)
	h.cfg = gateway.Config{
		Hub: hb, Venue: h.venue, Signer: h.signer, PublicURL: h.url, Listen: l.Addr().String(), Observer: observer,
		Secure: secure,
		Pages:  fstest.MapFS{"attendee.html": {Data: []byte("<!doctype html><title>Majlis</title>")}},
		Degraded: func() error {
			if h.away.Load() {
				return oplog.ErrUnavailable
			}
			return nil
		},
		Log: slog.New(slog.NewTextHandler(h.logged, nil)), Version: "test", Node: "a", Level: c.Store.Level,
	}
	g, err := gateway.New(h.cfg)
	if err != nil {
		t.Fatal(err)
	}
	h.gateway = g
	hubCtx, stopHub := context.WithCancel(context.Background())
	edgeCtx, stopEdge := context.WithCancel(context.Background())
	hubEnded, edgeEnded := make(chan error, 1), make(chan error, 1)
	go func() { hubEnded <- hb.Run(hubCtx) }()
	go func() { edgeEnded <- g.Serve(edgeCtx, l) }()
	h.stop = sync.OnceFunc(func() {
		stopEdge()
		err := <-edgeEnded
		stopHub()
		if err := errors.Join(err, <-hubEnded); err != nil {
			t.Errorf("ended with %v", err)
		}
	})
	t.Cleanup(h.stop)
	return h
}

// summit has two sessions in two rooms.
func summit() schedule.Programme {
	start := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	p := schedule.Programme{
		Conference: schedule.Conference{ID: "summit", Title: "Summit", Zone: "UTC", Start: start, End: start.Add(8 * time.Hour)},
		Days:       []schedule.Day{{N: 1, Date: "2026-12-01", Start: start, End: start.Add(8 * time.Hour)}},
		Rooms:      []schedule.Room{{ID: "hall", Name: "Hall"}, {ID: "lab", Name: "Lab"}},
	}
	for _, s := range []struct{ id, room string }{{"opening", "hall"}, {"workshop", "lab"}} {
		p.Sessions = append(p.Sessions, schedule.Session{
			Key: s.id, ID: s.id, Title: "The " + s.id, Start: start, End: start.Add(time.Hour), Room: s.room, Day: 1,
		})
	}
	return p
}

// say gives a command in somebody's name, past the edge.
func (h *house) say(person string, role oplog.Role, command string) {
	h.t.Helper()
	if err := h.venue.Say(h.t.Context(), "session/opening", person, role, json.RawMessage(command)); err != nil {
		h.t.Fatalf("%s: %v", command, err)
	}
}

// token is a pass.
func (h *house) token(role oplog.Role, scope string) (token, id string) {
	h.t.Helper()
	link, err := h.venue.Mint(h.t.Context(), venue.Wanted{Conference: "summit", Role: role, Scope: scope})
	if err != nil {
		h.t.Fatal(err)
	}
	_, token, _ = strings.Cut(link.Link, "#")
	return token, link.ID
}

// browser is an HTTP client with cookies.
func (h *house) browser() *http.Client {
	h.t.Helper()
	c := &http.Client{Jar: h.jar()}
	if r := h.request(c, "GET", "/s/opening", "", nil); r.status != http.StatusOK {
		h.t.Fatalf("the page answers %d", r.status)
	}
	return c
}

func (h *house) jar() http.CookieJar {
	h.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		h.t.Fatal(err)
	}
	return jar
}

type answer struct {
	status int
	header http.Header
	body   string
}

// request sends one request; headers are pairs.
func (h *house) request(c *http.Client, method, path, body string, headers map[string]string) answer {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.url+path, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for k, v := range headers {
		if k == "Host" {
			r.Host = v
		}
		r.Header.Set(k, v)
	}
	resp, err := c.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

// line is a WebSocket with what came over it.
type line struct {
	t  *testing.T
	ws *websocket.Conn
}

// dial opens a socket as a page of ours would, and says hello.
func (h *house) dial(c *http.Client, headers map[string]string) *line {
	h.t.Helper()
	ws, _, err := h.tryDial(c, headers)
	if err != nil {
		h.t.Fatalf("dial: %v", err)
	}
	l := &line{t: h.t, ws: ws}
	h.t.Cleanup(func() { ws.CloseNow() })
	l.send(`{"t":"hello","v":1,"device":"000102030405060708090a0b0c0d0e0f"}`)
	l.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.ServerHello); return ok })
	return l
}

func (h *house) tryDial(c *http.Client, headers map[string]string) (*websocket.Conn, *http.Response, error) {
	header := http.Header{"Origin": {h.url}}
	for k, v := range headers {
		header.Set(k, v)
		if v == "" {
			header.Del(k)
		}
	}
	return websocket.Dial(h.t.Context(), h.url+"/ws", &websocket.DialOptions{
		HTTPClient: c, HTTPHeader: header, Subprotocols: []string{wire.Subprotocol},
	})
}

func (l *line) send(frame string) {
	l.t.Helper()
	if err := l.ws.Write(l.t.Context(), websocket.MessageText, []byte(frame)); err != nil {
		l.t.Fatalf("send: %v", err)
	}
}

// until reads frames up to one that is wanted. It fails when the line ends.
func (l *line) until(want func(wire.ServerFrame) bool) wire.ServerFrame {
	l.t.Helper()
	f, err := l.try(want)
	if err != nil {
		l.t.Fatalf("waiting for a frame: %v", err)
	}
	return f
}

func (l *line) try(want func(wire.ServerFrame) bool) (wire.ServerFrame, error) {
	ctx, cancel := context.WithTimeout(l.t.Context(), 20*time.Second)
	defer cancel()
	for {
		_, b, err := l.ws.Read(ctx)
		if err != nil {
			return nil, err
		}
		frames, skipped := wire.DecodeMessage(b)
		if skipped > 0 {
			return nil, fmt.Errorf("%d frames of %q make no sense", skipped, b)
		}
		for _, f := range frames {
			if want(f) {
				return f, nil
			}
		}
	}
}

// closed reads until the line ends, and says how.
func (l *line) closed() websocket.StatusCode {
	l.t.Helper()
	_, err := l.try(func(wire.ServerFrame) bool { return false })
	return websocket.CloseStatus(err)
}
