package session

import (
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// The kinds of entity.
const (
	kindSession  = "session"
	kindStage    = "stage"
	kindQuestion = "question"
	kindVotes    = "votes"
	kindPoll     = "poll"
	kindTally    = "tally"

	kindAsked    = "asked"
	kindVote     = "vote"
	kindMyAnswer = "answer"

	single = "_" // the one id of a kind that has one entity
)

// Who sees what. Sets, not functions: constants of the projection.
const (
	crowd    = entity.Roles(1<<oplog.Attendee | 1<<oplog.Screen)
	staff    = entity.Roles(1<<oplog.Moderator | 1<<oplog.Organiser | 1<<oplog.Operator | 1<<oplog.System)
	everyone = crowd | staff
)

// seers is who sees a question.
func seers(f fate) entity.Roles {
	switch f {
	case live, answered:
		return everyone
	case pending, dismissed:
		return staff
	}
	return 0
}

type (
	sessionView struct {
		Live       bool   `json:"live"`
		QA         string `json:"qa"`
		Moderation bool   `json:"moderation"`
		Names      string `json:"names"`
	}
	stageView struct {
		Question *string `json:"question"`
		Poll     *string `json:"poll"`
	}
	questionView struct {
		Text    string         `json:"text"`
		Name    string         `json:"name,omitempty"`
		Lang    string         `json:"lang,omitempty"`
		At      int64          `json:"at"`
		State   fate           `json:"state"`
		Edited  bool           `json:"edited,omitempty"`
		Gone    bool           `json:"gone,omitempty"`
		Offsets []oplog.Offset `json:"offsets,omitempty"`
	}
	votesView struct {
		N int `json:"n"`
	}
	optionView struct {
		ID   int    `json:"id"`
		Text string `json:"text"`
	}
	pollView struct {
		Title   string         `json:"title"`
		Kind    string         `json:"kind"`
		Options []optionView   `json:"options"`
		Min     int            `json:"min"`
		Max     int            `json:"max"`
		State   phase          `json:"state"`
		Results string         `json:"results"`
		At      int64          `json:"at"`
		Opened  int64          `json:"opened,omitempty"`
		Closed  int64          `json:"closed,omitempty"`
		Gone    bool           `json:"gone,omitempty"`
		Offsets []oplog.Offset `json:"offsets,omitempty"`
	}
	tallyView struct {
		People int   `json:"people"`
		Counts []int `json:"counts,omitempty"`
	}
)

// Since is what a role must be told to come from offset n to now: nil for
// nothing; from 0 the whole document.
func (m *Machine) Since(role oplog.Role, n oplog.Offset) entity.Patch {
	return m.table.Since(role, n, m.project)
}

func (m *Machine) project(kind, id string, role oplog.Role) any {
	switch kind {
	case kindSession:
		return m.settings.view()
	case kindStage:
		return stageView{Question: optional(m.stage.Question), Poll: optional(m.stage.Poll)}
	case kindQuestion:
		return m.board.byID[id].view(role)
	case kindVotes:
		return votesView{N: m.board.byID[id].votes}
	case kindPoll:
		return m.polls.byID[id].view(role)
	}
	return m.polls.byID[id].tallyFor(role)
}

func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

func (q *question) view(role oplog.Role) questionView {
	v := questionView{
		Text: q.text.Text, Name: q.name.Text, Lang: q.lang, At: q.at,
		State: q.fate, Edited: q.edits > 0, Gone: q.text.Gone,
	}
	if staff.Has(role) {
		v.Offsets = q.offsets
	}
	return v
}

func (p *poll) view(role oplog.Role) pollView {
	v := pollView{
		Title: p.text.Text, Kind: p.kind, Options: p.optionViews(), Min: p.min, Max: p.max,
		State: p.state, Results: p.results(), At: p.at, Opened: p.opened, Closed: p.closed, Gone: p.text.Gone,
	}
	if staff.Has(role) && !p.redacted {
		v.Offsets = []oplog.Offset{p.text.At}
	}
	return v
}

func (p *poll) optionViews() []optionView {
	out := make([]optionView, len(p.options))
	for i, text := range p.options {
		out[i] = optionView{ID: i + 1, Text: text}
	}
	return out
}

func (p *poll) results() string {
	if p.shown {
		return resultsShown
	}
	return resultsHidden
}

// tallyFor keeps the counts from those who must not see them yet.
func (p *poll) tallyFor(role oplog.Role) tallyView {
	v := tallyView{People: p.people}
	if p.shown || staff.Has(role) {
		v.Counts = p.counts
	}
	return v
}
