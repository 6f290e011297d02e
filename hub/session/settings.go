package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// How far the Q&A is open, and whether questions carry names.
const (
	qaOpen   = "open"
	qaVotes  = "votes"
	qaClosed = "closed"

	namesOff      = "off"
	namesOptional = "optional"
)

// settings is what moderators decide once for the whole session. It is also its
// own form in a snapshot.
type settings struct {
	Live, Moderation bool
	Names, QA        string

	LiveR, ModerationR, NamesR, QAR fold.Register `json:",omitzero"`
}

func (s *settings) view() sessionView {
	return sessionView{Live: s.Live, QA: s.QA, Moderation: s.Moderation, Names: s.Names}
}

// set judges new settings: all that the command names, or none.
func (m *Machine) set(t *fold.Turn) oplog.Outcome {
	var a settingsArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	o, differs := fold.Set(t, m.settings.fields(a)...)
	if differs {
		m.table.Touch(m.sessionE, t.Offset, everyone, everyone)
	}
	return o
}

func (a *settingsArgs) valid() bool {
	return (a.Names == nil || *a.Names == namesOff || *a.Names == namesOptional) &&
		(a.QA == nil || *a.QA == qaOpen || *a.QA == qaVotes || *a.QA == qaClosed) &&
		(a.Moderation != nil || a.Names != nil || a.QA != nil)
}

func (s *settings) fields(a settingsArgs) []fold.Field {
	var fs []fold.Field
	if v := a.Moderation; v != nil {
		fs = append(fs, fold.Field{Register: &s.ModerationR, Same: s.Moderation == *v, Put: func() { s.Moderation = *v }})
	}
	if v := a.Names; v != nil {
		fs = append(fs, fold.Field{Register: &s.NamesR, Same: s.Names == *v, Put: func() { s.Names = *v }})
	}
	if v := a.QA; v != nil {
		fs = append(fs, fold.Field{Register: &s.QAR, Same: s.QA == *v, Put: func() { s.QA = *v }})
	}
	return fs
}

// turnBoard judges opening and closing the board.
func (m *Machine) turnBoard(t *fold.Turn) oplog.Outcome {
	s, on := &m.settings, t.Type == typeBoardOn
	o, differs := fold.Set(t, fold.Field{Register: &s.LiveR, Same: s.Live == on, Put: func() { s.Live = on }})
	if differs {
		m.table.Touch(m.sessionE, t.Offset, everyone, everyone)
	}
	return o
}

// Opened reports whether anybody has ever opened or closed the board: then it
// does not open by itself.
func (m *Machine) Opened() bool { return m.settings.LiveR.At > 0 }
