package hub_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/session"
)

// brittle is a machine that fails where a question's id says so.
type brittle struct{ *session.Machine }

const (
	fallsInFold = 66 // id of a question on which Apply fails
	fallsInDry  = 77 // … on which Check fails
	fallsInView = 88 // … behind which Since fails
)

func (b brittle) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	if bytes.Contains(c.Args, []byte(ulid(fallsInFold))) {
		b.Machine.Apply(e, c) // half done
		panic("a case that nobody thought of")
	}
	return b.Machine.Apply(e, c)
}

func (b brittle) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	if bytes.Contains(c.Args, []byte(ulid(fallsInDry))) {
		panic("another case")
	}
	return b.Machine.Check(c, at)
}

func (b brittle) Since(role oplog.Role, n oplog.Offset) entity.Patch {
	p := b.Machine.Since(role, n)
	if _, there := p["question"][ulid(fallsInView)]; there {
		panic("a third case")
	}
	return p
}

func brittleKinds() map[oplog.Kind]hub.Kind {
	all := kinds()
	k := all[oplog.KindSession]
	k.New = func(t oplog.Topic) hub.Machine { return brittle{session.New(t)} }
	all[oplog.KindSession] = k
	return all
}

func (n *node) digest() (d [32]byte) {
	n.t.Helper()
	if err := n.topic.Do(n.t.Context(), func(m hub.Machine) { d = m.Digest() }); err != nil {
		n.t.Fatal(err)
	}
	return d
}

// reopen opens the topic again.
func (n *node) reopen() error {
	t, err := n.hub.Open(n.t.Context(), opening)
	if err == nil {
		n.topic = t
	}
	return err
}

// TestF30PoisonEntry: an entry on which the fold fails takes its topic out of
// service and nothing else, also at every start; once an operator has it left out,
// all nodes hold the same again, also those that could fold it.
func TestF30PoisonEntry(t *testing.T) {
	simulated(t, func(t *testing.T, c *crew) {
		sturdy, n, said := c.node("sturdy", nil), c.node("brittle", brittleKinds()), &c.said
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(amina, oplog.Attendee, ask(1, "Before it?"), "")
		poison := n.command(boris, oplog.Attendee, ask(fallsInFold, "What if?"))
		poison.Device, poison.N = oplog.Device{1}, 1
		if a, err := n.topic.Submit(t.Context(), poison); err != nil || a.Retry == 0 {
			t.Fatalf("the command came to %+v, %v", a, err)
		}
		time.Sleep(time.Second)
		var why *hub.PanicError
		if !errors.As(n.hub.Unserved()[opening], &why) || why.Topic != opening || why.Offset == 0 || !strings.Contains(said.String(), "majlis skip") {
			t.Fatalf("unserved: %v; said %s", n.hub.Unserved(), said)
		}
		if n.hub.Elsewhere() {
			t.Error("other nodes are thought to do better")
		}
		if other, err := n.hub.Open(t.Context(), "session/other"); err != nil {
			t.Errorf("another topic: %v", err)
		} else if _, err := other.Position(t.Context()); err != nil {
			t.Errorf("another topic: %v", err)
		}
		sturdy.do(amina, oplog.Attendee, ask(2, "Behind it?"), "")

		again := hub.New(hub.Config{Store: c.store, Shared: true, Kinds: brittleKinds(), Observer: &quiet{}, Trouble: said.trouble})
		go again.Run(t.Context())
		if _, err := again.Open(t.Context(), opening); !errors.As(err, &why) {
			t.Errorf("at the next start: %v", err)
		}

		for _, bad := range []oplog.Offset{0, 1, 99} {
			if err := n.hub.Skip(t.Context(), opening, bad); err == nil {
				t.Errorf("offset %d can be left out", bad)
			}
		}
		if err := n.hub.Skip(t.Context(), opening, why.Offset); err != nil {
			t.Fatal(err)
		}
		time.Sleep(hub.PanicRetry)
		for name, err := range map[string]error{"brittle": n.reopen(), "sturdy": sturdy.reopen()} {
			if err != nil {
				t.Fatalf("the %s node: %v", name, err)
			}
		}
		if _, err := again.Open(t.Context(), opening); err != nil {
			t.Errorf("the node that was started: %v", err)
		}
		time.Sleep(time.Second)
		if n.digest() != sturdy.digest() || len(n.hub.Unserved()) != 0 {
			t.Errorf("the nodes hold different states; unserved %v", n.hub.Unserved())
		}
		wantQuestions(t, n, ulid(1), ulid(2))
		before, _ := n.topic.Position(t.Context())
		if a, err := n.topic.Submit(t.Context(), poison); err != nil || a.Outcome.Reason != oplog.Internal {
			t.Errorf("the phone sends it again: %+v, %v", a, err)
		}
		if after, _ := n.topic.Position(t.Context()); after != before {
			t.Error("what was left out is in the log again")
		}
	})
}

