package schedule

import (
	"slices"
	"strings"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// redact judges taking texts away for good. An announcement goes with its text;
// what else lost its text stays, and gets it again from the next import.
func (m *Machine) redact(t *fold.Turn) oplog.Outcome {
	if !office(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	return m.texts.Redact(t, MaxRedact, func(at oplog.Offset) { m.drop(t, at) })
}

// drop takes away every text that came with the entry at an offset.
func (m *Machine) drop(t *fold.Turn, at oplog.Offset) {
	title, said := m.conf.title.Drop(at), m.conf.about.Drop(at)
	if title || said {
		m.show(t, kindConference, single)
	}
	for _, r := range m.roomsInOrder() {
		if r.name.Drop(at) {
			m.show(t, kindRoom, r.id)
		}
	}
	for _, s := range m.inOrder() {
		if s.dropTexts(at) {
			m.show(t, kindSession, s.id)
		}
	}
	for _, n := range slices.Clone(m.notes.live) {
		if n.text.Drop(at) {
			m.unpost(t, n)
		}
	}
	if m.stage != nil {
		for _, p := range m.stage.parts {
			if p.at == at {
				p.private, p.gone = partPrivate{}, true
			}
		}
	}
}

func (s *talk) dropTexts(at oplog.Offset) bool {
	title, look := s.title.Drop(at), s.look.Drop(at)
	s.deep.Drop(at)
	was := s.was.title != nil && s.was.title.Drop(at)
	return title || look || was
}

// roomsInOrder lists the rooms by id: what the table sees must not depend on the
// order of a map.
func (m *Machine) roomsInOrder() []*room {
	out := make([]*room, 0, len(m.rooms))
	for _, r := range m.rooms {
		out = append(out, r)
	}
	slices.SortFunc(out, func(a, b *room) int { return strings.Compare(a.id, b.id) })
	return out
}
