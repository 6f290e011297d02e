package redislog

import (
	"testing"

	"majlis/hub/oplog"
)

// Whoever reads an entry from Redis before its notification comes must not take
// the wake-up away from those who wait behind it.
func TestReaderAheadOfTheNotificationWakes(t *testing.T) {
	top := newTopic("majlis", "session/a")
	wait := top.waiter(oplog.Position{})
	h := oplog.Start("session/a")
	e := h.Place(oplog.Draft{Public: []byte("x")}, 1)
	top.stand(h) // by a Read
	top.follow("", []oplog.Entry{e})
	select {
	case <-wait:
	default:
		t.Fatal("who waited still waits")
	}
}

// Behind an entry that frees texts to be blanked nothing older is kept.
func TestRedactEntryEmptiesTheTail(t *testing.T) {
	top := newTopic("majlis", "session/a")
	h := oplog.Start("session/a")
	place := func(d oplog.Draft) oplog.Entry { return h.Place(d, 1) }
	first, second := place(oplog.EpochDraft(oplog.TypeGenesis, "e")), place(oplog.Draft{Public: []byte("text")})
	top.follow("e", []oplog.Entry{first, second})
	if got := top.recent(first.Position("e"), 9); len(got) != 1 {
		t.Fatalf("%d entries are kept behind the first, want 1", len(got))
	}
	third, fourth := place(oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{2})), place(oplog.Draft{Public: []byte("on")})
	top.follow("e", []oplog.Entry{third, fourth})
	if got := top.recent(first.Position("e"), 9); got != nil {
		t.Fatalf("%d entries of before the redaction are kept", len(got))
	}
}

// What is kept is bounded, and what is left is still what leads to the head.
func TestTailIsBounded(t *testing.T) {
	top := newTopic("majlis", "session/a")
	h := oplog.Start("session/a")
	var all []oplog.Entry
	for range 3 * tailEntries {
		all = append(all, h.Place(oplog.Draft{Public: make([]byte, 400)}, 1))
	}
	for i := range all {
		top.follow("e", all[i:i+1])
	}
	if top.size > tailBytes || len(top.tail) > tailEntries || len(top.tail) == 0 {
		t.Fatalf("%d entries of %d bytes are kept", len(top.tail), top.size)
	}
	if top.tail[len(top.tail)-1].Chain != top.head.Chain || top.head.Chain != h.Chain {
		t.Fatal("what is kept does not lead to the head")
	}
}
