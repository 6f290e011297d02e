package oplog_test

import (
	"errors"
	"testing"

	"majlis/hub/oplog"
)

func TestCheckPutBack(t *testing.T) {
	key := newKey(t)
	h := oplog.Start(topic)
	entries := []oplog.Entry{
		h.Place(oplog.EpochDraft(oplog.TypeGenesis, "e"), 5),
		h.Place(oplog.Draft{Public: []byte("x"), Sealed: key.Seal([]byte("text"))}, 6),
	}
	if err := oplog.CheckPutBack(topic, oplog.Start(topic), entries); err != nil {
		t.Fatal(err)
	}
	t.Run("ErrForkElsewhere", func(t *testing.T) {
		if err := oplog.CheckPutBack(topic, oplog.Start(topic), entries[1:]); !errors.Is(err, oplog.ErrFork) {
			t.Fatal(err)
		}
	})
	t.Run("ErrForkTimeBackwards", func(t *testing.T) {
		late := oplog.Head{Chain: oplog.Origin(topic), Time: 100}
		if err := oplog.CheckPutBack(topic, late, entries); !errors.Is(err, oplog.ErrFork) {
			t.Fatal(err)
		}
	})
	t.Run("ErrCorruptPrivatePart", func(t *testing.T) {
		wrong := append([]oplog.Entry{}, entries...)
		wrong[1].Sealed.Salt = make([]byte, 16)
		var corrupt *oplog.CorruptError
		if err := oplog.CheckPutBack(topic, oplog.Start(topic), wrong); !errors.As(err, &corrupt) || corrupt.Offset != 2 {
			t.Fatal(err)
		}
	})
	t.Run("ErrCorruptWithoutGenesis", func(t *testing.T) {
		h := oplog.Start(topic)
		headless := []oplog.Entry{h.Place(oplog.Draft{Public: []byte("x")}, 5)}
		var corrupt *oplog.CorruptError
		if err := oplog.CheckPutBack(topic, oplog.Start(topic), headless); !errors.As(err, &corrupt) {
			t.Fatal(err)
		}
	})
}

func TestCheckDrafts(t *testing.T) {
	good := oplog.Draft{Public: []byte("x"), Sealed: newKey(t).Seal([]byte("text"))}
	if err := oplog.CheckDrafts([]oplog.Draft{good, {}}); err != nil {
		t.Fatal(err)
	}
	blanked := good
	blanked.Sealed.Salt, blanked.Sealed.Box = nil, nil
	if err := oplog.CheckDrafts([]oplog.Draft{good, blanked}); err == nil {
		t.Fatal("a draft without its private part passed")
	}
}
