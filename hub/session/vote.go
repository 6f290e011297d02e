package session

import (
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// vote judges a person's vote on one question.
func (m *Machine) vote(t *fold.Turn) oplog.Outcome {
	id, on, ok := readVote(t.Args)
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
	if r := m.mayVote(t, q); r != "" {
		return oplog.Refuse(r)
	}
	if b.on == on && !t.Counted() {
		return oplog.Repeated()
	}
	if t.Dry {
		return oplog.Done()
	}
	if b.on != on {
		b.on, b.at = on, t.Offset
		q.votes += sign(on)
		m.table.Touch(q.tally, t.Offset, seers(q.fate), everyone)
	}
	b.question = q.number
	b.Mark(t)
	if voter == nil {
		voter = m.people.join(t.Actor.ID)
	}
	voter.keepBallot(b)
	return oplog.Done()
}

func (m *Machine) mayVote(t *fold.Turn, q *question) oplog.Reason {
	switch {
	case !m.settings.Live:
		return oplog.BoardClosed
	case !q.on() && !q.wasLive && !staff.Has(t.Actor.Role) && m.people.list[q.asker].id != t.Actor.ID:
		return oplog.NotFound
	case q.fate != live:
		return oplog.WrongState
	case m.settings.QA == qaClosed:
		return oplog.VotesOff
	}
	return ""
}

func sign(on bool) int {
	if on {
		return 1
	}
	return -1
}
