package hub_test

import (
	"context"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
)

// What the simulation has found, each as short as it can be told: a seed means
// something else as soon as the simulation changes.

// tardyStore is a store to which reads take a while.
type tardyStore struct {
	*frail
	way atomic.Int64 // nanoseconds
}

func (s *tardyStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	if way := time.Duration(s.way.Load()); way > 0 {
		time.Sleep(way)
	}
	return s.frail.Read(ctx, topic, after, limit)
}

// TestLookThatBeganBeforeAFork: a look at the tail was on its way while this node
// wrote, the store lost that and others wrote there. What the look brings overlaps
// what was folded, at another entry: that is a fork, not a broken log.
func TestLookThatBeganBeforeAFork(t *testing.T) {
	simulate(t, func(t *testing.T) {
		said := &loud{}
		store := newFrail(t)
		slow := &tardyStore{frail: store}
		a, b := shared(t, store, said), shared(t, slow, said)
		defer a.stop()
		defer b.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		time.Sleep(time.Second)
		slow.way.Store(int64(2 * time.Second))
		a.do(amina, oplog.Attendee, ask(1, "On both"), "") // b looks
		time.Sleep(time.Millisecond)
		older := store.first(t, 4)
		b.do(boris, oplog.Attendee, ask(2, "Of b alone"), "")
		elsewhere := newFrail(t)
		elsewhere.key = store.key
		elsewhere.exchange(older)
		c := shared(t, elsewhere, said)
		c.do(amina, oplog.Attendee, ask(3, "Elsewhere"), "")
		c.do(amina, oplog.Attendee, ask(4, "Elsewhere too"), "")
		c.stop()
		store.exchange(elsewhere.first(t, 6))
		time.Sleep(4 * time.Second)
		slow.way.Store(0)
		time.Sleep(4 * time.Second)
		bothBranches(t, a, b, said)
	})
}

// bothBranches wants the questions of both branches at two nodes, and nobody who
// took the log for a broken one.
func bothBranches(t *testing.T, a, b *node, said *loud) {
	t.Helper()
	p, _, leave := b.phone(boris, oplog.Attendee, hub.Stand{})
	defer leave()
	a.agrees(p, oplog.Attendee)
	if len(p.doc.Doc["question"]) != 4 {
		t.Errorf("%d questions, want those of both branches\n%s", len(p.doc.Doc["question"]), said)
	}
	if strings.Contains(said.String(), "corrupt") {
		t.Errorf("the log is taken for a broken one:\n%s", said)
	}
}

// tardyAppends is a tardyStore to which appends take a while longer.
type tardyAppends struct{ *tardyStore }

func (s tardyAppends) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	time.Sleep(time.Duration(2 * s.way.Load()))
	return s.frail.Append(ctx, topic, known, drafts)
}

// TestAppendThatBeganBeforeAFork: an append was on its way while a look brought what
// others had written, then the store lost that and others wrote there. What the
// append brings overlaps what was folded, at another entry.
func TestAppendThatBeganBeforeAFork(t *testing.T) {
	simulate(t, func(t *testing.T) {
		said := &loud{}
		store := newFrail(t)
		slow := tardyAppends{&tardyStore{frail: store}}
		a, b := shared(t, store, said), shared(t, slow, said)
		defer a.stop()
		defer b.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		time.Sleep(time.Second)
		older := store.first(t, 3)
		slow.way.Store(int64(time.Second / 2))
		a.do(amina, oplog.Attendee, ask(1, "Where the store was"), "") // b looks
		time.Sleep(time.Millisecond)
		c := b.command(boris, oplog.Attendee, ask(2, "Of b"))
		if err := b.topic.Send(t.Context(), c, nil, func(hub.Answer, []byte) {}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(700 * time.Millisecond) // b has looked
		elsewhere := newFrail(t)
		elsewhere.key = store.key
		elsewhere.exchange(older)
		d := shared(t, elsewhere, said)
		d.do(amina, oplog.Attendee, ask(3, "Elsewhere"), "")
		d.do(amina, oplog.Attendee, ask(4, "Elsewhere too"), "")
		d.stop()
		store.exchange(elsewhere.first(t, 5))
		time.Sleep(4 * time.Second)
		slow.way.Store(0)
		time.Sleep(4 * time.Second)
		bothBranches(t, a, b, said)
	})
}

// unheardStore never says that there is something new.
type unheardStore struct{ *deafStore }

func (s unheardStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	entries, wait, err := s.deafStore.Read(ctx, topic, after, limit)
	if wait != nil {
		wait = make(chan struct{})
	}
	return entries, wait, err
}

// TestWhoIsBehindDoesNotRefuseForGood: a command on what its sender saw at another
// node is not refused by one that does not know of it yet and cannot look.
func TestWhoIsBehindDoesNotRefuseForGood(t *testing.T) {
	simulate(t, func(t *testing.T) {
		log := memlog.New()
		store := &deafStore{Log: log}
		a := join(t, log)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		b := join(t, unheardStore{store})
		defer b.stop()
		time.Sleep(time.Second)
		store.deaf.Store(true)
		seen := a.do(amina, oplog.Attendee, ask(1, "New"), "").Pos.Offset
		vote := b.command(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)))
		vote.Seen = seen
		got, err := b.topic.Submit(t.Context(), vote)
		if err != nil || got.Retry == 0 {
			t.Fatalf("told %+v, %v; want to come again", got, err)
		}
		store.deaf.Store(false)
		time.Sleep(got.Retry)
		if got, err = b.topic.Submit(t.Context(), vote); err != nil || got.Retry != 0 || !got.Outcome.Accepted() {
			t.Errorf("told %+v, %v once the store is back", got, err)
		}
	})
}

