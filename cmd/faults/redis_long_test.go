//go:build faults

package faults_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// long is longer than any of these tests: they say when it is enough.
const long = 20 * time.Minute

// ackedAt is how many acknowledgements one node gave between two moments.
func ackedAt(r *faults.Report, n *faults.Node, from, to time.Time) (count int) {
	for _, e := range r.Events {
		if e.Came == "acked" && e.Server == n.URL() && e.Return >= from.UnixNano() && e.Return < to.UnixNano() {
			count++
		}
	}
	return count
}

// took is the time from asking to acknowledgement that so many of a hundred
// commands did not exceed, of those that were asked for between two moments.
func took(r *faults.Report, hundredth int, from, to time.Time) time.Duration {
	var all []time.Duration
	for _, e := range r.Events {
		if e.Came == "acked" && e.Call >= from.UnixNano() && e.Call < to.UnixNano() {
			all = append(all, time.Duration(e.Return-e.Call))
		}
	}
	if len(all) == 0 {
		return 0
	}
	slices.Sort(all)
	return all[min(len(all)-1, len(all)*hundredth/100)]
}

// gap is the longest time without an acknowledgement between two moments, at any
// one node.
func gap(r *faults.Report, h *faults.House, from, to time.Time) (longest time.Duration) {
	for _, n := range h.Nodes {
		at := []int64{from.UnixNano()}
		for _, e := range r.Events {
			if e.Came == "acked" && e.Server == n.URL() && e.Return >= from.UnixNano() && e.Return < to.UnixNano() {
				at = append(at, e.Return)
			}
		}
		slices.Sort(at)
		for i, t := range append(at, to.UnixNano())[1:] {
			longest = max(longest, time.Duration(t-at[i]))
		}
	}
	return longest
}

// F12: the power goes, and with it the last second of an append-only file that is
// written every second. The nodes put it back.
func TestF12TailLostWithThePower(t *testing.T) {
	redis := redistest.Start(t, "--appendfsync", "everysec")
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, long)
	c.Await(200)
	type cut struct{ down, back time.Time }
	var cuts []cut
	for range 5 {
		file := newest(t, filepath.Join(redis.Dir(), "appendonlydir", "*.incr.aof"))
		whole, err := os.Stat(file)
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		down := time.Now()
		redis.Kill()
		if err := os.Truncate(file, whole.Size()); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		redis.Restart()
		cuts = append(cuts, cut{down, time.Now()})
		c.Await(200)
	}
	c.Enough()
	r := c.End()
	var longest time.Duration
	for _, one := range cuts {
		longest = max(longest, r.Resumed(one.down, one.back))
	}
	back := int(sum(h, "majlis_log_entries_put_back_total"))
	faults.Took(t, "F12", "back without its last second → acknowledged again", longest, 3*time.Second)
	faults.Noted(t, "F12", "entries that Redis had lost and nodes put back, in 5 cuts", fmt.Sprint(back))
	if back == 0 {
		t.Error("nothing was lost, so nothing was tested")
	}
	h.Judge(c)
}

func newest(t *testing.T, pattern string) string {
	t.Helper()
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		t.Fatalf("no file like %s (%v)", pattern, err)
	}
	slices.Sort(files)
	return files[len(files)-1]
}

// F17: one node does not reach Redis for a minute; its phones stay. It says so,
// acknowledges nothing, and catches up.
func TestF17NodeCutOff(t *testing.T) {
	redis := redistest.Start(t)
	proxy := redistest.NewProxy(t, redis)
	h := faults.Open(t, redis.URL(), 1)
	cut := h.Add("--store", proxy.URL())
	c := load(h, long)
	c.Await(200)
	told := cut.Metric("majlis_commands_retried_total")
	parted := time.Now()
	proxy.Part(true)
	asked := faults.Soon(t, "phones are told to come again", func() bool { return cut.Metric("majlis_commands_retried_total") > told })
	faults.Soon(t, "the node says that its store is away", func() bool {
		r, err := cut.Readyz()
		return err == nil && slices.Contains(r.Reasons, "store-away")
	})
	said := time.Since(parted)
	time.Sleep(time.Until(parted.Add(time.Minute)))
	joined := time.Now()
	proxy.Part(false)
	c.Await(100)
	time.Sleep(3 * time.Second)
	c.Enough()
	r := c.End()
	faults.Took(t, "F17", "cut off → /readyz says store-away", said, 5*time.Second)
	faults.Took(t, "F17", "cut off → phones are told to come again", asked, 5*time.Second)
	faults.Counted(t, "F17", "acknowledged by it while cut off (from 100 ms on)", ackedAt(r, cut, parted.Add(100*time.Millisecond), joined), 0)
	faults.Took(t, "F17", "joined → acknowledged again", r.Resumed(parted, joined), 3*time.Second)
	h.Judge(c)
}

