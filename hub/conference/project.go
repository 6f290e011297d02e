package conference

import (
	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// The kinds of entity.
const (
	kindSettings = "settings"
	kindPass     = "pass"
	kindWords    = "words"

	single = "_" // the one id of a kind that has one entity
)

// staff is who sees the passes.
const staff = entity.Roles(1<<oplog.Moderator | 1<<oplog.Organiser | 1<<oplog.Operator | 1<<oplog.System)

type (
	settingsView struct {
		Title    string `json:"title,omitempty"`
		Code     string `json:"code"`
		AutoOpen bool   `json:"autoopen"`
	}
	passView struct {
		Role    string `json:"role"`
		Scope   string `json:"scope"`
		Label   string `json:"label,omitempty"`
		At      int64  `json:"at"`
		Until   int64  `json:"until"`
		Revoked int64  `json:"revoked,omitempty"`
	}
)

// Since is what a role must be told to come from offset n to now: nil for
// nothing; from 0 the whole document.
func (m *Machine) Since(role oplog.Role, n oplog.Offset) entity.Patch {
	return m.table.Since(role, n, m.project)
}

// Mine is empty: nothing in a conference belongs to one person alone.
func (m *Machine) Mine(oplog.ActorID, oplog.Offset) entity.Patch { return nil }

func (m *Machine) project(kind, id string, _ oplog.Role) any {
	if kind == kindSettings {
		s := &m.settings
		return settingsView{Title: s.Title.Value, Code: s.Code, AutoOpen: s.AutoOpen}
	}
	if kind == kindWords {
		w := m.words[id]
		return wordsView{Lang: w.Lang, N: w.N, Gone: w.List.Gone}
	}
	p := m.passes[id]
	return passView{Role: p.Role, Scope: p.Scope, Label: p.Label.Value, At: p.At, Until: p.Until, Revoked: p.Revoked}
}

// show says that an entity looks different now.
func (m *Machine) show(t *fold.Turn, kind, id string) {
	sees := staff
	if kind == kindSettings {
		sees = entity.Everybody
	}
	m.table.Touch(m.table.Item(kind, id), t.Offset, sees, sees)
}

// hide says that an entity is gone.
func (m *Machine) hide(t *fold.Turn, kind, id string) {
	m.table.Touch(m.table.Item(kind, id), t.Offset, 0, 0)
}
