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

// blocked is whether a person is. Apart: by a text of a poll, or by the name in a
// quiz. Then the questions of that person do not tell it, lest moderators learn
// who wrote or answered what.
type blocked struct {
	Person int32
	On     bool
	Apart  bool `json:",omitempty"`
}

func (b blocks) at(person int32) (int, bool) {
	return slices.BinarySearchFunc(b, person, func(r blockRegister, p int32) int { return cmp.Compare(r.Person, p) })
}

// of is what is known of a person.
func (b blocks) of(person int32) blockRegister {
	if i, ok := b.at(person); ok {
		return b[i]
	}
	return blockRegister{blocked: blocked{Person: person}}
}

func (m *Machine) isBlocked(person int32) bool { return m.blocks.of(person).On }

// told reports whether a person's questions tell moderators of the block.
func (b blocked) told() bool { return b.On && !b.Apart }

// block judges blocking people, or letting them in again: the asker of a question,
// who is behind a name in the quiz, or all who gave a text or a word.
func (m *Machine) block(t *fold.Turn) oplog.Outcome {
	var a blockArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid(t.Rules) {
		return oplog.Refuse(oplog.BadCommand)
	}
	who, r := m.meant(&a)
	if r != "" {
		return oplog.Refuse(r)
	}
	left, differs := false, false
	for _, n := range who {
		switch b := m.blocks.of(n); {
		case b.Repeated(t):
			continue
		case b.next(&a) != b.blocked:
			if differs = true; b.Overtaken(t) {
				return oplog.Refuse(oplog.Changed)
			}
		}
		left = true
	}
	switch {
	case !left, !differs && !t.Counted():
		return oplog.Repeated()
	case t.Dry:
		return oplog.Done()
	}
	for _, n := range who {
		switch b := m.blocks.of(n); {
		case b.Repeated(t):
		case b.next(&a) == b.blocked:
			m.keepBlock(b.blocked).Mark(t)
		default:
			m.setBlocked(t, b.next(&a))
		}
	}
	return oplog.Done()
}

// next is how a person stands after a command: who is blocked for all to see
// stays so.
func (b blocked) next(a *blockArgs) blocked {
	return blocked{b.Person, a.On, a.On && a.ID == "" && !b.told()}
}

// meant are the people whom a command is about.
func (m *Machine) meant(a *blockArgs) ([]int32, oplog.Reason) {
	switch {
	case a.Player > 0:
		if _, known := m.players.at(int32(a.Player)); !known {
			return nil, oplog.NotFound
		}
		return []int32{int32(a.Player)}, ""
	case a.Poll != "":
		return m.givers(a.Poll, int32(a.N-1))
	}
	q := m.board.byID[a.ID]
	switch {
	case q == nil || q.Fate == void:
		return nil, oplog.NotFound
	case q.asker == 0:
		return nil, oplog.WrongState
	}
	return []int32{q.asker}, ""
}

// givers are the people whose last answer in a poll has a term.
func (m *Machine) givers(id string, term int32) ([]int32, oplog.Reason) {
	p := m.polls.find(id)
	if p == nil || term < 0 || int(term) >= len(p.lexicon.terms) {
		return nil, oplog.NotFound
	}
	var out []int32
	for i := range m.people.list {
		a, _ := m.people.list[i].answerTo(p.number)
		if p.form() == formWords && slices.ContainsFunc(a.value.spellings(), func(s int32) bool { return p.lexicon.spellings[s].Term == term }) {
			out = append(out, int32(i))
		}
	}
	switch {
	case len(out) == 0:
		return nil, oplog.WrongState
	case len(out) > MaxBulk:
		return nil, oplog.TooMany
	}
	return out, ""
}

// setBlocked blocks a person or lets them in, as a step. The moderators see it
// on all questions of that person, if they are to know.
func (m *Machine) setBlocked(t *fold.Turn, to blocked) {
	was := m.blocks.of(to.Person).blocked
	m.keepBlock(to).Write(t)
	if was != to {
		m.open.People = append(m.open.People, pair[blocked]{was, to})
	}
	if was.told() == to.told() {
		return
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