// TestWhoClaimsTooMuchIsRefusedInTheEnd: a log that ends before what somebody has
// seen is looked at for that, and then what it says is final, for many at a time.
func TestWhoClaimsTooMuchIsRefusedInTheEnd(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := join(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		var told []hub.Answer
		for i := range 200 {
			c := n.command(boris, oplog.Attendee, on("question.withdraw", i+1))
			c.Seen = 1 << 40
			if err := n.topic.Send(t.Context(), c, nil, func(a hub.Answer, _ []byte) { told = append(told, a) }); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Millisecond) // sooner than the log is looked at again
		}
		time.Sleep(hub.TailEvery)
		synctest.Wait()
		for _, a := range told {
			if a.Retry != 0 || a.Outcome.Reason != oplog.NotFound {
				t.Fatalf("told %+v", a)
			}
		}
		if len(told) != 200 {
			t.Errorf("%d of 200 were told anything", len(told))
		}
	})
}

// TestOwnPartComesBeforeAnyAnswer: two commands of one person share an append, one
// of them sent beside the connection. The first answer comes when the connection
// has been told.
func TestOwnPartComesBeforeAnyAnswer(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		p, w, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
		defer leave()
		var had []bool
		send := func(i int, from *hub.Watcher) {
			reply := func(_ hub.Answer, own []byte) {
				p.conn.Own(own)
				p.mu.Lock()
				defer p.mu.Unlock()
				had = append(had, p.mine.Doc["asked"][ulid(i)] != nil)
			}
			if err := n.topic.Send(t.Context(), n.command(amina, oplog.Attendee, ask(i, "Why?")), from, reply); err != nil {
				t.Fatal(err)
			}
		}
		if err := n.topic.Do(t.Context(), func(hub.Machine) { send(1, nil); send(2, w) }); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if len(had) != 2 || !had[0] || !had[1] {
			t.Errorf("the own part was there at the answers: %v, want both times", had)
		}
	})
}

// reluctantStore does not blank for a while.
type reluctantStore struct {
	*memlog.Log
	busy atomic.Bool
}

func (s *reluctantStore) Blank(ctx context.Context, topic oplog.Topic, offsets []oplog.Offset) error {
	if s.busy.Load() {
		return oplog.ErrUnavailable
	}
	return s.Log.Blank(ctx, topic, offsets)
}

// TestTextGoesOnceTheStoreCan: a text that the store did not delete at once is
// deleted later, without a restart.
func TestTextGoesOnceTheStoreCan(t *testing.T) {
	for name, begin := range map[string]func(*testing.T, hub.Store, *loud) *node{
		"Shared": shared,
		"Alone": func(t *testing.T, s hub.Store, said *loud) *node {
			return begin(t, hub.Config{Store: s, Trouble: said.trouble})
		},
	} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store, said := &reluctantStore{Log: memlog.New()}, &loud{}
				n := begin(t, store, said)
				defer n.stop()
				n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				at := n.do(amina, oplog.Attendee, ask(1, "my telephone number is"), "").Pos.Offset
				store.busy.Store(true)
				n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at), "")
				time.Sleep(10 * time.Second)
				store.busy.Store(false)
				time.Sleep(2 * hub.RestEvery)
				if e := everything(t, store)[at-1]; !e.Sealed.Blanked() {
					t.Errorf("the text is still in the store\n%s", said)
				}
			})
		})
	}
}

