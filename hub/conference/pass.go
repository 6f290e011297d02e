package conference

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// pass is one access link. It is also its own form in a snapshot.
type pass struct {
	ID, Role, Scope string
	Label           fold.Held[string]
	At, Until       int64
	Revoked         int64 // 0: it is good
}

// Pass is one access link in a list. Times are milliseconds since 1970.
type Pass struct {
	ID      string `json:"id"`
	Role    string `json:"role"`
	Scope   string `json:"scope"`
	Label   string `json:"label,omitempty"`
	At      int64  `json:"at"`
	Until   int64  `json:"until"`
	Revoked int64  `json:"revoked,omitempty"` // 0: it is good
}

// Passes lists the passes in the order in which they were issued. Expired ones
// may be missing.
func (m *Machine) Passes() []Pass {
	out := make([]Pass, 0, len(m.passes))
	for _, p := range m.inOrder() {
		out = append(out, Pass{
			ID: p.ID, Role: p.Role, Scope: p.Scope, Label: p.Label.Value, At: p.At, Until: p.Until, Revoked: p.Revoked,
		})
	}
	return out
}

func (m *Machine) inOrder() []*pass {
	return slices.SortedFunc(maps.Values(m.passes), func(a, b *pass) int {
		return cmp.Or(cmp.Compare(a.Label.At, b.Label.At), strings.Compare(a.ID, b.ID))
	})
}

// Revoked tells of a pass whether it stands here, and whether it was revoked.
// One that does not may be expired, or of a registration system's own making.
func (m *Machine) Revoked(jti string) (known, revoked bool) {
	p := m.passes[jti]
	return p != nil, p != nil && p.Revoked != 0
}

// issue judges noting a new pass. When there is no room, expired ones leave.
func (m *Machine) issue(t *fold.Turn) oplog.Outcome {
	var a issueArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if p := m.passes[a.ID]; p != nil {
		if p.Role == a.Role && p.Scope == a.Scope && p.Until == a.Until && p.Label.Sum == a.Label {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	over := m.expired(t.Ms)
	switch {
	case a.Until <= t.Ms:
		return oplog.Refuse(oplog.BadTime)
	case len(m.passes)-len(over) >= MaxPasses:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	if len(m.passes) >= MaxPasses {
		m.forget(t, over)
	}
	m.texts.Bring(t)
	m.passes[a.ID] = &pass{
		ID: a.ID, Role: a.Role, Scope: a.Scope, At: t.Ms, Until: a.Until,
		Label: said(t, a.Label),
	}
	m.show(t, kindPass, a.ID)
	return oplog.Done()
}

// revoke judges ending a pass. There is no way back: who should come in again
// gets another one.
func (m *Machine) revoke(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.passes[a.ID]
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.Revoked != 0:
		return oplog.Repeated()
	case t.Dry:
		return oplog.Done()
	}
	p.Revoked = t.Ms
	m.show(t, kindPass, p.ID)
	return oplog.Done()
}

// expired lists the passes that are over at a time, in the order of issue.
func (m *Machine) expired(ms int64) []*pass {
	var out []*pass
	for _, p := range m.inOrder() {
		if p.Until <= ms {
			out = append(out, p)
		}
	}
	return out
}

func (m *Machine) forget(t *fold.Turn, passes []*pass) {
	for _, p := range passes {
		delete(m.passes, p.ID)
		m.hide(t, kindPass, p.ID)
	}
}

// Deadline is when the first pass is over.
func (m *Machine) Deadline() (time.Time, bool) {
	var first int64
	for _, p := range m.passes {
		if first == 0 || p.Until < first {
			first = p.Until
		}
	}
	return time.UnixMilli(first), first != 0
}

// tick takes away what is over by the entry's time. A second tick finds nothing
// and is refused.
func (m *Machine) tick(t *fold.Turn) oplog.Outcome {
	over := m.expired(t.Ms)
	switch {
	case len(over) == 0:
		return oplog.Refuse(oplog.WrongState)
	case t.Dry:
		return oplog.Done()
	}
	m.forget(t, over)
	return oplog.Done()
}

// drop takes away the texts that came with the entry at an offset.
func (m *Machine) drop(t *fold.Turn, at oplog.Offset) {
	if m.settings.Title.Drop(at) {
		m.show(t, kindSettings, single)
	}
	for _, p := range m.inOrder() {
		if p.Label.Drop(at) {
			m.show(t, kindPass, p.ID)
		}
	}
	for _, w := range m.wordsInOrder() {
		if w.List.Drop(at) && w.N > 0 {
			m.wordsAt = t.Offset
			m.show(t, kindWords, w.id())
		}
	}
}
