package gateway_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

var phones = flag.Int("phones", 500, "how many phones there are when one of two nodes stops")

// doors bound how many phones connect at once: on a slow machine one whose hello
// takes too long is sent away.
var doors = make(chan struct{}, 64)

// phone is one attendee with a vote in the outbox.
type phone struct {
	t      *testing.T
	n      int
	cookie string

	byes   int
	closed websocket.StatusCode // how the last connection ended
	acks   int
}

// connect opens a socket at a node, watches, and sends the vote if it has not been
// acknowledged. It reads until the socket ends, or until the vote is acknowledged
// and nothing more is wanted.
func (p *phone) connect(ctx context.Context, h *house, stay bool) error {
	doors <- struct{}{}
	out := sync.OnceFunc(func() { <-doors })
	defer out()
	header := http.Header{"Origin": {h.url}, "Cookie": {p.cookie}}
	ws, _, err := websocket.Dial(ctx, h.url+"/ws", &websocket.DialOptions{HTTPHeader: header, Subprotocols: []string{wire.Subprotocol}})
	if err != nil {
		return err
	}
	defer ws.CloseNow()
	ws.SetReadLimit(wire.MaxServerMessage)
	device := fmt.Sprintf("%032x", p.n+1)
	say := []string{
		fmt.Sprintf(`{"t":"hello","v":1,"device":%q}`, device),
		`{"t":"watch",` + opening + `,"role":"attendee"}`,
	}
	vote := fmt.Sprintf(`{"t":"do","id":%q,"dev":%q,"n":1,"seen":0,%s,"cmd":{"type":"question.vote","id":%q,"on":true}}`,
		ulid(p.n), device, opening, ulid(1))
	if p.acks == 0 {
		say = append(say, vote)
	}
	for _, frame := range say {
		if err := ws.Write(ctx, websocket.MessageText, []byte(frame)); err != nil {
			return err
		}
	}
	out()
	for stay || p.acks == 0 {
		_, b, err := ws.Read(ctx)
		if err != nil {
			p.closed = websocket.CloseStatus(err)
			return nil
		}
		if after := p.take(b); after > 0 {
			time.Sleep(after)
			if err := ws.Write(ctx, websocket.MessageText, []byte(vote)); err != nil && !stay {
				return err
			}
		}
	}
	return nil
}

// take reads a message. It returns after what time the vote should be sent again,
// if so.
func (p *phone) take(message []byte) (again time.Duration) {
	frames, _ := wire.DecodeMessage(message)
	for _, f := range frames {
		switch f := f.(type) {
		case wire.Ack:
			p.acks++
		case wire.Bye:
			p.byes++
			if f.Retry[0] >= f.Retry[1] {
				p.t.Errorf("told to come back within %v", f.Retry)
			}
		case wire.Retry:
			again = time.Duration(f.After) * time.Millisecond
		case wire.Refuse:
			p.t.Errorf("the vote was refused: %s", f.Reason)
		}
	}
	return again
}

// votes is what a node's document says of the question.
func (h *house) votes() int {
	h.t.Helper()
	var d struct {
		Doc map[string]map[string]struct{ N, Up int }
	}
	a := h.request(http.DefaultClient, "GET", "/api/v1/topics/session/opening", "", nil)
	if err := json.Unmarshal([]byte(a.body), &d); err != nil {
		h.t.Fatalf("%v in %s", err, a.body)
	}
	v := d.Doc["votes"][ulid(1)]
	return v.N + v.Up
}

// TestDrainOfOneOfTwo: a node of two stops in the middle of a vote. It is not ready, lets
// nobody in, tells all to come back and closes with 1012; the phones go on at the
// other, and every vote counts once.
func TestDrainOfOneOfTwo(t *testing.T) {
	all := nodes(t, 2, nil)
	for _, command := range []string{`{"type":"board.open"}`, `{"type":"settings.set","moderation":false}`, ask(1, "Who votes?")} {
		all[0].say("pass:chair", oplog.Moderator, command)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	all[1].soon("the other node has the question", func() bool {
		return strings.Contains(all[1].request(http.DefaultClient, "GET", "/api/v1/topics/session/opening", "", nil).body, ulid(1))
	})

	crowd := make([]*phone, *phones)
	var connected atomic.Int64
	var gone sync.WaitGroup
	for i := range crowd {
		v := all[0].signer.NewVisitor()
		crowd[i] = &phone{t: t, n: i + 10, cookie: "majlis-visitor=" + all[0].signer.VisitorCookie(v)}
	}
	for i, p := range crowd {
		if i%2 == 1 {
			continue // they come while the node stops
		}
		gone.Go(func() {
			connected.Add(1)
			if err := p.connect(ctx, all[0], true); err != nil {
				t.Errorf("phone %d: %v", p.n, err)
			}
		})
	}
	all[0].soon("they have come", func() bool {
		return connected.Load() == int64(len(crowd)/2) && all[0].gatewayConnections() == len(crowd)/2
	})

	var others sync.WaitGroup
	for i, p := range crowd {
		if i%2 == 0 {
			continue
		}
		others.Go(func() {
			if err := p.connect(ctx, all[1], false); err != nil {
				t.Errorf("phone %d: %v", p.n, err)
			}
		})
	}
	begun := time.Now()
	stopped := make(chan struct{})
	go func() { all[0].stop(); close(stopped) }()
	refused := 0
	for done := false; !done; {
		select {
		case <-stopped:
			done = true
		default:
			if a, err := http.Get(all[0].url + "/readyz"); err == nil {
				a.Body.Close()
				if a.StatusCode == http.StatusServiceUnavailable {
					refused++
				}
			}
		}
	}
	gone.Wait()
	others.Wait()
	t.Logf("%d probes found the node not ready; it had stopped after %v", refused, time.Since(begun).Round(time.Millisecond))

	for i, p := range crowd {
		if i%2 == 1 {
			continue
		}
		if p.byes != 1 || p.closed != wire.CloseRestart {
			t.Errorf("phone %d was told %d times to come back, and closed with %d", p.n, p.byes, p.closed)
		}
		others.Go(func() {
			if err := p.connect(ctx, all[1], false); err != nil {
				t.Errorf("phone %d comes back: %v", p.n, err)
			}
		})
	}
	others.Wait()
	for _, p := range crowd {
		if p.acks == 0 {
			t.Errorf("phone %d was never acknowledged", p.n)
		}
	}
	all[1].soon("every vote counts once", func() bool { return all[1].votes() == len(crowd) })
}

// gatewayConnections is how many the node says it has.
func (h *house) gatewayConnections() int {
	for _, n := range h.cfg.Hub.Circle().Nodes() {
		if n.Name == "node-0" {
			return n.Connections
		}
	}
	return 0
}
