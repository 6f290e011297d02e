package session

import (
	"encoding/json"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// label is one of a session's labels; without a name it is none. It is also its
// own form in a snapshot.
type label struct {
	Name   words `json:"n,omitzero"`
	Public bool  `json:"p,omitempty"`
}

func (l label) bare() label {
	l.Name = l.Name.bare()
	return l
}

func (l label) used() bool { return l.Name.Size > 0 }

func labelName(i int) string { return "label " + strconv.Itoa(i+1) }

// publicLabels are those that the hall sees.
func (m *Machine) publicLabels() uint32 {
	var set uint32
	for i, l := range m.scene.Labels {
		if l.Public && l.used() {
			set |= 1 << i
		}
	}
	return set
}

// setLabel judges naming a label, showing it to the hall or not, and giving it
// up: then it comes off all questions.
func (m *Machine) setLabel(t *fold.Turn) oplog.Outcome {
	var a labelArgs
	if json.Unmarshal(t.Args, &a) != nil || a.N < 1 || a.N > MaxLabels || !a.Name.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Name.Bytes > 0 {
		if r := a.Name.within(MaxLabelChars, MaxLabelBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	l := &m.scene.Labels[a.N-1]
	was := *l
	o, differs := fold.Set(t, fold.Field{
		Register: m.register(labelName(a.N - 1)),
		Same:     was.Name.Sum == a.Name.Sum && was.Public == a.Public,
		Put: func() {
			*l = label{}
			if a.Name.Bytes > 0 {
				m.texts.Bring(t)
				*l = label{wordsOf(t, a.Name, fold.Opened[private](t.Command).Name), a.Public}
			}
		},
	})
	if !differs {
		return o
	}
	if !l.used() {
		for _, q := range m.board.list {
			if to := q.marks; q.marked(a.N) {
				to.Labels &^= 1 << (a.N - 1)
				m.writeMarks(t, q, to)
			}
		}
	}
	m.touchLabel(t, a.N-1, was.Public)
	return o
}

// touchLabel says that a label looks different now, and with it the questions
// that have it, if the hall sees it now or saw it before.
func (m *Machine) touchLabel(t *fold.Turn, i int, was bool) {
	l := m.scene.Labels[i]
	sees := staff
	switch {
	case !l.used():
		sees = 0
	case l.Public:
		sees = everyone
	}
	m.table.Touch(m.table.Item(kindLabel, strconv.Itoa(i+1)), t.Offset, sees, everyone)
	if was == (l.Public && l.used()) {
		return
	}
	for _, q := range m.board.list {
		if q.marked(i + 1) {
			m.touchFor(t, q, crowd)
		}
	}
}
