package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/oplog"
)

// wording tells whose text an entry holds: one of the two.
type wording struct {
	question *question
	poll     *poll
}

// redact judges taking texts away for good: all offsets that the command names
// hold texts of this session, or nothing happens.
func (m *Machine) redact(t *turn) oplog.Outcome {
	var a oplog.RedactArgs
	if json.Unmarshal(t.c.Args, &a) != nil || len(a.Offsets) == 0 {
		return oplog.Refuse(oplog.BadCommand)
	}
	if len(a.Offsets) > MaxRedact {
		return oplog.Refuse(oplog.TooMany)
	}
	left := false
	for _, at := range a.Offsets {
		w, ok := m.texts[at]
		if !ok {
			return oplog.Refuse(oplog.NotFound)
		}
		left = left || w.holds(at)
	}
	if !left {
		return oplog.Repeated()
	}
	if t.dry {
		return oplog.Done()
	}
	var o oplog.Outcome
	for _, at := range a.Offsets {
		m.blank(t, &o, at)
	}
	return o
}

// holds reports whether the text at an offset was not blanked before.
func (w wording) holds(at oplog.Offset) bool {
	if w.poll != nil {
		return !w.poll.redacted
	}
	return slices.Contains(w.question.offsets, at)
}

// blank drops the text of one entry.
func (m *Machine) blank(t *turn, o *oplog.Outcome, at oplog.Offset) {
	w := m.texts[at]
	if !w.holds(at) {
		return
	}
	o.Blank = append(o.Blank, at)
	if p := w.poll; p != nil {
		p.redacted = true
		p.text.drop()
		clear(p.options)
		m.touchPoll(t, p)
		return
	}
	q := w.question
	q.offsets = slices.DeleteFunc(q.offsets, func(o oplog.Offset) bool { return o == at })
	for _, text := range []*words{&q.text, &q.name} {
		if text.at == at {
			text.drop()
		}
	}
	q.told = t.offset
	m.first(o, t, q.asker)
	m.touch(t, q)
}

func (w *words) drop() { w.text, w.gone = "", true }
