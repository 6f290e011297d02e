package faults_test

import (
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// load is the audience of a test: a small one every day.
func load(h *faults.House, busy time.Duration) *faults.Crowd {
	return h.Crowd(faults.Sized(60, 1000), busy, "--rate", faults.Sized("2", "0.2"))
}

// F11: Redis is killed and comes back with all that it had written. Nothing is
// lost, nothing is acknowledged meanwhile, and it goes on at once.
func TestF11RedisKilledAOFAlways(t *testing.T) {
	redis := redistest.Start(t)
	h := faults.Open(t, redis.URL(), 2)
	c := load(h, faults.Sized(4*time.Second, 30*time.Second))
	c.Await(100)
	redis.Kill()
	down := time.Now()
	time.Sleep(faults.Sized(500*time.Millisecond, 3*time.Second))
	up := time.Now()
	redis.Restart()
	back := time.Now()
	r := c.End()
	faults.Counted(t, "F11", "acknowledged while Redis was away", r.AckedBetween(down.Add(100*time.Millisecond), up), 0)
	faults.Took(t, "F11", "Redis is back → first acknowledgement", r.Resumed(down, back), 2*time.Second)
	faults.Took(t, "F11", "Redis is back → all that waited is answered", r.Cleared(back), 10*time.Second)
	h.Judge(c)
}
