package oplogtest

import (
	"slices"
	"testing"

	"majlis/hub/oplog"
)

func testBlank(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{},
		sealedDraft(t, store, topic, "one"), sealedDraft(t, store, topic, "two"), draft("no private part"))
	snapshot := oplog.Snapshot{Offset: 4, Chain: entries[3].Chain, Epoch: head(entries).Epoch, State: []byte("holds texts")}
	saveSnapshot(t, store, topic, snapshot)

	t.Run("ErrNotNamed", func(t *testing.T) {
		if err := store.Blank(ctx(), topic, []oplog.Offset{2}); err == nil {
			t.Fatal("blanked without a redact entry")
		}
		entries = append(entries, mustAppend(t, store, topic, head(entries), oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{2, 4, 77}))...)
		if err := store.Blank(ctx(), topic, []oplog.Offset{2, 3}); err == nil {
			t.Fatal("blanked an offset that the redact entry does not name")
		}
		if err := store.Blank(ctx(), topic, []oplog.Offset{77}); err == nil {
			t.Fatal("blanked an offset that lies behind its redact entry")
		}
		sameEntries(t, "after refusals", mustReadAll(t, store, topic, oplog.Position{}), entries)
	})
	t.Run("TakesSaltAndBoxOnly", func(t *testing.T) {
		for range 2 {
			if err := store.Blank(ctx(), topic, []oplog.Offset{2, 4}); err != nil {
				t.Fatal(err)
			}
		}
		entries[1].Sealed.Salt, entries[1].Sealed.Box = nil, nil
		all := mustReadAll(t, store, topic, oplog.Position{})
		sameEntries(t, "after the blank", all, entries)
		checkChain(t, topic, all)
	})
	t.Run("SnapshotsOfBeforeAreGone", func(t *testing.T) {
		wantNoSnapshot(t, store, topic)
		saveSnapshot(t, store, topic, snapshot)
		wantNoSnapshot(t, store, topic)
		saveSnapshot(t, store, topic, oplog.Snapshot{Offset: 5, Chain: entries[4].Chain, State: []byte("clean")})
		if _, ok, err := store.LoadSnapshot(ctx(), topic); !ok || err != nil {
			t.Fatalf("a snapshot of after the redact entry: %v, %v", ok, err)
		}
	})
	t.Run("GoesOn", func(t *testing.T) {
		checkChain(t, topic, append(entries, mustAppend(t, store, topic, head(entries), draft("next"))...))
	})
}

func testErase(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{}, sealedDraft(t, store, topic, "text"), draft("b"))
	key, err := store.Key(ctx(), topic)
	if err != nil {
		t.Fatal(err)
	}
	saveSnapshot(t, store, topic, oplog.Snapshot{Offset: 3, Chain: entries[2].Chain})
	for range 2 {
		if err := store.Erase(ctx(), topic); err != nil {
			t.Fatalf("Erase: %v", err)
		}
	}
	wantGone(t, store, topic, entries)
	t.Run("LeavesOneEntry", func(t *testing.T) {
		h := oplog.Head{Epoch: head(entries).Epoch, Offset: 3, Time: entries[2].Time, Chain: entries[2].Chain}
		heads, err := store.Heads(ctx(), []oplog.Topic{topic})
		if err != nil || heads[0].Offset != h.Offset+1 || heads[0].Epoch != h.Epoch {
			t.Fatalf("the head is %+v (%v), want the erased entry at offset %d", heads, err, h.Offset+1)
		}
	})
	t.Run("IsNotListed", func(t *testing.T) {
		names, err := store.Topics(ctx(), "", 1<<20)
		if err != nil || slices.Contains(names, topic) {
			t.Fatalf("listed among %v (%v)", names, err)
		}
	})
	t.Run("KeyIsGone", func(t *testing.T) {
		if _, err := key.Open(entries[1].Sealed); err != nil {
			t.Fatalf("the test needs a key that opens: %v", err)
		}
		_, err := store.Key(ctx(), topic)
		wantError(t, "Key", err, oplog.ErrGone)
	})
	t.Run("NeverWritten", func(t *testing.T) {
		empty := freshTopic(t)
		if err := store.Erase(ctx(), empty); err != nil {
			t.Fatal(err)
		}
		wantGone(t, store, empty, history(empty, 3, 1000))
	})
}

// wantGone tries everything on an erased topic.
func wantGone(t *testing.T, store oplog.Store, topic oplog.Topic, entries []oplog.Entry) {
	t.Helper()
	for _, known := range []oplog.Position{{}, head(entries)} {
		_, err := store.Append(ctx(), topic, known, drafts("no"))
		wantError(t, "Append", err, oplog.ErrGone)
		_, _, err = store.Read(ctx(), topic, known, 10)
		wantError(t, "Read", err, oplog.ErrGone)
	}
	wantError(t, "PutBack", store.PutBack(ctx(), topic, oplog.Position{}, entries), oplog.ErrGone)
	wantError(t, "PutBack", store.PutBack(ctx(), topic, head(entries), nil), oplog.ErrGone)
	wantError(t, "Blank", store.Blank(ctx(), topic, nil), oplog.ErrGone)
	wantError(t, "SaveSnapshot", store.SaveSnapshot(ctx(), topic, oplog.Snapshot{}), oplog.ErrGone)
	_, _, err := store.LoadSnapshot(ctx(), topic)
	wantError(t, "LoadSnapshot", err, oplog.ErrGone)
}
