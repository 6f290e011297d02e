//go:build faults

package faults_test

import (
	"fmt"
	"hash/crc32"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// streamKey is where the session's log lies in a cluster (see redislog's manual).
func streamKey() string {
	name := "session/" + faults.Session
	return fmt.Sprintf("majlis:{%d}:log:%s", crc32.ChecksumIEEE([]byte(name))%64, name)
}

// F27: the session's slot moves to another master of the cluster, key by key.
func TestF27SlotMoves(t *testing.T) {
	cluster := redistest.StartCluster(t, 3)
	h := faults.Open(t, cluster.URL(), 2)
	c := load(h, long)
	c.Await(200)
	began := time.Now()
	keys := 0
	cluster.MoveSlowly(t, streamKey(), func() {
		keys++
		time.Sleep(500 * time.Millisecond)
	})
	moved := time.Now()
	c.Await(200)
	time.Sleep(5 * time.Second)
	c.Enough()
	r := c.End()
	faults.Noted(t, "F27", fmt.Sprintf("a slot of %d keys moves slowly; it takes", keys), moved.Sub(began).Round(time.Millisecond).String())
	faults.Took(t, "F27", "the slot has moved → acknowledged again", r.Resumed(began, moved), 5*time.Second)
	seen(t, "F27", r, 2500*time.Millisecond)
	h.Judge(c)
}

// F27: the master of the session's slot is replaced by force, and then killed with
// its replica taking over by itself.
func TestF27ClusterFailover(t *testing.T) {
	cluster := redistest.StartCluster(t, 3)
	replica := cluster.Replica(t, streamKey())
	old := cluster.Owner(streamKey())
	h := faults.Open(t, cluster.URL(), 2)
	c := load(h, long)
	c.Await(200)
	asked := time.Now()
	replica.Do("CLUSTER", "FAILOVER", "FORCE")
	faults.Soon(t, "the replica is the master", func() bool { return replica.Role() == "master" })
	named := time.Now()
	c.Await(200)
	faults.Soon(t, "the old master follows", func() bool {
		return old.Role() == "slave" && old.Follows() == nil
	})
	c.Await(200)
	killed := time.Now()
	replica.Kill()
	faults.Soon(t, "the old master is the master again", func() bool { return old.Role() == "master" })
	again := time.Now()
	c.Await(200)
	time.Sleep(5 * time.Second)
	c.Enough()
	r := c.End()
	faults.Took(t, "F27", "CLUSTER FAILOVER FORCE → acknowledged again", r.Resumed(asked, asked), 10*time.Second)
	faults.Took(t, "F27", "FORCE: replica is master → acknowledged again", r.Resumed(asked, named), 5*time.Second)
	faults.Took(t, "F27", "master killed → acknowledged again", r.Resumed(killed, killed), 15*time.Second)
	faults.Took(t, "F27", "killed: replica is master → acknowledged again", r.Resumed(killed, again), 5*time.Second)
	h.Judge(c)
}
