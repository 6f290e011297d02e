package oplogtest

import (
	"context"
	"errors"
	"testing"

	"majlis/hub/oplog"
)

// testPosition tries positions that are not on the chain, everywhere where
// one is taken.
func testPosition(t *testing.T, store oplog.Store) {
	topic, other := freshTopic(t), freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{}, drafts("one", "two", "three")...)
	foreign := mustAppend(t, store, other, oplog.Position{}, drafts("one", "two", "three")...)
	end := head(entries)
	wrong := end
	wrong.Hash[3] ^= 1
	beyond := end
	beyond.Offset++
	earlier := entries[1].Position(end.Epoch)
	earlierWrong := earlier
	earlierWrong.Hash = end.Hash

	for name, p := range map[string]oplog.Position{
		"WrongHashAtHead":    wrong,
		"WrongHashBefore":    earlierWrong,
		"BeyondHead":         beyond,
		"OtherHistory":       foreign[1].Position(end.Epoch),
		"OtherHistoryAtHead": head(foreign),
		"HashWithoutOffset":  {Hash: end.Hash},
	} {
		t.Run("ErrFork/"+name, func(t *testing.T) {
			_, err := store.Append(ctx(), topic, p, drafts("no"))
			wantError(t, "Append", err, oplog.ErrFork)
			_, _, err = store.Read(ctx(), topic, p, 10)
			wantError(t, "Read", err, oplog.ErrFork)
			err = store.PutBack(ctx(), topic, p, entries[1:2])
			wantError(t, "PutBack", err, oplog.ErrFork)
		})
	}
	t.Run("ErrFork/NeverWritten", func(t *testing.T) {
		empty := freshTopic(t)
		_, err := store.Append(ctx(), empty, end, drafts("no"))
		wantError(t, "Append", err, oplog.ErrFork)
		_, _, err = store.Read(ctx(), empty, end, 10)
		wantError(t, "Read", err, oplog.ErrFork)
		if all := mustReadAll(t, store, empty, oplog.Position{}); len(all) != 0 {
			t.Fatalf("a refused append left %d entries", len(all))
		}
	})
	t.Run("EveryEntryIsOne", func(t *testing.T) {
		for i := range entries {
			got := mustReadAll(t, store, topic, entries[i].Position(end.Epoch))
			sameEntries(t, "rest", got, entries[i+1:])
		}
	})
	sameEntries(t, "after all refusals", mustReadAll(t, store, topic, oplog.Position{}), entries)
}

// testContext calls with a context that is done already, and while others
// write. Whatever the answer, it must be true.
func testContext(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	entries := mustAppend(t, store, topic, oplog.Position{}, draft("one"))
	done, cancel := context.WithCancel(ctx())
	cancel()
	_, err := store.Append(done, topic, head(entries), drafts("two"))
	after := mustReadAll(t, store, topic, head(entries))
	switch {
	case errors.Is(err, oplog.ErrUnknown):
	case errors.Is(err, oplog.ErrUnavailable):
		if len(after) != 0 {
			t.Fatal("ErrUnavailable, but the entry is there")
		}
	default:
		t.Fatalf("Append with a done context: %v", err)
	}
	if _, _, err := store.Read(done, topic, oplog.Position{}, 1); err != nil && !errors.Is(err, oplog.ErrUnavailable) {
		t.Fatalf("Read with a done context: %v", err)
	}
	checkChain(t, topic, mustReadAll(t, store, topic, oplog.Position{}))
}

func testRead(t *testing.T, store oplog.Store) {
	topic := freshTopic(t)
	t.Run("NothingYet", func(t *testing.T) {
		entries, wait, err := store.Read(ctx(), topic, oplog.Position{}, 10)
		if err != nil || len(entries) != 0 || wait == nil {
			t.Fatalf("%v, wait %v, %v", entries, wait, err)
		}
	})
	entries := mustAppend(t, store, topic, oplog.Position{}, drafts("a", "b", "c", "d", "e", "f")...)
	t.Run("PagesWithoutGap", func(t *testing.T) {
		for limit := 1; limit <= len(entries)+1; limit++ {
			var got []oplog.Entry
			for len(got) < len(entries) {
				page, _, err := store.Read(ctx(), topic, head(got), limit)
				if err != nil || len(page) == 0 || len(page) > limit {
					t.Fatalf("limit %d after %d: %d entries, %v", limit, len(got), len(page), err)
				}
				got = append(got, page...)
			}
			sameEntries(t, "pages", got, entries)
		}
	})
	t.Run("ResultBelongsToCaller", func(t *testing.T) {
		page, _, err := store.Read(ctx(), topic, oplog.Position{}, 3)
		if err != nil {
			t.Fatal(err)
		}
		for i := range page {
			_ = append(page[i].Public, make([]byte, 200)...)
		}
		sameEntries(t, "after growing each", page, entries[:3])
		for i := range page {
			clear(page[i].Public)
			page[i].Offset = 99
		}
		sameEntries(t, "read again", mustReadAll(t, store, topic, oplog.Position{}), entries)
	})
}
