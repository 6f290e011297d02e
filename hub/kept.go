package hub

import (
	"slices"
	"sync/atomic"

	"majlis/hub/oplog"
)

// kept are the newest entries that a topic has folded, without a gap: what this
// node can give back to a store that has lost them. It belongs to the topic's
// loop; a repair reads it while the loop folds nothing. A node that has its store
// alone keeps nothing: there it is nil.
type kept struct {
	entries []keptEntry
	bytes   int64
	hub     *atomic.Int64 // bytes of all topics of this node
}

type keptEntry struct {
	oplog.Entry
	counted bool // it took effect
}

func weight(e *oplog.Entry) int64 { return int64(len(e.Public) + len(e.Sealed.Box) + keptOverhead) }

// add keeps an entry, and drops half of those before it when there is no room.
func (k *kept) add(e *oplog.Entry, o oplog.Outcome) {
	k.entries = append(k.entries, keptEntry{Entry: *e, counted: o.Accepted() && !o.Again})
	k.grow(weight(e))
	if k.bytes > MaxKept || k.bytes > KeptAlways && k.crowded() {
		k.halve()
	}
}

// crowded reports whether all topics together keep too much.
func (k *kept) crowded() bool { return k.hub.Load() > MaxKeptByAll }

// yield makes room for topics in which more goes on.
func (k *kept) yield() {
	if k != nil && k.crowded() {
		k.halve()
	}
}

func (k *kept) halve() {
	drop := (len(k.entries) + 1) / 2
	for i := range drop {
		k.grow(-weight(&k.entries[i].Entry))
	}
	k.entries = slices.Clone(k.entries[drop:])
}

func (k *kept) grow(by int64) {
	k.bytes += by
	k.hub.Add(by)
}

// blank drops the private part of an entry: a text that must go.
func (k *kept) blank(at oplog.Offset) {
	if k == nil {
		return
	}
	if i, ok := k.find(at); ok {
		e := &k.entries[i]
		k.grow(-int64(len(e.Sealed.Box)))
		e.Sealed.Salt, e.Sealed.Box = nil, nil
	}
}

func (k *kept) find(at oplog.Offset) (int, bool) {
	if len(k.entries) == 0 || at < k.entries[0].Offset || at > k.entries[len(k.entries)-1].Offset {
		return 0, false
	}
	return int(at - k.entries[0].Offset), true
}

// behind returns the entries behind an offset; false if the first of them is not
// kept any more, and then those that are.
func (k *kept) behind(at oplog.Offset) ([]keptEntry, bool) {
	if n := len(k.entries); n > 0 && at >= k.entries[n-1].Offset {
		return nil, true
	}
	i, ok := k.find(at + 1)
	return k.entries[i:], ok
}

// forget drops everything.
func (k *kept) forget() {
	if k == nil {
		return
	}
	k.grow(-k.bytes)
	k.entries = nil
}
