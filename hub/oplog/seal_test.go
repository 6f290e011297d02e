package oplog_test

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

func TestSealedOpensAgain(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		private := append([]byte{}, rapid.SliceOf(rapid.Byte()).Draw(t, "private")...)
		s := key.Seal(private)
		if !s.Valid() || s.None() || s.Blanked() {
			t.Fatalf("valid %v, none %v, blanked %v", s.Valid(), s.None(), s.Blanked())
		}
		got, err := key.Open(s)
		if err != nil || !bytes.Equal(got, private) {
			t.Fatalf("%q, %v", got, err)
		}
		if len(private) > 3 && bytes.Contains(s.Box, private) {
			t.Fatal("the box shows the text")
		}
	})
}

func TestSealedTouchedIsNotValid(t *testing.T) {
	key := newKey(t)
	rapid.Check(t, func(t *rapid.T) {
		s := key.Seal([]byte("a text"))
		at := rapid.SampledFrom([][]byte{s.Salt, s.Box, s.Commit[:]}).Draw(t, "part")
		at[rapid.IntRange(0, len(at)-1).Draw(t, "byte")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		if s.Valid() {
			t.Fatal("still valid")
		}
	})
}

func TestSealedStates(t *testing.T) {
	key := newKey(t)
	t.Run("NoneForNil", func(t *testing.T) {
		if s := key.Seal(nil); !s.None() || !s.Valid() || s.Blanked() {
			t.Fatalf("%+v", s)
		}
	})
	t.Run("BlankedIsValidAndOpensToNil", func(t *testing.T) {
		s := key.Seal([]byte("text"))
		s.Salt, s.Box = nil, nil
		if !s.Blanked() || !s.Valid() || s.None() {
			t.Fatalf("%+v", s)
		}
		if text, err := key.Open(s); text != nil || err != nil {
			t.Fatalf("%q, %v", text, err)
		}
	})
	t.Run("HalfBlankedIsNotValid", func(t *testing.T) {
		s := key.Seal([]byte("text"))
		s.Box = nil
		if s.Valid() {
			t.Fatal("salt without box is valid")
		}
	})
	t.Run("SameTextSealsDifferently", func(t *testing.T) {
		a, b := key.Seal([]byte("yes")), key.Seal([]byte("yes"))
		if a.Commit == b.Commit || bytes.Equal(a.Box, b.Box) {
			t.Fatal("equal texts can be told from outside")
		}
	})
}

func TestKeys(t *testing.T) {
	a := newKey(t)
	b, err := oplog.NewKey(bytes.Repeat([]byte{1}, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	t.Run("ErrSealedForAnotherKey", func(t *testing.T) {
		if _, err := b.Open(a.Seal([]byte("text"))); !errors.Is(err, oplog.ErrSealed) {
			t.Fatal(err)
		}
		if _, err := b.Open(oplog.Sealed{Box: []byte("short")}); !errors.Is(err, oplog.ErrSealed) {
			t.Fatal(err)
		}
	})
	t.Run("PseudonymsCannotBeLinked", func(t *testing.T) {
		again, ann := a.Pseudonym("ann"), a.Pseudonym("ann")
		if ann != again || ann == b.Pseudonym("ann") || ann == a.Pseudonym("bob") {
			t.Fatal("pseudonyms are not one per person and topic")
		}
	})
	t.Run("SumsAreBoundToTheirPurpose", func(t *testing.T) {
		if a.Sum("name", "x") == a.Sum("word", "x") {
			t.Fatal("sums of two purposes are equal")
		}
	})
	t.Run("ErrSize", func(t *testing.T) {
		if _, err := oplog.NewKey(make([]byte, 31)); err == nil {
			t.Fatal("a key of 31 bytes was taken")
		}
	})
}
