package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"majlis/hub"
	"majlis/hub/gateway"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/pass"
	"majlis/hub/schedule"
	"majlis/hub/venue"
	"majlis/hub/wire"
)

// house is a real hub, with somebody in front of its door.
type house struct {
	t     *testing.T
	venue *venue.Venue
	front *front
	url   string // of the front
}

func openHouse(t *testing.T, f *front) *house {
	t.Helper()
	server := httptest.NewUnstartedServer(f)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h := &house{t: t, front: f, url: "http://" + server.Listener.Addr().String()}
	signer, err := pass.NewSigner(bytes.Repeat([]byte{7}, pass.SecretSize))
	if err != nil {
		t.Fatal(err)
	}
	store, observer := memlog.New(), metrics.New("test")
	h.venue = venue.New(store, signer, h.url)
	hb := hub.New(hub.Config{
		Store: store, Kinds: venue.Kinds(), Observer: observer, Folded: h.venue.Folded,
		Trouble: func(topic oplog.Topic, err error) { t.Errorf("%s in trouble: %v", topic, err) },
	})
	h.venue.Attach(hb)
	g, err := gateway.New(gateway.Config{
		Hub: hb, Venue: h.venue, Signer: signer, PublicURL: h.url, Listen: l.Addr().String(), Observer: observer,
		Log: slog.New(slog.DiscardHandler), Version: "test", Level: store.Level,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.serve(hb, g, l)
	h.fill()
	g.Ready()
	f.behind = "http://" + l.Addr().String()
	f.proxy = httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: l.Addr().String()})
	server.Start()
	t.Cleanup(server.Close)
	return h
}

func (h *house) serve(hb *hub.Hub, g *gateway.Gateway, l net.Listener) {
	hubCtx, stopHub := context.WithCancel(context.Background())
	edgeCtx, stopEdge := context.WithCancel(context.Background())
	ended, edgeEnded := make(chan error, 1), make(chan error, 1)
	go func() { ended <- hb.Run(hubCtx) }()
	go func() { edgeEnded <- g.Serve(edgeCtx, l) }()
	h.t.Cleanup(func() {
		stopEdge()
		err := <-edgeEnded
		stopHub()
		if err := errors.Join(err, <-ended); err != nil {
			h.t.Errorf("the hub ended with %v", err)
		}
	})
}

// fill makes one session whose board is open.
func (h *house) fill() {
	start := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	err := h.venue.Bring(h.t.Context(), schedule.Programme{
		Conference: schedule.Conference{ID: "summit", Title: "Summit", Zone: "UTC", Start: start, End: start.Add(8 * time.Hour)},
		Days:       []schedule.Day{{N: 1, Date: "2026-12-01", Start: start, End: start.Add(8 * time.Hour)}},
		Rooms:      []schedule.Room{{ID: "hall", Name: "Hall"}},
		Sessions: []schedule.Session{{
			Key: "opening", ID: "opening", Title: "Opening", Start: start, End: start.Add(time.Hour), Room: "hall", Day: 1,
		}},
	}, "")
	if err != nil {
		h.t.Fatal(err)
	}
	for _, command := range []string{`{"type":"board.open"}`, `{"type":"settings.set","moderation":false}`} {
		if err := h.venue.Say(h.t.Context(), "session/opening", "ada", oplog.Moderator, json.RawMessage(command)); err != nil {
			h.t.Fatal(err)
		}
	}
}

func (h *house) link(role oplog.Role) string {
	h.t.Helper()
	link, err := h.venue.Mint(h.t.Context(), venue.Wanted{Conference: "summit", Role: role})
	if err != nil {
		h.t.Fatal(err)
	}
	return link.Link
}

// front stands between the swarm and the hub, and tampers with what goes through.
type front struct {
	// static
	up   func(f *front, msg []byte) (on bool, reply []byte) // nil: passes everything on
	down func(f *front, msg []byte) []byte

	behind string
	proxy  *httputil.ReverseProxy
	hits   atomic.Int64 // how often it tampered
	socket atomic.Int64 // how many came

	mu    sync.Mutex
	conns map[*websocket.Conn]bool
}