// wantQuestions wants exactly these in the moderators' document.
func wantQuestions(t *testing.T, n *node, ids ...string) {
	t.Helper()
	d, err := n.topic.Document(t.Context(), oplog.Moderator)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Doc struct{ Question map[string]json.RawMessage }
	}
	if err := json.Unmarshal(d.JSON, &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Doc.Question) != len(ids) {
		t.Errorf("%d questions, want %v", len(got.Doc.Question), ids)
	}
	for _, id := range ids {
		if got.Doc.Question[id] == nil {
			t.Errorf("question %s is missing", id)
		}
	}
}

// A store that one node has alone, and a snapshot from before the skip.
func TestF30SkipOnAnEmbeddedStore(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := memlog.New(), &loud{}
		config := hub.Config{Store: store, Trouble: said.trouble}
		n := begin(t, config)
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		a := n.do(amina, oplog.Attendee, ask(1, "To be left out?"), "")
		n.do(amina, oplog.Attendee, ask(2, "To stay?"), "")
		n.stop() // with a snapshot
		n = begin(t, config)
		if err := n.hub.Skip(t.Context(), opening, a.Pos.Offset); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if err := n.reopen(); err != nil {
			t.Fatal(err)
		}
		wantQuestions(t, n, ulid(2))
		at, err := n.topic.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n.do(amina, oplog.Attendee, ask(3, "And on?"), "")
		p, _, leave := n.phone(boris, oplog.Moderator, hub.Stand{View: n.topic.View(), Pos: at})
		synctest.Wait()
		if leave(); p.whole != 0 {
			t.Error("who was up to date gets the whole document")
		}
		live := n.digest()
		n.stop()
		n = begin(t, config)
		wantQuestions(t, n, ulid(2), ulid(3))
		if n.digest() != live {
			t.Error("after a restart the state is another")
		}
		n.stop()
	})
}

// What fails beside the fold does not end the process either.
func TestF30PanicsBesideTheFold(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := memlog.New(), &loud{}
		n := begin(t, hub.Config{Store: store, Kinds: brittleKinds(), Trouble: said.trouble})
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		before, _ := n.topic.Position(t.Context())
		n.do(amina, oplog.Attendee, ask(fallsInDry, "Dry?"), oplog.Internal)
		if after, _ := n.topic.Position(t.Context()); after != before {
			t.Error("what the dry run fails on is in the log")
		}
		other, err := n.hub.Open(t.Context(), "session/other")
		if err != nil {
			t.Fatal(err)
		}
		_, _, leave := n.phone(boris, oplog.Moderator, hub.Stand{})
		if _, err := n.topic.Submit(t.Context(), n.command(amina, oplog.Attendee, ask(fallsInView, "Seen?"))); err != nil && !errors.Is(err, hub.ErrStopped) {
			t.Error(err)
		}
		time.Sleep(time.Second)
		leave()
		var why *hub.PanicError
		if !errors.As(n.hub.Unserved()[opening], &why) || why.Offset != 0 {
			t.Errorf("unserved: %v", n.hub.Unserved())
		}
		if _, err := other.Position(t.Context()); err != nil {
			t.Errorf("another topic: %v", err)
		}
		n.stop()
	})
}
