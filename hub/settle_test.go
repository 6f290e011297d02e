package hub_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/schedule"
	"majlis/hub/session"
)

// slowStore commits an append at once and tells of it late.
type slowStore struct {
	*memlog.Log
	tell time.Duration
	lose bool // then it does not say what became of it
	read int  // pages that were asked for
}

func (s *slowStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	got, err := s.Log.Append(ctx, topic, known, drafts)
	time.Sleep(s.tell)
	if s.lose {
		return oplog.Appended{}, oplog.ErrUnknown
	}
	return got, err
}

func (s *slowStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, max int) ([]oplog.Entry, <-chan struct{}, error) {
	s.read++
	return s.Log.Read(ctx, topic, after, max)
}

// ahead is the stand of a client that claims to know more than there is.
func ahead() hub.Stand {
	return hub.Stand{View: session.View, Pos: oplog.Position{Epoch: "other", Offset: 1 << 40}}
}

// TestTailIsReadWhileAnAppendIsUnderWay: what is read before its append has
// come back is folded once, and its senders are told what became of it.
func TestTailIsReadWhileAnAppendIsUnderWay(t *testing.T) {
	for name, lose := range map[string]bool{"AppendThatTells": false, "AppendThatDoesNot": true} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store := &slowStore{Log: memlog.New()}
				n := start(t, store)
				defer n.stop()
				n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
				store.tell, store.lose = time.Second, lose
				var got []hub.Answer
				reply := func(a hub.Answer, _ []byte) { got = append(got, a) }
				if err := n.topic.Send(t.Context(), n.command(amina, oplog.Attendee, ask(1, "Why?")), nil, reply); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				p, _, leave := n.phone(boris, oplog.Attendee, ahead())
				defer leave()
				n.agrees(p, oplog.Attendee)
				if len(p.doc.Doc["question"]) != 1 {
					t.Errorf("the tail was not read: %v", p.doc.Doc)
				}
				time.Sleep(2 * time.Second)
				synctest.Wait()
				if len(got) != 1 || got[0].Retry != 0 || !got[0].Outcome.Accepted() || got[0].Outcome.Again {
					t.Errorf("the sender was told %+v", got)
				}
				n.do(amina, oplog.Attendee, ask(2, "And then?"), "")
				n.agrees(p, oplog.Attendee)
			})
		})
	}
}

// busyStore is one that somebody else has written to whenever it is read.
type busyStore struct {
	slowStore
	busy atomic.Bool
}

func (s *busyStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, max int) ([]oplog.Entry, <-chan struct{}, error) {
	if s.busy.Load() {
		time.Sleep(100 * time.Millisecond)
		c := oplog.Command{Type: "tick", Actor: oplog.Actor{Role: oplog.System}, Args: []byte(`{}`)}
		if _, err := s.Log.Append(ctx, topic, after, []oplog.Draft{{Rules: 1, Public: c.EncodePublic()}}); err != nil {
			return nil, nil, err
		}
	}
	return s.slowStore.Read(ctx, topic, after, max)
}

// TestSendersDoNotWaitForTheEndOfABusyLog: when others write without a pause, who
// found out what became of the own commands reads no further for them.
func TestSendersDoNotWaitForTheEndOfABusyLog(t *testing.T) {
	for name, lose := range map[string]bool{"AppendThatTells": false, "AppendThatDoesNot": true} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store := &busyStore{slowStore: slowStore{Log: memlog.New()}}
				n := start(t, store)
				defer n.stop()
				n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				store.tell, store.lose = time.Second, lose
				var got atomic.Bool
				reply := func(hub.Answer, []byte) { got.Store(true) }
				if err := n.topic.Send(t.Context(), n.command(amina, oplog.Attendee, ask(1, "Why?")), nil, reply); err != nil {
					t.Fatal(err)
				}
				synctest.Wait()
				_, _, leave := n.phone(boris, oplog.Attendee, ahead()) // has the tail read
				defer leave()
				store.busy.Store(true)
				time.Sleep(3 * time.Second)
				if !got.Load() {
					t.Error("the sender has not been told")
				}
				store.busy.Store(false)
			})
		})
	}
}

// TestTailIsReadOnceForMany: clients that claim to know more share looks at the
// store, however many they are.
func TestTailIsReadOnceForMany(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := &slowStore{Log: memlog.New()}
		n := start(t, store)
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		before := store.read
		var hall sync.WaitGroup
		for range 100 {
			hall.Go(func() {
				_, _, leave := n.phone(boris, oplog.Attendee, ahead())
				leave()
			})
		}
		hall.Wait()
		if got := store.read - before; got < 1 || got > 2 { // a second one for who came during the first
			t.Errorf("the store was read %d times", got)
		}
		before = store.read
		asked := time.Now()
		_, _, leave := n.phone(boris, oplog.Attendee, ahead())
		defer leave()
		if got := store.read - before; got != 1 {
			t.Errorf("later the store was read %d times, want it looked at again", got)
		}
		if took := time.Since(asked); took != hub.TailEvery {
			t.Errorf("it was looked at again after %v", took)
		}
	})
}

// replicatedStore writes, and while its replicas are silent cannot promise it.
type replicatedStore struct {
	*memlog.Log
	silent atomic.Bool
}

func (s *replicatedStore) Level() oplog.Level { return oplog.RedisReplicated }

