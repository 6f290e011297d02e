package oplog

import (
	"context"
	"errors"
	"fmt"
)

// Report is what an audit of a store has seen.
type Report struct {
	Topics  int
	Entries int
	Private int // private parts whose commitment was verified
	Blanked int // private parts that are gone, as a redact entry says
	// Problems are all that is wrong: *CorruptError where a topic is, plain errors
	// for what the kind of store checks beside.
	Problems []error
}

// auditPage is how many topics and entries are read at once.
const auditPage = 4096

// Audit reads every topic to its end: the chain, the commitment of every private
// part, and that what is missing was redacted. What is wrong stands in the
// report; the error is of the reading itself.
func Audit(ctx context.Context, store interface {
	Log
	Lister
}, report *Report,
) error {
	var last Topic
	for {
		topics, err := store.Topics(ctx, last, auditPage)
		if err != nil || len(topics) == 0 {
			return err
		}
		for _, topic := range topics {
			if err := report.audit(ctx, store, topic); err != nil {
				return err
			}
		}
		last = topics[len(topics)-1]
	}
}

// audit reads one topic; the first wrong entry ends it, since nothing behind it
// can be trusted.
func (r *Report) audit(ctx context.Context, log Log, topic Topic) error {
	r.Topics++
	after, named, blanked := Position{}, map[Offset]bool{}, []Offset(nil)
	for {
		entries, _, err := log.Read(ctx, topic, after, auditPage)
		var corrupt *CorruptError
		switch {
		case errors.As(err, &corrupt):
			r.Problems = append(r.Problems, err)
			return nil
		case errors.Is(err, ErrGone):
			return nil // erased meanwhile
		case err != nil:
			return fmt.Errorf("check %s: %w", topic, err)
		case len(entries) == 0:
			r.unexcused(topic, named, blanked)
			return nil
		}
		for i := range entries {
			blanked = r.count(&entries[i], named, blanked)
		}
		after = entries[len(entries)-1].Position("")
	}
}

func (r *Report) count(e *Entry, named map[Offset]bool, blanked []Offset) []Offset {
	r.Entries++
	for _, o := range RedactOf(e) {
		named[o] = true
	}
	switch {
	case e.Sealed.Blanked():
		r.Blanked++
		return append(blanked, e.Offset)
	case !e.Sealed.None():
		r.Private++
	}
	return blanked
}

// unexcused reports private parts that the store says may be missing although
// no redact entry names them.
func (r *Report) unexcused(topic Topic, named map[Offset]bool, blanked []Offset) {
	for _, o := range blanked {
		if !named[o] {
			r.Problems = append(r.Problems, &CorruptError{Topic: topic, Offset: o, Reason: "its private part is missing and no redact entry names it"})
		}
	}
}
