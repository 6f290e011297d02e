package oplog_test

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

const topic = oplog.Topic("session/opening")

// history draws a topic of a few entries, some with a private part.
func history(t *rapid.T, key *oplog.Key) []oplog.Entry {
	h := oplog.Start(topic)
	entries := []oplog.Entry{h.Place(oplog.EpochDraft(oplog.TypeGenesis, "e1"), 1000)}
	for range rapid.IntRange(1, 8).Draw(t, "entries") {
		d := oplog.Draft{Rules: rapid.Uint16().Draw(t, "rules"), Public: rapid.SliceOf(rapid.Byte()).Draw(t, "public")}
		if rapid.Bool().Draw(t, "private") {
			d.Sealed = key.Seal([]byte("private"))
		}
		entries = append(entries, h.Place(d, rapid.Int64Range(0, 1<<41).Draw(t, "clock")))
	}
	return entries
}

func newKey(t interface{ Fatal(...any) }) *oplog.Key {
	key, err := oplog.NewKey(make([]byte, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func follow(entries []oplog.Entry) (oplog.Head, error) {
	h := oplog.Start(topic)
	for i := range entries {
		if err := h.Follow(topic, &entries[i]); err != nil {
			return h, err
		}
	}
	return h, nil
}

func TestPlacedEntriesFollow(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		entries := history(t, key)
		h, err := follow(entries)
		if err != nil {
			t.Fatal(err)
		}
		last := &entries[len(entries)-1]
		if h.Epoch != "e1" || h.Position() != last.Position("e1") {
			t.Fatalf("the head is %+v, the last entry %+v", h, last)
		}
	})
}

// TestAnyTouchIsNoticed changes one field of one entry, or the order.
func TestAnyTouchIsNoticed(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		entries := history(t, key)
		i := rapid.IntRange(0, len(entries)-1).Draw(t, "which")
		e := &entries[i]
		switch rapid.IntRange(0, 6).Draw(t, "touch") {
		case 0:
			e.Offset++
		case 1:
			e.Time++
		case 2:
			e.Rules++
		case 3:
			e.Public = append(append([]byte{}, e.Public...), 0)
		case 4:
			e.Sealed.Commit[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 5:
			e.Chain[rapid.IntRange(0, 31).Draw(t, "byte")] ^= 1
		case 6:
			entries = append(entries[:i], entries[i+1:]...)
			if i == len(entries) {
				t.Skip("a lost end is not seen in the chain alone")
			}
		}
		_, err := follow(entries)
		var corrupt *oplog.CorruptError
		if !errors.As(err, &corrupt) || corrupt.Offset != oplog.Offset(i+1) || corrupt.Topic != topic {
			t.Fatalf("entry %d was touched: %v", i+1, err)
		}
	})
}

// TestChainIsAsWritten computes one link by hand, from the formula in doc.go,
// so that the format cannot change unnoticed.
func TestChainIsAsWritten(t *testing.T) {
	prev := sha256.Sum256([]byte("majlis log 1\nsession/opening"))
	if oplog.Origin(topic) != prev {
		t.Fatal("the origin is another one")
	}
	e := oplog.Entry{Offset: 3, Time: 1_700_000_000_123, Rules: 2, Public: []byte("public")}
	e.Sealed.Commit[0] = 9
	var b []byte
	b = append(b, prev[:]...)
	b = binary.BigEndian.AppendUint64(b, 3)
	b = binary.BigEndian.AppendUint64(b, 1_700_000_000_123)
	b = binary.BigEndian.AppendUint16(b, 2)
	b = binary.BigEndian.AppendUint32(b, 6)
	b = append(b, "public"...)
	b = append(b, e.Sealed.Commit[:]...)
	if got := e.Next(prev); got != sha256.Sum256(b) {
		t.Fatalf("chain %x", got)
	}
}

func TestTopicsCannotBeSwapped(t *testing.T) {
	h := oplog.Start("session/a")
	e := h.Place(oplog.EpochDraft(oplog.TypeGenesis, "e"), 1)
	other := oplog.Start("session/b")
	if err := other.Follow("session/b", &e); err == nil {
		t.Fatal("an entry of one topic was taken for one of another")
	}
}

func TestRestoreChangesTheEpoch(t *testing.T) {
	h := oplog.Start(topic)
	h.Place(oplog.EpochDraft(oplog.TypeGenesis, "first"), 1)
	h.Place(oplog.Draft{Public: []byte("anything")}, 1)
	if h.Epoch != "first" {
		t.Fatalf("epoch %q", h.Epoch)
	}
	h.Place(oplog.EpochDraft(oplog.TypeRestore, "second"), 1)
	if h.Epoch != "second" {
		t.Fatalf("epoch %q after the restore", h.Epoch)
	}
}

func TestRedactNamesOnlyWhatLiesBefore(t *testing.T) {
	d := oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{0, 2, 7, 9, 4})
	e := oplog.Entry{Offset: 7, Public: d.Public}
	if got := oplog.RedactOf(&e); len(got) != 2 || got[0] != 2 || got[1] != 4 {
		t.Fatalf("names %v, want 2 and 4", got)
	}
	other := oplog.Entry{Offset: 7, Public: oplog.ErasedDraft().Public}
	if got := oplog.RedactOf(&other); got != nil {
		t.Fatalf("an erased entry names %v", got)
	}
}
