package hub_test

import (
	"context"

	"majlis/hub"
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// mutant is a fault that the checker must find: a store or a fold that does not
// keep its word. The zero one is none.
type mutant int

const (
	_ mutant = iota
	// noAncestor: the store takes a position by its offset alone.
	noAncestor
	// noPutBack: the store says that it took what was put back, and did not.
	noPutBack
	// forgetful: the fold does not know what a tab has said before.
	forgetful
	// indiscreet: the fold shows attendees what is for moderators.
	indiscreet
	// unconfirmed: the store acknowledges what it has not written.
	unconfirmed
	// hasty: the store says that replicas have what they do not have yet.
	hasty
)

// append is how a server appends.
func (m mutant) append(s *simServer, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	ctx := context.Background()
	switch m {
	case noAncestor:
		all := s.entries()
		if int(known.Offset) > len(all) {
			known = s.head()
		} else if known.Offset > 0 {
			known.Hash = all[known.Offset-1].Chain.Short()
		}
	case unconfirmed:
		if len(drafts) == 1 && s.head().Offset%7 == 6 {
			at := s.head()
			got, err := s.log.Append(ctx, opening, known, drafts)
			s.keep(int(at.Offset))
			return got, err
		}
	}
	return s.log.Append(ctx, opening, known, drafts)
}

// read is how a server reads.
func (m mutant) read(s *simServer, after oplog.Position, limit int) ([]oplog.Entry, error) {
	if m == noAncestor {
		all := s.entries()
		return all[min(int(after.Offset), len(all)):], nil
	}
	entries, _, err := s.log.Read(context.Background(), opening, after, limit)
	return entries, err
}

func (m mutant) putBack(s *simServer, at oplog.Position, entries []oplog.Entry) error {
	if m == noPutBack && len(entries) > 0 {
		return nil
	}
	return s.log.PutBack(context.Background(), opening, at, entries)
}

func (m mutant) machine(inner hub.Machine) hub.Machine {
	switch m {
	case forgetful:
		return forgetfulMachine{inner}
	case indiscreet:
		return indiscreetMachine{inner}
	}
	return inner
}

type forgetfulMachine struct{ hub.Machine }

func (m forgetfulMachine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	uncounted := *c
	uncounted.Device, uncounted.N = oplog.Device{}, 0
	return m.Machine.Apply(e, &uncounted)
}

type indiscreetMachine struct{ hub.Machine }

func (m indiscreetMachine) Since(r oplog.Role, n oplog.Offset) entity.Patch {
	if r == oplog.Attendee {
		r = oplog.Moderator
	}
	return m.Machine.Since(r, n)
}