func (s *replicatedStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	got, err := s.Log.Append(ctx, topic, known, drafts)
	if s.silent.Load() {
		return oplog.Appended{}, oplog.ErrUnknown
	}
	return got, err
}

// TestNothingIsAcknowledgedThatReplicasHaveNotConfirmed: also not what is found
// in the log already, by reading on or because it is sent again.
func TestNothingIsAcknowledgedThatReplicasHaveNotConfirmed(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := &replicatedStore{Log: memlog.New()}
		n := shared(t, store, &loud{})
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		store.silent.Store(true)
		c := n.command(amina, oplog.Attendee, ask(1, "Is it safe?"))
		for range 3 {
			a, err := n.topic.Submit(t.Context(), c)
			if err != nil || a.Retry == 0 {
				t.Fatalf("with silent replicas the sender is told %+v, %v; want to come again", a, err)
			}
			time.Sleep(a.Retry)
		}
		store.silent.Store(false)
		a, err := n.topic.Submit(t.Context(), c)
		if err != nil || a.Retry != 0 || !a.Outcome.Accepted() || !a.Outcome.Again {
			t.Fatalf("when they are back the sender is told %+v, %v; want that it had been done", a, err)
		}
	})
}

// fullStore takes nothing while it is full.
type fullStore struct {
	*memlog.Log
	full  atomic.Bool
	tries atomic.Int64
}

func (s *fullStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	s.tries.Add(1)
	if s.full.Load() {
		return oplog.Appended{}, oplog.ErrFull
	}
	return s.Log.Append(ctx, topic, known, drafts)
}

// TestTickIsProposedUntilItIsTaken: a deadline that falls into a time when the
// store takes nothing is not forgotten, and does not make the loop spin.
func TestTickIsProposedUntilItIsTaken(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := &fullStore{Log: memlog.New()}
		var troubles int
		h := hub.New(hub.Config{
			Store: store, Observer: &quiet{}, Trouble: func(oplog.Topic, error) { troubles++ },
			Kinds: map[oplog.Kind]hub.Kind{oplog.KindSchedule: {
				New:     func(t oplog.Topic) hub.Machine { return schedule.New(t) },
				Prepare: schedule.Prepare, Rules: schedule.Rules, View: schedule.View, State: schedule.State,
			}},
		})
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.Run(ctx) }()
		topic, err := h.Open(ctx, "schedule/summit")
		if err != nil {
			t.Fatal(err)
		}
		until := time.Now().Add(time.Minute)
		raw := fmt.Sprintf(`{"type":"announcement.post","id":%q,"text":"Lunch","until":%d}`, ulid(1), until.UnixMilli())
		c, reason := topic.Prepare([]byte(raw), chair, oplog.Organiser, "")
		if reason != "" {
			t.Fatal(reason)
		}
		if a, err := topic.Submit(ctx, c); err != nil || !a.Outcome.Accepted() {
			t.Fatalf("%+v, %v", a, err)
		}
		shown := func() bool {
			d, err := topic.Document(ctx, oplog.Attendee)
			if err != nil {
				t.Fatal(err)
			}
			return strings.Contains(string(d.JSON), "Lunch")
		}
		store.full.Store(true)
		store.tries.Store(0)
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if tries, most := store.tries.Load(), int64(2*time.Minute/hub.RetryAfter)+1; !shown() || tries < 2 || tries > most {
			t.Errorf("shown %t after %d tries, want 2 to %d", shown(), tries, most)
		}
		store.full.Store(false)
		time.Sleep(time.Second)
		if shown() {
			t.Error("the announcement is still there")
		}
		synctest.Wait()
		done := store.tries.Load()
		time.Sleep(time.Minute)
		synctest.Wait()
		if more := store.tries.Load() - done; more != 0 || troubles == 0 {
			t.Errorf("%d appends after the deadline was met, %d troubles told", more, troubles)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}

// lateAppends is a store to which appends alone take a while.
type lateAppends struct {
	*frail
	way time.Duration
}

func (s *lateAppends) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	time.Sleep(s.way)
	return s.frail.Append(ctx, topic, known, drafts)
}

// TestTwinThatALookHasFoldedIsNotTakenForTheOwn: the same bytes come to the log by
// two nodes, as ticks do. One has met the other's while its own were on their way:
// it folds both.
func TestTwinThatALookHasFoldedIsNotTakenForTheOwn(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := newFrail(t), &loud{}
		slow := &lateAppends{frail: store}
		a := shared(t, store, said)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		a.do(amina, oplog.Attendee, ask(1, "Why?"), "")
		b := begin(t, hub.Config{Store: slow, Trouble: said.trouble}) // looks only when it must
		defer b.stop()
		vote := b.command(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)))
		slow.way = time.Second
		answered := false
		if err := b.topic.Send(t.Context(), vote, nil, func(hub.Answer, []byte) { answered = true }); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		if _, err := a.topic.Submit(t.Context(), vote); err != nil {
			t.Fatal(err)
		}
		_, _, leave := b.phone(boris, oplog.Attendee, ahead()) // has b look
		defer leave()
		time.Sleep(3 * time.Second)
		want := everything(t, store)
		p, err := b.topic.Position(t.Context())
		if err != nil || int(p.Offset) != len(want) || !answered {
			t.Errorf("it stands at %d of %d, %v; its sender was answered: %t", p.Offset, len(want), err, answered)
		}
	})
}
