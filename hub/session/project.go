package session

import (
	"strconv"

	"majlis/hub/entity"
	"majlis/hub/lang"
	"majlis/hub/oplog"
)

// The kinds of entity.
const (
	kindSession  = "session"
	kindStage    = "stage"
	kindIntro    = "intro"
	kindLedger   = "ledger"
	kindBalance  = "balance"
	kindLabel    = "label"
	kindQuestion = "question"
	kindVotes    = "votes"
	kindPoll     = "poll"
	kindTally    = "tally"
	kindRounds   = "rounds"
	kindText     = "text"
	kindSheet    = "sheet"
	kindTeams    = "teams"
	kindLeaders  = "leaderboard"
	kindStaff    = "staff"
	kindStep     = "step"
	kindNote     = "note"

	kindTranslation = "translation"
	kindLock        = "lock"

	kindMe       = "me"
	kindAsked    = "asked"
	kindVote     = "vote"
	kindMyAnswer = "answer"
	kindResult   = "result"
	kindPlayer   = "player"

	single = "_" // the one id of a kind that has one entity
)

// Who sees what. Sets, not functions: constants of the projection.
const (
	crowd     = entity.Roles(1<<oplog.Attendee | 1<<oplog.Screen | 1<<oplog.Translator | 1<<oplog.Stage)
	backstage = entity.Roles(1 << oplog.Stage)
	staff     = entity.Roles(1<<oplog.Moderator | 1<<oplog.Organiser | 1<<oplog.Operator | 1<<oplog.System)
	desk      = staff | 1<<oplog.Translator
	everyone  = crowd | staff
)

// dark is what the screen sees under the panic key: that it is dark.
var dark = entity.Veil{Roles: 1 << oplog.Screen, But: []string{kindSession, kindStage}}

// seers is who sees a question.
func seers(f fate) entity.Roles {
	switch f {
	case live, answered:
		return everyone
	case pending, dismissed, merged:
		return staff
	}
	return 0
}

type (
	questionView struct {
		Text   string `json:"text"`
		Name   string `json:"name,omitempty"`
		Lang   string `json:"lang,omitempty"`
		Dir    string `json:"dir,omitempty"` // of writing, where the language is known
		At     int64  `json:"at"`
		State  fate   `json:"state"`
		Edited bool   `json:"edited,omitempty"`
		Gone   bool   `json:"gone,omitempty"`
		From   string `json:"from,omitempty"`
		Pinned bool   `json:"pinned,omitempty"`
		Labels []int  `json:"labels,omitempty"`
		Answer string `json:"answer,omitempty"`
		// Merged are the questions that this one was made of, as far as they have
		// been shown; Asked is how many asked it, all counted.
		Merged []string `json:"merged,omitempty"`
		Asked  int      `json:"asked,omitempty"`
		*deskView
	}
	// deskView is what moderators see beside.
	deskView struct {
		By      int32          `json:"by,omitempty"`   // who put it there
		When    int64          `json:"when,omitempty"` // and when
		Why     string         `json:"why,omitempty"`
		Note    string         `json:"note,omitempty"`
		Held    string         `json:"held,omitempty"`
		Eye     int32          `json:"eye,omitempty"`     // who approved first
		Replied int32          `json:"replied,omitempty"` // who wrote the answer, if another must agree
		Into    string         `json:"into,omitempty"`
		Starred oplog.Offset   `json:"starred,omitempty"`
		Blocked bool           `json:"blocked,omitempty"` // its asker
		Offsets []oplog.Offset `json:"offsets,omitempty"`
	}
	votesView struct {
		N    int `json:"n"`
		Down int `json:"down,omitempty"`
	}
	labelView struct {
		Name   string       `json:"name"`
		Gone   bool         `json:"gone,omitempty"`
		Public bool         `json:"public,omitempty"`
		Offset oplog.Offset `json:"offset,omitempty"` // moderators only
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
		return m.rules().view(role)
	case kindStage:
		return m.scene.Stage.view(role)
	case kindIntro:
		return m.introView(role)
	case kindLedger:
		return m.ledger()
	case kindBalance:
		return m.balance()
	case kindLabel:
		return m.labelView(id, role)
	case kindQuestion:
		return m.questionView(m.board.byID[id], role)
	case kindVotes:
		return m.votesView(m.board.byID[id])
	case kindStaff:
		n, _ := strconv.Atoi(id)
		return staffView{Name: m.staff.list[n].Name.Text}
	case kindStep:
		return m.stepView(id)
	case kindNote:
		return m.noteView(m.notes.find(id), role)
	case kindTranslation:
		return m.translationView(id, role)
	case kindLock:
		return m.lockView(id)
	}
	return m.projectPoll(kind, id, role)
}

func (m *Machine) projectPoll(kind, id string, role oplog.Role) any {
	switch kind {
	case kindPoll:
		return m.pollView(m.polls.byID[id], role)
	case kindRounds:
		return m.roundsView(m.polls.byID[id], role)
	case kindText:
		return m.textView(id, role)
	case kindSheet:
		return sheetView{m.polls.order()}
	case kindTeams:
		return m.teamsView(role)
	case kindLeaders:
		return m.leadersView(role)
	}
	return m.tallyFor(m.polls.byID[id], role)
}

func (m *Machine) introView(role oplog.Role) introView {
	w := m.scene.Intro
	v := introView{Text: w.Text, Gone: w.Gone}
	if staff.Has(role) {
		v.Offset = w.At
	}
	return v
}

func (m *Machine) labelView(id string, role oplog.Role) labelView {
	n, _ := strconv.Atoi(id)
	l := m.scene.Labels[n-1]
	v := labelView{Name: l.Name.Text, Gone: l.Name.Gone, Public: l.Public}
	if staff.Has(role) {
		v.Offset = l.Name.At
	}
	return v
}

func (m *Machine) questionView(q *question, role oplog.Role) questionView {
	v := questionView{
		Text: q.Text.Text, Name: q.Name.Text, Lang: q.Lang, Dir: lang.Dir(q.Lang), At: q.at,
		State: q.Fate, Edited: q.Edited, Gone: q.Text.Gone, From: q.from,
		Pinned: q.Pin > 0,
	}
	moderates := staff.Has(role)
	if moderates || q.answer.Eye == 0 || !m.rules().Eyes {
		v.Answer = q.answer.Text
	}
	labels := q.Labels
	if !moderates {
		labels &= m.publicLabels()
	}
	for i := range MaxLabels {
		if labels&(1<<i) != 0 {
			v.Labels = append(v.Labels, i+1)
		}
	}
	for _, one := range q.members {
		if moderates || one.WasLive {
			v.Merged = append(v.Merged, one.id)
		}
		v.Asked = len(q.members) + 1
	}
	switch {
	case moderates:
		v.deskView = m.deskView(q)
	case backstage.Has(role) && q.Star > 0:
		v.deskView = &deskView{Starred: q.Star}
	}
	return v
}

func (m *Machine) deskView(q *question) *deskView {
	v := &deskView{
		By: q.By, When: q.When, Why: q.Why, Note: q.Note.Text, Held: q.held, Eye: q.Eye, Replied: q.answer.Eye,
		Starred: q.Star, Blocked: q.asker != 0 && m.blocks.of(q.asker).told(), Offsets: q.offsets,
	}
	if q.Into != 0 {
		v.Into = m.board.root(q).id
	}
	return v
}

func (m *Machine) votesView(q *question) votesView {
	n := q.votes()
	v := votesView{N: n.up}
	if m.rules().Downs {
		v.Down = n.down
	}
	return v
}
