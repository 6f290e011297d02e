package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// The reasons that a moderator can give for a dismissal, and one that the rules
// give themselves.
var whys = []string{"off-topic", "duplicate", "answered", "unclear", "personal", "inappropriate", "other"}

const (
	whyOther   = "other"
	whyBlocked = "blocked"
)

// each judges one command for several questions, each on its own. It takes
// effect if it does for one of them.
func (m *Machine) each(t *fold.Turn, ids idsArgs, rule func(q *question) oplog.Outcome) oplog.Outcome {
	list := ids.IDs
	if ids.ID != "" {
		list = []string{ids.ID}
	}
	if len(list) == 0 || len(list) > MaxBulk {
		return oplog.Refuse(oplog.BadCommand)
	}
	var sum oplog.Outcome
	var done, again bool
	for _, id := range list {
		o := oplog.Refuse(oplog.NotFound)
		if q := m.board.byID[id]; q != nil && q.Fate != void {
			o = rule(q)
		}
		switch {
		case !o.Accepted():
			if sum.Reason == "" {
				sum.Reason = o.Reason
			}
			continue
		case o.Again:
			again = true
		default:
			done = true
		}
		sum.Concern(o.Owner)
		for _, who := range o.Others {
			sum.Concern(who)
		}
	}
	if done || again {
		sum.Reason = ""
	}
	sum.Again = again && !done
	return sum
}

// decide judges a moderator's word on questions: approve, dismiss, restore,
// answer, archive.
func (m *Machine) decide(t *fold.Turn) oplog.Outcome {
	var a decideArgs
	if json.Unmarshal(t.Args, &a) != nil || a.Why != "" && !slices.Contains(whys, a.Why) || a.Note != nil && !a.Note.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Note != nil {
		if r := a.Note.within(MaxNoteChars, MaxNoteBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	return m.each(t, a.idsArgs, func(q *question) oplog.Outcome { return m.decideOne(t, q, &a) })
}

func (m *Machine) decideOne(t *fold.Turn, q *question, a *decideArgs) oplog.Outcome {
	if q.status.Repeated(t) {
		return oplog.Repeated()
	}
	to, ok := m.next(t, q)
	switch r := m.mayStand(q, to); {
	case !ok:
		return oplog.Refuse(oplog.WrongState)
	case to == q.Fate && !m.firstEye(t, q):
		return q.status.Settle(t)
	case q.status.Overtaken(t), t.Type == typeApprove && q.wording.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case r != "":
		return oplog.Refuse(r)
	case a.Note != nil && len(q.offsets) >= MaxTexts:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	return m.carryOut(t, q, to, a)
}

// mayStand judges whether there is room for a question where it goes.
func (m *Machine) mayStand(q *question, to fate) oplog.Reason {
	switch {
	case to.on() && !q.on() && !m.board.hasRoom(1, q.size()),
		to == pending && q.Fate != pending && !m.board.queueHasRoom(1, q.size()):
		return oplog.BoardFull
	}
	return ""
}

// carryOut does what decide has judged.
func (m *Machine) carryOut(t *fold.Turn, q *question, to fate, a *decideArgs) oplog.Outcome {
	o := oplog.Done()
	if m.firstEye(t, q) {
		// Whoever agrees at the same time has been overtaken by nobody.
		q.status.Mark(t)
		s := q.standing
		s.Eye = m.staffNo(t)
		m.put(&o, t, q, s)
		return o
	}
	m.concerns(&o, t, q)
	if to.on() && !q.on() {
		m.makeRoom(&o, t, 1, q.size())
	}
	q.status.Write(t)
	if t.Type == typeArchive {
		m.archive(&o, t, q)
		return o
	}
	s := q.standing
	s.Fate, s.Why, s.Note, s.Into = to, "", words{}, 0
	if t.Type == typeDismiss {
		s.Why = a.Why
		m.bringNote(t, q, &s, a.Note)
	}
	m.stand(&o, t, q, s)
	for _, member := range q.members {
		if member.Fate == archived && m.board.folded.fits(1, member.size(), MaxMerged, MaxMergedText) {
			m.move(&o, t, member, merged)
		}
	}
	if to == dismissed {
		m.trimShelf(&o, t)
	}
	return o
}

// bringNote keeps what a moderator wrote beside a dismissal. One entry may bring
// it for several questions.
func (m *Machine) bringNote(t *fold.Turn, q *question, s *standing, note *measure) {
	if note == nil {
		return
	}
	s.Note = wordsOf(t, *note, fold.Opened[private](t.Command).Note)
	q.offsets = append(q.offsets, m.texts.Bring(t))
}

// next tells where a moderator's word takes a question; ok is false where that
// word means nothing.
func (m *Machine) next(t *fold.Turn, q *question) (to fate, ok bool) {
	switch t.Type {
	case typeApprove:
		if q.Fate == pending && m.needsSecond(t, q) {
			return pending, true
		}
		return live, q.Fate == pending || q.Fate == live
	case typeAnswer:
		return answered, q.on()
	case typeArchive:
		return archived, q.on() || q.Fate == dismissed || q.Fate == archived
	case typeDismiss:
		return dismissed, q.on() || q.Fate == pending || q.Fate == dismissed
	}
	switch q.Fate {
	case pending, live:
		return q.Fate, true
	case archived, merged:
		return q.Before, t.Rules >= 2
	case dismissed, answered:
		if q.WasLive {
			return live, true
		}
		return pending, true
	}
	return 0, false
}

// needsSecond reports whether another moderator must agree before a question is
// shown.
func (m *Machine) needsSecond(t *fold.Turn, q *question) bool {
	return m.rules().Eyes && (q.Eye == 0 || q.Eye == m.staff.number[t.Actor.ID])
}

// firstEye reports whether the actor is the first of two to approve.
func (m *Machine) firstEye(t *fold.Turn, q *question) bool {
	return t.Type == typeApprove && q.Fate == pending && m.rules().Eyes && q.Eye == 0
}
