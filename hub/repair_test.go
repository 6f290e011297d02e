package hub_test

import (
	"context"
	"errors"
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
)

// frail is a store that loses things: what stands behind it can be exchanged.
type frail struct {
	mu  sync.Mutex
	now *memlog.Log // guarded by mu
	key *oplog.Key
}

func newFrail(t *testing.T) *frail {
	t.Helper()
	f := &frail{now: memlog.New()}
	var err error
	if f.key, err = f.now.Key(t.Context(), opening); err != nil {
		t.Fatal(err)
	}
	return f
}

func (f *frail) log() *memlog.Log {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.now
}

// exchange puts another log in the place of the one there was, and wakes those
// who waited for that.
func (f *frail) exchange(log *memlog.Log) {
	f.mu.Lock()
	old := f.now
	f.now = log
	f.mu.Unlock()
	old.Close()
}

// first is a log with the first n entries of this one.
func (f *frail) first(t *testing.T, n int) *memlog.Log {
	t.Helper()
	log := memlog.New()
	if err := log.PutBack(t.Context(), opening, oplog.Position{}, everything(t, f)[:n]); err != nil {
		t.Fatal(err)
	}
	return log
}

func everything(t *testing.T, log oplog.Log) []oplog.Entry {
	t.Helper()
	entries, _, err := log.Read(t.Context(), opening, oplog.Position{}, 0)
	if err != nil {
		t.Fatal(err)
	}
	return entries
}

func (f *frail) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	return f.log().Append(ctx, topic, known, drafts)
}

func (f *frail) PutBack(ctx context.Context, topic oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	return f.log().PutBack(ctx, topic, at, entries)
}

func (f *frail) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	return f.log().Read(ctx, topic, after, limit)
}

func (f *frail) Heads(ctx context.Context, topics []oplog.Topic) ([]oplog.Position, error) {
	return f.log().Heads(ctx, topics)
}

func (f *frail) Key(context.Context, oplog.Topic) (*oplog.Key, error) { return f.key, nil }

func (f *frail) SaveSnapshot(ctx context.Context, topic oplog.Topic, s oplog.Snapshot) error {
	return f.log().SaveSnapshot(ctx, topic, s)
}

func (f *frail) LoadSnapshot(ctx context.Context, topic oplog.Topic) (oplog.Snapshot, bool, error) {
	return f.log().LoadSnapshot(ctx, topic)
}

func (f *frail) Blank(ctx context.Context, topic oplog.Topic, offsets []oplog.Offset) error {
	return f.log().Blank(ctx, topic, offsets)
}

func (f *frail) Erase(ctx context.Context, topic oplog.Topic) error {
	return f.log().Erase(ctx, topic)
}
func (f *frail) Level() oplog.Level { return oplog.RedisMemory }

// loud is a place for what hubs report.
type loud struct {
	mu    sync.Mutex
	lines []string
}

func (l *loud) trouble(_ oplog.Topic, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.lines = append(l.lines, err.Error())
}

func (l *loud) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return strings.Join(l.lines, "\n")
}

func shared(t *testing.T, store hub.Store, said *loud) *node {
	t.Helper()
	return begin(t, hub.Config{Store: store, Shared: true, Trouble: said.trouble})
}

