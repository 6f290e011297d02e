package session

import (
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// choose judges a person's answer in a poll. An empty one takes it back.
func (m *Machine) choose(t *fold.Turn) oplog.Outcome {
	a, ok := readAnswer(t.Args)
	if !ok {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.find(a.ID)
	if p == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	voter := m.people.find(t.Actor.ID)
	c, _ := voter.answerTo(p.number)
	if c.Repeated(t) {
		return oplog.Repeated()
	}
	r := m.mayChoose(t, p)
	if r != "" {
		return oplog.Refuse(r)
	}
	v, r := p.encode(&a)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case t.Rules >= 4 && len(a.Words) > 0 && len(a.Words) < p.Min:
		return oplog.Refuse(oplog.BadChoice)
	}
	round := m.standOf(p).Round
	had := m.inRound(p, &c)
	known := len(a.Words) == 0
	if !known {
		v, known = p.lexicon.known(a.Words)
	}
	switch {
	case known && v == had && !t.Counted():
		return oplog.Repeated()
	case m.standOf(p).Fixed && had != "" && !(known && v == had):
		return oplog.Refuse(oplog.Final)
	case len(a.Words) > 0 && c.tries >= MaxTries:
		return oplog.Refuse(oplog.TooMany)
	case !known && !m.polls.hasRoom(a.Words):
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	if len(a.Words) > 0 {
		m.texts.Bring(t)
		m.holdGone(t, p, a.Words)
		v = p.learn(t, a.Words, p.Moderated || m.readFirst(t) || m.isBlocked(m.people.number[t.Actor.ID]))
		c.tries++
	}
	if v != had {
		m.recast(t, p, had, v)
		c.at, c.score = t.Offset, p.brings(m.standOf(p), t.Ms)
	} else if len(a.Words) > 0 {
		m.retell(t, p, v)
	}
	// Also if nothing differs: what was there may be of a round before.
	c.poll, c.round, c.value = p.number, int32(round), v
	c.Mark(t)
	if voter == nil {
		voter = m.people.join(t.Actor.ID)
	}
	voter.keepAnswer(c)
	if v != had && p.in != 0 {
		m.countSurvey(t, p, voter, had, v)
	}
	return oplog.Done()
}

// inRound is a person's answer as far as it counts in the present round.
func (m *Machine) inRound(p *poll, c *answer) value {
	if int(c.round) != m.standOf(p).Round {
		return ""
	}
	return c.value
}

func (m *Machine) mayChoose(t *fold.Turn, p *poll) oplog.Reason {
	s := m.standOf(p)
	switch {
	case s.seers() == staff && !staff.Has(t.Actor.Role):
		return oplog.NotFound
	case !m.rules().Live:
		return oplog.BoardClosed
	case s.State != open, s.Closes > 0 && t.Ms >= s.Closes+GraceMs:
		return oplog.PollClosed
	}
	return ""
}

// recast counts an answer instead of another, and tells who sees it.
func (m *Machine) recast(t *fold.Turn, p *poll, had, v value) {
	p.count(had, -1)
	p.count(v, 1)
	m.touchCounts(t, p)
	if p.Kind != pollText {
		return
	}
	for _, s := range append(had.spellings(), v.spellings()...) {
		m.touchTerm(t, p, p.lexicon.spellings[s].Term, everyone)
	}
}

// retell tells moderators that words were brought by one more entry.
func (m *Machine) retell(t *fold.Turn, p *poll, v value) {
	m.moveFor(t, p)
	if p.Kind != pollText {
		m.table.Touch(p.tally, t.Offset, m.standOf(p).seers(), staff)
		return
	}
	for _, s := range v.spellings() {
		m.touchTerm(t, p, p.lexicon.spellings[s].Term, staff)
	}
}

// touchCounts tells of counts that have moved.
func (m *Machine) touchCounts(t *fold.Turn, p *poll) {
	m.table.Touch(p.tally, t.Offset, m.standOf(p).seers(), everyone)
	m.moveFor(t, p)
}

// moveFor notes that what those who answered are told alone has moved.
func (m *Machine) moveFor(t *fold.Turn, p *poll) {
	if m.standOf(p).toVoters() {
		p.moved = t.Offset
	}
}

// countSurvey counts who has answered any question of a survey.
func (m *Machine) countSurvey(t *fold.Turn, p *poll, voter *member, had, v value) {
	if (had == "") == (v == "") {
		return
	}
	lead := m.polls.lead(p)
	for i := range voter.answers {
		a := &voter.answers[i]
		if q := m.polls.list[a.poll]; q.in == p.in && q != p && m.inRound(q, a) != "" {
			return
		}
	}
	if v == "" {
		lead.People--
	} else {
		lead.People++
	}
	m.touchCounts(t, lead)
}
