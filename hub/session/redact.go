package session

import (
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// redact judges taking texts away for good.
func (m *Machine) redact(t *fold.Turn) oplog.Outcome {
	var concerned oplog.Outcome
	o := m.texts.Redact(t, MaxRedact, func(at oplog.Offset) { m.drop(t, &concerned, at) })
	o.Owner, o.Others = concerned.Owner, concerned.Others
	return o
}

// drop takes away the texts of one entry, wherever they are kept.
func (m *Machine) drop(t *fold.Turn, o *oplog.Outcome, at oplog.Offset) {
	for _, g := range m.grounds() {
		here := g == &m.ground
		for _, q := range g.board.list {
			if q.drop(at) && here {
				m.concerns(o, t, q)
				m.touch(t, q)
			}
		}
		for _, p := range g.polls.list {
			if p.drop(at) && here {
				m.touchPoll(t, p)
			}
			m.dropWords(t, p, at, here)
		}
		for i := range g.players {
			if dropFrom(at, &g.players[i].Name) && here {
				g.players[i].At = t.Offset
				o.Concern(g.people.list[g.players[i].Person].id)
				m.touchLeaders(t)
			}
		}
		for _, n := range g.notes.list {
			if dropFrom(at, &n.Text) && here {
				m.touchNote(t, n)
			}
		}
		for _, s := range g.steps.list {
			s.drop(at)
		}
	}
	for i := range m.scene.Labels {
		if dropFrom(at, &m.scene.Labels[i].Name) {
			m.touchLabel(t, i, m.scene.Labels[i].Public)
		}
	}
	if dropFrom(at, &m.scene.Intro) {
		m.touchIntro(t)
	}
	if dropFrom(at, &m.scene.Teams.Names) {
		m.touchTeams(t)
	}
	for i := range m.staff.list {
		if dropFrom(at, &m.staff.list[i].Name) {
			m.touchStaff(t, int32(i))
		}
	}
}

// dropFrom takes away the texts that came with an entry, and reports whether
// one did.
func dropFrom(at oplog.Offset, texts ...*words) bool {
	found := false
	for _, w := range texts {
		if w.At == at {
			w.drop()
			found = true
		}
	}
	return found
}

func (q *question) drop(at oplog.Offset) bool {
	texts := q.texts()
	found := false
	for _, one := range q.inOther {
		found = dropFrom(at, &one.Text) || found
	}
	i := slices.Index(q.offsets, at)
	if i >= 0 {
		q.offsets = slices.Delete(q.offsets, i, i+1)
	}
	return dropFrom(at, texts[:]...) || i >= 0 || found
}

func (p *poll) drop(at oplog.Offset) bool {
	i := slices.Index(p.offsets, at)
	if i < 0 {
		return false
	}
	p.offsets = slices.Delete(slices.Clone(p.offsets), i, i+1)
	if p.text.At == at {
		p.redacted = true
		p.text.drop()
		clear(p.options)
		clear(p.ends)
	}
	return true
}

// dropWords takes away what one entry alone has brought to a poll.
func (m *Machine) dropWords(t *fold.Turn, p *poll, at oplog.Offset, here bool) {
	terms := p.lexicon.drop(at)
	if len(terms) == 0 || !here {
		return
	}
	for _, n := range terms {
		m.touchTerm(t, p, n, everyone)
	}
	p.told = t.Offset
	m.touchCounts(t, p)
	m.touchPast(t, p, everyone)
}

// drop takes texts away that a step keeps, so that they do not come back.
func (s *step) drop(at oplog.Offset) {
	for i := range s.Questions {
		c := &s.Questions[i]
		if p := c.Said; p != nil {
			dropFrom(at, &p.Was.Text, &p.Was.Name, &p.Is.Text, &p.Is.Name)
		}
		if p := c.Stand; p != nil {
			dropFrom(at, &p.Was.Note, &p.Is.Note)
		}
		if p := c.Answer; p != nil {
			dropFrom(at, &p.Was, &p.Is)
		}
	}
	for i := range s.Polls {
		if p := s.Polls[i].Wording; p != nil {
			p.Was.drop(at)
			p.Is.drop(at)
		}
	}
	for i := range s.Labels {
		dropFrom(at, &s.Labels[i].Was.Name, &s.Labels[i].Is.Name)
	}
	if p := s.Intro; p != nil {
		dropFrom(at, &p.Was, &p.Is)
	}
	if p := s.Rendered; p != nil {
		dropFrom(at, &p.Was.Text, &p.Is.Text)
	}
	if p := s.Teams; p != nil {
		dropFrom(at, &p.Was.Names, &p.Is.Names)
	}
}