func (f *front) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path != "/ws" {
		f.proxy.ServeHTTP(w, r)
		return
	}
	header := http.Header{}
	for _, name := range []string{"Cookie", "Authorization", "Origin"} {
		if v := r.Header.Values(name); len(v) > 0 {
			header[name] = v
		}
	}
	server, _, err := websocket.Dial(r.Context(), f.behind+"/ws", &websocket.DialOptions{
		HTTPHeader: header, Host: r.Host, Subprotocols: []string{wire.Subprotocol},
	})
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	defer server.CloseNow()
	phone, err := websocket.Accept(w, r, &websocket.AcceptOptions{Subprotocols: []string{wire.Subprotocol}, InsecureSkipVerify: true})
	if err != nil {
		return
	}
	defer phone.CloseNow()
	f.relay(phone, server)
}

func (f *front) relay(phone, server *websocket.Conn) {
	server.SetReadLimit(wire.MaxServerMessage)
	f.enlist(phone, true)
	defer f.enlist(phone, false)
	first := f.socket.Add(1) == 1
	ctx := context.Background()
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer phone.CloseNow()
		for {
			_, msg, err := server.Read(ctx)
			if err != nil {
				return
			}
			if f.down != nil && first {
				msg = f.down(f, msg)
			}
			if phone.Write(ctx, websocket.MessageText, msg) != nil {
				return
			}
		}
	}()
	for {
		_, msg, err := phone.Read(ctx)
		if err != nil {
			break
		}
		on, reply := true, []byte(nil)
		if f.up != nil {
			on, reply = f.up(f, msg)
		}
		if on && server.Write(ctx, websocket.MessageText, msg) != nil || reply != nil && phone.Write(ctx, websocket.MessageText, reply) != nil {
			break
		}
	}
	server.CloseNow()
	<-done
}

func (f *front) enlist(c *websocket.Conn, in bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.conns == nil {
		f.conns = make(map[*websocket.Conn]bool)
	}
	if in {
		f.conns[c] = true
	} else {
		delete(f.conns, c)
	}
}

// cut ends every connection at once, as a server does that is killed.
func (f *front) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.conns {
		c.CloseNow()
	}
}

// play runs a small swarm at the house.
func (h *house) play(args ...string) (code int, r report, stderr string) {
	h.t.Helper()
	var out bytes.Buffer
	var errs lockedBuffer
	args = append([]string{
		"--url", h.url, "--session", "opening", "--phones", "12", "--duration", "2s", "--ramp", "200ms",
		"--rate", "4", "--asks", "12", "--settle", "60s", "--json",
	}, args...)
	code = run(h.t.Context(), args, &out, &errs)
	if code == exitGood || code == exitFailed {
		if err := json.Unmarshal(out.Bytes(), &r); err != nil {
			h.t.Fatalf("no report: %v\n%s\n%s", err, out.String(), errs.String())
		}
	}
	return code, r, errs.String()
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *lockedBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *lockedBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

// post lets a stranger say something over plain HTTP.
func (f *front) post(host, cmd string) error {
	c := newClient(f.behind)
	r, err := http.NewRequest(http.MethodPost, f.behind+"/api/v1/hello", nil)
	if err != nil {
		return err
	}
	r.Host = host
	res, err := c.http.Do(r)
	if err != nil {
		return err
	}
	_, _ = io.Copy(io.Discard, res.Body)
	res.Body.Close()
	body := `{"id":"` + newID(time.Now()) + `","cmd":` + cmd + `}`
	r, err = http.NewRequest(http.MethodPost, f.behind+"/api/v1/topics/session/opening/commands", strings.NewReader(body))
	if err != nil {
		return err
	}
	r.Host = host
	r.Header.Set("Content-Type", "application/json")
	for _, k := range res.Cookies() {
		r.AddCookie(k)
	}
	res, err = c.http.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	said, err := io.ReadAll(res.Body)
	if err == nil && !bytes.Contains(said, []byte(`"t":"ack"`)) {
		err = errors.New(string(said))
	}
	return err
}
