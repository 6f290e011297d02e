package oplog

import "fmt"

// CheckPutBack checks entries that someone wants to put back behind at: they
// follow it, a history begins with its genesis, and every private part is the
// one that was committed to or has been blanked. Errors: ErrFork if they do
// not continue the chain, else a *CorruptError.
func CheckPutBack(topic Topic, at Head, entries []Entry) error {
	for i := range entries {
		e := &entries[i]
		if err := at.Follow(topic, e); err != nil {
			return fmt.Errorf("%w: %w", ErrFork, err)
		}
		if e.Offset == 1 && !hasType(e.Public, TypeGenesis) {
			return &CorruptError{Topic: topic, Offset: 1, Reason: "a history begins with a genesis entry"}
		}
		if !e.Sealed.Valid() {
			return &CorruptError{Topic: topic, Offset: e.Offset, Reason: "the private part is not the one committed to"}
		}
	}
	return nil
}

// NotNamed refuses to blank a private part.
func NotNamed(topic Topic, o Offset) error {
	return fmt.Errorf("no redact entry of %s names offset %d: append one that does, then blank it", topic, o)
}

// CheckDrafts checks that the private part of every draft is there and is the
// one committed to: what is stored must verify when it is read.
func CheckDrafts(drafts []Draft) error {
	for i := range drafts {
		if s := drafts[i].Sealed; s.Blanked() || !s.Valid() {
			return fmt.Errorf("draft %d: its private part is not the one it commits to: seal it anew, or leave it out", i)
		}
	}
	return nil
}
