package schedule

import (
	"encoding/json"
	"slices"
	"strings"

	"majlis/hub/oplog"
)

// redact judges taking texts away for good: all offsets that the command names
// brought texts, or nothing happens. An announcement goes with its text; what
// else lost its text stays, and gets it again from the next import.
func (m *Machine) redact(t *turn) oplog.Outcome {
	var a oplog.RedactArgs
	if json.Unmarshal(t.c.Args, &a) != nil || len(a.Offsets) == 0 {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !office(t.c.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	if len(a.Offsets) > MaxRedact {
		return oplog.Refuse(oplog.TooMany)
	}
	left := false
	for _, at := range a.Offsets {
		blanked, ok := m.texts[at]
		if !ok {
			return oplog.Refuse(oplog.NotFound)
		}
		left = left || !blanked
	}
	switch {
	case !left:
		return oplog.Repeated()
	case t.dry:
		return oplog.Done()
	}
	var o oplog.Outcome
	for _, at := range a.Offsets {
		if !m.texts[at] {
			m.texts[at] = true
			o.Blank = append(o.Blank, at)
			m.drop(t, at)
		}
	}
	return o
}

// drop takes away every text that came with the entry at an offset.
func (m *Machine) drop(t *turn, at oplog.Offset) {
	title, said := m.conf.title.drop(at), m.conf.about.drop(at)
	if title || said {
		m.show(t, kindConference, single)
	}
	for _, r := range m.roomsInOrder() {
		if r.name.drop(at) {
			m.show(t, kindRoom, r.id)
		}
	}
	for _, s := range m.inOrder() {
		if s.dropTexts(at) {
			m.show(t, kindSession, s.id)
		}
	}
	for _, n := range slices.Clone(m.notes.live) {
		if n.text.drop(at) {
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
	title, look := s.title.drop(at), s.look.drop(at)
	s.deep.drop(at)
	was := s.was.title != nil && s.was.title.drop(at)
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
