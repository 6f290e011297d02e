package oplogtest

import (
	"slices"
	"testing"

	"majlis/hub/oplog"
)

func testHeads(t *testing.T, store oplog.Store) {
	names := []oplog.Topic{freshTopic(t), freshTopic(t), freshTopic(t)}
	first := mustAppend(t, store, names[0], oplog.Position{}, drafts("a", "b")...)
	third := mustAppend(t, store, names[2], oplog.Position{}, draft("c"))
	heads, err := store.Heads(ctx(), names)
	if err != nil {
		t.Fatal(err)
	}
	want := []oplog.Position{head(first), {}, head(third)}
	if !slices.Equal(heads, want) {
		t.Fatalf("heads %+v, want %+v", heads, want)
	}
	t.Run("TopicsInOrder", func(t *testing.T) {
		written := []oplog.Topic{names[0], names[2]}
		slices.Sort(written)
		var got []oplog.Topic
		for after := oplog.Topic(""); ; {
			page, err := store.Topics(ctx(), after, 1)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			got, after = append(got, page...), page[len(page)-1]
		}
		if !slices.IsSorted(got) {
			t.Fatalf("topics are not in order: %v", got)
		}
		got = slices.DeleteFunc(got, func(name oplog.Topic) bool { return !slices.Contains(names, name) })
		if !slices.Equal(got, written) {
			t.Fatalf("topics %v, want %v", got, written)
		}
	})
}

func testKey(t *testing.T, store oplog.Store) {
	a, b := freshTopic(t), freshTopic(t)
	first, err := store.Key(ctx(), a)
	if err != nil {
		t.Fatal(err)
	}
	again, err := store.Key(ctx(), a)
	if err != nil {
		t.Fatal(err)
	}
	other, err := store.Key(ctx(), b)
	if err != nil {
		t.Fatal(err)
	}
	if first.Pseudonym("ann") != again.Pseudonym("ann") {
		t.Fatal("a topic has two keys")
	}
	if first.Pseudonym("ann") == other.Pseudonym("ann") {
		t.Fatal("two topics have one key")
	}
}

// testMover hands a key from topic to topic, as a copy does from store to store.
func testMover(t *testing.T, store oplog.Store) {
	mover, ok := store.(oplog.Mover)
	if !ok {
		return // gone with the process: nothing to hand on
	}
	from, to, other := freshTopic(t), freshTopic(t), freshTopic(t)
	sealed := sealedDraft(t, store, from, "text").Sealed
	secret, err := mover.TakeKey(ctx(), from)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := mover.GiveKey(ctx(), to, secret); err != nil {
			t.Fatal(err)
		}
	}
	key, err := store.Key(ctx(), to)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := key.Open(sealed); err != nil || string(text) != "text" {
		t.Fatalf("with the key that was given the text opens to %q, %v", text, err)
	}
	before, err := store.Key(ctx(), other)
	if err != nil {
		t.Fatal(err)
	}
	wantError(t, "GiveKey", mover.GiveKey(ctx(), other, secret), oplog.ErrOtherKey)
	if after, err := store.Key(ctx(), other); err != nil || after.Pseudonym("ann") != before.Pseudonym("ann") {
		t.Fatalf("a key that was refused took the other's place (%v)", err)
	}
	if err := mover.GiveKey(ctx(), freshTopic(t), secret[:31]); err == nil {
		t.Fatal("31 bytes were taken for a key")
	}
	if err := store.Erase(ctx(), to); err != nil {
		t.Fatal(err)
	}
	wantError(t, "GiveKey", mover.GiveKey(ctx(), to, secret), oplog.ErrGone)
	_, err = mover.TakeKey(ctx(), to)
	wantError(t, "TakeKey", err, oplog.ErrGone)
	gone, err := mover.Erased(ctx(), "", 1<<20)
	if err != nil || !slices.Contains(gone, to) || slices.Contains(gone, from) || !slices.IsSorted(gone) {
		t.Fatalf("erased are %v (%v), want %s among them", gone, err, to)
	}
	for after := oplog.Topic(""); len(gone) > 0; gone = gone[1:] {
		page, err := mover.Erased(ctx(), after, 1)
		if err != nil || len(page) != 1 || page[0] != gone[0] {
			t.Fatalf("after %q comes %v (%v), want %s", after, page, err, gone[0])
		}
		after = page[0]
	}
}

func testSnapshot(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{}, drafts("a", "b", "c")...)
	at := func(i int, state string) oplog.Snapshot {
		return oplog.Snapshot{Offset: entries[i].Offset, Chain: entries[i].Chain, Epoch: head(entries).Epoch, Version: 4, State: []byte(state)}
	}
	t.Run("NoneYet", func(t *testing.T) { wantNoSnapshot(t, store, topic) })
	t.Run("NewestIsKept", func(t *testing.T) {
		for i, state := range []string{"first", "second", ""} {
			saveSnapshot(t, store, topic, at(i, state))
			got, ok, err := store.LoadSnapshot(ctx(), topic)
			if err != nil || !ok || string(got.State) != state || got.Chain != entries[i].Chain ||
				got.Offset != entries[i].Offset || got.Version != 4 || got.Epoch != head(entries).Epoch {
				t.Fatalf("%+v, %v, %v, want state %q", got, ok, err, state)
			}
		}
	})
	t.Run("WrongChainIsNone", func(t *testing.T) {
		s := at(2, "state")
		s.Chain[31] ^= 1
		saveSnapshot(t, store, topic, s)
		wantNoSnapshot(t, store, topic)
	})
	t.Run("BeyondHeadIsNone", func(t *testing.T) {
		s := at(3, "state")
		s.Offset += 10
		saveSnapshot(t, store, topic, s)
		wantNoSnapshot(t, store, topic)
	})
}

func saveSnapshot(t *testing.T, store oplog.Snapshots, topic oplog.Topic, s oplog.Snapshot) {
	t.Helper()
	if err := store.SaveSnapshot(ctx(), topic, s); err != nil {
		t.Fatalf("SaveSnapshot: %v", err)
	}
}

func wantNoSnapshot(t *testing.T, store oplog.Snapshots, topic oplog.Topic) {
	t.Helper()
	if s, ok, err := store.LoadSnapshot(ctx(), topic); ok || err != nil {
		t.Fatalf("LoadSnapshot: %+v, %v, %v, want none", s, ok, err)
	}
}
