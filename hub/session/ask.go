package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Why a question waits for a moderator though nothing else would make it wait.
const (
	heldWords     = "words"     // it has a word of the organiser's lists
	heldDuplicate = "duplicate" // somebody asked the same, letter for letter
	heldBlocked   = "blocked"   // its asker is blocked
)

// ask judges a new question.
func (m *Machine) ask(t *fold.Turn) oplog.Outcome {
	var a askArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.ID) || !validLang(a.Lang) || !a.validHeld() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if q := m.board.byID[a.ID]; q != nil {
		if m.isAsker(t, q) && q.first == a.sums() {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	if r := m.mayAsk(t, a); r != "" {
		return oplog.Refuse(r)
	}
	held := m.holds(t, a)
	to, r := m.place(t.Actor.ID, held, a.size())
	if r != "" {
		return oplog.Refuse(r)
	}
	if t.Dry {
		return oplog.Done()
	}
	o := oplog.Done()
	if to == live {
		m.makeRoom(&o, t, 1, a.size())
	}
	asker := m.people.intern(t.Actor.ID)
	q := m.admit(&o, t, a, asker, standing{Fate: to, Moved: t.Offset, WasLive: to == live, Why: whyOf(held)}, held)
	member := m.askerOf(q)
	member.asked = append(member.asked, q.number)
	if to == dismissed {
		m.trimShelf(&o, t)
	}
	return o
}

func (m *Machine) mayAsk(t *fold.Turn, a askArgs) oplog.Reason {
	switch {
	case !m.rules().Live:
		return oplog.BoardClosed
	case m.qa(t) != qaOpen:
		return oplog.QuestionsOff
	}
	return m.mayWrite(a, true, false)
}

// mayWrite judges the texts of a question by their measures. Names that a
// session does not take are still kept by a moderator who corrects a text.
func (m *Machine) mayWrite(a askArgs, byAsker, named bool) oplog.Reason {
	if r := a.Text.within(MaxTextChars, MaxTextBytes); r != "" {
		return r
	}
	if a.Name == nil || a.Name.Bytes == 0 && a.Name.sane() {
		if byAsker && m.rules().Names == namesRequired && (!named || a.Name != nil) {
			return oplog.NameNeeded
		}
		return ""
	}
	if byAsker && m.rules().Names == namesOff {
		return oplog.NamesOff
	}
	return a.Name.within(MaxNameChars, MaxNameBytes)
}

// holds tells why a new question or wording must be seen by a moderator first,
// whatever the settings; empty if it need not.
func (m *Machine) holds(t *fold.Turn, a askArgs) string {
	switch n := m.people.number[t.Actor.ID]; {
	case n != 0 && m.isBlocked(n):
		return heldBlocked
	case a.Held != "":
		return a.Held
	case m.rules().Dups && a.Same != nil && m.board.has(*a.Same, a.ID):
		return heldDuplicate
	}
	return ""
}

// has reports whether a question with the same letters waits or is on the board.
func (b *board) has(same fold.Sum, but string) bool {
	for _, q := range b.list {
		if q.same == same && q.id != but && (q.on() || q.Fate == pending) {
			return true
		}
	}
	return false
}

// whyOf is the reason of who is dismissed at once: the blocked are not told.
func whyOf(held string) string {
	if held == heldBlocked {
		return whyBlocked
	}
	return ""
}

// place decides where a new question goes. That of somebody who is blocked
// troubles nobody.
func (m *Machine) place(who oplog.ActorID, held string, size int) (fate, oplog.Reason) {
	p := m.people.find(who)
	switch {
	case len(m.board.list) >= MaxQuestions:
		return 0, oplog.BoardFull
	case p != nil && len(p.asked) >= MaxAskedEach:
		return 0, oplog.TooMany
	case held == heldBlocked:
		return dismissed, ""
	case held == "" && !m.rules().reviewed() && m.board.hasRoom(1, size):
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
func (m *Machine) admit(o *oplog.Outcome, t *fold.Turn, a askArgs, asker int32, s standing, held string) *question {
	p := fold.Opened[private](t.Command)
	q := &question{
		id: a.ID, number: int32(len(m.board.list)), asker: asker, at: t.Ms, from: a.From, held: held,
		standing: standing{Fate: void},
		said:     said{Text: wordsOf(t, a.Text, p.Text), Lang: a.Lang}, first: a.sums(),
		offsets: []oplog.Offset{m.texts.Bring(t)},
		entity:  m.table.Item(kindQuestion, a.ID),
		tally:   m.table.Item(kindVotes, a.ID),
	}
	if a.Same != nil {
		q.same = *a.Same
	}
	if a.Name != nil && a.Name.Bytes > 0 {
		q.Name = wordsOf(t, *a.Name, p.Name)
	}
	q.wording.Write(t)
	m.board.list = append(m.board.list, q)
	m.board.byID[q.id] = q
	m.put(o, t, q, s)
	return q
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

func (a *askArgs) validHeld() bool { return a.Held == "" || a.Held == heldWords }

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
