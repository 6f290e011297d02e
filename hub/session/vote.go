package session

import "majlis/hub/oplog"

// vote judges a person's vote on one question.
func (m *Machine) vote(t *turn) oplog.Outcome {
	id, on, ok := readVote(t.c.Args)
	if !ok {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[string(id)]
	if q == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	voter := m.people.find(t.c.Actor.ID)
	b, known := voter.ballot(q.number)
	if known && m.repeated(b.stamp, t.c) {
		return oplog.Repeated()
	}
	if r := m.mayVote(t, q); r != "" {
		return oplog.Refuse(r)
	}
	if b.on == on && !counted(t.c) {
		return oplog.Repeated()
	}
	if t.dry {
		return oplog.Done()
	}
	if b.on != on {
		b.on, b.at = on, t.offset
		q.votes += sign(on)
		m.table.Touch(q.tally, t.offset, seers(q.fate), everyone)
	}
	b.question, b.stamp = q.number, m.stamped(t.c)
	if voter == nil {
		voter = m.people.join(t.c.Actor.ID)
	}
	voter.keepBallot(b)
	return oplog.Done()
}

func (m *Machine) mayVote(t *turn, q *question) oplog.Reason {
	switch {
	case !m.settings.live:
		return oplog.BoardClosed
	case !q.on() && !q.wasLive && !staff.Has(t.c.Actor.Role) && m.people.list[q.asker].id != t.c.Actor.ID:
		return oplog.NotFound
	case q.fate != live:
		return oplog.WrongState
	case m.settings.qa == qaClosed:
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