// TestRedactionSurvivesAFork: what a moderator took away of what both branches have
// is taken away on the store's too.
func TestRedactionSurvivesAFork(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := newFrail(t), &loud{}
		a := shared(t, store, said)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		at := a.do(amina, oplog.Attendee, ask(1, "my telephone number is"), "").Pos.Offset
		older := store.first(t, 4)
		alone := a.do(amina, oplog.Attendee, ask(2, "here alone"), "").Pos.Offset
		a.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"redact","offsets":[%d,%d]}`, at, alone), "")
		elsewhere := newFrail(t)
		elsewhere.key = store.key
		elsewhere.exchange(older)
		c := shared(t, elsewhere, said)
		for i := range 3 {
			c.do(amina, oplog.Attendee, ask(3+i, "elsewhere"), "")
		}
		c.stop()
		store.exchange(elsewhere.first(t, 7))
		time.Sleep(5 * time.Second)
		p, _, leave := a.phone(boris, oplog.Attendee, hub.Stand{})
		defer leave()
		a.agrees(p, oplog.Attendee)
		if got := string(p.doc.Doc["question"][ulid(1)]); !strings.Contains(got, `"gone":true`) {
			t.Errorf("the text is shown again: %s\n%s", got, said)
		}
		entries := everything(t, store)
		if !entries[at-1].Sealed.Blanked() {
			t.Error("the text is in the store again")
		}
		if entries[alone-1].Sealed.Blanked() {
			t.Error("what stands there now was taken away with it")
		}
	})
}

// TestTextGoesAfterACrash: a node that ends between a redaction and the deletion of
// the text leaves it to the next one, also where that begins at a snapshot behind
// the text.
func TestTextGoesAfterACrash(t *testing.T) {
	simulate(t, func(t *testing.T) {
		log, said := memlog.New(), &loud{}
		alone := func(s hub.Store) *node { return begin(t, hub.Config{Store: s, Trouble: said.trouble}) }
		first := alone(log)
		first.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		at := first.do(amina, oplog.Attendee, ask(1, "my telephone number is"), "").Pos.Offset
		first.stop() // writes a snapshot
		crashes := &reluctantStore{Log: log}
		crashes.busy.Store(true)
		second := alone(crashes)
		second.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at), "")
		third := alone(log)
		defer third.stop()
		defer second.stop()
		third.do(chair, oplog.Moderator, `{"type":"board.close"}`, "")
		time.Sleep(2 * hub.RestEvery)
		if e := everything(t, log)[at-1]; !e.Sealed.Blanked() {
			t.Errorf("the text is still in the store\n%s", said)
		}
	})
}

// crammedStore has no room, and says so to who compares heads.
type crammedStore struct {
	*memlog.Log
	full atomic.Bool
}

func (s *crammedStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if s.full.Load() {
		return oplog.Appended{}, oplog.ErrUnavailable
	}
	return s.Log.Append(ctx, topic, known, drafts)
}

func (s *crammedStore) Heads(ctx context.Context, topics []oplog.Topic) ([]oplog.Position, error) {
	if s.full.Load() {
		return nil, oplog.ErrFull
	}
	return s.Log.Heads(ctx, topics)
}

// TestComparisonIsNotRepeatedTenTimesASecond: what lasts is not tried at the pace of
// an outage, and the log goes on when it is over.
func TestComparisonIsNotRepeatedTenTimesASecond(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := &crammedStore{Log: memlog.New()}, &loud{}
		n := shared(t, store, said)
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		store.full.Store(true)
		c := n.command(amina, oplog.Attendee, ask(1, "Is there room?"))
		if got, err := n.topic.Submit(t.Context(), c); err != nil || got.Retry == 0 {
			t.Errorf("told %+v, %v", got, err)
		}
		time.Sleep(time.Minute)
		if told := strings.Count(said.String(), "compare with the store"); told == 0 || told > int(time.Minute/hub.TroubleEvery)+1 {
			t.Errorf("told %d times in a minute", told)
		}
		store.full.Store(false)
		time.Sleep(2 * hub.TroubleEvery)
		if got, err := n.topic.Submit(t.Context(), c); err != nil || got.Retry != 0 {
			t.Errorf("told %+v, %v", got, err)
		}
	})
}
