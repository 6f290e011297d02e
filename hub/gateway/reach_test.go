package gateway_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

const workshop = `"topic":"session/workshop"`

// staff opens a socket with a pass.
func (h *house) staff(role oplog.Role, scope string) (l *line, id string) {
	h.t.Helper()
	token, id := h.token(role, scope)
	return h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + token, "Origin": ""}), id
}

func isBeat(f wire.ServerFrame) bool { _, ok := f.(wire.ServerBeat); return ok }

func TestReach(t *testing.T) {
	h := open(t)
	t.Run("EndsWhenTheSessionLeavesTheRoom", func(t *testing.T) {
		l, _ := h.staff(oplog.Moderator, "room/lab")
		l.send(`{"t":"watch",` + workshop + `,"role":"moderator"}`)
		l.until(isPatch)
		move := `{"type":"session.move","id":"workshop","room":"hall"}`
		if err := h.venue.Say(t.Context(), "schedule/summit", "pass:chair", oplog.Organiser, []byte(move)); err != nil {
			t.Fatal(err)
		}
		l.send(strings.Replace(do(1, `{"type":"board.open"}`), opening, workshop, 1))
		f, err := l.try(func(f wire.ServerFrame) bool { return isAck(f) || isRefuse(f) })
		if r, ok := f.(wire.Refuse); err == nil && (!ok || r.Reason != oplog.NotAllowed) {
			t.Errorf("a command into another room is answered %+v", f)
		}
		if err == nil {
			_, err = l.try(func(wire.ServerFrame) bool { return false })
		}
		if code := websocket.CloseStatus(err); code != wire.ClosePolicy {
			t.Errorf("closed with %d, want %d", code, wire.ClosePolicy)
		}
	})
	t.Run("StaysWhileThePassThatItRestsOnIsGood", func(t *testing.T) {
		c := h.browser()
		first, _ := h.token(oplog.Moderator, "session/opening")
		other, id := h.token(oplog.Screen, "session/opening")
		for _, token := range []string{first, other} {
			if a := h.request(c, "POST", "/api/v1/pass", `{"pass":"`+token+`"}`, map[string]string{"Origin": h.url}); a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.body)
			}
		}
		l := h.dial(c, nil)
		l.send(`{"t":"watch",` + opening + `,"role":"moderator"}`)
		l.until(isPatch)
		if err := h.venue.Revoke(t.Context(), id); err != nil {
			t.Fatal(err)
		}
		for range 2 { // when the second one is cut, the first look at all has ended
			witness, id := h.staff(oplog.Moderator, "session/opening")
			if err := h.venue.Revoke(t.Context(), id); err != nil {
				t.Fatal(err)
			}
			witness.closed()
		}
		l.send(`{"t":"beat"}`)
		l.until(isBeat)
	})
	t.Run("AnotherRoleGetsTheWholeDocument", func(t *testing.T) {
		h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
		h.say("visitor:amina", oplog.Attendee, ask(50, "Pending?"))
		l, _ := h.staff(oplog.Moderator, "session/opening")
		l.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
		p := l.until(isPatch).(wire.Patch)
		l.send(fmt.Sprintf(`{"t":"watch",%s,"role":"moderator","view":%d,"epoch":%q,"offset":%d,"h":%q}`,
			opening, p.View, p.Pos.Epoch, p.Pos.Offset, p.Pos.Hash))
		whole := l.until(isPatch).(wire.Patch)
		if whole.From != 0 || whole.Doc["question"][ulid(50)] == nil {
			t.Errorf("from %d: %v", whole.From, whole.Doc)
		}
	})
}

// TestFloodOfWatchesIsRefused: the same document again and again is not sent.
func TestFloodOfWatchesIsRefused(t *testing.T) {
	h := open(t)
	l := h.dial(h.browser(), nil)
	for range gateway.WatchBurst + 30 {
		l.send(`{"t":"watch",` + opening + `,"role":"attendee"}`)
	}
	if e := l.until(isError).(wire.Error); e.Reason != oplog.TooFast || e.Topic != "session/opening" {
		t.Errorf("refused as %+v", e)
	}
}

func TestSeats(t *testing.T) {
	h := open(t)
	c := h.browser()
	var all []*line
	for range gateway.MaxSeats {
		all = append(all, h.dial(c, nil))
	}
	if _, resp, err := h.tryDial(c, nil); err == nil || resp == nil || resp.StatusCode != http.StatusTooManyRequests {
		t.Fatalf("one too many: %v, %v", resp, err)
	}
	if a := h.request(c, "GET", "/api/v1/topics/session/opening/events", "", nil); a.status != http.StatusTooManyRequests {
		t.Errorf("one stream too many: %d", a.status)
	}
	h.dial(h.browser(), nil) // somebody else
	all[0].ws.CloseNow()
	for end := time.Now().Add(20 * time.Second); ; {
		if _, _, err := h.tryDial(c, nil); err == nil {
			return
		} else if time.Now().After(end) {
			t.Fatalf("the seat stays taken: %v", err)
		}
	}
}

// TestNothingIsSaidBeforeAllIsLoaded: a session that is not loaded yet does not
// exist for good, and a pass whose revocation is not loaded yet opens nothing.
func TestNothingIsSaidBeforeAllIsLoaded(t *testing.T) {
	h := open(t)
	early, err := gateway.New(h.cfg)
	if err != nil {
		t.Fatal(err)
	}
	token, _ := h.token(oplog.Organiser, "")
	for _, path := range []string{
		"/ws", "/api/v1/sessions", "/api/v1/topics/session/opening", "/api/v1/topics/session/opening/events", "/api/v1/join/AAAAAA",
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token)
		a := record(early, r)
		if a.Code != http.StatusServiceUnavailable || a.Header().Get("Retry-After") == "" {
			t.Errorf("%s: %d, retry after %q", path, a.Code, a.Header().Get("Retry-After"))
		}
	}
}
