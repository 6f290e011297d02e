package faults_test

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// load is the audience of a test: a small one every day.
func load(h *faults.House, busy time.Duration) *faults.Crowd {
	return h.Crowd(faults.Sized(60, 1000), busy, "--rate", faults.Sized("2", "0.2"))
}

// sum adds up a metric of all nodes.
func sum(h *faults.House, name string, labels ...string) (n float64) {
	for _, node := range h.Nodes {
		n += node.Metric(name, labels...)
	}
	return n
}

// every does something again and again for some time.
func every(pause, most time.Duration, do func()) {
	for end := time.Now().Add(most); time.Now().Before(end); time.Sleep(pause) {
		do()
	}
}

// F11: Redis is killed and comes back with all that it had written. Nothing is
// acknowledged meanwhile, nothing is lost, and it goes on at once.
func TestF11RedisKilledAOFAlways(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	c.Await(100)
	down := time.Now()
	redis.Kill()
	gone := time.Now()
	time.Sleep(faults.Sized(500*time.Millisecond, 3*time.Second))
	up := time.Now()
	redis.Restart()
	back := time.Now()
	r := c.End()
	faults.Counted(t, "F11", "acknowledged while Redis was away (from 100 ms on)", r.AckedBetween(gone.Add(100*time.Millisecond), up), 0)
	faults.Took(t, "F11", "Redis is back → acknowledged again, at every node", r.Resumed(down, back), 2*time.Second)
	faults.Took(t, "F11", "Redis is back → all that waited is answered", r.Cleared(back), 10*time.Second)
	h.Judge(c)
}

// F13: Redis loses all it has, first by FLUSHALL, then by a restart without a
// file. The nodes give everything back.
func TestF13RedisEmptied(t *testing.T) {
	redis := redistest.Start(t, "--appendonly", "no")
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, faults.Sized(5*time.Second, 30*time.Second))
	c.Await(100)
	flushed := time.Now()
	redis.Do("FLUSHALL")
	c.Await(100)
	down := time.Now()
	redis.Restart()
	back := time.Now()
	r := c.End()
	faults.Took(t, "F13", "FLUSHALL → acknowledged again, at every node", r.Resumed(flushed, flushed), 5*time.Second)
	faults.Took(t, "F13", "restarted empty → acknowledged again, at every node", r.Resumed(down, back), 5*time.Second)
	h.Judge(c)
	if back := sum(h, "majlis_log_entries_put_back_total"); back < 100 {
		t.Errorf("%v entries were put back: the store has lost nothing", back)
	}
	if forks := sum(h, "majlis_log_forks_total"); forks > 0 {
		t.Errorf("%v forks: an empty log was folded over a full one", forks)
	}
}

// F19: answers are lost behind scripts that ran. Each command is there once, and
// its phone is told what became of it.
func TestF19ReplyLostAfterAppend(t *testing.T) {
	redis := redistest.Start(t)
	proxy := redistest.NewProxy(t, redis)
	h := faults.Open(t, redis.URL(), 1)
	h.Add("--store", proxy.URL())
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	c.Await(50)
	lost := 0
	every(faults.Sized(100*time.Millisecond, 200*time.Millisecond), faults.Sized(3*time.Second, 28*time.Second), func() {
		proxy.LoseAnswers(1)
		lost++
	})
	proxy.LoseAnswers(0)
	h.Judge(c)
	faults.Counted(t, "F19", "commands without an answer in the end", c.End().Unknown, 0)
	faults.Noted(t, "F19", "answers of Redis that were lost", strconv.Itoa(lost))
}

// F20: subscriptions are cut again and again. What went by is read.
func TestF20SubscriptionsKilled(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 3)
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	c.Await(50)
	every(faults.Sized(200*time.Millisecond, time.Second), faults.Sized(3*time.Second, 28*time.Second), func() {
		redis.Do("CLIENT", "KILL", "TYPE", "pubsub")
	})
	seen(t, "F20", c.End(), 2500*time.Millisecond)
	h.Judge(c)
}

// seen measures how soon what one phone said was on the others, at all nodes.
func seen(t *testing.T, row string, r *faults.Report, promise time.Duration) {
	t.Helper()
	if r.P99 == nil {
		t.Error("no phone has seen another's question")
		return
	}
	faults.Took(t, row, "said → seen on every other phone, p99", time.Duration(*r.P99*float64(time.Millisecond)), promise)
}

// F23: Redis has no room. Whole appends are refused, reading goes on, and with
// room again so does writing.
func TestF23RedisFull(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	c.Await(100)
	full := time.Now()
	redis.Do("CONFIG", "SET", "maxmemory", "1mb")
	took := faults.Soon(t, "the nodes say that the store is full", func() bool {
		return sum(h, "majlis_append_errors_total", `kind="full"`) > 0
	})
	time.Sleep(faults.Sized(300*time.Millisecond, 5*time.Second))
	for _, n := range h.Nodes {
		if r, err := n.Readyz(); err != nil || !r.Ready {
			t.Errorf("a node that cannot write sends its phones away: %+v, %v", r, err)
		}
	}
	room := time.Now()
	redis.Do("CONFIG", "SET", "maxmemory", "256mb")
	r := c.End()
	faults.Took(t, "F23", "no room → the nodes count it", took, 2*time.Second)
	faults.Counted(t, "F23", "acknowledged while there was no room (from 100 ms on)", r.AckedBetween(full.Add(100*time.Millisecond), room), 0)
	faults.Took(t, "F23", "room → acknowledged again, at every node", r.Resumed(full, room), 5*time.Second)
	h.Judge(c)
}

// F24: a Redis that evicts keys is refused at the start, and found out later.
func TestF24EvictionPolicy(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 1)
	wrong := time.Now()
	redis.Do("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
	node := h.Nodes[0]
	faults.Soon(t, "the node says that its store is not fit", func() bool {
		r, err := node.Readyz()
		return err == nil && slices.Contains(r.Reasons, "store-away")
	})
	faults.Took(t, "F24", "policy set → /readyz says it", time.Since(wrong), time.Minute)
	second := h.Node()
	second.Launch()
	if code := second.Exit(); code == 0 || !strings.Contains(second.Output(), "set maxmemory-policy noeviction") {
		t.Errorf("a node started on it: exit %d, it says %s", code, second.Output())
	}
	redis.Do("CONFIG", "SET", "maxmemory-policy", "noeviction")
	weaker := time.Now()
	redis.Do("CONFIG", "SET", "appendfsync", "everysec")
	faults.Soon(t, "the node promises less, and takes commands again", func() bool {
		r, err := node.Readyz()
		return err == nil && r.Level == "redis-memory" && len(r.Reasons) == 0
	})
	faults.Took(t, "F24", "appendfsync everysec → /readyz promises no more than memory", time.Since(weaker), time.Minute)
}

// F25: the server forgets its scripts all the time. Nobody notices.
func TestF25ScriptsForgotten(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	client := redis.Client()
	defer client.Close()
	flushed := 0
	every(100*time.Millisecond, faults.Sized(3500*time.Millisecond, 29*time.Second), func() {
		if err := client.ScriptFlush(context.Background()).Err(); err != nil {
			t.Fatal(err)
		}
		flushed++
	})
	h.Judge(c)
	faults.Counted(t, "F25", "failed appends", int(sum(h, "majlis_append_errors_total")), 0)
	faults.Noted(t, "F25", "times that the scripts were forgotten", strconv.Itoa(flushed))
}
