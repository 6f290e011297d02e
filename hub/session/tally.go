package session

import (
	"slices"

	"majlis/hub/fold"
)

// tally is how many people are for something and how many against it.
type tally struct{ up, down int }

func (c *tally) add(v vote, sign int) {
	switch v {
	case up:
		c.up += sign
	case down:
		c.down += sign
	}
}

// votes are a question's own, or of all that were merged into it: one for each
// person, however many of them that person voted for.
func (q *question) votes() tally {
	if len(q.members) == 0 {
		return q.own
	}
	return q.all
}

// root is the question that one was merged into, or itself.
func (b *board) root(q *question) *question {
	if q.Into == 0 {
		return q
	}
	return b.list[q.Into-1]
}

// stance is where a person stands on a question and all that were merged into
// it: for it, if for any of them.
func (p *member) stance(root *question) vote {
	if p == nil {
		return none
	}
	b, _ := p.ballot(root.number)
	v := b.value
	for _, q := range root.members {
		switch b, _ := p.ballot(q.number); {
		case b.value == up:
			return up
		case v == none:
			v = b.value
		}
	}
	return v
}

// rehang takes a question out of the one that it was merged into, and hangs it
// into another (0: none).
func (m *Machine) rehang(t *fold.Turn, q *question, into int32) {
	if q.Into != 0 {
		root := m.board.root(q)
		root.members = slices.DeleteFunc(root.members, func(one *question) bool { return one == q })
		m.recount(t, root)
	}
	if into != 0 {
		root := m.board.list[into-1]
		i, _ := slices.BinarySearchFunc(root.members, q, func(a, b *question) int { return int(a.number - b.number) })
		root.members = slices.Insert(root.members, i, q)
		m.recount(t, root)
	}
}

// recount notes that the union of a question's voters must be counted again
// when the command has been judged.
func (m *Machine) recount(t *fold.Turn, root *question) {
	if m.dirty == nil {
		m.dirty = make(map[*question]bool)
	}
	m.dirty[root] = true
	m.touch(t, root)
	m.table.Touch(root.tally, t.Offset, seers(root.Fate), everyone)
}

// settle counts what recount noted: once through all people, whatever was
// merged.
func (m *Machine) settle() {
	if len(m.dirty) == 0 {
		return
	}
	for q := range m.dirty {
		q.all = tally{}
	}
	for i := range m.people.list {
		m.people.list[i].countInto(&m.board, m.dirty)
	}
	m.dirty = nil
}

// countInto adds a person's stance to each of some questions that the person
// has voted on.
func (p *member) countInto(b *board, wanted map[*question]bool) {
	var done []*question
	for i := range p.votes {
		root := b.root(b.list[p.votes[i].question])
		if !wanted[root] || slices.Contains(done, root) {
			continue
		}
		done = append(done, root)
		root.all.add(p.stance(root), 1)
	}
}
