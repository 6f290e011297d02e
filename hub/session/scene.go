package session

import (
	"encoding/json"
	"time"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// scene is what moderators decide for the whole session at once. It is also its
// own form in a snapshot.
type scene struct {
	Stage  places
	Rules  rules
	Labels [MaxLabels]label
	Intro  words
	Teams  teams `json:",omitzero"`
}

// rules are the settings.
type rules struct {
	Live, Moderation bool
	Names, QA        string
	Downs            bool    `json:",omitempty"` // people may vote against
	Quiet            bool    `json:",omitempty"` // askers are not told that they were dismissed
	Ledger           bool    `json:",omitempty"` // everybody sees how questions were treated
	Eyes             bool    `json:",omitempty"` // two moderators before anything is shown
	Headless         bool    `json:",omitempty"` // the pages do not say how many are here
	Dups             bool    `json:",omitempty"` // what was asked already is held
	Closes           int64   `json:",omitempty"` // when QA becomes To; 0: it does not
	To               string  `json:",omitempty"`
	Langs            langSet `json:",omitempty"` // that questions are translated into
	Hall             inHall  `json:",omitzero"`  // how the screen shows translations
}

// How far the Q&A is open, and whether questions carry names.
const (
	qaOpen   = "open"
	qaVotes  = "votes"
	qaClosed = "closed"

	namesOff      = "off"
	namesOptional = "optional"
	namesRequired = "required"
)

// The names of the scene's registers.
const (
	regLive     = "live"
	regDark     = "dark"
	regIntro    = "intro"
	regQuestion = "question"
	regPoll     = "poll"
	regLeaders  = "leaderboard"
	regNote     = "announcement"
	regTeams    = "teams"
)

func (m *Machine) rules() *rules { return &m.scene.Rules }

// register returns that of a name. A new one was never written, and is not saved
// before it is.
func (m *Machine) register(name string) *fold.Register {
	r := m.registers[name]
	if r == nil {
		r = &fold.Register{}
		m.registers[name] = r
	}
	return r
}

// qa is how far the Q&A is open at the time of a command.
func (m *Machine) qa(t *fold.Turn) string {
	if s := m.rules(); s.Closes > 0 && t.Ms >= s.Closes {
		return s.To
	}
	return m.rules().QA
}

// reviewed reports whether moderators see questions before everybody does.
func (s *rules) reviewed() bool { return s.Moderation || s.Eyes }

type sessionView struct {
	Live       bool       `json:"live"`
	QA         string     `json:"qa"`
	Moderation bool       `json:"moderation"`
	Names      string     `json:"names"`
	Downs      bool       `json:"downs,omitempty"`
	Ledger     bool       `json:"ledger,omitempty"`
	Headless   bool       `json:"headless,omitempty"`
	Closes     closesView `json:"closes,omitzero"`
	Langs      langSet    `json:"langs,omitempty"`
	Hall       inHall     `json:"hall,omitzero"`
	// Moderators only.
	Quiet bool `json:"quiet,omitempty"`
	Eyes  bool `json:"eyes,omitempty"`
	Dups  bool `json:"dups,omitempty"`
}

type closesView struct {
	At int64  `json:"at"`
	To string `json:"to"`
}

func (s *rules) view(role oplog.Role) sessionView {
	v := sessionView{
		Live: s.Live, QA: s.QA, Moderation: s.reviewed(), Names: s.Names,
		Downs: s.Downs, Ledger: s.Ledger, Headless: s.Headless, Closes: closesView{s.Closes, s.To},
		Langs: s.Langs, Hall: s.Hall,
	}
	if staff.Has(role) {
		v.Moderation, v.Quiet, v.Eyes, v.Dups = s.Moderation, s.Quiet, s.Eyes, s.Dups
	}
	if role == oplog.Screen {
		v.Eyes = s.Eyes // it shows no announcement that two have not agreed upon
	}
	return v
}

// set judges new settings: all that the command names, or none.
func (m *Machine) set(t *fold.Turn) oplog.Outcome {
	var a settingsArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid(t.Rules) {
		return oplog.Refuse(oplog.BadCommand)
	}
	s := m.rules()
	// One moderator alone must not end what takes two.
	if s.Eyes && t.Actor.Role == oplog.Moderator && (a.Eyes != nil && !*a.Eyes) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	before := *s
	o, differs := fold.Set(t, m.fields(a)...)
	if differs {
		m.follow(&o, t, before)
	}
	return o
}

func (a *settingsArgs) valid(version uint16) bool {
	names := a.Names == nil || *a.Names == namesOff || *a.Names == namesOptional || *a.Names == namesRequired && version >= 2
	qa := a.QA == nil || *a.QA == qaOpen || *a.QA == qaVotes || *a.QA == qaClosed
	c := a.Closes
	closes := c == nil || c.At == 0 && c.To == "" ||
		c.At > 0 && c.At <= MaxTime && (c.To == qaVotes || c.To == qaClosed)
	tongues := a.Langs == nil && a.Hall == nil || version >= 3 && (a.Langs == nil || a.Langs.valid()) && (a.Hall == nil || a.Hall.valid())
	return names && qa && closes && tongues && *a != (settingsArgs{})
}

// fields are the registers that a command sets.
func (m *Machine) fields(a settingsArgs) []fold.Field {
	s := m.rules()
	fs := make([]fold.Field, 0, 4)
	fs = append(fs, field(m, "moderation", &s.Moderation, a.Moderation)...)
	fs = append(fs, field(m, "names", &s.Names, a.Names)...)
	fs = append(fs, field(m, "qa", &s.QA, a.QA)...)
	fs = append(fs, field(m, "downs", &s.Downs, a.Downs)...)
	fs = append(fs, field(m, "quiet", &s.Quiet, a.Quiet)...)
	fs = append(fs, field(m, "ledger", &s.Ledger, a.Ledger)...)
	fs = append(fs, field(m, "eyes", &s.Eyes, a.Eyes)...)
	fs = append(fs, field(m, "headless", &s.Headless, a.Headless)...)
	fs = append(fs, field(m, "dups", &s.Dups, a.Dups)...)
	fs = append(fs, field(m, "langs", &s.Langs, a.Langs)...)
	fs = append(fs, field(m, "hall", &s.Hall, a.Hall)...)
	if c := a.Closes; c != nil {
		fs = append(fs, fold.Field{
			Register: m.register("closes"), Same: s.Closes == c.At && s.To == c.To,
			Put: func() { s.Closes, s.To = c.At, c.To },
		})
	}
	return fs
}

// field is one register, if the command names it.
func field[V comparable](m *Machine, name string, place, value *V) []fold.Field {
	if value == nil {
		return nil
	}
	return []fold.Field{{Register: m.register(name), Same: *place == *value, Put: func() { *place = *value }}}
}

// turnBoard judges opening and closing the board.
func (m *Machine) turnBoard(t *fold.Turn) oplog.Outcome {
	s, on := m.rules(), t.Type == typeBoardOn
	before := *s
	o, differs := fold.Set(t, field(m, regLive, &s.Live, &on)...)
	if differs {
		m.follow(&o, t, before)
	}
	return o
}

// follow tells everybody concerned of settings that have changed.
func (m *Machine) follow(o *oplog.Outcome, t *fold.Turn, before rules) {
	s, differs := m.rules(), everyone
	if before.view(oplog.Attendee) == s.view(oplog.Attendee) {
		differs = staff
		if before.Eyes != s.Eyes {
			differs |= 1 << oplog.Screen
		}
	}
	m.table.Touch(m.items.session, t.Offset, everyone, differs)
	if before.Ledger != s.Ledger {
		m.count(t)
	}
	if before.Eyes != s.Eyes && t.Rules >= 5 {
		for _, p := range m.polls.there() {
			if p.form() == formWords && !p.Moderated {
				m.table.Touch(p.entity, t.Offset, m.standOf(p).seers(), crowd)
			}
		}
	}
	for _, q := range m.board.list {
		if before.Eyes != s.Eyes {
			m.touchRenderings(t, q, 0)
			if q.answer.Eye != 0 {
				m.touch(t, q)
			}
		}
		if before.Downs != s.Downs && q.votes().down > 0 {
			m.table.Touch(q.tally, t.Offset, seers(q.Fate), everyone)
		}
		if before.Quiet != s.Quiet && q.declined() {
			m.concerns(o, t, q)
		}
	}
}

// Deadline is when the Q&A or a poll closes by itself.
func (m *Machine) Deadline() (time.Time, bool) {
	at := m.rules().Closes
	if m.polls.open > 0 {
		for _, p := range m.polls.list {
			if end := p.over(); end > 0 && (at == 0 || end < at) {
				at = end
			}
		}
	}
	if at > 0 {
		return time.UnixMilli(at), true
	}
	return time.Time{}, false
}

// tick closes what has come to its time. A second tick finds nothing left to do.
func (m *Machine) tick(t *fold.Turn) oplog.Outcome {
	s := m.rules()
	ends := s.Closes > 0 && t.Ms >= s.Closes
	var over []*poll
	for _, p := range m.polls.list {
		if end := p.over(); end > 0 && t.Ms >= end {
			over = append(over, p)
		}
	}
	switch {
	case t.Actor.Role != oplog.System:
		return oplog.Refuse(oplog.NotAllowed)
	case t.Rules < 2:
		return oplog.Refuse(oplog.BadCommand)
	case !ends && len(over) == 0:
		return oplog.Refuse(oplog.WrongState)
	case t.Dry:
		return oplog.Done()
	}
	for _, p := range over {
		next := p.stand
		next.end(p.Closes)
		p.stateR.Write(t)
		m.putStand(t, p, next)
	}
	o := oplog.Done()
	if ends {
		before := *s
		s.QA, s.Closes, s.To = s.To, 0, ""
		m.register("qa").Write(t)
		m.register("closes").Write(t)
		m.follow(&o, t, before)
	}
	return o
}
