package session

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// markRegister is the register of one mark of a question: its star, its pin, or
// a label.
type markRegister struct {
	Kind int // markStar, markPin, or the label's number
	fold.Register
}

// The marks below the labels, which are numbered from 1.
const (
	markPin  = -1
	markStar = 0
)

// mark judges a star, a pin or a label on questions, or taking it off.
func (m *Machine) mark(t *fold.Turn) oplog.Outcome {
	var a markArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	kind := a.Label
	switch {
	case t.Type == typeStar:
		kind = markStar
	case t.Type == typePin:
		kind = markPin
	case kind < 1 || kind > MaxLabels:
		return oplog.Refuse(oplog.BadCommand)
	case !m.scene.Labels[kind-1].used() && a.On:
		return oplog.Refuse(oplog.NotFound)
	}
	return m.each(t, a.idsArgs, func(q *question) oplog.Outcome { return m.markOne(t, q, kind, a.On) })
}

func (m *Machine) markOne(t *fold.Turn, q *question, kind int, on bool) oplog.Outcome {
	i, known := slices.BinarySearchFunc(q.marksSet, kind, func(r markRegister, kind int) int { return cmp.Compare(r.Kind, kind) })
	var r fold.Register
	if known {
		r = q.marksSet[i].Register
	}
	same := q.marked(kind) == on
	switch {
	case r.Repeated(t):
		return oplog.Repeated()
	case q.over() || on && q.Fate == archived:
		return oplog.Refuse(oplog.WrongState)
	case same && !t.Counted():
		return oplog.Repeated()
	case !same && r.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	if same {
		r.Mark(t)
	} else {
		r.Write(t)
		m.setMark(t, q, kind, on)
	}
	if known {
		q.marksSet[i].Register = r
	} else {
		q.marksSet = slices.Insert(q.marksSet, i, markRegister{kind, r})
	}
	return oplog.Done()
}

func (q *question) marked(kind int) bool {
	switch kind {
	case markStar:
		return q.Star > 0
	case markPin:
		return q.Pin > 0
	}
	return q.Labels&(1<<(kind-1)) != 0
}

func (m *Machine) setMark(t *fold.Turn, q *question, kind int, on bool) {
	to := q.marks
	at := t.Offset
	if !on {
		at = 0
	}
	switch kind {
	case markStar:
		to.Star = at
	case markPin:
		to.Pin = at
	default:
		to.Labels ^= 1 << (kind - 1)
	}
	m.putMarks(t, q, to)
}

// putMarks gives a question other marks. The hall does not see all of them.
func (m *Machine) putMarks(t *fold.Turn, q *question, to marks) {
	m.note(q)
	was := q.marks
	q.marks = to
	differs := staff
	if was.Star != to.Star {
		differs |= backstage
	}
	if shown := m.publicLabels(); was.Pin > 0 != (to.Pin > 0) || was.Labels&shown != to.Labels&shown {
		differs = everyone
	}
	m.touchFor(t, q, differs)
	if was.Labels != to.Labels {
		m.table.Touch(m.items.balance, t.Offset, staff, staff)
	}
}

// writeMarks does it as somebody's deed.
func (m *Machine) writeMarks(t *fold.Turn, q *question, to marks) {
	for kind := markPin; kind <= MaxLabels; kind++ {
		was := *q
		was.marks = to
		if q.marked(kind) == was.marked(kind) {
			continue
		}
		i, known := slices.BinarySearchFunc(q.marksSet, kind, func(r markRegister, kind int) int { return cmp.Compare(r.Kind, kind) })
		if !known {
			q.marksSet = slices.Insert(q.marksSet, i, markRegister{Kind: kind})
		}
		q.marksSet[i].Write(t)
	}
	m.putMarks(t, q, to)
}
