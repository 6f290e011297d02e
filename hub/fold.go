package hub

import (
	"context"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// Folded is how far a topic has been folded.
type Folded struct {
	Epoch   string
	Offset  oplog.Offset
	Time    int64 // of the last entry that was folded one by one
	Chain   oplog.Chain
	Entries int // folded one by one, not taken from a snapshot
	// Rules are the newest that the machine knows; an entry of newer ones ends the
	// fold with a [*RulesError]. 0: of any.
	Rules uint16
	// Skip has the offsets that are left out, as skip entries say.
	Skip map[oplog.Offset]bool
	// Blank lists offsets whose private parts should be gone and are not.
	Blank []oplog.Offset
	// Hashes has the short hash of each entry that was folded one by one.
	Hashes []oplog.Hash

	began oplog.Offset    // what is before was not read: its texts may be there
	never map[string]bool // public parts of what was left out: sent again they are refused
	kept  *kept           // gets each entry that is folded; may be nil
}

// Position is the place of the last entry.
func (f *Folded) Position() oplog.Position {
	if f.Offset == 0 {
		return oplog.Position{}
	}
	return oplog.Position{Epoch: f.Epoch, Offset: f.Offset, Hash: f.Chain.Short()}
}

// step is an entry that is ready to be folded.
type step struct {
	entry   oplog.Entry
	command oplog.Command
}

// Fold brings a machine from where it is to the end of the topic's log.
// Reading, verifying and opening go on one goroutine ahead of it. Errors beside the
// log's: *RulesError, *PanicError, and *SkipError for a skip entry that the machine
// has gone past; [Replay] deals with that.
func Fold(ctx context.Context, log oplog.Log, key *oplog.Key, topic oplog.Topic, m Machine, from Folded) (Folded, error) {
	ctx, cancel := context.WithCancel(ctx)
	pages := make(chan []step, 2)
	failed := make(chan error, 1)
	go func() {
		defer close(pages)
		failed <- readAhead(ctx, log, key, topic, from, pages)
	}()
	at := from
	at.began = from.Offset
	open := map[oplog.Offset]bool{}
	var stuck error
	for page := range pages {
		for i := range page {
			if _, err := at.fold(m, &page[i], open); err != nil && stuck == nil {
				stuck = named(topic, err)
				cancel()
			}
			if stuck != nil {
				break
			}
		}
	}
	cancel()
	if err := <-failed; stuck == nil && err != nil {
		stuck = err
	}
	if stuck != nil {
		return at, fmt.Errorf("fold %s: %w", topic, stuck)
	}
	return at, nil
}

// fold applies one step and remembers its place. After an error the machine is of
// no use any more.
func (f *Folded) fold(m Machine, s *step, open map[oplog.Offset]bool) (o oplog.Outcome, err error) {
	if s.command.Type == oplog.TypeGenesis || s.command.Type == oplog.TypeRestore {
		if epoch, ok := oplog.EpochOf(&s.entry); ok {
			f.Epoch = epoch
		}
	}
	if o, err = f.apply(m, s); err != nil {
		return o, err
	}
	f.Offset, f.Time, f.Chain = s.entry.Offset, s.entry.Time, s.entry.Chain
	f.Entries++
	f.Hashes = append(f.Hashes, s.entry.Chain.Short())
	if f.kept != nil {
		f.kept.add(&s.entry, o)
	}
	if open != nil && s.entry.Sealed.Box != nil {
		open[s.entry.Offset] = true
	}
	for _, offset := range o.Blank {
		if open == nil || open[offset] || offset <= f.began {
			f.Blank = append(f.Blank, offset)
		}
	}
	return o, nil
}

// readAhead sends the decoded entries behind a position, page by page.
func readAhead(ctx context.Context, log oplog.Log, key *oplog.Key, topic oplog.Topic, from Folded, pages chan<- []step) error {
	for at := from.Position(); ; {
		entries, _, err := log.Read(ctx, topic, at, ReadPage)
		if errors.Is(err, oplog.ErrGone) {
			return nil
		}
		if err != nil {
			return err
		}
		if len(entries) == 0 {
			return nil
		}
		page, err := decode(key, topic, from.Rules, entries)
		if err != nil {
			return err
		}
		select {
		case pages <- page:
		case <-ctx.Done():
			return context.Cause(ctx)
		}
		at = entries[len(entries)-1].Position(at.Epoch)
	}
}

// decode opens entries for the fold, if their rules are known.
func decode(key *oplog.Key, topic oplog.Topic, rules uint16, entries []oplog.Entry) ([]step, error) {
	page := make([]step, len(entries))
	for i := range entries {
		e := &entries[i]
		if rules > 0 && e.Rules > rules {
			return nil, &RulesError{Topic: topic, Offset: e.Offset, Rules: e.Rules, Known: rules}
		}
		c, err := oplog.DecodePublic(e.Public)
		if err != nil {
			return nil, &oplog.CorruptError{Topic: topic, Offset: e.Offset, Reason: err.Error()}
		}
		private, err := key.Open(e.Sealed)
		if err != nil {
			return nil, &oplog.CorruptError{Topic: topic, Offset: e.Offset, Reason: err.Error()}
		}
		c.Private = private
		page[i] = step{entry: *e, command: c}
	}
	return page, nil
}
