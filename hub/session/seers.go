package session

import (
	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// seers is who sees a poll that stands so.
func (s *stand) seers() entity.Roles {
	switch s.State {
	case unmade:
		return 0
	case draft, shelved:
		return staff
	}
	return everyone
}

// counters is who sees the counts of a poll that stands so.
func (s *stand) counters() entity.Roles {
	over := s.State == closed && (s.Results == resultsVoted || s.Results == resultsClosed)
	switch {
	case s.seers() != everyone:
		return s.seers()
	case s.Results == resultsShown || over:
		return everyone
	case s.Screen:
		return staff | 1<<oplog.Screen | 1<<oplog.Stage // who stands under it looks up
	}
	return staff
}

// toVoters reports whether those who answered are told the counts alone.
func (s *stand) toVoters() bool { return s.State == open && s.Results == resultsVoted }

// standOf is how a poll stands, a survey's question as the survey does.
func (m *Machine) standOf(p *poll) *stand {
	if p.State == unmade {
		return &p.stand
	}
	return &m.polls.lead(p).stand
}

// findPollItems gives a poll's entities their places in the table.
func (m *Machine) findPollItems(p *poll) {
	p.entity, p.tally = m.table.Item(kindPoll, p.id), m.table.Item(kindTally, p.id)
	p.past = m.table.Item(kindRounds, p.id)
}

// touchPoll tells of a poll that looks different, to whom it is visible now.
func (m *Machine) touchPoll(t *fold.Turn, p *poll) {
	s := m.standOf(p)
	m.table.Touch(p.entity, t.Offset, s.seers(), everyone)
	m.table.Touch(p.tally, t.Offset, s.seers(), 0)
	m.touchPast(t, p, 0)
	for i := range p.lexicon.terms {
		m.touchTerm(t, p, int32(i), 0)
	}
}

// touchPast tells of rounds that are over.
func (m *Machine) touchPast(t *fold.Turn, p *poll, differs entity.Roles) {
	sees := m.standOf(p).counters()
	if len(p.rounds) == 0 {
		sees = 0
	}
	m.table.Touch(p.past, t.Offset, sees, differs)
}

// touchTerm tells of an open text, which is an entity of its own; the words of a
// cloud stand in its tally.
func (m *Machine) touchTerm(t *fold.Turn, p *poll, n int32, differs entity.Roles) {
	if p.Kind != pollText {
		return
	}
	sees := staff & m.standOf(p).seers()
	switch term := &p.lexicon.terms[n]; {
	case p.backers(n) == 0:
		sees = 0
	case term.State == termShown:
		sees = m.standOf(p).counters()
	}
	m.table.Touch(m.table.Item(kindText, p.termID(n)), t.Offset, sees, differs)
}

// hidePoll takes a poll out of everybody's sight.
func (m *Machine) hidePoll(t *fold.Turn, p *poll) {
	m.table.Touch(p.entity, t.Offset, 0, 0)
	m.table.Touch(p.tally, t.Offset, 0, 0)
	m.table.Touch(p.past, t.Offset, 0, 0)
	for i := range p.lexicon.terms {
		if p.Kind == pollText {
			m.table.Touch(m.table.Item(kindText, p.termID(int32(i))), t.Offset, 0, 0)
		}
	}
}

func (m *Machine) touchSheet(t *fold.Turn) {
	sees := staff
	if len(m.polls.there()) == 0 {
		sees = 0
	}
	m.table.Touch(m.items.sheet, t.Offset, sees, staff)
}
