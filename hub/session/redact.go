package session

import (
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// wording tells whose text an entry holds: one of the two.
type wording struct {
	question *question
	poll     *poll
}

// bring notes whose text the entry of this turn holds.
func (m *Machine) bring(t *fold.Turn, w wording) {
	m.whose[m.texts.Bring(t)] = w
}

// redact judges taking texts away for good.
func (m *Machine) redact(t *fold.Turn) oplog.Outcome {
	var owner oplog.Outcome
	o := m.texts.Redact(t, MaxRedact, func(at oplog.Offset) { m.drop(t, &owner, at) })
	o.Owner = owner.Owner
	return o
}

// drop takes away the text of one entry.
func (m *Machine) drop(t *fold.Turn, o *oplog.Outcome, at oplog.Offset) {
	w := m.whose[at]
	delete(m.whose, at)
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
		if text.At == at {
			text.drop()
		}
	}
	q.told = t.Offset
	m.first(o, t, q.asker)
	m.touch(t, q)
}

func (w *words) drop() { w.Text, w.Gone = "", true }
