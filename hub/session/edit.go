package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// edit judges a new wording, by the asker or by a moderator.
func (m *Machine) edit(t *fold.Turn) oplog.Outcome {
	var a askArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q, r := m.editable(t, a.ID)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case q.wording.Repeated(t):
		return oplog.Repeated()
	case q.says(a):
		return q.wording.Settle(t)
	}
	byAsker := !staff.Has(t.Actor.Role)
	if r := m.mayEdit(t, q, a, byAsker); r != "" {
		return oplog.Refuse(r)
	}
	to := q.fate
	if byAsker && q.fate == live && m.settings.Moderation {
		to = pending
	}
	if r := m.mayGrow(q, to, q.resized(a)); r != "" {
		return oplog.Refuse(r)
	}
	if t.Dry {
		return oplog.Done()
	}
	return m.reword(t, q, a, to)
}

// editable finds a question that the actor may speak of.
func (m *Machine) editable(t *fold.Turn, id string) (*question, oplog.Reason) {
	if !staff.Has(t.Actor.Role) {
		return m.own(t, id)
	}
	if q := m.board.byID[id]; q != nil {
		return q, ""
	}
	return nil, oplog.NotFound
}

// says reports whether a new wording is the present one.
func (q *question) says(a askArgs) bool {
	return a.Text.Sum == q.text.Sum && (a.Name == nil || a.Name.Sum == q.name.Sum)
}

// resized is the size of the question with its new wording. A name that is not
// said stays.
func (q *question) resized(a askArgs) int {
	if a.Name == nil {
		return a.Text.Size + q.name.Size
	}
	return a.size()
}

func (m *Machine) mayEdit(t *fold.Turn, q *question, a askArgs, byAsker bool) oplog.Reason {
	switch {
	case byAsker && !m.settings.Live:
		return oplog.BoardClosed
	case q.fate != pending && q.fate != live:
		return oplog.WrongState
	case byAsker && m.settings.QA != qaOpen:
		return oplog.QuestionsOff
	case !byAsker && q.wording.Overtaken(t):
		return oplog.Changed
	case q.edits >= MaxEdits:
		return oplog.TooMany
	case byAsker && q.fate == live && !m.settings.Moderation && q.othersVoted(&m.people.list[q.asker]):
		return oplog.HasVotes
	}
	return m.mayWrite(a, byAsker)
}

// mayGrow judges whether there is room for the new wording where it goes.
func (m *Machine) mayGrow(q *question, to fate, size int) oplog.Reason {
	switch {
	case to != q.fate:
		return m.mayWait(&m.people.list[q.asker], size)
	case to == live && !m.board.hasRoom(0, size-q.size()):
		return oplog.BoardFull
	case to == pending && !m.board.queueHasRoom(0, size-q.size()):
		return oplog.BoardFull
	}
	return ""
}

func (m *Machine) reword(t *fold.Turn, q *question, a askArgs, to fate) oplog.Outcome {
	o := oplog.Outcome{Owner: m.ownerOf(t, q)}
	if to == live {
		m.first(&o, t, m.makeRoom(t, 0, q.resized(a)-q.size()))
	}
	p := fold.Opened[private](t.Command)
	pool := m.board.pool(q.fate)
	pool.add(q, -1)
	q.text = wordsOf(t, a.Text, p.Text)
	if a.Name != nil {
		q.name = wordsOf(t, *a.Name, p.Name)
	}
	pool.add(q, 1)
	q.edits++
	q.offsets = append(q.offsets, t.Offset)
	m.bring(t, wording{question: q})
	q.wording.Write(t)
	q.told = t.Offset
	if to != q.fate {
		m.move(t, q, to)
	} else {
		m.touch(t, q)
	}
	return o
}

// withdraw judges an asker who takes a question back.
func (m *Machine) withdraw(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q, r := m.own(t, a.ID)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case q.fate == withdrawn:
		return oplog.Repeated()
	case !m.settings.Live:
		return oplog.Refuse(oplog.BoardClosed)
	case q.fate == answered || q.fate == archived:
		return oplog.Refuse(oplog.WrongState)
	case t.Dry:
		return oplog.Done()
	}
	m.move(t, q, withdrawn)
	return oplog.Done()
}
