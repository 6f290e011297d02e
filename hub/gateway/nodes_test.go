package gateway_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"majlis/hub"
	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
	"majlis/hub/pass"
	"majlis/hub/venue"
	"majlis/hub/whisper"
	"majlis/hub/wire"
)

// nodes are some houses on one Redis; the first brings the programme. What edit
// changes of a hub's configuration, if anything, it does before that.
func nodes(t *testing.T, n int, edit func(i int, c *hub.Config)) []*house {
	t.Helper()
	redis := redistest.Start(t, "--appendonly", "no")
	var all []*house
	for i := range n {
		proxy := redistest.NewProxy(t, redis)
		log, err := redislog.Open(t.Context(), redislog.Config{URL: proxy.URL(), Secret: bytes.Repeat([]byte{7}, pass.SecretSize)})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { log.Close() })
		c := hub.Config{
			// On a busy machine the Redis may be late, which is told.
			Trouble: func(topic oplog.Topic, err error) { t.Logf("node %d: %s: %v", i, topic, err) },
			Store:   log, Shared: true, Whispers: log, Self: whisper.Node{Name: fmt.Sprint("node-", i)},
		}
		if edit != nil {
			edit(i, &c)
		}
		h := build(t, c, nil)
		if i == 0 {
			err = h.venue.Bring(t.Context(), summit(), "")
		} else {
			err = h.venue.Load(t.Context(), c.Trouble)
		}
		if err != nil {
			t.Fatal(err)
		}
		h.gateway.Ready()
		h.redis = proxy
		all = append(all, h)
	}
	for _, h := range all {
		h.soon("every node hears the others", func() bool { return len(h.cfg.Hub.Circle().Nodes()) == n })
	}
	return all
}

// soon waits until something is so.
func (h *house) soon(what string, so func() bool) {
	h.t.Helper()
	for deadline := time.Now().Add(time.Minute); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.t.Fatalf("never: %s", what)
		}
	}
}

// chair opens a moderator's socket with a pass, and watches.
func (h *house) chair(token string) *line {
	h.t.Helper()
	l := h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + token, "Origin": ""})
	l.send(`{"t":"watch",` + opening + `,"role":"moderator"}`)
	l.until(isPatch)
	return l
}

// TestRevokedAtAnotherNode: a pass that is revoked at one node, or has ended, opens
// nothing at any, and its sockets close.
func TestRevokedAtAnotherNode(t *testing.T) {
	all := nodes(t, 2, nil)
	token, id := all[0].token(oplog.Moderator, "session/opening")
	chairs := []*line{all[0].chair(token), all[1].chair(token)}
	chairs[1].send(do(1, `{"type":"board.open"}`))
	chairs[1].until(isAck)
	begun := time.Now()
	if err := all[0].venue.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for i, l := range chairs {
		if code := l.closed(); code != wire.CloseBadPass {
			t.Errorf("the socket at node %d ended with %d", i, code)
		}
		t.Logf("the socket at node %d was closed after %v", i, time.Since(begun).Round(time.Millisecond))
	}
	auth := map[string]string{"Authorization": "Bearer " + token}
	for i, h := range all {
		path := "/api/v1/topics/session/opening/commands?role=moderator"
		body := fmt.Sprintf(`{"id":%q,"cmd":{"type":"board.close"}}`, ulid(2))
		if a := h.request(http.DefaultClient, "POST", path, body, auth); a.status != http.StatusForbidden {
			t.Errorf("a command at node %d: %d %s", i, a.status, a.body)
		}
	}

	short, err := all[0].signer.Mint(pass.Claims{
		ID: "lasts-three-seconds", Conference: "summit", Role: oplog.Moderator, Scope: "session/opening", Expires: time.Now().Add(3 * time.Second),
	})
	if err != nil {
		t.Fatal(err)
	}
	if code := all[1].chair(short).closed(); code != wire.CloseBadPass {
		t.Errorf("the socket of a pass that has ended was closed with %d", code)
	}
}

