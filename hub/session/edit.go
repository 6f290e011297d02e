package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// edit judges a new wording, by the asker or by a moderator.
func (m *Machine) edit(t *fold.Turn) oplog.Outcome {
	var a askArgs
	if json.Unmarshal(t.Args, &a) != nil || !validLang(a.Lang) || !a.validHeld() {
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
	to := m.afterEdit(t, q, a, byAsker)
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
		return m.asked(t, id)
	}
	if q := m.board.byID[id]; q != nil && q.Fate != void {
		return q, ""
	}
	return nil, oplog.NotFound
}

// says reports whether a new wording is the present one.
func (q *question) says(a askArgs) bool {
	return a.Text.Sum == q.Text.Sum && (a.Name == nil || a.Name.Sum == q.Name.Sum)
}

// resized is the size of the question with its new wording. A name that is not
// said stays.
func (q *question) resized(a askArgs) int {
	rest := q.answer.Size + q.Note.Size + q.renderedSize()
	if a.Name == nil {
		return a.Text.Size + q.Name.Size + rest
	}
	return a.size() + rest
}

func (m *Machine) mayEdit(t *fold.Turn, q *question, a askArgs, byAsker bool) oplog.Reason {
	seems := q.Fate
	if byAsker {
		// Nobody learns of a dismissal from a refusal.
		seems = m.toldFate(q)
	}
	switch {
	case byAsker && !m.rules().Live:
		return oplog.BoardClosed
	case seems != pending && seems != live:
		return oplog.WrongState
	case byAsker && m.qa(t) != qaOpen:
		return oplog.QuestionsOff
	case !byAsker && q.wording.Overtaken(t):
		return oplog.Changed
	case q.edits >= MaxEdits, len(q.offsets) >= MaxTexts:
		return oplog.TooMany
	case byAsker && q.Fate == live && !m.rules().reviewed() && m.othersVoted(q):
		return oplog.HasVotes
	}
	return m.mayWrite(a, byAsker, q.Name.Size > 0)
}

// afterEdit tells where a question goes with its new wording: one that nobody
// has seen waits, if it has to.
func (m *Machine) afterEdit(t *fold.Turn, q *question, a askArgs, byAsker bool) fate {
	switch {
	case q.Fate != live:
		return q.Fate
	case !byAsker && m.rules().Eyes:
		return pending
	case byAsker && m.holds(t, a) == heldBlocked:
		return dismissed
	case byAsker && (m.rules().reviewed() || m.holds(t, a) != ""):
		return pending
	}
	return q.Fate
}

// mayGrow judges whether there is room for the new wording where it goes.
func (m *Machine) mayGrow(q *question, to fate, size int) oplog.Reason {
	switch {
	case to != q.Fate && to == pending:
		return m.mayWait(m.askerOf(q), size)
	case to != q.Fate:
		return ""
	case to == live && !m.board.hasRoom(0, size-q.size()):
		return oplog.BoardFull
	case to == pending && !m.board.queueHasRoom(0, size-q.size()):
		return oplog.BoardFull
	}
	return ""
}

func (m *Machine) reword(t *fold.Turn, q *question, a askArgs, to fate) oplog.Outcome {
	o := oplog.Done()
	m.concerns(&o, t, q)
	if to == live {
		m.makeRoom(&o, t, 0, q.resized(a)-q.size())
	}
	m.note(q)
	p := fold.Opened[private](t.Command)
	m.board.leave(q)
	q.Text = wordsOf(t, a.Text, p.Text)
	if a.Name != nil {
		q.Name = wordsOf(t, *a.Name, p.Name)
	}
	if a.Lang != "" {
		q.Lang = a.Lang
	}
	q.Edited = true
	m.board.enter(q)
	q.edits++
	q.offsets = append(q.offsets, m.texts.Bring(t))
	q.wording.Write(t)
	if a.Same != nil {
		q.same = *a.Same
	}
	s := q.standing
	s.Eye = 0
	switch byAsker := !staff.Has(t.Actor.Role); {
	case byAsker && m.holds(t, a) != "":
		if q.held = m.holds(t, a); to == dismissed && q.Fate != dismissed {
			s.Why = whyOf(q.held)
		}
	case byAsker:
		q.held = ""
	case to != q.Fate:
		s.Eye = m.staffNo(t)
	}
	m.afterwards(&o, t, q, s, to)
	return o
}

// afterwards puts a question where it goes with its new wording.
func (m *Machine) afterwards(o *oplog.Outcome, t *fold.Turn, q *question, s standing, to fate) {
	if q.Fate != pending && q.Fate != live {
		s.WasLive = false // nobody has seen these words
	}
	if to == q.Fate {
		m.put(o, t, q, s)
	} else {
		s.Fate = to
		m.stand(o, t, q, s)
	}
	m.trimShelf(o, t)
}

// withdraw judges an asker who takes a question back. What was merged into it
// goes its own way again.
func (m *Machine) withdraw(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	q, r := m.asked(t, a.ID)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case q.Fate == withdrawn:
		return oplog.Repeated()
	case !m.rules().Live:
		return oplog.Refuse(oplog.BoardClosed)
	case q.Fate == answered || q.Fate == archived && !m.masked(q):
		return oplog.Refuse(oplog.WrongState)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Done()
	m.release(&o, t, q)
	s := q.standing
	s.Fate, s.Into = withdrawn, 0
	m.stand(&o, t, q, s)
	return o
}
