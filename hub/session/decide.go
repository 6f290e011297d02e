package session

import (
	"encoding/json"

	"majlis/hub/oplog"
)

// decide judges a moderator's word on a question: approve, dismiss, restore,
// answer.
func (m *Machine) decide(t *turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[a.ID]
	if q == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	if m.repeated(q.status.stamp, t.c) {
		return oplog.Repeated()
	}
	to, ok := q.next(t.c.Type)
	switch {
	case !ok:
		return oplog.Refuse(oplog.WrongState)
	case to == q.fate:
		return m.settle(&q.status.stamp, t)
	case m.overtaken(&q.status, t.c), t.c.Type == typeApprove && m.overtaken(&q.wording, t.c):
		return oplog.Refuse(oplog.Changed)
	case to == live && !q.on() && !m.board.hasRoom(1, q.size()):
		return oplog.Refuse(oplog.BoardFull)
	case to == pending && !m.board.queueHasRoom(1, q.size()):
		return oplog.Refuse(oplog.BoardFull)
	case t.dry:
		return oplog.Done()
	}
	o := oplog.Outcome{Owner: m.ownerOf(t, q)}
	if to == live && !q.on() {
		m.first(&o, t, m.makeRoom(t, 1, q.size()))
	}
	m.write(&q.status, t)
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
