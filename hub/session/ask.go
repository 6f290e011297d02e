package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// ask judges a new question.
func (m *Machine) ask(t *fold.Turn) oplog.Outcome {
	var a askArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.ID) || !validLang(a.Lang) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if q := m.board.byID[a.ID]; q != nil {
		if m.people.list[q.asker].id == t.Actor.ID && q.first == a.sums() {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	if r := m.mayAsk(a); r != "" {
		return oplog.Refuse(r)
	}
	to, r := m.place(t.Actor.ID, a.size())
	if r != "" {
		return oplog.Refuse(r)
	}
	if t.Dry {
		return oplog.Done()
	}
	o := oplog.Done()
	if to == live {
		m.first(&o, t, m.makeRoom(t, 1, a.size()))
	}
	m.admit(t, a, to)
	return o
}

func (m *Machine) mayAsk(a askArgs) oplog.Reason {
	switch {
	case !m.settings.Live:
		return oplog.BoardClosed
	case m.settings.QA != qaOpen:
		return oplog.QuestionsOff
	}
	return m.mayWrite(a, true)
}

// mayWrite judges the texts of a question by their measures. Names that a
// session does not take are still kept by a moderator who corrects a text.
func (m *Machine) mayWrite(a askArgs, byAsker bool) oplog.Reason {
	if r := a.Text.within(MaxTextChars, MaxTextBytes); r != "" {
		return r
	}
	if a.Name == nil || a.Name.Bytes == 0 && a.Name.sane() {
		return ""
	}
	if byAsker && m.settings.Names == namesOff {
		return oplog.NamesOff
	}
	return a.Name.within(MaxNameChars, MaxNameBytes)
}

// place decides where a new question goes.
func (m *Machine) place(who oplog.ActorID, size int) (fate, oplog.Reason) {
	p := m.people.find(who)
	switch {
	case len(m.board.list) >= MaxQuestions:
		return 0, oplog.BoardFull
	case p != nil && len(p.asked) >= MaxAskedEach:
		return 0, oplog.TooMany
	case !m.settings.Moderation && m.board.hasRoom(1, size):
		return live, ""
	}
	return pending, m.mayWait(p, size)
}

// mayWait judges whether one more question of a person can wait.
func (m *Machine) mayWait(p *member, size int) oplog.Reason {
	switch {
	case p != nil && p.pending >= MaxPendingEach:
		return oplog.TooMany
	case !m.board.queueHasRoom(1, size):
		return oplog.BoardFull
	}
	return ""
}

// admit puts a new question where it belongs.
func (m *Machine) admit(t *fold.Turn, a askArgs, to fate) {
	p := fold.Opened[private](t.Command)
	asker := m.people.intern(t.Actor.ID)
	q := &question{
		id: a.ID, number: int32(len(m.board.list)), asker: asker, at: t.Ms, lang: a.Lang,
		fate: to, moved: t.Offset, told: t.Offset, wasLive: to == live,
		text: wordsOf(t, a.Text, p.Text), first: a.sums(),
		offsets: []oplog.Offset{t.Offset},
		entity:  m.table.Item(kindQuestion, a.ID),
		tally:   m.table.Item(kindVotes, a.ID),
	}
	if a.Name != nil && a.Name.Bytes > 0 {
		q.name = wordsOf(t, *a.Name, p.Name)
	}
	q.wording.Write(t)
	m.bring(t, wording{question: q})
	m.board.list = append(m.board.list, q)
	m.board.byID[q.id] = q
	m.board.enter(q)
	member := &m.people.list[asker]
	member.asked = append(member.asked, q.number)
	if to == pending {
		member.pending++
	}
	m.touch(t, q)
}

func (a *askArgs) size() int {
	if a.Name == nil {
		return a.Text.Size
	}
	return a.Text.Size + a.Name.Size
}

// sums are what tells one ask from another with the same id.
func (a *askArgs) sums() [2]fold.Sum {
	s := [2]fold.Sum{a.Text.Sum}
	if a.Name != nil {
		s[1] = a.Name.Sum
	}
	return s
}

// validLang reports whether s is empty or a primary language subtag.
func validLang(s string) bool {
	if len(s) > MaxLang || len(s) == 1 {
		return false
	}
	for i := range len(s) {
		if s[i] < 'a' || s[i] > 'z' {
			return false
		}
	}
	return true
}
