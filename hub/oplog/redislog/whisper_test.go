package redislog_test

import (
	"context"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

// TestWhispers: what one node says all hear, itself too, over one Redis and a cluster,
// in the order in which it was said, and again after the subscriptions were cut.
func TestWhispers(t *testing.T) {
	t.Parallel()
	t.Run("Alone", func(t *testing.T) {
		server := redistest.Start(t)
		whispers(t, server.URL(), func() { server.Do("CLIENT", "KILL", "TYPE", "pubsub") })
	})
	t.Run("Cluster", func(t *testing.T) { whispers(t, redistest.StartCluster(t, 3).URL(), nil) })
}

func whispers(t *testing.T, url string, cut func()) {
	logs := []*redislog.Log{open(t, url), open(t, url)}
	var ears [2]ear
	ctx, stop := context.WithCancel(t.Context())
	var all sync.WaitGroup
	for i, log := range logs {
		all.Go(func() { log.Overhear(ctx, ears[i].hear) })
	}
	defer func() {
		stop()
		all.Wait()
		for _, log := range logs {
			if err := log.Close(); err != nil {
				t.Error(err)
			}
		}
	}()
	said := 0
	say := func() bool { // until both have heard the latest
		said++
		if err := logs[0].Whisper(ctx, fmt.Appendf(nil, "%d", said)); err != nil {
			t.Logf("not said: %v", err)
		}
		time.Sleep(10 * time.Millisecond)
		return ears[0].latest() == said && ears[1].latest() == said
	}
	soon(t, "both hear", say)
	if cut != nil {
		cut()
		soon(t, "both hear again", say)
	}
}

// ear hears numbers that must rise.
type ear struct {
	mu   sync.Mutex
	last int
}

func (e *ear) hear(message []byte) {
	e.mu.Lock()
	defer e.mu.Unlock()
	var n int
	if _, err := fmt.Sscan(string(message), &n); err != nil || n <= e.last {
		panic(fmt.Sprintf("heard %q behind %d", message, e.last))
	}
	e.last = n
}

func (e *ear) latest() int {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.last
}

func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// witness counts what an observer is told.
type witness struct {
	down, up, resubscribed, missed, found, unconfirmed atomic.Int64
	notified, asked, failed, open                      atomic.Int64
	lag                                                atomic.Int64 // the longest, in nanoseconds
}

func (w *witness) Linked(up bool) {
	if up {
		w.up.Add(1)
	} else {
		w.down.Add(1)
	}
}
func (w *witness) Resubscribed() { w.resubscribed.Add(1) }
func (w *witness) Missed()       { w.missed.Add(1) }
func (w *witness) FoundOut()     { w.found.Add(1) }
func (w *witness) Unconfirmed()  { w.unconfirmed.Add(1) }

func (w *witness) Notified(lag time.Duration) {
	w.notified.Add(1)
	for had := w.lag.Load(); int64(lag) > had && !w.lag.CompareAndSwap(had, int64(lag)); had = w.lag.Load() {
	}
}

func (w *witness) Asked(_ string, _ time.Duration, err error) {
	w.asked.Add(1)
	if err != nil {
		w.failed.Add(1)
	}
}

func (w *witness) Pooled(open, _ int, _ uint32) { w.open.Store(int64(open)) }

// TestObserver: what goes wrong between a node and its Redis is told.
func TestObserver(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	proxy := redistest.NewProxy(t, server)
	var saw witness
	node, err := redislog.Open(t.Context(), redislog.Config{URL: proxy.URL(), Secret: secret, Observer: &saw})
	if err != nil {
		t.Fatal(err)
	}
	defer node.Close()
	writer := open(t, server.URL())
	defer writer.Close()
	soon(t, "the link is up", func() bool { return saw.up.Load() > 0 })
	server.Do("CLIENT", "KILL", "TYPE", "pubsub")
	soon(t, "it is subscribed anew", func() bool { return saw.resubscribed.Load() > 0 })

	const other = oplog.Topic("session/other")
	write := func(name oplog.Topic, text string) {
		t.Helper()
		if _, err := writer.Append(t.Context(), name, oplog.Position{}, []oplog.Draft{vote(text)}); err != nil {
			t.Fatal(err)
		}
	}
	soon(t, "the pool is told", func() bool { return saw.open.Load() > 0 })
	write(other, "before anybody asks")
	if _, err := node.Key(t.Context(), other); err != nil {
		t.Fatal(err)
	}
	soon(t, "a notification does not follow", func() bool { write(other, "more"); return saw.missed.Load() > 0 })

	if _, err := node.Append(t.Context(), other, oplog.Position{}, []oplog.Draft{vote("tells the time")}); err != nil {
		t.Fatal(err)
	}
	soon(t, "a notification is told with its lag", func() bool { write(other, "more"); return saw.notified.Load() > 1 })
	if lag := time.Duration(saw.lag.Load()); lag > patience {
		t.Errorf("a notification came %v late", lag)
	}
	if saw.asked.Load() == 0 {
		t.Error("nobody was told of a command")
	}

	proxy.Deafen(true)
	_, wait, err := node.Read(t.Context(), topic, oplog.Position{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	write(topic, "unheard")
	<-wait
	soon(t, "looking found what was not told", func() bool { return saw.found.Load() > 0 })
	soon(t, "the link is down", func() bool { return saw.down.Load() > 0 })
	proxy.Deafen(false)

	strict, err := redislog.Open(t.Context(), redislog.Config{URL: server.URL() + "?replicas=1", Secret: secret, Observer: &saw})
	if err != nil {
		t.Fatal(err)
	}
	defer strict.Close()
	if _, err := strict.Append(t.Context(), "session/strict", oplog.Position{}, []oplog.Draft{vote("alone")}); err == nil {
		t.Error("confirmed by a replica that is not there")
	}
	server.Do("CONFIG", "SET", "maxmemory", "1")
	failed := saw.failed.Load()
	if _, err := writer.Append(t.Context(), other, oplog.Position{}, []oplog.Draft{vote("no room")}); err == nil {
		t.Error("written where there is no room")
	}
	if _, err := node.Append(t.Context(), other, oplog.Position{}, []oplog.Draft{vote("no room")}); err == nil {
		t.Error("written where there is no room")
	}
	if saw.failed.Load() == failed {
		t.Error("nobody was told of a command that failed")
	}
	if saw.unconfirmed.Load() == 0 {
		t.Error("nobody was told that no replica confirmed")
	}
}
