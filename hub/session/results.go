package session

import (
	"slices"

	"majlis/hub/oplog"
)

// Results is everything that a session has brought, for export: withdrawn
// questions only by their number, since their askers took them back.
type Results struct {
	Session   sessionView      `json:"session"`
	Ledger    ledgerView       `json:"ledger"`
	People    int              `json:"people"` // who asked, voted or answered
	Withdrawn int              `json:"withdrawn"`
	Questions []QuestionResult `json:"questions"`
	Polls     []PollResult     `json:"polls"`
	// Leaderboard is there when a quiz question has been solved.
	Leaderboard *leadersView `json:"leaderboard,omitempty"`
}

// QuestionResult is one question as it stands. It names nobody but by the name
// that the asker gave.
type QuestionResult struct {
	ID      string         `json:"id"`
	Text    string         `json:"text"`
	Name    string         `json:"name,omitempty"`
	Lang    string         `json:"lang,omitempty"`
	At      int64          `json:"at"` // milliseconds since 1970
	State   string         `json:"state"`
	Before  string         `json:"before,omitempty"` // of an archived or merged one
	Into    string         `json:"into,omitempty"`   // what it was merged into
	Why     string         `json:"why,omitempty"`    // it was dismissed
	Votes   int            `json:"votes"`            // of people, once each, for it or what was merged into it
	Down    int            `json:"down,omitempty"`
	Answer  string         `json:"answer,omitempty"`
	Labels  []string       `json:"labels,omitempty"`
	From    string         `json:"from,omitempty"` // floor, stream, paper: a moderator entered it
	Edited  bool           `json:"edited,omitempty"`
	Gone    bool           `json:"gone,omitempty"`
	Offsets []oplog.Offset `json:"offsets,omitempty"` // of its texts, for redact

	Translations []TranslationResult `json:"translations,omitempty"` // by language
}

// TranslationResult is a question in another language.
type TranslationResult struct {
	Lang    string `json:"lang"`
	Text    string `json:"text"`
	Machine bool   `json:"machine,omitempty"`
	Old     bool   `json:"old,omitempty"`   // it renders a wording before the present one
	Waits   bool   `json:"waits,omitempty"` // another moderator has not agreed yet
}

// Results tells everything, in the order of asking. It belongs to the caller.
func (m *Machine) Results() Results {
	r := Results{
		Session:   m.rules().view(oplog.Moderator),
		Ledger:    m.ledger(),
		People:    len(m.people.list) - 1,
		Questions: []QuestionResult{},
		Polls:     []PollResult{},
	}
	for _, q := range m.board.list {
		switch q.Fate {
		case void:
		case withdrawn:
			r.Withdrawn++
		default:
			r.Questions = append(r.Questions, m.result(q, 1<<MaxLabels-1))
		}
	}
	for _, p := range m.polls.there() {
		r.Polls = append(r.Polls, m.pollResult(p))
	}
	if len(m.polls.solved()) > 0 {
		v := m.leadersView(oplog.Moderator)
		r.Leaderboard = &v
	}
	return r
}

// result tells of a question with some of its labels.
func (m *Machine) result(q *question, labels uint32) QuestionResult {
	votes := m.votesView(q)
	r := QuestionResult{
		ID: q.id, Text: q.Text.Text, Name: q.Name.Text, Lang: q.Lang, At: q.at, State: q.Fate.String(),
		Votes: votes.N, Down: votes.Down, Edited: q.Edited, Gone: q.Text.Gone, Answer: q.answer.Text, From: q.from,
		Offsets: append([]oplog.Offset(nil), q.offsets...),
	}
	if q.Fate == archived || q.Fate == merged {
		r.Before = q.Before.String()
	}
	if q.Into != 0 {
		r.Into = m.board.root(q).id
	}
	if q.declined() {
		r.Why = q.Why
	}
	for i, l := range m.scene.Labels {
		if l.used() && q.Labels&labels&(1<<i) != 0 {
			r.Labels = append(r.Labels, l.Name.Text)
		}
	}
	for _, one := range q.inOther {
		if one.is() && !one.Text.Gone {
			r.Translations = append(r.Translations, TranslationResult{
				one.lang, one.Text.Text, one.Machine, one.Of != q.Text.Sum, one.Eye != 0 && m.rules().Eyes,
			})
		}
	}
	return r
}

// Page is a part of the archive, newest first.
type Page struct {
	Items []QuestionResult `json:"items"`
	Next  int              `json:"next,omitempty"` // before of the next page; 0 if there is none
}

// Archived reads questions that have left the board, newest first: from the
// newest with before 0, else from behind a page's Next. Everybody saw them on the
// board, so everybody may read them; what was dismissed, merged or never shown is
// not among them.
// A limit out of 1 … MaxPage is MaxPage.
func (m *Machine) Archived(before, limit int) Page {
	if limit < 1 || limit > MaxPage {
		limit = MaxPage
	}
	list := m.board.archived
	if before < 1 || before > len(list) {
		before = len(list) + 1
	}
	page := Page{Items: []QuestionResult{}}
	for i := before - 1; i > 0; i-- {
		q := list[i-1]
		if q.Before != answered && q.Before != live || q.Into != 0 {
			continue
		}
		if len(page.Items) == limit {
			page.Next = i + 1
			break
		}
		r := m.result(q, m.publicLabels())
		r.Offsets = nil
		r.Translations = slices.DeleteFunc(r.Translations, func(x TranslationResult) bool { return x.Old || x.Waits })
		page.Items = append(page.Items, r)
	}
	return page
}
