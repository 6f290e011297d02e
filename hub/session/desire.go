package session

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"slices"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// desire is a command that one moderator sent and another has to send, too.
type desire struct {
	Did string   `json:",omitempty"`
	ID  string   `json:",omitempty"` // what it is about
	Sum fold.Sum `json:",omitzero"`  // of all that it says
	By  int32    `json:",omitempty"` // in staff.list
}

// desires are some of them in an order that says nothing, then nothing. It is
// comparable, so that a step can take it back.
type desires [MaxDesires]desire

type desireView struct {
	Did string `json:"did"`
	ID  string `json:"id,omitempty"`
	By  int32  `json:"by"`
}

func (x *desires) view() []desireView {
	var out []desireView
	for _, d := range x {
		if d.Did != "" {
			out = append(out, desireView{d.Did, d.ID, d.By})
		}
	}
	return out
}

// find returns the desire for the same, whoever has it.
func (x *desires) find(d desire) (desire, bool) {
	i := slices.IndexFunc(x[:], func(o desire) bool { return o.Did == d.Did && o.Sum == d.Sum })
	if i < 0 {
		return desire{}, false
	}
	return x[i], true
}

func (x *desires) full() bool { return x[MaxDesires-1].Did != "" }

func (x *desires) add(d desire) {
	x[MaxDesires-1] = d
	x.sort()
}

func (x *desires) remove(d desire) {
	if i := slices.Index(x[:], d); i >= 0 {
		x[i] = desire{}
		x.sort()
	}
}

func (x *desires) sort() {
	slices.SortFunc(x[:], func(a, b desire) int {
		none := func(d desire) int { return len(d.Did) }
		return cmp.Or(cmp.Compare(min(none(b), 1), min(none(a), 1)),
			cmp.Compare(a.Did, b.Did), cmp.Compare(a.ID, b.ID), bytes.Compare(a.Sum[:], b.Sum[:]), cmp.Compare(a.By, b.By))
	})
}

// takeBack puts back what a step changed of them, and reports whether nobody has
// changed it since.
func (x *desires) takeBack(was, is *desires) bool {
	ok := true
	for _, d := range is {
		if d.Did != "" && !slices.Contains(was[:], d) {
			ok = ok && slices.Contains(x[:], d)
			x.remove(d)
		}
	}
	for _, d := range was {
		if d.Did == "" || slices.Contains(is[:], d) {
			continue
		}
		if _, there := x.find(d); there || x.full() {
			return false
		}
		x.add(d)
	}
	return ok
}

// desireOf is what a command wants.
func (m *Machine) desireOf(t *fold.Turn) desire {
	var a struct {
		ID   string `json:"id"`
		Step string `json:"step"`
		N    int32  `json:"n"`
	}
	if json.Unmarshal(t.Args, &a) != nil {
		return desire{Did: t.Type}
	}
	if t.Type == typeUnname && t.Rules >= 5 {
		a.ID = strconv.Itoa(int(a.N))
	}
	sum := sha256.Sum256(t.Args)
	return desire{Did: t.Type, ID: cmp.Or(a.ID, a.Step), Sum: fold.Sum(sum[:len(fold.Sum{})])}
}

// together judges what takes two moderators: the first to send a command asks for
// it, and it takes effect when another sends the same.
func (m *Machine) together(t *fold.Turn, rule func(*fold.Turn) oplog.Outcome) oplog.Outcome {
	try := *t
	try.Dry = true
	if o := rule(&try); !o.Accepted() || o.Again {
		return o
	}
	found, asked := m.scene.Stage.Others.find(m.desireOf(t))
	switch {
	case asked && !m.secondEye(t, found.By):
		return oplog.Repeated()
	case !asked && m.scene.Stage.Others.full():
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	case !asked:
		return m.record(t, m.desire)
	case t.Type == typeUndo:
		// To do again what is taken back is not to ask again for taking it back.
		m.grant(t, found)
		return m.record(t, rule)
	}
	return m.record(t, func(t *fold.Turn) oplog.Outcome {
		m.grant(t, found)
		return rule(t)
	})
}

// desire keeps what the first of two moderators wants.
func (m *Machine) desire(t *fold.Turn) oplog.Outcome {
	d := m.desireOf(t)
	d.By = m.staffNo(t)
	m.scene.Stage.Others.add(d)
	m.table.Touch(m.items.stage, t.Offset, everyone, staff)
	return oplog.Done()
}

// renamed forgets that one moderator would show a name which is another one now.
func (m *Machine) renamed(t *fold.Turn, person int32) {
	for _, d := range m.scene.Stage.Others {
		if d.Did == typeUnname && d.ID == strconv.Itoa(int(person)) {
			m.grant(t, d)
		}
	}
}

// grant forgets what another moderator agrees with.
func (m *Machine) grant(t *fold.Turn, d desire) {
	m.scene.Stage.Others.remove(d)
	m.table.Touch(m.items.stage, t.Offset, everyone, staff)
}
