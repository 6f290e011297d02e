package oplogtest

import (
	"errors"
	"testing"

	"majlis/hub/oplog"
)

func testPutBack(t *testing.T, store oplog.Store) {
	t.Run("ExactIntoEmpty", func(t *testing.T) {
		topic := freshTopic(t)
		entries := history(topic, 10, 1000)
		putBack(t, store, topic, oplog.Position{}, entries)
		sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
		next, err := store.Append(ctx(), topic, head(entries), drafts("next"))
		if want := head(entries).Epoch; err != nil || next.Epoch != want {
			t.Fatalf("the epoch is %q (%v), want %q as put back", next.Epoch, err, want)
		}
	})
	t.Run("Tail", func(t *testing.T) {
		topic := freshTopic(t)
		entries := history(topic, 10, 1000)
		putBack(t, store, topic, oplog.Position{}, entries[:4])
		putBack(t, store, topic, head(entries[:4]), entries[4:])
		sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
	})
	t.Run("Idempotent", func(t *testing.T) {
		topic := freshTopic(t)
		entries := history(topic, 10, 1000)
		for range 2 {
			putBack(t, store, topic, oplog.Position{}, entries)
			putBack(t, store, topic, head(entries[:3]), entries[3:7])
			putBack(t, store, topic, head(entries), nil)
		}
		sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
	})
	t.Run("OverlapIsFinished", func(t *testing.T) {
		topic := freshTopic(t)
		entries := history(topic, 10, 1000)
		putBack(t, store, topic, oplog.Position{}, entries[:6])
		putBack(t, store, topic, head(entries[:2]), entries[2:])
		sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
	})
	t.Run("ErrForkOtherBranch", func(t *testing.T) { testOtherBranch(t, store) })
	t.Run("ErrForkGap", func(t *testing.T) {
		topic := freshTopic(t)
		entries := history(topic, 10, 1000)
		putBack(t, store, topic, oplog.Position{}, entries[:4])
		wantError(t, "PutBack", store.PutBack(ctx(), topic, head(entries[:6]), entries[6:]), oplog.ErrFork)
		wantError(t, "PutBack", store.PutBack(ctx(), topic, head(entries[:4]), entries[5:]), oplog.ErrFork)
		sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries[:4])
	})
	t.Run("RefusesBroken", func(t *testing.T) { testBroken(t, store) })
	t.Run("KeepsPrivateParts", func(t *testing.T) { testPrivateBack(t, store) })
}

func putBack(t *testing.T, log oplog.Log, topic oplog.Topic, at oplog.Position, entries []oplog.Entry) {
	t.Helper()
	if err := log.PutBack(ctx(), topic, at, entries); err != nil {
		t.Fatalf("PutBack of %d at %d: %v", len(entries), at.Offset, err)
	}
}

// testOtherBranch offers entries that continue the chain somewhere where the
// store has gone on differently.
func testOtherBranch(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := history(topic, 6, 1000)
	putBack(t, store, topic, oplog.Position{}, entries)
	h := oplog.Head{Offset: 3, Time: entries[2].Time, Chain: entries[2].Chain}
	var branch []oplog.Entry
	for range 5 {
		branch = append(branch, h.Place(draft("another branch"), 5000))
	}
	for n := 1; n <= len(branch); n++ {
		wantError(t, "PutBack", store.PutBack(ctx(), topic, head(entries[:3]), branch[:n]), oplog.ErrFork)
	}
	wantError(t, "another genesis", store.PutBack(ctx(), topic, oplog.Position{}, history(topic, 8, 1000)), oplog.ErrFork)
	sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
}

func testBroken(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := history(topic, 5, 1000)
	entries[3].Public = append([]byte{}, entries[3].Public...)
	entries[3].Public[5] ^= 1
	if err := store.PutBack(ctx(), topic, oplog.Position{}, entries); err == nil {
		t.Fatal("a history with a broken chain was put back")
	}
	h := oplog.Start(topic)
	headless := []oplog.Entry{h.Place(draft("no genesis"), 1000)}
	if err := store.PutBack(ctx(), topic, oplog.Position{}, headless); err == nil {
		t.Fatal("a history without a genesis entry was put back")
	}
	if all := mustReadAll(t, store, topic, oplog.Position{}); len(all) != 0 {
		t.Fatalf("%d entries of refused histories are there", len(all))
	}
}

// testPrivateBack copies a topic with private parts, one of them blanked, to
// another place: what a repair does.
func testPrivateBack(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	h := oplog.Start(topic)
	place := func(d oplog.Draft) oplog.Entry { return h.Place(d, 1000) }
	kept, gone := sealedDraft(t, store, topic, "kept"), sealedDraft(t, store, topic, "gone")
	entries := []oplog.Entry{
		place(oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch())),
		place(kept), place(gone), place(oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{3})),
	}
	entries[2].Sealed.Salt, entries[2].Sealed.Box = nil, nil
	wrong := append([]oplog.Entry{}, entries...)
	wrong[1].Sealed.Box = append([]byte{}, wrong[1].Sealed.Box...)
	wrong[1].Sealed.Box[20] ^= 1
	err := store.PutBack(ctx(), topic, oplog.Position{}, wrong)
	var corrupt *oplog.CorruptError
	if !errors.As(err, &corrupt) || corrupt.Offset != 2 {
		t.Fatalf("a wrong private part: %v, want a *CorruptError at offset 2", err)
	}
	putBack(t, store, topic, oplog.Position{}, entries[:3])
	putBack(t, store, topic, head(entries[:3]), entries[3:])
	sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
}
