package session

import (
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// Where a session takes two moderators before anything is shown, the first asks
// by doing it, and the second agrees by doing the same.
//
//	             A: on                     B: on
//	nothing ───────────▶ A's wish is kept ───────────▶ shown
//	   ▲                        │                        │
//	   └───── anybody: off ─────┴──── anybody: off ──────┘

// wish is what one moderator would show, and who.
type wish struct {
	ID string `json:",omitempty"`
	By int32  `json:",omitempty"` // in staff.list
}

// IsZero reports whether nobody wishes anything.
func (w wish) IsZero() bool { return w == wish{} }

// firstOf is the number of the acting moderator where it takes two, else 0.
func (m *Machine) firstOf(t *fold.Turn) int32 {
	if !m.rules().Eyes || t.Rules < 3 {
		return 0
	}
	return m.staffNo(t)
}

// readFirst reports whether what people write, words and names, waits for two
// moderators, whatever a poll says.
func (m *Machine) readFirst(t *fold.Turn) bool { return m.rules().Eyes && t.Rules >= 5 }

// secondEye reports whether the actor is another one than the first of two.
func (m *Machine) secondEye(t *fold.Turn, first int32) bool {
	return first != 0 && first != m.staff.number[t.Actor.ID]
}

// alone reports whether it takes another moderator to show something.
func (m *Machine) alone(t *fold.Turn, w wish, id string) bool {
	return m.rules().Eyes && t.Rules >= 3 && (w.ID != id || !m.secondEye(t, w.By))
}

// askFor keeps a moderator's wish to show something until another agrees. Whoever
// agrees at the same time has been overtaken by nobody.
func (m *Machine) askFor(t *fold.Turn, w *wish, r *fold.Register, id string) oplog.Outcome {
	switch {
	case w.ID == id:
		return r.Settle(t)
	case t.Dry:
		return oplog.Done()
	}
	r.Mark(t)
	*w = wish{id, m.staffNo(t)}
	m.table.Touch(m.items.stage, t.Offset, everyone, staff)
	return oplog.Done()
}

// wishesView are the wishes that another moderator may agree with.
type wishesView struct {
	Question wishView `json:"question,omitzero"`
	Poll     wishView `json:"poll,omitzero"`
	Note     wishView `json:"note,omitzero"`
	// Others are those that another agrees with by sending the same command.
	Others []desireView `json:"others,omitempty"`
}

type wishView struct {
	ID string `json:"id"`
	By int32  `json:"by"`
}
