package oplogtest

import (
	"errors"
	"testing"

	"majlis/hub/oplog"
)

// testClose finds that a closed store wakes who waits and then says so.
func testClose(t *testing.T, open Open) {
	store, _ := open(t)
	topic := freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
	wait := waiting(t, store, topic, head(entries))
	closeStore(t, store)
	awaken(t, wait)
	_, err := store.Append(ctx(), topic, head(entries), drafts("no"))
	wantError(t, "Append", err, oplog.ErrUnavailable)
	_, _, err = store.Read(ctx(), topic, head(entries), 10)
	wantError(t, "Read", err, oplog.ErrUnavailable)
	if err := store.Close(); err != nil {
		t.Fatalf("closing twice: %v", err)
	}
}

// testReopen finds everything again in a store that was closed and opened. Of a
// kind that is gone with the process nothing of the sort is asked.
func testReopen(t *testing.T, open Open) {
	store, reopen := open(t)
	if reopen == nil {
		closeStore(t, store)
		return
	}
	topic, erased := freshTopic(t), freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{},
		sealedDraft(t, store, topic, "kept"), sealedDraft(t, store, topic, "gone"), oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{3}))
	if err := store.Blank(ctx(), topic, []oplog.Offset{3}); err != nil {
		t.Fatal(err)
	}
	entries[2].Sealed.Salt, entries[2].Sealed.Box = nil, nil
	saveSnapshot(t, store, topic, oplog.Snapshot{Offset: 4, Chain: entries[3].Chain, State: []byte("state")})
	lost := mustAppend(t, store, erased, oplog.Position{}, sealedDraft(t, store, erased, "text"))
	if err := store.Erase(ctx(), erased); err != nil {
		t.Fatal(err)
	}

	store = reopen()
	t.Cleanup(func() { closeStore(t, store) })
	sameEntries(t, "read", mustReadAll(t, store, topic, oplog.Position{}), entries)
	checkChain(t, topic, append(entries, mustAppend(t, store, topic, head(entries), draft("next"))...))
	if s, ok, err := store.LoadSnapshot(ctx(), topic); err != nil || !ok || string(s.State) != "state" {
		t.Fatalf("snapshot: %+v, %v, %v", s, ok, err)
	}
	key, err := store.Key(ctx(), topic)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := key.Open(entries[1].Sealed); err != nil || string(text) != "kept" {
		t.Fatalf("the private part opens to %q, %v", text, err)
	}
	wantGone(t, store, erased, lost)
	if _, err := store.Key(ctx(), erased); !errors.Is(err, oplog.ErrGone) {
		t.Fatalf("Key of an erased topic: %v", err)
	}
}
