package hub

import (
	"sync/atomic"
	"testing"

	"majlis/hub/oplog"
)

// TestLiveTopicsKeepWhenAllKeepTooMuch: topics that are over must not leave those
// that are live with nothing to give back.
func TestLiveTopicsKeepWhenAllKeepTooMuch(t *testing.T) {
	var all atomic.Int64
	idle, live := &kept{hub: &all}, &kept{hub: &all}
	head := oplog.Start("session/a")
	add := func(k *kept) {
		e := head.Place(oplog.Draft{Public: make([]byte, 1<<20)}, 1)
		k.add(&e, oplog.Done())
	}
	add(idle)
	all.Add(MaxKeptByAll) // others
	first := head.Offset
	for range 3 {
		add(live)
	}
	if tail, whole := live.behind(first); !whole || len(tail) != 3 {
		t.Errorf("%d of the last 3 entries are kept", len(tail))
	}
	for range 3 * KeptAlways >> 20 {
		add(live)
	}
	if live.bytes > KeptAlways {
		t.Errorf("%d bytes are kept where there is no room", live.bytes)
	}
	before := all.Load()
	idle.yield()
	if len(idle.entries) != 0 || all.Load() >= before {
		t.Error("a topic in which nothing happens does not yield")
	}
	all.Store(MaxKeptByAll)
	kept := len(live.entries)
	if live.yield(); len(live.entries) != kept {
		t.Error("a topic yields although there is room")
	}
}
