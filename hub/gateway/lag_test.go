package gateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/entity/reducer"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// gauge reads one number that is exported.
func (h *house) gauge(name string) (sum float64) {
	h.t.Helper()
	all, err := h.cfg.Observer.(*metrics.Metrics).Gatherer().Gather()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range all {
		if f.GetName() == name {
			for _, m := range f.GetMetric() {
				sum += m.GetGauge().GetValue() + m.GetCounter().GetValue()
			}
		}
	}
	return sum
}

// sleepy is a browser whose kernel keeps little for it.
func (h *house) sleepy() *http.Client {
	h.t.Helper()
	c := h.browser()
	c.Transport = &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(4 << 10)
		}
		return conn, err
	}}
	return c
}

// keeps applies what comes until a document is at an offset.
func (l *line) keeps(c *reducer.Client, until oplog.Offset) {
	l.t.Helper()
	l.until(func(f wire.ServerFrame) bool {
		if p, ok := f.(wire.Patch); ok {
			if v := c.Apply(reducer.Frame{From: p.From, Pos: p.Pos, View: p.View, Doc: p.Doc}); v == reducer.Behind || v == reducer.Foreign {
				l.t.Fatalf("a frame from %d to %d does not fit at %d", p.From, p.Pos.Offset, c.Pos.Offset)
			}
		}
		return c.Pos.Offset >= until
	})
}

