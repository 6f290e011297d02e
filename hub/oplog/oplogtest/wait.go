package oplogtest

import (
	"fmt"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
)

func testWait(t *testing.T, store oplog.Store) {
	t.Run("ClosedByNextEntry", func(t *testing.T) {
		topic := freshTopic(t)
		wait := waiting(t, store, topic, oplog.Position{})
		entries := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
		awaken(t, wait)
		wait = waiting(t, store, topic, head(entries))
		mustAppend(t, store, topic, head(entries), draft("two"))
		awaken(t, wait)
	})
	t.Run("ClosedByPutBack", func(t *testing.T) {
		topic := freshTopic(t)
		wait := waiting(t, store, topic, oplog.Position{})
		if err := store.PutBack(ctx(), topic, oplog.Position{}, history(topic, 3, 1000)); err != nil {
			t.Fatal(err)
		}
		awaken(t, wait)
	})
	t.Run("ClosedByErase", func(t *testing.T) {
		topic := freshTopic(t)
		entries := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
		wait := waiting(t, store, topic, head(entries))
		if err := store.Erase(ctx(), topic); err != nil {
			t.Fatal(err)
		}
		awaken(t, wait)
	})
	t.Run("NoneLost", func(t *testing.T) { testNoneLost(t, store) })
	t.Run("FollowedToTheEnd", func(t *testing.T) { testWakeUps(t, store) })
}

func waiting(t *testing.T, log oplog.Log, topic oplog.Topic, after oplog.Position) <-chan struct{} {
	t.Helper()
	entries, wait, err := log.Read(ctx(), topic, after, 10)
	if err != nil || len(entries) != 0 || wait == nil {
		t.Fatalf("Read at the head: %d entries, wait %v, %v", len(entries), wait, err)
	}
	return wait
}

func awaken(t *testing.T, wait <-chan struct{}) {
	t.Helper()
	select {
	case <-wait:
	case <-time.After(patience):
		t.Fatal("the waiting channel was not closed")
	}
}

// testNoneLost reads at the head again and again while one entry is written.
// Every channel that was handed out before it was seen must be closed by it.
func testNoneLost(t *testing.T, store oplog.Store) {
	const rounds, each = 40, 2
	topic := freshTopic(t)
	known := head(mustAppend(t, store, topic, oplog.Position{}))
	for range rounds {
		var reading sync.WaitGroup
		handed := make([]map[<-chan struct{}]bool, each)
		for i := range handed {
			reading.Go(func() { handed[i] = readUntilSeen(t, store, topic, known) })
		}
		entries := mustAppend(t, store, topic, known, draft("one"))
		reading.Wait()
		for _, channels := range handed {
			for wait := range channels {
				awaken(t, wait)
			}
		}
		known = entries[0].Position(known.Epoch)
	}
}

// readUntilSeen returns the channels that it was given before it saw an entry.
func readUntilSeen(t *testing.T, log oplog.Log, topic oplog.Topic, after oplog.Position) map[<-chan struct{}]bool {
	handed := map[<-chan struct{}]bool{}
	for {
		entries, wait, err := log.Read(ctx(), topic, after, 1)
		if err != nil {
			t.Errorf("Read: %v", err)
			return handed
		}
		if len(entries) > 0 {
			return handed
		}
		handed[wait] = true
	}
}

// testWakeUps lets readers follow a topic to its end while two writers add to
// it one by one. A wake-up that is lost leaves a reader waiting.
func testWakeUps(t *testing.T, store oplog.Store) {
	const each, writers, followers = 60, 2, 4
	topic := freshTopic(t)
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			var known oplog.Position
			for i := range each {
				a, err := store.Append(ctx(), topic, known, drafts(fmt.Sprint(w, " ", i)))
				if err != nil {
					t.Errorf("Append: %v", err)
					return
				}
				known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
			}
		})
	}
	for range followers {
		group.Go(func() {
			if n := follow(t, store, topic, 1+each*writers); n != 1+each*writers {
				t.Errorf("a reader stopped after %d entries", n)
			}
		})
	}
	group.Wait()
}

// follow reads a topic as it grows, up to n entries, and returns how many came.
func follow(t *testing.T, log oplog.Log, topic oplog.Topic, n int) int {
	at := oplog.Start(topic)
	for int(at.Offset) < n {
		entries, wait, err := log.Read(ctx(), topic, at.Position(), 7)
		if err != nil {
			t.Errorf("Read: %v", err)
			return int(at.Offset)
		}
		for i := range entries {
			if err := at.Follow(topic, &entries[i]); err != nil {
				t.Error(err)
				return int(at.Offset)
			}
		}
		if len(entries) > 0 {
			continue
		}
		select {
		case <-wait:
		case <-time.After(patience):
			t.Errorf("lost wake-up: a reader waits at offset %d", at.Offset)
			return int(at.Offset)
		}
	}
	return int(at.Offset)
}

// testRace lets many append to many topics at once and then holds every
// history against what each was told.
func testRace(t *testing.T, store oplog.Store) {
	const writers, topicCount, each = 12, 4, 25
	names := make([]oplog.Topic, topicCount)
	for i := range names {
		names[i] = freshTopic(t)
	}
	told := make([][]oplog.Entry, writers)
	var group sync.WaitGroup
	for w := range writers {
		group.Go(func() {
			topic := names[w%topicCount]
			for i := range each {
				a, err := store.Append(ctx(), topic, head(told[w]), drafts(fmt.Sprint(w, " a ", i), fmt.Sprint(w, " b ", i)))
				if err != nil {
					t.Errorf("Append: %v", err)
					return
				}
				told[w] = append(told[w], a.Entries...)
			}
		})
	}
	group.Wait()
	for w := range writers {
		topic := names[w%topicCount]
		all := mustReadAll(t, store, topic, oplog.Position{})
		checkChain(t, topic, all)
		if want := 1 + 2*each*writers/topicCount; len(all) != want {
			t.Fatalf("%s holds %d entries, want %d", topic, len(all), want)
		}
		sameEntries(t, fmt.Sprint("told to writer ", w), told[w], all[:len(told[w])])
	}
	for _, topic := range names {
		checkPairs(t, mustReadAll(t, store, topic, oplog.Position{}))
	}
}

// checkPairs finds that drafts of one append stand together.
func checkPairs(t *testing.T, all []oplog.Entry) {
	t.Helper()
	for i := 1; i < len(all); i += 2 {
		a, errA := oplog.DecodePublic(all[i].Public)
		b, errB := oplog.DecodePublic(all[i+1].Public)
		if errA != nil || errB != nil {
			t.Fatal(errA, errB)
		}
		var w1, w2, i1, i2 int
		if _, err := fmt.Sscanf(string(a.Args), `{"%d a %d":1}`, &w1, &i1); err != nil {
			t.Fatalf("%s: %v", a.Args, err)
		}
		if _, err := fmt.Sscanf(string(b.Args), `{"%d b %d":1}`, &w2, &i2); err != nil {
			t.Fatalf("%s: %v", b.Args, err)
		}
		if w1 != w2 || i1 != i2 {
			t.Fatalf("one append was torn: %s stands before %s", a.Args, b.Args)
		}
	}
}
