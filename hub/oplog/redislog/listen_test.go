package redislog_test

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

// patience is how long something may take that should not have to be waited
// for: no test fails because a machine is slow.
const patience = time.Minute

// follow reads a topic as it grows, up to n entries.
func follow(t *testing.T, log oplog.Log, name oplog.Topic, n int) {
	at := oplog.Start(name)
	for int(at.Offset) < n {
		entries, wait, err := log.Read(t.Context(), name, at.Position(), 7)
		if err != nil {
			t.Errorf("read after %d: %v", at.Offset, err)
			return
		}
		for i := range entries {
			if err := at.Follow(name, &entries[i]); err != nil {
				t.Error(err)
				return
			}
		}
		if len(entries) > 0 {
			continue
		}
		select {
		case <-wait:
		case <-time.After(patience):
			t.Errorf("a reader waits at offset %d of %d", at.Offset, n)
			return
		}
	}
}

// Subscriptions are cut again and again while one node follows what another
// writes: it misses nothing.
func TestFollowerThroughCutSubscriptions(t *testing.T) {
	server := redistest.Start(t)
	writer, reader := open(t, server.URL()), open(t, server.URL())
	defer writer.Close()
	defer reader.Close()
	const appends = 200
	var group sync.WaitGroup
	group.Go(func() { follow(t, reader, topic, 1+appends) })
	var known oplog.Position
	for i := range appends {
		if i%20 == 0 {
			server.Do("CLIENT", "KILL", "TYPE", "pubsub")
		}
		a, err := writer.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(i))})
		if err != nil {
			t.Fatal(err)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
	group.Wait()
}

// A subscription that hears nothing although its connection stands is found out
// by the probe, and what went by meanwhile by looking at the heads.
func TestDeafSubscription(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	proxy := redistest.NewProxy(t, server)
	writer, reader := open(t, server.URL()), open(t, proxy.URL())
	defer writer.Close()
	defer reader.Close()
	health(t, reader, true)
	proxy.Deafen(true)
	if _, err := writer.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("unheard")}); err != nil {
		t.Fatal(err)
	}
	follow(t, reader, topic, 2)
	health(t, reader, false)
	proxy.Deafen(false)
	health(t, reader, true)
}

// A Redis that is gone makes the log unhealthy, and one that is back healthy.
func TestHealth(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	health(t, log, true)
	server.Kill()
	health(t, log, false)
	server.Restart()
	health(t, log, true)
}

func health(t *testing.T, log *redislog.Log, good bool) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(10 * time.Millisecond) {
		if err = log.Health(); (err == nil) == good {
			return
		}
	}
	t.Fatalf("the log's health is %v; want that to be good: %v", err, good)
}

// Who is slower does not starve: three nodes without a pause, and one that has
// further to go.
func TestSlowNodeGetsItsTurn(t *testing.T) {
	for _, late := range []time.Duration{20 * time.Millisecond, 400 * time.Millisecond} {
		t.Run(late.String(), func(t *testing.T) { t.Parallel(); slowNode(t, late) })
	}
}

func slowNode(t *testing.T, late time.Duration) {
	server := redistest.Start(t, "--appendonly", "no")
	proxy := redistest.NewProxy(t, server)
	slow := open(t, proxy.URL())
	defer slow.Close()
	if _, err := slow.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("begins")}); err != nil {
		t.Fatal(err)
	}
	proxy.Delay(late)
	stop := make(chan struct{})
	var group sync.WaitGroup
	for n := range 3 {
		log := open(t, server.URL())
		defer log.Close()
		group.Go(func() {
			var known oplog.Position
			for i := 0; ; i++ {
				select {
				case <-stop:
					return
				default:
				}
				a, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote(fmt.Sprint(n, " ", i))})
				if err != nil {
					t.Errorf("a fast node: %v", err)
					return
				}
				known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
			}
		})
	}
	deadline := time.Now().Add(patience)
	var open [10]bool // an answer that came too late on a slow machine says neither
	for i := range open {
		for done := false; !done; {
			_, err := slow.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote(fmt.Sprint("slow ", i))})
			open[i] = errors.Is(err, oplog.ErrUnknown)
			if done = err == nil || open[i]; !done && (!errors.Is(err, oplog.ErrUnavailable) || time.Now().After(deadline)) {
				t.Errorf("the slow node, append %d: %v", i, err)
				done = true
			}
		}
	}
	if !slices.Contains(open[:], false) {
		t.Error("the slow node was told of none of its appends")
	}
	close(stop)
	group.Wait()
	proxy.Delay(0)
	if n := proxy.Scripts(); n > 10*10 {
		t.Errorf("the slow node needed %d attempts for 10 appends", n)
	}
	times := counted(t, slow, topic)
	for i := range open {
		if n := times[text(fmt.Sprint("slow ", i))]; n > 1 || n == 0 && !open[i] {
			t.Errorf("append %d of the slow node stands there %d times", i, n)
		}
	}
}
