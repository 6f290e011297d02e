package faults_test

import (
	"fmt"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// connected waits until the nodes that run have so many phones, and returns how
// long that took.
func connected(t *testing.T, h *faults.House, phones int) time.Duration {
	t.Helper()
	return faults.Soon(t, fmt.Sprintf("%d phones are connected", phones), func() bool {
		sum := 0
		for _, n := range h.Nodes {
			if n.Alive() {
				sum += int(n.Metric("majlis_connections"))
			}
		}
		return sum >= phones
	})
}

// F35: of two nodes one is killed, and all its phones come to the other at once.
// They are all back soon, and cost the log a read or two and not one each.
func TestF35ReconnectStorm(t *testing.T) {
	h := faults.Open(t, redistest.Start(t).URL(), 2)
	phones := faults.Sized(200, 8000)
	c := h.Crowd(phones, faults.Sized(3*time.Second, 40*time.Second), "--rate", faults.Sized("0.5", "0.02"), "--drop", "0")
	connected(t, h, phones)
	left := h.Nodes[1]
	reads, encoded := left.Metric("majlis_log_tail_reads_total"), left.Metric("majlis_catchups_total", `source="encoded"`)
	stayed := int(left.Metric("majlis_connections"))
	h.Nodes[0].Kill()
	back := connected(t, h, phones)
	faults.Took(t, "F35", fmt.Sprintf("node killed → its %d phones are at the other", phones-stayed), back, 30*time.Second)
	faults.Counted(t, "F35", "reads of the log for all who came back", int(left.Metric("majlis_log_tail_reads_total")-reads), 4)
	faults.Noted(t, "F35", "documents and catch-ups encoded meanwhile", fmt.Sprint(left.Metric("majlis_catchups_total", `source="encoded"`)-encoded))
	h.Judge(c)
}

// F36: everybody comes for the first time, within moments. All are let in, and
// nobody is lost on the way.
func TestF36ColdConnectStorm(t *testing.T) {
	h := faults.Open(t, faults.FileStore(t), 1)
	phones := faults.Sized(200, 8000)
	ramp := faults.Sized(200*time.Millisecond, 8*time.Second)
	began := time.Now()
	c := h.Crowd(phones, faults.Sized(2*time.Second, 30*time.Second), "--ramp", ramp.String(), "--rate", faults.Sized("0.5", "0.02"), "--drop", "0")
	connected(t, h, phones)
	faults.Took(t, "F36", fmt.Sprintf("first → last of %d new phones, who come within %v", phones, ramp), time.Since(began), ramp+10*time.Second)
	h.Judge(c)
}

// F37: some connections take nothing that is sent. The others do not notice, and
// the node keeps little for those who do not read.
func TestF37SlowReaders(t *testing.T) {
	h := faults.Open(t, faults.FileStore(t), 1)
	phones, busy := faults.Sized(60, 1000), faults.Sized(2*time.Second, 25*time.Second)
	alone := h.Crowd(phones, busy, "--rate", faults.Sized("2", "0.4"))
	without := alone.End()
	h.Judge(alone)
	n := h.Nodes[0]
	before := n.Metric("process_resident_memory_bytes")
	slow := faults.Sized(20, 100)
	for range slow {
		h.Stall(n)
	}
	c := h.Crowd(phones, busy, "--rate", faults.Sized("2", "0.4"))
	r := c.End()
	if without.P99 != nil && r.P99 != nil {
		faults.Noted(t, "F37", fmt.Sprintf("p99 of the others without and with %d who do not read", slow), fmt.Sprintf("%.0f and %.0f ms", *without.P99, *r.P99))
	}
	faults.Noted(t, "F37", "of those who do not read, still connected at the end", fmt.Sprint(n.Metric("majlis_connections")))
	faults.Counted(t, "F37", "MiB that the node grew by", int((n.Metric("process_resident_memory_bytes")-before)/(1<<20)), 100)
	if !r.Good() {
		t.Errorf("the others find: %s", r)
	}
	if err := faults.Linear(r.Events); err != nil {
		t.Error(err)
	}
}
