package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// decide judges a moderator's word on a question: approve, dismiss, restore,
// answer.
func (m *Machine) decide(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[a.ID]
	if q == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	if q.status.Repeated(t) {
		return oplog.Repeated()
	}
	to, ok := q.next(t.Type)
	switch {
	case !ok:
		return oplog.Refuse(oplog.WrongState)
	case to == q.fate:
		return q.status.Settle(t)
	case q.status.Overtaken(t), t.Type == typeApprove && q.wording.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case to == live && !q.on() && !m.board.hasRoom(1, q.size()):
		return oplog.Refuse(oplog.BoardFull)
	case to == pending && !m.board.queueHasRoom(1, q.size()):
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Outcome{Owner: m.ownerOf(t, q)}
	if to == live && !q.on() {
		m.first(&o, t, m.makeRoom(t, 1, q.size()))
	}
	q.status.Write(t)
	m.move(t, q, to)
	if to == dismissed {
		m.trimShelf(t)
	}
	return o
}

// next tells where a moderator's word takes the question; ok is false where
// that word means nothing.
func (q *question) next(word string) (to fate, ok bool) {
	switch word {
	case typeApprove:
		return live, q.fate == pending || q.fate == live
	case typeAnswer:
		return answered, q.on()
	case typeDismiss:
		return dismissed, q.on() || q.fate == pending || q.fate == dismissed
	}
	switch q.fate {
	case pending, live:
		return q.fate, true
	case dismissed, answered:
		if q.wasLive {
			return live, true
		}
		return pending, true
	}
	return 0, false
}
