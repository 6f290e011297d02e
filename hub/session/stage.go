package session

import (
	"encoding/json"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// places are what moderators pushed to the screen; empty ids for nothing. Dark:
// nothing at all is to be shown.
type places struct {
	Question, Poll string `json:",omitempty"`
	Dark           bool   `json:",omitempty"`
	Leaders        bool   `json:",omitempty"` // the leaderboard
	// Note is the announcement that two agreed to show, where it takes two.
	Note string `json:",omitempty"`
	// What one of two would show.
	AskQuestion, AskPoll, AskNote wish    `json:",omitzero"`
	Others                        desires `json:",omitzero"`
}

type stageView struct {
	Question *string `json:"question"`
	Poll     *string `json:"poll"`
	Leaders  bool    `json:"leaderboard,omitempty"`
	Note     string  `json:"note,omitempty"`
	Dark     bool    `json:"dark,omitempty"`
	// Moderators only.
	Wishes wishesView `json:"wishes,omitzero"`
}

// view is what stands on the screen. One that is dark is not told what will.
func (s places) view(role oplog.Role) stageView {
	if s.Dark && dark.Roles.Has(role) {
		return stageView{Dark: true}
	}
	v := stageView{Question: optional(s.Question), Poll: optional(s.Poll), Leaders: s.Leaders, Note: s.Note, Dark: s.Dark}
	if staff.Has(role) {
		v.Wishes = wishesView{wishView(s.AskQuestion), wishView(s.AskPoll), wishView(s.AskNote), s.Others.view()}
	}
	return v
}

// differs is who sees that a stage is another one: wishes are the moderators'.
func (s places) differs(other *places) entity.Roles {
	o := *other
	for _, one := range []*places{&s, &o} {
		one.AskQuestion, one.AskPoll, one.AskNote, one.Others = wish{}, wish{}, wish{}, desires{}
	}
	if s == o {
		return staff
	}
	return everyone
}

func optional(id string) *string {
	if id == "" {
		return nil
	}
	return &id
}

// highlight judges pushing a question to the screen, or taking it away.
func (m *Machine) highlight(t *fold.Turn) oplog.Outcome {
	s := &m.scene.Stage
	return m.push(t, &s.Question, &s.AskQuestion, m.register(regQuestion), func(id string) oplog.Reason {
		switch q := m.board.byID[id]; {
		case q == nil:
			return oplog.NotFound
		case !q.on():
			return oplog.WrongState
		}
		return ""
	})
}

// showPoll judges pushing a poll to the screen, or taking it away.
func (m *Machine) showPoll(t *fold.Turn) oplog.Outcome {
	s := &m.scene.Stage
	return m.push(t, &s.Poll, &s.AskPoll, m.register(regPoll), func(id string) oplog.Reason {
		switch p := m.polls.find(id); {
		case p == nil:
			return oplog.NotFound
		case m.standOf(p).seers() == staff:
			return oplog.WrongState
		}
		return ""
	})
}

// push sets or clears one place of the stage. Taking away what does not stand
// there is done already.
func (m *Machine) push(t *fold.Turn, place *string, asked *wish, r *fold.Register, fits func(id string) oplog.Reason) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	if r.Repeated(t) {
		return oplog.Repeated()
	}
	if why := fits(a.ID); why != "" && (a.On || why == oplog.NotFound) {
		return oplog.Refuse(why)
	}
	drops := !a.On && asked.ID == a.ID
	switch {
	case a.On == (*place == a.ID) && !drops:
		return r.Settle(t)
	case r.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case a.On && m.alone(t, *asked, a.ID):
		return m.askFor(t, asked, r, a.ID)
	case t.Dry:
		return oplog.Done()
	}
	r.Write(t)
	if *asked = (wish{}); drops && *place != a.ID {
		m.table.Touch(m.items.stage, t.Offset, everyone, staff)
		return oplog.Done()
	}
	if !a.On {
		a.ID = ""
	}
	m.putOnStage(t, place, a.ID)
	return oplog.Done()
}

// announce judges showing an announcement of the programme on the screen, where
// it takes two moderators; else all of them are shown there.
func (m *Machine) announce(t *fold.Turn) oplog.Outcome {
	s := &m.scene.Stage
	return m.push(t, &s.Note, &s.AskNote, m.register(regNote), func(id string) oplog.Reason {
		if !strict.ValidULID(id) {
			return oplog.BadCommand
		}
		return ""
	})
}

func (m *Machine) putOnStage(t *fold.Turn, place *string, id string) {
	*place = id
	m.table.Touch(m.items.stage, t.Offset, everyone, everyone)
}

// darken judges the panic key: all screens are cleared, and stay so until it is
// said otherwise. What stood there is taken away, lest it come back with the
// light.
func (m *Machine) darken(t *fold.Turn) oplog.Outcome {
	var a switchArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s := &m.scene.Stage
	if a.On {
		// Whoever is alarmed is not asked what they had seen.
		c, now := *t.Command, *t
		c.Seen, now.Command = 0, &c
		t = &now
	}
	o, differs := fold.Set(t, fold.Field{Register: m.register(regDark), Same: s.Dark == a.On, Put: func() {
		if s.Dark = a.On; a.On {
			*s = places{Dark: true}
			m.register(regNote).Write(t)
			m.register(regQuestion).Write(t)
			m.register(regPoll).Write(t)
			m.register(regLeaders).Write(t)
		}
	}})
	if differs {
		m.table.Touch(m.items.stage, t.Offset, everyone, everyone)
		m.dim(t)
	}
	return o
}

// dim takes everything from the screen while it is dark, and gives it back after.
func (m *Machine) dim(t *fold.Turn) { m.table.Draw(m.veil(), t.Offset) }

// veil is the one that hangs before everything now.
func (m *Machine) veil() entity.Veil {
	if m.scene.Stage.Dark {
		return dark
	}
	return entity.Veil{}
}