// TestLostTailIsPutBack: whatever a store has lost of its tail, the nodes give it
// back byte for byte, and phones notice nothing.
func TestLostTailIsPutBack(t *testing.T) {
	for _, left := range []int{0, 1, 5, 7} {
		t.Run(fmt.Sprint(left, "Left"), func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store, said := newFrail(t), &loud{}
				a, b := shared(t, store, said), shared(t, store, said)
				defer a.stop()
				defer b.stop()
				p, _, leave := b.phone(boris, oplog.Attendee, hub.Stand{})
				defer leave()
				a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
				for i := 1; i <= 5; i++ {
					a.do(amina, oplog.Attendee, ask(i, fmt.Sprint("Question ", i)), "")
				}
				time.Sleep(time.Second)
				synctest.Wait()
				before, whole := everything(t, store), p.whole
				store.exchange(store.first(t, left))
				b.do(boris, oplog.Attendee, ask(9, "Is anything lost?"), "")
				time.Sleep(5 * time.Second)
				after := everything(t, store)
				if len(after) != len(before)+1 {
					t.Fatalf("%d entries, want %d and one\n%s", len(after), len(before), said)
				}
				for i, e := range before {
					if after[i].Chain != e.Chain || after[i].Time != e.Time || string(after[i].Sealed.Box) != string(e.Sealed.Box) {
						t.Errorf("entry %d is another", i+1)
					}
				}
				a.do(amina, oplog.Attendee, ask(8, "And now?"), "")
				time.Sleep(time.Second)
				b.agrees(p, oplog.Attendee)
				synctest.Wait()
				if p.whole != whole || len(p.doc.Doc["question"]) != 7 {
					t.Errorf("the phone got %d whole documents and has %d questions", p.whole-whole, len(p.doc.Doc["question"]))
				}
				if got := a.saw.putBack.Load() + b.saw.putBack.Load(); got < int64(len(before)-left) || a.saw.forks.Load()+b.saw.forks.Load() > 0 {
					t.Errorf("%d entries counted, %d forks\n%s", got, a.saw.forks.Load()+b.saw.forks.Load(), said)
				}
			})
		})
	}
}