// TestRevokedUnheard: also a node that hears no notification knows soon.
func TestRevokedUnheard(t *testing.T) {
	all := nodes(t, 2, nil)
	token, id := all[0].token(oplog.Moderator, "session/opening")
	chair := all[1].chair(token)
	all[1].redis.Deafen(true)
	begun := time.Now()
	if err := all[0].venue.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if code := chair.closed(); code != wire.CloseBadPass {
		t.Errorf("the socket ended with %d", code)
	}
	t.Logf("the socket was closed after %v", time.Since(begun).Round(time.Millisecond))
}

// TestPhonesLeaveAnOlderNode: the phones of a topic that a newer node has written to
// are told to come back, and a proxy is told to bring them elsewhere.
func TestPhonesLeaveAnOlderNode(t *testing.T) {
	all := nodes(t, 2, func(i int, c *hub.Config) {
		if c.Kinds = venue.Kinds(); i == 1 {
			k := c.Kinds[oplog.KindSession]
			k.Rules++
			c.Kinds[oplog.KindSession] = k
		}
	})
	ann := all[0].dial(all[0].browser(), nil)
	ann.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	ann.until(isPatch)
	workshop := all[0].dial(all[0].browser(), nil)
	workshop.send(`{"t":"watch","topic":"session/workshop","role":"attendee"}`)
	workshop.until(isPatch)

	all[1].say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	bye, ok := ann.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.Bye); return ok }).(wire.Bye)
	if !ok || bye.Retry[0] >= bye.Retry[1] {
		t.Errorf("told %+v", bye)
	}
	if code := ann.closed(); code != wire.CloseRestart {
		t.Errorf("the phone's socket was closed with %d", code)
	}
	if a := all[0].request(http.DefaultClient, "GET", "/readyz", "", nil); a.status != http.StatusServiceUnavailable || !strings.Contains(a.body, "topics-elsewhere") {
		t.Errorf("the older node is ready: %d %s", a.status, a.body)
	}
	if a := all[1].request(http.DefaultClient, "GET", "/readyz", "", nil); a.status != http.StatusOK {
		t.Errorf("the newer node is not ready: %d %s", a.status, a.body)
	}
	again := all[0].dial(all[0].browser(), nil)
	again.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	if code := again.closed(); code != wire.CloseRestart {
		t.Errorf("one who comes to the older node all the same: %d", code)
	}
	workshop.send(`{"t":"beat"}`)
	workshop.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.ServerBeat); return ok })

	all[1].stop() // then the older node is better than none
	all[0].soon("the older node is ready again", func() bool {
		a := all[0].request(http.DefaultClient, "GET", "/readyz", "", nil)
		return a.status == http.StatusOK && strings.Contains(a.body, "topics-unserved")
	})
	last := all[0].dial(all[0].browser(), nil)
	last.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	if e := last.until(isError).(wire.Error); e.Reason != oplog.Unavailable {
		t.Errorf("refused with %q", e.Reason)
	}
}

// TestQuestionsAreLimitedAtAllNodes: who has asked as often as one may at one node
// may not ask at the other either.
func TestQuestionsAreLimitedAtAllNodes(t *testing.T) {
	all := nodes(t, 2, nil)
	all[0].say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	n := 0
	askAt := func(h *house, c *http.Client) string {
		n++
		body := fmt.Sprintf(`{"id":%q,%s,"n":%d,"seen":0,"cmd":%s}`, ulid(n), dev, n, ask(n, fmt.Sprint("Question ", n, "?")))
		return h.request(c, "POST", "/api/v1/topics/session/opening/commands", body, nil).body
	}
	all[0].soon("the other node refuses the seventh question", func() bool {
		ann := all[0].browser() // the same person at both: cookies know no ports
		for range gateway.AskBurst {
			if a := askAt(all[0], ann); !strings.Contains(a, `"ack"`) {
				t.Fatalf("within the limit: %s", a)
			}
		}
		time.Sleep(1500 * time.Millisecond) // they tell each other once a second
		return strings.Contains(askAt(all[1], ann), `"retry"`)
	})
}
