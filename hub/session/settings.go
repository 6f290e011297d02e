package session

import (
	"encoding/json"

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

// settings is what moderators decide once for the whole session.
type settings struct {
	live, moderation bool
	names, qa        string

	liveR, moderationR, namesR, qaR register
}

// set judges new settings: all that the command names, or none.
func (m *Machine) set(t *turn) oplog.Outcome {
	var a settingsArgs
	if json.Unmarshal(t.c.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	done, differs := true, false
	for _, f := range m.settings.fields(a) {
		if m.repeated(f.r.stamp, t.c) {
			continue
		}
		done = false
		if f.same {
			continue
		}
		differs = true
		if m.overtaken(f.r, t.c) {
			return oplog.Refuse(oplog.Changed)
		}
	}
	switch {
	case done || !differs && !counted(t.c):
		return oplog.Repeated()
	case t.dry:
		return oplog.Done()
	}
	m.writeSettings(t, a)
	if differs {
		m.table.Touch(m.sessionE, t.offset, everyone, everyone)
	}
	return oplog.Done()
}

func (a *settingsArgs) valid() bool {
	return (a.Names == nil || *a.Names == namesOff || *a.Names == namesOptional) &&
		(a.QA == nil || *a.QA == qaOpen || *a.QA == qaVotes || *a.QA == qaClosed) &&
		(a.Moderation != nil || a.Names != nil || a.QA != nil)
}

// field is one setting that a command names.
type field struct {
	r    *register
	same bool // it has the wanted value
	put  func()
}

func (s *settings) fields(a settingsArgs) []field {
	var fs []field
	if v := a.Moderation; v != nil {
		fs = append(fs, field{&s.moderationR, s.moderation == *v, func() { s.moderation = *v }})
	}
	if v := a.Names; v != nil {
		fs = append(fs, field{&s.namesR, s.names == *v, func() { s.names = *v }})
	}
	if v := a.QA; v != nil {
		fs = append(fs, field{&s.qaR, s.qa == *v, func() { s.qa = *v }})
	}
	return fs
}

func (m *Machine) writeSettings(t *turn, a settingsArgs) {
	for _, f := range m.settings.fields(a) {
		switch {
		case m.repeated(f.r.stamp, t.c):
		case f.same:
			m.settle(&f.r.stamp, t)
		default:
			f.put()
			m.write(f.r, t)
		}
	}
}

// turnBoard judges opening and closing the board.
func (m *Machine) turnBoard(t *turn) oplog.Outcome {
	s, on := &m.settings, t.c.Type == typeBoardOn
	switch {
	case m.repeated(s.liveR.stamp, t.c):
		return oplog.Repeated()
	case s.live == on:
		return m.settle(&s.liveR.stamp, t)
	case m.overtaken(&s.liveR, t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	s.live = on
	m.write(&s.liveR, t)
	m.table.Touch(m.sessionE, t.offset, everyone, everyone)
	return oplog.Done()
}

// Opened reports whether anybody has ever opened or closed the board: then it
// does not open by itself.
func (m *Machine) Opened() bool { return m.settings.liveR.at > 0 }
