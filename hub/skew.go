package hub

import (
	"sync/atomic"
	"time"
)

// skew is how far the clock that stamps entries is ahead of this node's. The fold
// knows the time of entries alone; whoever asks what it would say now, or when to
// propose a tick, must ask by that clock, or a node whose own is wrong refuses what
// is in time and proposes what is too early. Safe for concurrent use.
type skew struct {
	ahead atomic.Int64
	known atomic.Bool
}

// learn takes what an append tells: an entry was stamped between its beginning and
// its end. Clocks that may be the same are taken to be.
func (s *skew) learn(stamped int64, began, ended time.Time) {
	at := time.UnixMilli(stamped)
	// Stamps are whole milliseconds, cut off.
	least, most := at.Sub(ended), at.Add(time.Millisecond).Sub(began)
	s.ahead.Store(int64(min(max(0, least), most)))
	s.known.Store(true)
}

// now is the time by the clock that stamps entries.
func (s *skew) now() time.Time { return time.Now().Add(time.Duration(s.ahead.Load())) }

// here is a time of that clock by this node's.
func (s *skew) here(at time.Time) time.Time { return at.Add(-time.Duration(s.ahead.Load())) }

// learn takes what a successful append tells of the store's clock.
func (t *Topic) learn(r *appendResult) {
	if n := len(r.got.Entries); r.err == nil && n > 0 {
		t.hub.skew.learn(r.got.Entries[n-1].Time, r.began, r.began.Add(r.took))
	}
}

// timely reports whether a dry run can be believed: where time decides, only once
// the store's clock is known.
func (t *Topic) timely() bool {
	if !t.hub.cfg.Shared || t.hub.skew.known.Load() {
		return true
	}
	_, soon := t.machine.Deadline()
	return !soon
}

// deadline is when to propose a tick, by this node's clock.
func (t *Topic) deadline() (time.Time, bool) {
	at, ok := t.machine.Deadline()
	return t.hub.skew.here(at), ok
}
