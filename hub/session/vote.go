package session

import (
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// vote is what a person says of a question.
type vote uint8

const (
	none vote = iota
	up
	down
)

// vote judges a person's vote on one question. On a question that was merged
// into another it counts there.
func (m *Machine) vote(t *fold.Turn) oplog.Outcome {
	id, value, ok := readVote(t.Args)
	if !ok {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[string(id)]
	if q == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	voter := m.people.find(t.Actor.ID)
	b, known := voter.ballot(q.number)
	if known && b.Repeated(t) {
		return oplog.Repeated()
	}
	root := m.board.root(q)
	if r := m.mayVote(t, q, root, value); r != "" {
		return oplog.Refuse(r)
	}
	if b.value == value && !t.Counted() && (q != root || voter.agrees(q, value)) {
		return oplog.Repeated()
	}
	if t.Dry {
		return oplog.Done()
	}
	if voter == nil {
		voter = m.people.join(t.Actor.ID)
	}
	before := voter.stance(root)
	if q == root {
		m.align(t, voter, q, value)
	}
	b.Mark(t)
	m.cast(t, voter, q, b, value)
	if after := voter.stance(root); after != before {
		root.all.add(before, -1)
		root.all.add(after, 1)
		m.table.Touch(root.tally, t.Offset, seers(root.Fate), everyone)
	}
	return oplog.Done()
}

// cast keeps a ballot with a new value.
func (m *Machine) cast(t *fold.Turn, voter *member, q *question, b ballot, value vote) {
	if b.value != value {
		q.own.add(b.value, -1)
		q.own.add(value, 1)
		b.value, b.at = value, t.Offset
		m.table.Touch(q.tally, t.Offset, seers(q.Fate), everyone)
	}
	b.question = q.number
	voter.keepBallot(b)
}

// agrees reports whether a person says nothing else of the questions that were
// merged into one.
func (p *member) agrees(root *question, value vote) bool {
	for _, q := range root.members {
		if b, _ := p.ballot(q.number); b.value != none && b.value != value {
			return false
		}
	}
	return true
}

// align takes back what a person says of the merged questions, where it is not
// what that person says of the whole now.
func (m *Machine) align(t *fold.Turn, voter *member, root *question, value vote) {
	for _, q := range root.members {
		if b, known := voter.ballot(q.number); known && b.value != none && b.value != value {
			m.cast(t, voter, q, b, none)
		}
	}
}

func (m *Machine) mayVote(t *fold.Turn, q, root *question, value vote) oplog.Reason {
	switch {
	case !m.rules().Live:
		return oplog.BoardClosed
	case !q.on() && !q.WasLive && !staff.Has(t.Actor.Role) && !m.isAsker(t, q):
		return oplog.NotFound
	case root.Fate != live || q != root && q.Fate != merged:
		return oplog.WrongState
	case m.qa(t) == qaClosed, value == down && !m.rules().Downs:
		return oplog.VotesOff
	}
	return ""
}
