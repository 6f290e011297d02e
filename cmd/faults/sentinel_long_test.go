//go:build faults

package faults_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// levels are what sentinels are asked for: acknowledgements that a replica has
// confirmed, and such that it may lack.
var levels = []struct{ name, more string }{{"redis-replicated", "&replicas=1"}, {"redis-memory", ""}}

// relaxed has servers write their files every second: their acknowledgements
// promise no more than memory.
func relaxed(servers ...*redistest.Server) {
	for _, s := range servers {
		s.Do("CONFIG", "SET", "appendfsync", "everysec")
	}
}

// another waits until the sentinels name another master.
func another(t *testing.T, set *redistest.Sentinels, than *redistest.Server) *redistest.Server {
	t.Helper()
	var now *redistest.Server
	faults.Soon(t, "the sentinels name another master", func() bool {
		now = set.Master(t)
		return now != than
	})
	return now
}

// F14: ten failovers that an operator asks for, one after the other.
func TestF14SentinelFailover(t *testing.T) {
	for _, level := range levels {
		t.Run(level.name, func(t *testing.T) {
			set := redistest.StartSentinels(t, 2)
			if level.more == "" {
				relaxed(set.Servers...)
			}
			h := faults.Open(t, set.URL()+level.more, 2)
			c := load(h, long)
			c.Await(200)
			began := time.Now()
			var slowest time.Duration
			for i := range 10 {
				old := set.Master(t)
				asked := time.Now()
				failover(t, set)
				another(t, set, old)
				c.Await(100)
				t.Logf("failover %d: %v until 100 more were acknowledged", i+1, time.Since(asked).Round(time.Millisecond))
				slowest = max(slowest, time.Since(asked))
				faults.Soon(t, "both replicas follow", func() bool { return set.Follow(t) == 2 })
			}
			ended := time.Now()
			c.Enough()
			r := c.End()
			faults.Took(t, "F14", level.name+": longest pause of acknowledgements at a node, in 10 failovers", gap(r, h, began, ended), 10*time.Second)
			faults.Counted(t, "F14", level.name+": acknowledged and lost", r.Lost, 0)
			faults.Noted(t, "F14", level.name+": entries put back, forks", fmt.Sprintf("%.0f, %.0f",
				sum(h, "majlis_log_entries_put_back_total"), sum(h, "majlis_log_forks_total")))
			h.Judge(c)
		})
	}
}

// failover asks a sentinel for one, until it agrees.
func failover(t *testing.T, set *redistest.Sentinels) {
	t.Helper()
	client := set.Sentinels[0].Client()
	defer client.Close()
	var err error
	defer func() {
		if t.Failed() {
			t.Logf("the sentinel says %v", err)
		}
	}()
	faults.Soon(t, "a sentinel begins a failover", func() bool {
		err = client.Do(context.Background(), "SENTINEL", "FAILOVER", redistest.MasterName).Err()
		return err == nil
	})
}

// F15: the replicas hang, so that nothing reaches them; the master is killed, and
// a replica takes over.
func TestF15FailoverWithATailThatNoReplicaHas(t *testing.T) {
	for _, level := range levels {
		t.Run(level.name, func(t *testing.T) {
			set := redistest.StartSentinels(t, 2)
			if level.more == "" {
				relaxed(set.Servers...)
			}
			h := faults.Open(t, set.URL()+level.more, 2)
			c := load(h, long)
			c.Await(200)
			for _, s := range set.Servers[1:] {
				s.Pause()
			}
			// What is on its way to them must not arrive later either.
			set.Servers[0].Do("CLIENT", "KILL", "TYPE", "replica")
			cut := time.Now()
			if level.more == "" {
				c.Await(200)
			} else {
				time.Sleep(3 * time.Second)
			}
			down := time.Now()
			set.Servers[0].Kill()
			for _, s := range set.Servers[1:] {
				s.Resume()
			}
			another(t, set, set.Servers[0])
			named := time.Now()
			c.Await(200)
			set.Servers[0].Restart()
			faults.Soon(t, "both replicas follow", func() bool { return set.Follow(t) == 2 })
			c.Await(100)
			c.Enough()
			r := c.End()
			if level.more != "" {
				faults.Counted(t, "F15", level.name+": acknowledged while replicas hung (from 600 ms on)", r.AckedBetween(cut.Add(600*time.Millisecond), down), 0)
			}
			back := sum(h, "majlis_log_entries_put_back_total")
			faults.Took(t, "F15", level.name+": master killed → acknowledged again", r.Resumed(down, down), 10*time.Second)
			faults.Took(t, "F15", level.name+": replica named → acknowledged again", r.Resumed(down, named), 5*time.Second)
			faults.Noted(t, "F15", level.name+": entries that the new master lacked and nodes put back", fmt.Sprint(back))
			if level.more == "" && back == 0 {
				t.Error("the replica lacked nothing, so nothing was tested")
			}
			h.Judge(c)
		})
	}
}

// F16: the network parts a master and a node from the rest for half a minute.
// There is a master on either side then.
func TestF16SplitBrain(t *testing.T) {
	for _, level := range levels {
		t.Run(level.name, func(t *testing.T) {
			split := redistest.StartSplit(t, "--min-replicas-to-write", "1", "--min-replicas-max-lag", "10")
			if level.more == "" {
				relaxed(append(split.Replicas, split.Master)...)
			}
			h := faults.Open(t, split.Inside()+level.more, 1)
			inside := h.Nodes[0]
			outside := h.Add("--store", split.Outside()+level.more)
			c := load(h, long)
			c.Await(200)
			parted := time.Now()
			split.Part()
			time.Sleep(30 * time.Second)
			joined := time.Now()
			split.Join()
			faults.Soon(t, "the old master follows the new one", func() bool { return split.Master.Role() == "slave" })
			demoted := time.Now()
			c.Await(200)
			c.Enough()
			r := c.End()
			faults.Counted(t, "F16", level.name+": acknowledged by the side without replicas (from 12 s on)", ackedAt(r, inside, parted.Add(12*time.Second), joined), 0)
			early := ackedAt(r, inside, parted.Add(600*time.Millisecond), parted.Add(12*time.Second))
			if level.more == "" {
				faults.Noted(t, "F16", level.name+": acknowledged by it in the first 12 s", fmt.Sprint(early))
				faults.Took(t, "F16", level.name+": parted → acknowledged at the other side", r.Resumed(parted, parted), time.Minute)
			} else {
				faults.Counted(t, "F16", level.name+": acknowledged by it in the first 12 s (from 600 ms on)", early, 0)
			}
			faults.Noted(t, "F16", level.name+": joined → the old master follows", demoted.Sub(joined).Round(time.Millisecond).String())
			faults.Took(t, "F16", level.name+": the old master follows → acknowledged again", r.Resumed(parted, demoted), 10*time.Second)
			faults.Noted(t, "F16", level.name+": acknowledged at the other side while parted", fmt.Sprint(ackedAt(r, outside, parted, joined)))
			faults.Noted(t, "F16", level.name+": forks, entries offered again", fmt.Sprintf("%.0f, %.0f",
				sum(h, "majlis_log_forks_total"), sum(h, "majlis_log_entries_offered_again_total")))
			h.Judge(c)
		})
	}
}
