package session

import (
	"encoding/json"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

type (
	askedView struct {
		Text  string `json:"text"`
		Name  string `json:"name,omitempty"`
		Lang  string `json:"lang,omitempty"`
		At    int64  `json:"at"`
		State fate   `json:"state"`
		Why   string `json:"why,omitempty"`  // of a dismissed one
		Into  string `json:"into,omitempty"` // of a merged one
		Gone  bool   `json:"gone,omitempty"`
	}
	onView struct {
		On   bool `json:"on"`
		Down bool `json:"down,omitempty"`
	}
	// answerView is one form of answer.
	answerView struct {
		Choice []int     `json:"choice,omitempty"`
		Ranks  [][]int   `json:"ranks,omitempty"`
		Points []int     `json:"points,omitempty"`
		Number *int64    `json:"number,omitempty"`
		Words  *[]string `json:"words,omitempty"`
		Score  int32     `json:"score,omitempty"` // what it brings if it is right
	}
	playerView struct {
		Name string `json:"name"`
		Team int    `json:"team,omitempty"`
		Gone bool   `json:"gone,omitempty"`
		// Offset is where the name came from: the row of the leaderboard that has the
		// same is this person's, whoever else has the name.
		Offset oplog.Offset `json:"offset,omitempty"`
	}
)

// Mine is what one person must be told of their own part to come from offset n
// to now: votes, answers, own questions and their fate. From 0 it is the whole,
// without nulls; nil if there is nothing to tell.
func (m *Machine) Mine(who oplog.ActorID, n oplog.Offset) entity.Patch {
	out := entity.Patch{}
	if n > 0 && n < m.swapped {
		// All that was there before may be gone, and what is there may be old.
		for _, name := range m.named(who) {
			out.Put(name[0], name[1], nil)
		}
		m.mine(out, who, 0)
	} else {
		m.mine(out, who, n)
	}
	if no := m.staff.number[who]; no != 0 && m.staff.list[no].At > n {
		out.Put(kindMe, single, meView{Staff: no})
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (m *Machine) mine(out entity.Patch, who oplog.ActorID, n oplog.Offset) {
	p := m.people.find(who)
	if p == nil {
		return
	}
	for _, number := range p.asked {
		if q := m.board.list[number]; q.told > n {
			out.Put(kindAsked, q.id, m.askedView(q))
		}
	}
	for i := range p.votes {
		b := &p.votes[i]
		tell(out, kindVote, m.board.list[b.question].id, b.at, n, b.value != none, onView{On: true, Down: b.value == down})
	}
	for i := range p.answers {
		m.mineOf(out, &p.answers[i], n)
	}
	if i, ok := m.players.at(m.people.number[who]); ok {
		one := &m.players[i]
		on := one.Name.At > 0 || one.Team > 0
		tell(out, kindPlayer, single, one.At, n, on, playerView{one.Name.Text, one.Team, one.Name.Gone, one.Name.At})
	}
}

// mineOf tells a person's answer in one poll, and what it has come to, if only
// those who answered are told.
func (m *Machine) mineOf(out entity.Patch, a *answer, n oplog.Offset) {
	p := m.polls.list[a.poll]
	v := m.inRound(p, a)
	tell(out, kindMyAnswer, p.id, max(a.at, p.told), n, v != "", p.answerView(v, a.score))
	if p.moved == 0 || max(a.at, p.moved) <= n {
		return
	}
	switch {
	case v != "" && m.standOf(p).toVoters():
		out.PutRaw(kindResult, p.id, p.result())
	case n > 0:
		out.Put(kindResult, p.id, nil)
	}
}

// result is what all who answered are told alone, encoded once for all of them.
func (p *poll) result() json.RawMessage {
	if p.shared.at != p.moved {
		v := p.tallyView(&p.counter, false, false)
		if p.Kind == pollText {
			v.Texts = p.toldTexts()
		}
		b, err := strict.Marshal(v)
		if err != nil {
			panic("a tally does not encode: " + err.Error())
		}
		p.shared.at, p.shared.result = p.moved, b
	}
	return p.shared.result
}

func (p *poll) answerView(v value, score int32) answerView {
	switch p.form() {
	case formChoice:
		return answerView{Choice: v.options(), Score: score}
	case formRanking:
		return answerView{Ranks: v.groups()}
	case formPoints:
		return answerView{Points: v.points()}
	case formNumber:
		n := v.number()
		return answerView{Number: &n}
	}
	texts := []string{}
	for _, s := range v.spellings() {
		texts = append(texts, p.lexicon.spellings[s].Text)
	}
	return answerView{Words: &texts}
}

// Moved are the people whose own part has changed since an offset by what others
// did, as far as no outcome has named them: their answers count in another round,
// or what they may see has moved.
func (m *Machine) Moved(n oplog.Offset) []oplog.ActorID {
	var out []oplog.ActorID
	if m.swapped > n {
		for _, g := range m.grounds() {
			for i := range g.people.list[1:] {
				out = append(out, g.people.list[i+1].id)
			}
		}
		return out
	}
	moved := make([]bool, len(m.polls.list))
	any := false
	for i, p := range m.polls.list {
		moved[i] = max(p.moved, p.told) > n
		any = any || moved[i]
	}
	if !any {
		return nil
	}
	for i := range m.people.list {
		one := &m.people.list[i]
		for _, a := range one.answers {
			if moved[a.poll] {
				out = append(out, one.id)
				break
			}
		}
	}
	return out
}

// tell puts one register into a patch from n, or null if it was taken back.
func tell(out entity.Patch, kind, id string, at, n oplog.Offset, on bool, view any) {
	switch {
	case at <= n:
	case on:
		out.Put(kind, id, view)
	case n > 0:
		out.Put(kind, id, nil)
	}
}

func (m *Machine) askedView(q *question) askedView {
	v := askedView{Text: q.Text.Text, Name: q.Name.Text, Lang: q.Lang, At: q.at, State: m.toldFate(q), Gone: q.Text.Gone}
	switch v.State {
	case dismissed:
		v.Why = q.Why
	case merged:
		v.Into = m.board.root(q).id
	}
	return v
}

// toldFate is where a question stands, as its asker is told: of a dismissal
// only if the session says so, and never of a block.
func (m *Machine) toldFate(q *question) fate {
	if m.masked(q) {
		return pending
	}
	return q.Fate
}

func (m *Machine) masked(q *question) bool {
	return q.declined() && (m.rules().Quiet || q.Why == whyBlocked)
}
