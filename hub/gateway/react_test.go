package gateway_test

import (
	"net/http"
	"strings"
	"testing"

	"majlis/hub/gateway"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

func isPulse(want func(wire.Pulse) bool) func(wire.ServerFrame) bool {
	return func(f wire.ServerFrame) bool { p, ok := f.(wire.Pulse); return ok && want(p) }
}

// TestReactions come over a socket and over plain HTTP, and are seen over both.
func TestReactions(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	ann := h.dial(h.browser(), nil)
	ann.send(`{"t":"react",` + opening + `,"kind":"heart"}`)
	if e := ann.until(isError).(wire.Error); e.Reason != oplog.NotAllowed {
		t.Errorf("a topic that is not watched: refused with %q", e.Reason)
	}
	ann.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	ann.until(isPatch)
	ann.send(`{"t":"react",` + opening + `,"kind":"boo"}`)
	if e := ann.until(isError).(wire.Error); e.Reason != oplog.BadCommand {
		t.Errorf("a kind that is none: refused with %q", e.Reason)
	}

	bob := h.browser()
	s := h.stream(h.url+"/api/v1/topics/session/opening/events", bob, nil)
	s.next(`"t":"patch"`)
	ann.until(isPulse(func(p wire.Pulse) bool { return p.Online == 2 }))
	ann.send(`{"t":"react",` + opening + `,"kind":"heart"}`)
	if line := s.next(`"reactions"`); !strings.Contains(line, `"reactions":{"heart":1}`) {
		t.Errorf("the stream says %s", line)
	}
	if a := h.request(bob, "POST", "/api/v1/topics/session/opening/react", `{"kind":"laugh"}`, nil); a.status != http.StatusNoContent {
		t.Errorf("a reaction over HTTP: %d %s", a.status, a.body)
	}
	ann.until(isPulse(func(p wire.Pulse) bool { return p.Reactions[wire.Laugh] == 1 }))
}

// TestReactionsHaveALimit: what is beyond is dropped, and counted.
func TestReactionsHaveALimit(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	ann := h.dial(h.browser(), nil)
	ann.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	ann.until(isPatch)
	for range 4 * gateway.ReactBurst {
		ann.send(`{"t":"react",` + opening + `,"kind":"applause"}`)
	}
	ann.send(`{"t":"beat"}`)
	ann.until(func(f wire.ServerFrame) bool { _, ok := f.(wire.ServerBeat); return ok })
	if got := h.cfg.Observer.(*metrics.Metrics).Snapshot().Limited["reactions"]; got == 0 {
		t.Errorf("%d reactions at once, and none was one too many", 4*gateway.ReactBurst)
	}
}
