package session

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

type (
	teamsView struct {
		Names  []string     `json:"names"`
		Gone   bool         `json:"gone,omitempty"`
		Offset oplog.Offset `json:"offset,omitempty"` // moderators only
	}
	leadersView struct {
		Of     int          `json:"of"`               // questions whose solution has been told
		People int          `json:"people"`           // who answered any of them
		Scores [][2]int     `json:"scores"`           // score, how many people; the best first
		Top    []leaderView `json:"top,omitempty"`    // of those who gave a name
		Teams  []teamView   `json:"teams,omitempty"`  // the best first
		Hidden []leaderView `json:"hidden,omitempty"` // moderators only: names that are kept off
	}
	leaderView struct {
		Rank   int          `json:"rank"`
		Name   string       `json:"name"`
		Score  int          `json:"score"`
		Team   int          `json:"team,omitempty"`
		N      int32        `json:"n,omitempty"`      // moderators only
		Offset oplog.Offset `json:"offset,omitempty"` // of the name: nobody else has it
	}
	teamView struct {
		Team   int `json:"team"`
		Rank   int `json:"rank"`
		People int `json:"people"`
		Score  int `json:"score"` // the mean of its people, rounded down
	}
)

// solved are the quiz questions whose solution has been told.
func (x *polls) solved() []*poll {
	var out []*poll
	for _, p := range x.list {
		if p.Kind == pollQuiz && p.Solved {
			out = append(out, p)
		}
	}
	return out
}

func (m *Machine) touchLeaders(t *fold.Turn) {
	var sees entity.Roles
	if len(m.polls.solved()) > 0 {
		sees = everyone
	}
	m.table.Touch(m.items.leaders, t.Offset, sees, everyone)
}

// scores are what everybody who answered any of some questions has, by number.
func (m *Machine) scores(quiz []*poll) map[int32]int {
	out := make(map[int32]int)
	for i := range m.people.list {
		for _, p := range quiz {
			a, ok := m.people.list[i].answerTo(p.number)
			if !ok || m.inRound(p, &a) == "" {
				continue
			}
			gets := 0
			if p.isRight(a.value) {
				gets = int(a.score)
			}
			out[int32(i)] += gets
		}
	}
	return out
}

func (m *Machine) leadersView(role oplog.Role) leadersView {
	quiz := m.polls.solved()
	scores := m.scores(quiz)
	v := leadersView{Of: len(quiz), People: len(scores), Scores: [][2]int{}}
	many := make(map[int]int)
	for _, s := range scores {
		many[s]++
	}
	rank, ahead := make(map[int]int), 0
	for _, s := range slices.Backward(slices.Sorted(maps.Keys(many))) {
		rank[s] = ahead + 1
		ahead += many[s]
		if len(v.Scores) < MaxScores {
			v.Scores = append(v.Scores, [2]int{s, many[s]})
		}
	}
	desk := staff.Has(role)
	for i := range m.players {
		p := &m.players[i]
		s, plays := scores[p.Person]
		if !plays || p.Name.Text == "" || p.On && !desk {
			continue
		}
		one := leaderView{Rank: rank[s], Name: p.Name.Text, Score: s, Team: p.Team, Offset: p.Name.At}
		if desk {
			one.N = p.Person
		}
		if p.On {
			v.Hidden = append(v.Hidden, one)
		} else {
			v.Top = append(v.Top, one)
		}
	}
	v.Top, v.Hidden = leading(v.Top), leading(v.Hidden)
	v.Teams = m.teamViews(scores)
	return v
}

// leading are the first of a list; who is level stands in the order of joining.
func leading(list []leaderView) []leaderView {
	slices.SortStableFunc(list, func(a, b leaderView) int { return cmp.Compare(a.Rank, b.Rank) })
	return list[:min(len(list), MaxLeaders)]
}

func (m *Machine) teamViews(scores map[int32]int) []teamView {
	list := make([]teamView, m.scene.Teams.N)
	for i := range list {
		list[i].Team = i + 1
	}
	for i := range m.players {
		p := &m.players[i]
		if s, plays := scores[p.Person]; plays && p.Team > 0 && p.Team <= len(list) {
			list[p.Team-1].People++
			list[p.Team-1].Score += s
		}
	}
	for i := range list {
		if one := &list[i]; one.People > 0 {
			one.Score /= one.People
		}
	}
	slices.SortStableFunc(list, func(a, b teamView) int { return cmp.Compare(b.Score, a.Score) })
	for i := range list {
		if list[i].Rank = i + 1; i > 0 && list[i].Score == list[i-1].Score {
			list[i].Rank = list[i-1].Rank
		}
	}
	return list
}

func (m *Machine) teamsView(role oplog.Role) teamsView {
	s := &m.scene.Teams
	v := teamsView{Names: strings.Split(s.Names.Text, "\n"), Gone: s.Names.Gone}
	if s.Names.Gone {
		v.Names = make([]string, s.N)
	}
	if staff.Has(role) {
		v.Offset = s.Names.At
	}
	return v
}

// showLeaders judges putting the leaderboard on the screen.
func (m *Machine) showLeaders(t *fold.Turn) oplog.Outcome {
	var a switchArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s := &m.scene.Stage
	o, differs := fold.Set(t, fold.Field{Register: m.register(regLeaders), Same: s.Leaders == a.On, Put: func() { s.Leaders = a.On }})
	if differs {
		m.table.Touch(m.items.stage, t.Offset, everyone, everyone)
	}
	return o
}