// F18: the way to Redis is slow and in pieces, for one of two nodes.
func TestF18SlowWayToRedis(t *testing.T) {
	redis := redistest.Start(t)
	proxy := redistest.NewProxy(t, redis)
	h := faults.Open(t, redis.URL(), 1)
	h.Add("--store", proxy.URL())
	c := load(h, long)
	c.Await(100)
	slow := time.Now()
	proxy.Delay(500 * time.Millisecond)
	proxy.Jitter(200 * time.Millisecond)
	proxy.Slice(16)
	time.Sleep(20 * time.Second)
	proxy.Delay(0)
	proxy.Jitter(0)
	proxy.Slice(0)
	quick := time.Now()
	c.Await(100)
	c.Enough()
	r := c.End()
	faults.Took(t, "F18", "answers 500–700 ms late, in pieces of 16 bytes: acknowledged, p99", took(r, 99, slow, quick), 3*time.Second)
	faults.Counted(t, "F18", "appends that failed for want of a connection", int(sum(h, "majlis_append_errors_total", `kind="unavailable"`)), 0)
	h.Judge(c)
}

// F21: subscribers are cut because their buffer is full. What went by is read.
func TestF21SubscriptionsOverflow(t *testing.T) {
	redis := redistest.Start(t)
	redis.Do("CONFIG", "SET", "client-output-buffer-limit", "pubsub 64kb 32kb 1")
	h := faults.Open(t, redis.URL(), 3)
	c := load(h, 30*time.Second)
	c.Await(100)
	flood := strings.Repeat("x", 100<<10)
	client := redis.Client()
	defer client.Close()
	every(500*time.Millisecond, 25*time.Second, func() {
		for p := range 64 { // so that it hits whoever listens to whatever
			if err := client.Publish(context.Background(), fmt.Sprintf("majlis:{%d}:news", p), flood).Err(); err != nil {
				t.Fatal(err)
			}
		}
	})
	seen(t, "F21", c.End(), 2500*time.Millisecond)
	h.Judge(c)
}

// sleeps has a server do nothing for ten seconds; who asked for it does not wait.
func sleeps(s *redistest.Server) {
	client := s.Client()
	defer client.Close()
	asked := time.Now()
	_ = client.Do(context.Background(), "DEBUG", "SLEEP", 10).Err() // it is cut short, here alone
	time.Sleep(time.Until(asked.Add(10 * time.Second)))
}

// F26: Redis hangs, in three ways. Nobody waits for long, and nothing piles up.
func TestF26RedisHangs(t *testing.T) {
	for name, hang := range map[string]func(*redistest.Server){
		"Stopped": func(s *redistest.Server) { s.Pause(); time.Sleep(20 * time.Second); s.Resume() },
		"Sleeps":  func(s *redistest.Server) { sleeps(s) },
		"Paused":  func(s *redistest.Server) { s.Do("CLIENT", "PAUSE", 10000, "ALL"); time.Sleep(10 * time.Second) },
	} {
		t.Run(name, func(t *testing.T) {
			redis := redistest.Start(t)
			h := faults.Open(t, redis.URL(), 2)
			c := load(h, long)
			c.Await(100)
			before := sum(h, "go_goroutines")
			hung := time.Now()
			done := make(chan struct{})
			go func() { defer close(done); hang(redis) }()
			time.Sleep(time.Second)
			var slowest time.Duration
			for i := 0; i < 5; i++ {
				slowest = max(slowest, faults.Ask(t, h.Nodes[i%2]))
			}
			during := sum(h, "go_goroutines")
			<-done
			back := time.Now()
			c.Await(100)
			c.Enough()
			r := c.End()
			faults.Took(t, "F26", name+": asked a second into it, told to come again, at most", slowest, 3*time.Second)
			faults.Noted(t, "F26", name+": goroutines of two nodes before, while it hangs", fmt.Sprintf("%.0f, %.0f", before, during))
			faults.Took(t, "F26", name+": it goes on → acknowledged again", r.Resumed(hung, back), 3*time.Second)
			h.Judge(c)
		})
	}
}