// TestForkIsFollowedAndOfferedAgain: a store that went another way wins; what
// took effect here comes again, with its first time and place, and what is not
// accepted any more is told.
func TestForkIsFollowedAndOfferedAgain(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := newFrail(t), &loud{}
		a := shared(t, store, said)
		defer a.stop()
		p, _, leave := a.phone(boris, oplog.Attendee, hub.Stand{})
		defer leave()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		a.do(amina, oplog.Attendee, ask(1, "On both"), "")
		older := store.first(t, 4)
		a.do(amina, oplog.Attendee, fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"Too late there"}`, ulid(1)), "")
		born := time.Now().UnixMilli()
		a.do(amina, oplog.Attendee, ask(2, "Here alone"), "")
		a.do(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)), "")
		time.Sleep(time.Minute)
		synctest.Wait()
		whole := p.whole
		elsewhere := newFrail(t)
		elsewhere.key = store.key
		elsewhere.exchange(older)
		c := shared(t, elsewhere, said)
		c.do(chair, oplog.Moderator, on("question.dismiss", 1), "")
		c.do(amina, oplog.Attendee, ask(3, "There alone"), "")
		c.stop()
		store.exchange(elsewhere.first(t, 6))
		time.Sleep(5 * time.Second)
		a.do(boris, oplog.Attendee, ask(4, "Afterwards"), "")
		time.Sleep(time.Second)
		a.agrees(p, oplog.Attendee)
		questions := p.doc.Doc["question"]
		for _, n := range []int{2, 3, 4} {
			if questions[ulid(n)] == nil {
				t.Errorf("question %d is not there: %v", n, questions)
			}
		}
		synctest.Wait()
		if p.whole != whole+1 {
			t.Errorf("the phone got %d whole documents, want one", p.whole-whole)
		}
		if a.saw.forks.Load() != 1 || a.saw.offered.Load() != 3 || a.saw.changed.Load() == 0 || !strings.Contains(said.String(), "is refused") {
			t.Errorf("%d forks, %d offered, %d changed\n%s", a.saw.forks.Load(), a.saw.offered.Load(), a.saw.changed.Load(), said)
		}
		var was []oplog.Offset
		for _, e := range everything(t, store) {
			if cmd, err := oplog.DecodePublic(e.Public); err == nil && cmd.Was > 0 {
				was = append(was, cmd.Was)
				if cmd.Was == 6 && cmd.First != born {
					t.Errorf("the question of offset 6 says that it is of %d, want %d", cmd.First, born)
				}
			}
		}
		if len(was) == 0 {
			t.Error("nothing carries its first place")
		}
		fresh := shared(t, store, said)
		defer fresh.stop()
		fresh.agrees(p, oplog.Attendee)
	})
}

// TestErasedStaysErased: a topic whose key is gone is put back by nobody, also
// when the store comes back empty or older.
func TestErasedStaysErased(t *testing.T) {
	for _, left := range []int{0, 3} {
		t.Run(fmt.Sprint(left, "Left"), func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store, said := newFrail(t), &loud{}
				a := shared(t, store, said)
				defer a.stop()
				a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				a.do(amina, oplog.Attendee, ask(1, "Forget me"), "")
				a.do(amina, oplog.Attendee, ask(2, "Me too"), "")
				older := store.first(t, left)
				if err := store.Erase(t.Context(), opening); err != nil {
					t.Fatal(err)
				}
				time.Sleep(time.Second)
				a.do(amina, oplog.Attendee, ask(3, "Anybody there?"), oplog.Erased)
				store.exchange(older)
				time.Sleep(time.Minute)
				a.do(amina, oplog.Attendee, ask(4, "Anybody there?"), oplog.Erased)
				if _, _, err := store.Read(t.Context(), opening, oplog.Position{}, 0); !errors.Is(err, oplog.ErrGone) {
					t.Errorf("the topic has come back: %v", err)
				}
			})
		})
	}
}

// awayStore does not answer at all for a while.
type awayStore struct {
	*frail
	level oplog.Level
	away  atomic.Bool
}

func (s *awayStore) Level() oplog.Level { return s.level }

func (s *awayStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if s.away.Load() {
		time.Sleep(2 * time.Second) // as long as the log tries
		return oplog.Appended{}, oplog.ErrUnavailable
	}
	return s.frail.Append(ctx, topic, known, drafts)
}

func (s *awayStore) Heads(ctx context.Context, topics []oplog.Topic) ([]oplog.Position, error) {
	for range 40 { // the log itself tries again for two seconds
		if !s.away.Load() {
			return s.frail.Heads(ctx, topics)
		}
		time.Sleep(50 * time.Millisecond)
	}
	return nil, oplog.ErrUnavailable
}

// TestCommandsComeAgainWhileTheStoreIsAway: nobody waits longer than is said, and
// two seconds after the store is back commands are taken.
func TestCommandsComeAgainWhileTheStoreIsAway(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := &awayStore{frail: newFrail(t), level: oplog.RedisMemory}, &loud{}
		a := shared(t, store, said)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		store.away.Store(true)
		for i := range 10 {
			start := time.Now()
			got, err := a.topic.Submit(t.Context(), a.command(amina, oplog.Attendee, ask(i+1, "Now?")))
			if err != nil || got.Retry == 0 {
				t.Fatalf("told %+v, %v; want to come again", got, err)
			}
			if took := time.Since(start); took > hub.HoldAtMost+2*time.Second {
				t.Errorf("waited %v", took)
			}
			time.Sleep(got.Retry)
		}
		store.away.Store(false)
		back := time.Now()
		for {
			got, err := a.topic.Submit(t.Context(), a.command(amina, oplog.Attendee, ask(1, "Now?")))
			if err != nil {
				t.Fatal(err)
			}
			if got.Retry == 0 {
				break
			}
			time.Sleep(got.Retry)
		}
		if took := time.Since(back); took > 2*time.Second {
			t.Errorf("served %v after the store was back", took)
		}
	})
}

// TestDiskThatLostNothingIsNotWaitedFor: where acknowledgements are on disk and the
// store holds what this node holds, it goes on at once. Elsewhere another node may
// hold more, and has its turn first.
func TestDiskThatLostNothingIsNotWaitedFor(t *testing.T) {
	for level, waits := range map[oplog.Level]bool{oplog.RedisDisk: false, oplog.RedisMemory: true, oplog.RedisReplicated: true} {
		t.Run(string(level), func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store, said := &awayStore{frail: newFrail(t), level: level}, &loud{}
				a := shared(t, store, said)
				defer a.stop()
				a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				store.away.Store(true)
				if got, err := a.topic.Submit(t.Context(), a.command(amina, oplog.Attendee, ask(1, "Now?"))); err != nil || got.Retry == 0 {
					t.Fatalf("told %+v, %v; want to come again", got, err)
				}
				store.away.Store(false)
				back := time.Now()
				a.persist(amina, oplog.Attendee, ask(1, "Now?"))
				if took := time.Since(back); (took >= hub.SettleFor) != waits {
					t.Errorf("served %v after the store was back", took)
				}
			})
		})
	}
}

// hangingStore takes commands and does not say what became of them, nor anything
// else, for a while.
type hangingStore struct{ *awayStore }

func (s hangingStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	got, err := s.awayStore.Append(ctx, topic, known, drafts)
	if err != nil {
		err = oplog.ErrUnknown
	}
	return got, err
}

func (s hangingStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	if s.away.Load() {
		time.Sleep(2 * time.Second)
		return nil, nil, oplog.ErrUnavailable
	}
	return s.frail.Read(ctx, topic, after, limit)
}

// TestNobodyWaitsLongForAStoreThatHangs: neither those whose append does not come
// back, nor those behind them, nor who only looks.
func TestNobodyWaitsLongForAStoreThatHangs(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := hangingStore{&awayStore{frail: newFrail(t), level: oplog.RedisMemory}}, &loud{}
		a := shared(t, store, said)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		store.away.Store(true)
		var hall sync.WaitGroup
		for i := range 20 {
			hall.Go(func() {
				time.Sleep(time.Duration(i) * 300 * time.Millisecond)
				start := time.Now()
				if got, err := a.topic.Submit(t.Context(), a.command(amina, oplog.Attendee, ask(i+1, "Now?"))); err != nil || got.Retry == 0 {
					t.Errorf("told %+v, %v; want to come again", got, err)
				}
				if took := time.Since(start); took > hub.HoldAtMost+hub.CompareEvery {
					t.Errorf("command %d waited %v", i, took)
				}
				start = time.Now()
				if _, err := a.topic.Document(t.Context(), oplog.Attendee); err != nil || time.Since(start) > 0 {
					t.Errorf("a document took %v (%v)", time.Since(start), err)
				}
			})
		}
		hall.Wait()
		store.away.Store(false)
		if o := a.persist(amina, oplog.Attendee, ask(1, "Now?")); !o.Accepted() {
			t.Error(o.Reason)
		}
	})
}

// TestWhatIsOfferedAgainMayFollowFromOtherOffers: a vote on a question that was
// asked on the branch which is left, by somebody else.
func TestWhatIsOfferedAgainMayFollowFromOtherOffers(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := newFrail(t), &loud{}
		a := shared(t, store, said)
		defer a.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		elsewhere := newFrail(t)
		elsewhere.key = store.key
		elsewhere.exchange(store.first(t, 3))
		a.do(amina, oplog.Attendee, ask(1, "Here alone"), "")
		a.do(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)), "")
		c := shared(t, elsewhere, said)
		c.do(boris, oplog.Attendee, ask(3, "There alone"), "")
		c.stop()
		store.exchange(elsewhere.log())
		time.Sleep(5 * time.Second)
		if a.saw.offered.Load() != 2 || a.saw.changed.Load() != 0 {
			t.Errorf("%d offered, %d changed\n%s", a.saw.offered.Load(), a.saw.changed.Load(), said)
		}
		d, err := a.topic.Document(t.Context(), oplog.Attendee)
		if err != nil || !strings.Contains(string(d.JSON), `{"n":1`) {
			t.Errorf("the vote does not count: %s (%v)", d.JSON, err)
		}
	})
}
