package memlog

import (
	"bytes"

	"majlis/hub/oplog"
)

// holds reports whether a position is on the topic's chain. The hash decides;
// it covers the genesis entry and so the epoch.
func (t *topic) holds(p oplog.Position) bool {
	if p.Offset == 0 {
		return p.Hash == oplog.Hash{}
	}
	return p.Offset <= t.head.Offset && t.entries[p.Offset-1].Chain.Short() == p.Hash
}

// headAt is the head as it was at an offset that the topic holds.
func (t *topic) headAt(name oplog.Topic, o oplog.Offset) oplog.Head {
	if o == 0 {
		return oplog.Start(name)
	}
	e := &t.entries[o-1]
	return oplog.Head{Offset: o, Time: e.Time, Chain: e.Chain}
}

// add keeps an entry that the head stands on already.
func (t *topic) add(e oplog.Entry) {
	t.entries = append(t.entries, e)
	if e.Sealed.Blanked() {
		t.free[e.Offset] = true
	}
	for _, o := range oplog.RedactOf(&e) {
		t.free[o] = true
	}
}

func (t *topic) wake() {
	close(t.wait)
	t.wait = make(chan struct{})
}

// clone copies entries and their bytes: what leaves or enters the log is
// nobody else's.
func clone(entries []oplog.Entry) []oplog.Entry {
	out := make([]oplog.Entry, len(entries))
	for i, e := range entries {
		e.Public = bytes.Clone(e.Public)
		e.Sealed.Salt, e.Sealed.Box = bytes.Clone(e.Sealed.Salt), bytes.Clone(e.Sealed.Box)
		out[i] = e
	}
	return out
}
