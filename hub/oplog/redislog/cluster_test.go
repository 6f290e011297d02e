package redislog_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

func TestLogOnSentinels(t *testing.T) {
	t.Parallel()
	conform(t, redistest.StartSentinels(t, 2).URL())
}

func TestLogOnACluster(t *testing.T) { conform(t, redistest.StartCluster(t, 3).URL()) }

// The master is killed under load and a replica takes its place: what two
// replicas had confirmed is there.
func TestFailoverLosesNothingReplicated(t *testing.T) {
	t.Parallel()
	set := redistest.StartSentinels(t, 2)
	log := open(t, set.URL()+"&replicas=1")
	defer log.Close()
	acked := load(t, log, func(enough func(int)) {
		enough(50)
		master := set.Master(t)
		killed := time.Now()
		master.Kill()
		var other *redistest.Server
		for deadline := time.Now().Add(patience); ; time.Sleep(50 * time.Millisecond) {
			if other = set.Master(t); other != master {
				break
			}
			if time.Now().After(deadline) {
				t.Fatal("the sentinels do not choose another master")
			}
		}
		enough(1)
		t.Logf("acknowledgements were away for %v (the sentinels wait 1 s)", time.Since(killed).Round(time.Millisecond))
		enough(100)
	})
	there := counted(t, log, topic)
	for what := range acked {
		if there[what] != 1 {
			t.Errorf("%s was acknowledged and stands there %d times", what, there[what])
		}
	}
}

// load appends from four writers while work goes on, and returns what was
// acknowledged. enough waits until there is so much more of it.
func load(t *testing.T, log *redislog.Log, work func(enough func(n int))) map[string]bool {
	t.Helper()
	var mu sync.Mutex
	acked := map[string]bool{}
	count := func() int {
		mu.Lock()
		defer mu.Unlock()
		return len(acked)
	}
	ctx, stop := context.WithCancel(t.Context())
	var group sync.WaitGroup
	for w := range 4 {
		group.Go(func() {
			for i := 0; ctx.Err() == nil; i++ {
				what := fmt.Sprint(w, " ", i)
				_, err := log.Append(ctx, topic, oplog.Position{}, []oplog.Draft{vote(what)})
				switch {
				case err == nil:
					mu.Lock()
					acked[text(what)] = true
					mu.Unlock()
				case !errors.Is(err, oplog.ErrUnknown) && !errors.Is(err, oplog.ErrUnavailable):
					t.Errorf("append: %v", err)
					return
				}
			}
		})
	}
	work(func(n int) {
		for want, deadline := count()+n, time.Now().Add(patience); count() < want; time.Sleep(time.Millisecond) {
			if time.Now().After(deadline) {
				t.Errorf("no more than %d appends are acknowledged", count())
				return
			}
		}
	})
	stop()
	group.Wait()
	return acked
}

// A partition moves to another node of the cluster while one node writes to it
// and another follows.
func TestPartitionMoves(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3)
	writer, reader := open(t, cluster.URL()), open(t, cluster.URL())
	defer writer.Close()
	defer reader.Close()
	const before, after = 20, 20
	put := func(from, to int) {
		for i := from; i < to; i++ {
			for deadline := time.Now().Add(patience); ; {
				_, err := writer.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote(fmt.Sprint(i))})
				if err == nil {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("append %d: %v", i, err)
				}
			}
		}
	}
	var group sync.WaitGroup
	group.Go(func() { follow(t, reader, topic, 1+before+after) })
	put(0, before)
	cluster.Move(t, writer.StreamKey(topic))
	put(before, before+after)
	group.Wait()
	for what, n := range counted(t, writer, topic) {
		if n != 1 {
			t.Errorf("%s stands there %d times", what, n)
		}
	}
	health(t, reader, true)
}

// While a partition moves, and some of its keys are here and some there, what is in
// it can be read; and written again as soon as it has moved.
func TestReadingWhileAPartitionMoves(t *testing.T) {
	t.Parallel()
	cluster := redistest.StartCluster(t, 3)
	log := open(t, cluster.URL())
	defer log.Close()
	var known oplog.Position
	for i := range 10 {
		a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i))})
		if err != nil {
			t.Fatal(err)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
	if _, err := log.Key(t.Context(), topic); err != nil {
		t.Fatal(err)
	}
	moved := 0
	cluster.MoveSlowly(t, log.StreamKey(topic), func() {
		moved++
		fresh := open(t, cluster.URL())
		defer fresh.Close()
		if n := len(whole(t, fresh, topic)); n != 11 {
			t.Errorf("%d entries can be read when %d keys have moved", n, moved)
		}
		if heads, err := fresh.Heads(t.Context(), []oplog.Topic{topic, "session/another"}); err != nil || heads[0] != known {
			t.Errorf("the head is %+v (%v) when %d keys have moved, want %+v", heads, err, moved, known)
		}
	})
	if moved < 3 {
		t.Fatalf("only %d keys have moved", moved)
	}
	if _, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote("moved")}); err != nil {
		t.Fatal(err)
	}
}
