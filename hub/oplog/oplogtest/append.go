package oplogtest

import (
	"context"
	"fmt"
	"testing"

	"majlis/hub/oplog"
)

func ctx() context.Context { return context.Background() }

func testAppend(t *testing.T, store oplog.Store) {
	t.Run("FirstWritesGenesis", func(t *testing.T) {
		topic := freshTopic(t)
		a, err := store.Append(ctx(), topic, oplog.Position{}, drafts("one"))
		if err != nil {
			t.Fatal(err)
		}
		epoch, ok := oplog.EpochOf(&a.Entries[0])
		if !ok || epoch == "" || a.Epoch != epoch {
			t.Fatalf("epoch %q, genesis says %q (%v)", a.Epoch, epoch, ok)
		}
		if len(a.Entries) != 2 || a.Entries[0].Offset != 1 || a.Entries[1].Offset != 2 {
			t.Fatalf("want the genesis entry and one more, got %+v", a.Entries)
		}
		checkChain(t, topic, a.Entries)
	})
	t.Run("ReturnsOnlyNewAtHead", func(t *testing.T) {
		topic := freshTopic(t)
		first := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
		second := mustAppend(t, store, topic, head(first), drafts("two", "three")...)
		if len(second) != 2 || second[0].Offset != 3 {
			t.Fatalf("want offsets 3 and 4, got %+v", second)
		}
		checkChain(t, topic, append(first, second...))
	})
	t.Run("ReturnsWhatOthersWrote", func(t *testing.T) {
		topic := freshTopic(t)
		first := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
		others := mustAppend(t, store, topic, head(first), drafts("two", "three")...)
		mine := mustAppend(t, store, topic, head(first), draft("four"))
		sameEntries(t, "others' entries", mine[:2], others)
		if len(mine) != 3 || mine[2].Offset != 5 {
			t.Fatalf("want offsets 3 to 5, got %+v", mine)
		}
		all := mustAppend(t, store, topic, oplog.Position{}, draft("five"))
		if len(all) != 6 {
			t.Fatalf("from nothing: %d entries, want all 6", len(all))
		}
		checkChain(t, topic, all)
	})
	t.Run("KeepsBytes", func(t *testing.T) { testKeepsBytes(t, store) })
	t.Run("EmptyOpensTopic", func(t *testing.T) {
		topic := freshTopic(t)
		if got := mustAppend(t, store, topic, oplog.Position{}); len(got) != 1 {
			t.Fatalf("%d entries, want the genesis alone", len(got))
		}
		if got := mustAppend(t, store, topic, oplog.Position{}); len(got) != 1 {
			t.Fatalf("%d entries after appending nothing again, want 1", len(got))
		}
	})
	t.Run("TimeNeverBackwards", func(t *testing.T) { testTime(t, store) })
	t.Run("MoreThanAPage", func(t *testing.T) { testMore(t, store) })
	t.Run("ErrMissingPrivatePart", func(t *testing.T) {
		topic := freshTopic(t)
		d := sealedDraft(t, store, topic, "text")
		d.Sealed.Salt, d.Sealed.Box = nil, nil
		if _, err := store.Append(ctx(), topic, oplog.Position{}, []oplog.Draft{draft("good"), d}); err == nil {
			t.Fatal("a commitment without its private part was stored")
		}
		if all := mustReadAll(t, store, topic, oplog.Position{}); len(all) != 0 {
			t.Fatalf("%d entries of a refused append are there", len(all))
		}
	})
}

func testKeepsBytes(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	in := []oplog.Draft{draft("a"), {Rules: 65535, Public: []byte{}}, {Public: []byte("not a command \x00\xff")}, sealedDraft(t, store, topic, "private")}
	got := mustAppend(t, store, topic, oplog.Position{}, in...)[1:]
	read := mustReadAll(t, store, topic, oplog.Position{})[1:]
	sameEntries(t, "read", read, got)
	for i, d := range in {
		want := oplog.Entry{Offset: got[i].Offset, Time: got[i].Time, Chain: got[i].Chain, Rules: d.Rules, Public: d.Public, Sealed: d.Sealed}
		if !sameEntry(&want, &read[i]) {
			t.Fatalf("draft %d came back as %+v", i, read[i])
		}
	}
	key, err := store.Key(ctx(), topic)
	if err != nil {
		t.Fatal(err)
	}
	if text, err := key.Open(read[3].Sealed); err != nil || string(text) != "private" {
		t.Fatalf("private part opens to %q, %v", text, err)
	}
}

// testTime puts an entry of far ahead into the log, as a clock that was wrong
// would have: the next one must not lie before it.
func testTime(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := history(topic, 3, 1<<45)
	if err := store.PutBack(ctx(), topic, oplog.Position{}, entries); err != nil {
		t.Fatal(err)
	}
	next := mustAppend(t, store, topic, head(entries), draft("now"))
	if next[0].Time < entries[2].Time {
		t.Fatalf("time went from %d back to %d", entries[2].Time, next[0].Time)
	}
	checkChain(t, topic, append(entries, next...))
}

// history makes the entries of a topic that some other store might hold.
func history(topic oplog.Topic, n int, at int64) (entries []oplog.Entry) {
	h := oplog.Start(topic)
	entries = append(entries, h.Place(oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch()), at))
	for len(entries) < n {
		entries = append(entries, h.Place(draft(fmt.Sprint("entry ", len(entries))), at+int64(len(entries))))
	}
	return entries
}

// testMore asks for more than fits a page: either all of it comes, or the
// caller is told to read on.
func testMore(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	var known oplog.Position
	batch := make([]oplog.Draft, 1500)
	for i := range batch {
		batch[i] = draft(fmt.Sprint("entry ", i))
	}
	const rounds = 5
	for range rounds {
		a := mustAppend(t, store, topic, known, batch...)
		known = head(append([]oplog.Entry{}, a...))
	}
	a, err := store.Append(ctx(), topic, oplog.Position{}, drafts("last"))
	if err != nil {
		t.Fatal(err)
	}
	want := 1 + rounds*len(batch) + 1
	if a.More && a.Entries != nil || !a.More && len(a.Entries) != want {
		t.Fatalf("More %v with %d entries; want all %d, or none and More", a.More, len(a.Entries), want)
	}
	all := mustReadAll(t, store, topic, oplog.Position{})
	if len(all) != want {
		t.Fatalf("read %d entries, want %d", len(all), want)
	}
	checkChain(t, topic, all)
}