// TestAPhoneThatFallsAsleepIsExactWhenItWakes: it holds up nobody, is told in one
// piece what it missed, and its ping is answered between two frames.
func TestAPhoneThatFallsAsleepIsExactWhenItWakes(t *testing.T) {
	h := open(t)
	h.say("chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("chair", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	sleeper, other := h.dial(h.sleepy(), nil), h.dial(h.browser(), nil)
	var slept, awake reducer.Client
	for _, l := range []*line{sleeper, other} {
		l.ws.SetReadLimit(wire.MaxServerMessage)
		l.send(`{"t":"watch","topic":"session/opening","role":"attendee"}`)
	}
	const asked = 200
	for i := range asked {
		h.say(fmt.Sprintf("visitor:%d", i), oplog.Attendee, ask(i, strings.Repeat("𓀀", 280)))
	}
	for i := 0; h.gauge("majlis_connections_lagging") == 0; i++ {
		if i > 1000 {
			t.Fatal("the sleeper does not lag: there is too little for it to miss")
		}
		time.Sleep(time.Millisecond)
	}
	d := h.request(http.DefaultClient, "GET", "/api/v1/topics/session/opening", "", nil)
	var document struct {
		Offset oplog.Offset    `json:"offset"`
		Doc    json.RawMessage `json:"doc"`
	}
	if err := json.Unmarshal([]byte(d.body), &document); err != nil {
		t.Fatal(err)
	}
	other.keeps(&awake, document.Offset)
	ponged := make(chan error, 1)
	go func() { ponged <- sleeper.ws.Ping(t.Context()) }()
	sleeper.keeps(&slept, document.Offset)
	for who, c := range map[string]*reducer.Client{"sleeper": &slept, "other": &awake} {
		if got, err := json.Marshal(c.Doc); err != nil || string(got) != string(document.Doc) {
			t.Errorf("the %s holds another document, of %d bytes; want %d", who, len(got), len(document.Doc))
		}
	}
	go func() { _, _ = sleeper.try(func(wire.ServerFrame) bool { return false }) }()
	if err := <-ponged; err != nil {
		t.Errorf("the ping of the sleeper was not answered: %v", err)
	}
}

// TestCompressedFrames: a phone that takes compressed frames is sent far fewer
// bytes, and reads the same document.
func TestCompressedFrames(t *testing.T) {
	h := open(t)
	h.say("chair", oplog.Moderator, `{"type":"board.open"}`)
	h.say("chair", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	for i := range 20 {
		h.say(fmt.Sprintf("visitor:%d", i), oplog.Attendee, ask(i, strings.Repeat("Why? ", 50)))
	}
	read := func(mode websocket.CompressionMode) (bytes int, doc string) {
		var counted *counting
		c := h.browser()
		c.Transport = &http.Transport{DialContext: func(ctx context.Context, network, addr string) (net.Conn, error) {
			conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
			counted = &counting{Conn: conn}
			return counted, err
		}}
		ws, _, err := websocket.Dial(t.Context(), h.url+"/ws", &websocket.DialOptions{
			HTTPClient: c, HTTPHeader: http.Header{"Origin": {h.url}}, Subprotocols: []string{wire.Subprotocol}, CompressionMode: mode,
		})
		if err != nil {
			t.Fatal(err)
		}
		defer ws.CloseNow()
		ws.SetReadLimit(wire.MaxServerMessage)
		l := &line{t: t, ws: ws}
		l.send(`{"t":"hello","v":1,"device":"000102030405060708090a0b0c0d0e0f"}`)
		l.send(`{"t":"watch","topic":"session/opening","role":"attendee"}`)
		p := l.until(isPatch).(wire.Patch)
		b, err := json.Marshal(p.Doc)
		if err != nil {
			t.Fatal(err)
		}
		return counted.read, string(b)
	}
	plain, want := read(websocket.CompressionDisabled)
	small, got := read(websocket.CompressionNoContextTakeover)
	if got != want {
		t.Error("compressed it is another document")
	}
	if small > plain/4 {
		t.Errorf("%d bytes compressed, %d plain", small, plain)
	}
}

// counting counts what is read.
type counting struct {
	net.Conn
	read int
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read += n
	return n, err
}

// bare is a browser and the connection that it opened last.
func (h *house) bare() (c *http.Client, conn func() *net.TCPConn) {
	h.t.Helper()
	c = h.browser()
	var last net.Conn
	c.Transport = &http.Transport{DialContext: func(ctx context.Context, network, addr string) (_ net.Conn, err error) {
		last, err = (&net.Dialer{}).DialContext(ctx, network, addr)
		return last, err
	}}
	return c, func() *net.TCPConn { return last.(*net.TCPConn) }
}

// TestAPeerThatBreaksTheProtocolIsCut: also one that stays on the line, and the
// server does not wait for it when it stops (RFC 6455 §5.1: clients mask).
func TestAPeerThatBreaksTheProtocolIsCut(t *testing.T) {
	h := open(t)
	c, conn := h.bare()
	l := h.dial(c, nil)
	if _, err := conn().Write([]byte{0x81, 1, 'x'}); err != nil {
		t.Fatal(err)
	}
	l.closed()
	h.stop()
}

// TestAPeerThatIsResetCountsAsGone: for the operators it is a client that left.
func TestAPeerThatIsResetCountsAsGone(t *testing.T) {
	h := open(t)
	c, conn := h.bare()
	h.dial(c, nil)
	if err := errors.Join(conn().SetLinger(0), conn().Close()); err != nil {
		t.Fatal(err)
	}
	for h.closes("client") == 0 {
		time.Sleep(time.Millisecond)
	}
	if n := h.closes("1000"); n != 0 {
		t.Errorf("%v counted as closed in good order", n)
	}
}

// closes counts the connections that ended with a code.
func (h *house) closes(code string) float64 {
	h.t.Helper()
	all, err := h.cfg.Observer.(*metrics.Metrics).Gatherer().Gather()
	if err != nil {
		h.t.Fatal(err)
	}
	for _, f := range all {
		for _, m := range f.GetMetric() {
			if f.GetName() == "majlis_connections_closed_total" && m.GetLabel()[0].GetValue() == code {
				return m.GetCounter().GetValue()
			}
		}
	}
	return 0
}

// TestManyMessagesAtOnceAreAllHandled: what has been read ahead is not waited for.
func TestManyMessagesAtOnceAreAllHandled(t *testing.T) {
	h := open(t)
	c, conn := h.bare()
	l := h.dial(c, nil)
	var all []byte
	const beats = 50
	for range beats {
		all = append(all, frame(0x81, `{"t":"beat"}`)...)
	}
	if _, err := conn().Write(all); err != nil {
		t.Fatal(err)
	}
	n := 0
	l.until(func(f wire.ServerFrame) bool {
		if _, ok := f.(wire.ServerBeat); ok {
			n++
		}
		return n == beats
	})
}
