package conference

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

type setArgs struct {
	Code     *string `json:"code,omitempty"`
	AutoOpen *bool   `json:"autoopen,omitempty"`
}

// set judges new settings. The code is the hub's to give, once: it stands on
// every screen and every sheet of paper.
func (m *Machine) set(t *turn) oplog.Outcome {
	var a setArgs
	if json.Unmarshal(t.c.Args, &a) != nil || a.Code == nil && a.AutoOpen == nil || a.Code != nil && !validCode(*a.Code) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !runs(t.c.Actor) || a.Code != nil && t.c.Actor.Role != oplog.System {
		return oplog.Refuse(oplog.NotAllowed)
	}
	s := &m.state
	if a.Code != nil && s.Code != "" && s.Code != *a.Code {
		return oplog.Refuse(oplog.Exists)
	}
	if (a.Code == nil || s.Code == *a.Code) && (a.AutoOpen == nil || s.AutoOpen == *a.AutoOpen) {
		return oplog.Repeated()
	}
	if t.dry {
		return oplog.Done()
	}
	if a.Code != nil {
		s.Code = *a.Code
	}
	if a.AutoOpen != nil {
		s.AutoOpen = *a.AutoOpen
	}
	m.table.Touch(m.items[single], t.offset, entity.Everybody, entity.Everybody)
	return oplog.Done()
}

type issueArgs struct {
	ID    string `json:"id"`
	Role  string `json:"role"`
	Scope string `json:"scope"`
	Until int64  `json:"until"`
}

type issuePrivate struct {
	Label string `json:"label"`
}

// issue judges the note of an access link, which only the hub's mint makes.
func (m *Machine) issue(t *turn) oplog.Outcome {
	var a issueArgs
	if json.Unmarshal(t.c.Args, &a) != nil || a.ID == "" {
		return oplog.Refuse(oplog.BadCommand)
	}
	if t.c.Actor.Role != oplog.System {
		return oplog.Refuse(oplog.NotAllowed)
	}
	if p := m.state.Passes[a.ID]; p != nil {
		if p.Role == a.Role && p.Scope == a.Scope && p.Until == a.Until {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	ended := m.ended(t.ms)
	if len(m.state.Passes) >= MaxPasses && ended == "" {
		return oplog.Refuse(oplog.TooMany)
	}
	if t.dry {
		return oplog.Done()
	}
	if len(m.state.Passes) >= MaxPasses {
		m.drop(t, ended)
	}
	var private issuePrivate
	// A label that was blanked is empty; the fold goes on without it.
	_ = json.Unmarshal(t.c.Private, &private)
	m.state.Passes[a.ID] = &pass{
		Role: a.Role, Scope: a.Scope, Label: private.Label, At: t.ms, Until: a.Until,
		Offset: t.offset, Commit: t.commit,
	}
	m.items[a.ID] = m.table.Add(kindPass, a.ID)
	m.table.Touch(m.items[a.ID], t.offset, staff, staff)
	return oplog.Done()
}

// ended finds the access link whose time was over first; a revoked one that
// still has time must stay in the list, or it would be good again.
func (m *Machine) ended(now int64) string {
	ids := m.sorted()
	i := slices.IndexFunc(ids, func(id string) bool { return m.state.Passes[id].Until < now })
	if i < 0 {
		return ""
	}
	return ids[i]
}

// sorted lists the access links by their end.
func (m *Machine) sorted() []string {
	ids := make([]string, 0, len(m.state.Passes))
	for id := range m.state.Passes {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int {
		return cmp.Or(cmp.Compare(m.state.Passes[a].Until, m.state.Passes[b].Until), cmp.Compare(a, b))
	})
	return ids
}

func (m *Machine) drop(t *turn, id string) {
	delete(m.state.Passes, id)
	m.table.Touch(m.items[id], t.offset, 0, 0)
}

type revokeArgs struct {
	ID string `json:"id"`
}

// revoke judges the end of an access link.
func (m *Machine) revoke(t *turn) oplog.Outcome {
	var a revokeArgs
	if json.Unmarshal(t.c.Args, &a) != nil || a.ID == "" {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !runs(t.c.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	p := m.state.Passes[a.ID]
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.Revoked != 0:
		return oplog.Repeated()
	case t.dry:
		return oplog.Done()
	}
	p.Revoked = t.ms
	m.table.Touch(m.items[a.ID], t.offset, staff, staff)
	return oplog.Done()
}

func validCode(s string) bool {
	if len(s) != codeLen {
		return false
	}
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return true
}
