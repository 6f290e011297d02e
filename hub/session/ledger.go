package session

import (
	"strconv"

	"majlis/hub/fold"
)

// ledgerView is how the questions of a session were treated, so that a room can
// see that it was fair. It names none of them.
type ledgerView struct {
	Received int            `json:"received"`
	Waiting  int            `json:"waiting,omitempty"`
	Shown    int            `json:"shown,omitempty"` // ever
	Merged   int            `json:"merged,omitempty"`
	Answered int            `json:"answered,omitempty"`
	Declined map[string]int `json:"declined,omitempty"` // by reason
}

// share is the part of one language or one label, for moderators.
type share struct {
	Received int `json:"received"`
	Shown    int `json:"shown,omitempty"`
	Answered int `json:"answered,omitempty"`
}

type balanceView struct {
	Langs  map[string]share `json:"langs,omitempty"` // "": they say none; "*": too many to list
	Labels map[string]share `json:"labels,omitempty"`
}

// count says that the ledger may read differently now.
func (m *Machine) count(t *fold.Turn) {
	sees := staff
	if m.rules().Ledger {
		sees = everyone
	}
	m.table.Touch(m.items.ledger, t.Offset, sees, everyone)
	m.table.Touch(m.items.balance, t.Offset, staff, staff)
}

// answeredOnce reports whether a question was answered, wherever it is now.
func (q *question) answeredOnce() bool {
	return q.Fate == answered || q.Fate == archived && q.Before == answered
}

// declined reports whether a question was dismissed, wherever it is now.
func (q *question) declined() bool {
	return q.Fate == dismissed || q.Fate == archived && q.Before == dismissed
}

func (m *Machine) ledger() ledgerView {
	var v ledgerView
	for _, q := range m.board.list {
		if q.over() {
			continue
		}
		v.Received++
		if q.WasLive {
			v.Shown++
		}
		switch {
		case q.Fate == pending:
			v.Waiting++
		case q.Into != 0:
			v.Merged++
		case q.answeredOnce():
			v.Answered++
		case q.declined():
			if v.Declined == nil {
				v.Declined = make(map[string]int)
			}
			v.Declined[q.publicWhy()]++
		}
	}
	return v
}

// publicWhy is the reason that a room may read: who is blocked is nobody's
// business.
func (q *question) publicWhy() string {
	if q.Why == "" || q.Why == whyBlocked {
		return whyOther
	}
	return q.Why
}

func (m *Machine) balance() balanceView {
	v := balanceView{Langs: map[string]share{}, Labels: map[string]share{}}
	for _, q := range m.board.list {
		if q.over() {
			continue
		}
		lang := q.Lang
		if _, known := v.Langs[lang]; !known && len(v.Langs) >= MaxLangs {
			lang = "*"
		}
		v.Langs[lang] = v.Langs[lang].plus(q)
		for i := range MaxLabels {
			if q.marked(i + 1) {
				n := strconv.Itoa(i + 1)
				v.Labels[n] = v.Labels[n].plus(q)
			}
		}
	}
	return v
}

func (s share) plus(q *question) share {
	s.Received++
	if q.WasLive {
		s.Shown++
	}
	if q.answeredOnce() {
		s.Answered++
	}
	return s
}
