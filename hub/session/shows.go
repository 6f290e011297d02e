package session

import (
	"encoding/json"

	"majlis/hub/fold"
)

// What can show more than is shown now, and has no first and second of its own,
// takes two moderators where the session says so: one alone only takes away.

// revealing are the arguments that tell whether a command shows more.
type revealing struct {
	idsArgs
	On      bool    `json:"on"`
	Show    bool    `json:"show"`
	Public  bool    `json:"public"`
	Results *string `json:"results"`
	Screen  *bool   `json:"screen"`
	Step    string  `json:"step"`
	Text    measure `json:"text"`
	N       int     `json:"n"`
}

// takesTwo reports whether a command needs another moderator who sends the same.
func (m *Machine) takesTwo(t *fold.Turn) bool {
	var a revealing
	if !m.rules().Eyes || t.Rules < 4 || json.Unmarshal(t.Args, &a) != nil {
		return false
	}
	switch t.Type {
	case typeSolve, typeLeaders:
		return a.On
	case typeWord:
		return a.Show
	case typeUnname:
		return !a.On
	case typeSetLabel:
		return a.Public
	case typeIntro:
		return a.Text.Size > 0
	case typeTeams:
		return a.N > 0
	case typeRestoreQ:
		return m.restores(t, a.idsArgs)
	case typeUndo:
		s := m.steps.find(a.Step)
		return s != nil && s.bringsBack()
	}
	p := m.polls.find(a.ID)
	return p != nil && p.showsMore(t.Type, &a)
}

// restores reports whether any of some questions comes back to the board.
func (m *Machine) restores(t *fold.Turn, ids idsArgs) bool {
	for _, id := range append(ids.IDs, ids.ID) {
		if q := m.board.byID[id]; q != nil && !q.on() {
			if to, ok := m.next(t, q); ok && to.on() {
				return true
			}
		}
	}
	return false
}

// showsMore reports whether a poll, or more of it, is to be seen.
func (p *poll) showsMore(kind string, a *revealing) bool {
	to := p.stand
	switch kind {
	case typeOpen:
		return p.State == closed
	case typeRound:
		return true
	case typeShelve:
		return !a.On && p.Opened > 0
	case typeReveal:
		to.Results = resultsShown
	case typeTune:
		if a.Results != nil {
			to.Results = *a.Results
		}
		if a.Screen != nil {
			to.Screen = *a.Screen
		}
	}
	return p.seers() == everyone && to.tells(&p.stand)
}

// tells reports whether a poll that stands so tells more than if it stood
// otherwise, now or when it is closed.
func (s *stand) tells(other *stand) bool {
	return s.openness() > other.openness() || s.Screen && !other.Screen ||
		s.seers() == everyone && other.seers() == staff
}

func (s *stand) openness() int {
	switch s.Results {
	case resultsVoted, resultsClosed:
		return 1
	case resultsShown:
		return 2
	}
	return 0
}

// bringsBack reports whether anybody would see more if a step were taken back.
func (s *step) bringsBack() bool {
	if s.Swap != nil || s.Rules != nil && s.Rules.Is.Eyes && !s.Rules.Was.Eyes {
		return true
	}
	for i := range s.Polls {
		if s.Polls[i].bringsBack() {
			return true
		}
	}
	for i := range s.Questions {
		if s.Questions[i].bringsBack() {
			return true
		}
	}
	for i := range s.Labels {
		if was := &s.Labels[i].Was; was.Public && was.Name.Size > 0 {
			return true
		}
	}
	return s.Intro != nil && s.Intro.Was.Size > 0 || s.Teams != nil && s.Teams.Was.N > 0 ||
		s.Player != nil && !s.Player.Was.On || s.Rendered != nil && s.Rendered.Was.is() && s.Rendered.Was.Eye == 0 ||
		s.Stage != nil && s.Stage.Was.bringsBack(&s.Stage.Is, s.Did == typeUndo)
}

// bringsBack reports whether the stage showed more before. A wish that was taken
// back is its moderator's alone to have again.
func (s *places) bringsBack(is *places, again bool) bool {
	place := func(was, is string) bool { return was != "" && was != is }
	wished := func(was, is wish) bool { return again && was != is && !was.IsZero() }
	return place(s.Question, is.Question) || place(s.Poll, is.Poll) || place(s.Note, is.Note) || s.Leaders && !is.Leaders ||
		wished(s.AskQuestion, is.AskQuestion) || wished(s.AskPoll, is.AskPoll) || wished(s.AskNote, is.AskNote) ||
		again && s.Others != is.Others && s.Others != desires{}
}

func (c *change) bringsBack() bool {
	return c.Stand != nil && c.Stand.Was.Fate.on() && !c.Stand.Is.Fate.on() ||
		c.Said != nil || c.Answer != nil && c.Answer.Was.agreed()
}

// agreed reports whether there is a text that nobody has to agree with any more.
func (w words) agreed() bool { return w.Size > 0 && w.Eye == 0 }

func (c *pollChange) bringsBack() bool {
	for i := range c.Words {
		if c.Words[i].Was == termShown {
			return true
		}
	}
	s := c.Stand
	return s != nil && (s.Was.State == open && s.Is.State == closed || s.Was.Round != s.Is.Round ||
		s.Was.Solved && !s.Is.Solved || s.Was.seers() == everyone && s.Was.tells(&s.Is))
}
