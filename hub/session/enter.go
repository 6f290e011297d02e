package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// origins are where a moderator hears what somebody without a phone asks.
var origins = []string{"floor", "stream", "paper"}

// enter judges a question that a moderator enters for somebody. It belongs to
// nobody, and is live at once unless two must see it.
func (m *Machine) enter(t *fold.Turn) oplog.Outcome {
	var a askArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.ID) || !validLang(a.Lang) || !slices.Contains(origins, a.From) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if q := m.board.byID[a.ID]; q != nil {
		if q.asker == 0 && q.wording.By == t.Actor.ID && q.first == a.sums() {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	to := live
	if m.rules().Eyes {
		to = pending
	}
	switch r := m.mayWrite(a, false, false); {
	case r != "":
		return oplog.Refuse(r)
	case len(m.board.list) >= MaxQuestions,
		to == live && !m.board.hasRoom(1, a.size()),
		to == pending && !m.board.queueHasRoom(1, a.size()):
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Done()
	if to == live {
		m.makeRoom(&o, t, 1, a.size())
	}
	no := m.staffNo(t)
	s := standing{Fate: to, Moved: t.Offset, WasLive: to == live, By: no, When: t.Ms}
	if to == pending {
		s.Eye = no
	}
	m.admit(&o, t, a, 0, s, "")
	return o
}
