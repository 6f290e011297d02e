package session

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// players are the people who gave themselves a name in the quiz or chose a team,
// by number.
type players []player

// player is one of them. It is also its own form in a snapshot.
type player struct {
	hidden
	Name words        `json:"n,omitzero"`
	Team int          `json:"t,omitempty"` // from 1
	At   oplog.Offset `json:"a"`           // last change that the person is told

	Own fold.Register `json:"s,omitzero"` // name and team; the person's alone
	R   fold.Register `json:"r,omitzero"` // hidden
}

// hidden is whether a moderator keeps a person's name off the leaderboard.
type hidden struct {
	Person int32 `json:"p"`
	On     bool  `json:"h,omitempty"`
}

// teams are the names of the teams, one a line.
type teams struct {
	N     int   `json:",omitempty"`
	Names words `json:",omitzero"`
}

func (s teams) bare() teams {
	s.Names = s.Names.bare()
	return s
}

func (x players) at(person int32) (int, bool) {
	return slices.BinarySearchFunc(x, person, func(p player, n int32) int { return cmp.Compare(p.Person, n) })
}

// setPlayer judges how somebody wants to be called on the leaderboard, and for
// which team they play.
func (m *Machine) setPlayer(t *fold.Turn) oplog.Outcome {
	var a playerArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.Name.sane() || a.Team < 0 {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Name.Bytes > 0 {
		if r := a.Name.within(MaxNameChars, MaxNameBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	var was player
	n := m.people.number[t.Actor.ID]
	i, known := m.players.at(n)
	if known {
		was = m.players[i]
	}
	same := was.Name.Sum == a.Name.Sum && was.Team == a.Team
	switch {
	case was.Own.Repeated(t), same && !t.Counted():
		return oplog.Repeated()
	case !m.rules().Live:
		return oplog.Refuse(oplog.BoardClosed)
	case a.Team > m.scene.Teams.N:
		return oplog.Refuse(oplog.BadChoice)
	case !known && len(m.players) >= MaxPlayers:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	n = m.people.intern(t.Actor.ID)
	if i, known = m.players.at(n); !known {
		m.players = slices.Insert(m.players, i, player{hidden: hidden{Person: n}})
	}
	p := &m.players[i]
	p.Own.Mark(t)
	if same {
		return oplog.Done()
	}
	if p.Name.Sum != a.Name.Sum {
		m.renamed(t, n)
		// Whom a moderator keeps off does not come back under another name.
		p.On = a.Held || p.On && p.R.At > 0 || m.readFirst(t) || m.isBlocked(n)
		if p.Name = (words{}); a.Name.Bytes > 0 {
			m.texts.Bring(t)
			p.Name = wordsOf(t, a.Name, fold.Opened[private](t.Command).Name)
		}
	}
	p.Team, p.At = a.Team, t.Offset
	m.touchLeaders(t)
	return oplog.Done()
}

// hideName judges keeping a name off the leaderboard, or letting it stand there.
func (m *Machine) hideName(t *fold.Turn) oplog.Outcome {
	var a hideArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	i, known := m.players.at(int32(a.N))
	if !known || a.N < 1 {
		return oplog.Refuse(oplog.NotFound)
	}
	p := &m.players[i]
	if !a.On && p.On && t.Seen > 0 && p.Name.At > t.Seen {
		return oplog.Refuse(oplog.Changed)
	}
	o, _ := fold.Set(t, fold.Field{Register: &p.R, Same: p.On == a.On, Put: func() { m.putHidden(t, hidden{p.Person, a.On}) }})
	return o
}

// putHidden hides a name or not, as a step.
func (m *Machine) putHidden(t *fold.Turn, to hidden) {
	i, _ := m.players.at(to.Person)
	was := m.players[i].hidden
	m.players[i].hidden = to
	if m.open.Player = nil; was != to {
		m.open.Player = &pair[hidden]{was, to}
	}
	m.touchLeaders(t)
}

// setTeams judges the names of the teams.
func (m *Machine) setTeams(t *fold.Turn) oplog.Outcome {
	var a teamsArgs
	if json.Unmarshal(t.Args, &a) != nil || a.N < 0 || a.N > MaxTeams || !a.Names.sane() || (a.N == 0) != (a.Names.Bytes == 0) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.N > 0 {
		if r := a.Names.within(MaxTeams*(MaxNameChars+1), MaxTeams*(MaxNameBytes+1)); r != "" {
			return oplog.Refuse(r)
		}
	}
	s := &m.scene.Teams
	o, differs := fold.Set(t, fold.Field{Register: m.register(regTeams), Same: s.N == a.N && s.Names.Sum == a.Names.Sum, Put: func() {
		*s = teams{}
		if a.N > 0 {
			m.texts.Bring(t)
			*s = teams{a.N, wordsOf(t, a.Names, fold.Opened[private](t.Command).Text)}
		}
	}})
	if differs {
		m.touchTeams(t)
	}
	return o
}

func (m *Machine) touchTeams(t *fold.Turn) {
	sees := everyone
	if m.scene.Teams.N == 0 {
		sees = 0
	}
	m.table.Touch(m.items.teams, t.Offset, sees, everyone)
	m.touchLeaders(t)
}
