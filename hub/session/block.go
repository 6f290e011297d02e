package session

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// blocks are the people whom moderators blocked or let in again, by number.
// What the blocked ask goes to the dismissed at once, and they are told that it
// waits; nobody else is troubled by it, and nobody's name is.
type blocks []blockRegister

type blockRegister struct {
	blocked
	fold.Register
}

// blocked is whether a person is.
type blocked struct {
	Person int32
	On     bool
}

func (b blocks) at(person int32) (int, bool) {
	return slices.BinarySearchFunc(b, person, func(r blockRegister, p int32) int { return cmp.Compare(r.Person, p) })
}

func (m *Machine) isBlocked(person int32) bool {
	i, ok := m.blocks.at(person)
	return ok && m.blocks[i].On
}

// block judges blocking the asker of a question, or letting them in again.
func (m *Machine) block(t *fold.Turn) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[a.ID]
	switch {
	case q == nil || q.Fate == void:
		return oplog.Refuse(oplog.NotFound)
	case q.asker == 0:
		return oplog.Refuse(oplog.WrongState)
	}
	var r fold.Register
	if i, ok := m.blocks.at(q.asker); ok {
		r = m.blocks[i].Register
	}
	same := m.isBlocked(q.asker) == a.On
	switch {
	case r.Repeated(t), same && !t.Counted():
		return oplog.Repeated()
	case !same && r.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	if same {
		m.keepBlock(blocked{q.asker, a.On}).Mark(t)
		return oplog.Done()
	}
	m.setBlocked(t, blocked{q.asker, a.On})
	return oplog.Done()
}

// setBlocked blocks a person or lets them in, as a step. The moderators see it
// on all questions of that person.
func (m *Machine) setBlocked(t *fold.Turn, to blocked) {
	was := blocked{to.Person, m.isBlocked(to.Person)}
	m.keepBlock(to).Write(t)
	if m.open.Person = nil; was != to {
		m.open.Person = &pair[blocked]{was, to}
	}
	for _, n := range m.people.list[to.Person].asked {
		m.touchFor(t, m.board.list[n], staff)
	}
}

func (m *Machine) keepBlock(b blocked) *fold.Register {
	i, ok := m.blocks.at(b.Person)
	if !ok {
		m.blocks = slices.Insert(m.blocks, i, blockRegister{})
	}
	m.blocks[i].blocked = b
	return &m.blocks[i].Register
}
