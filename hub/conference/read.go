package conference

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"majlis/hub/entity"
)

// Pass is one access link in a list.
type Pass struct {
	ID      string `json:"id"`
	Role    string `json:"role"`
	Scope   string `json:"scope"`
	Label   string `json:"label,omitempty"`
	At      int64  `json:"at"`    // milliseconds since 1970
	Until   int64  `json:"until"` // the same
	Revoked int64  `json:"revoked,omitempty"`
}

// Code is the conference's join code, empty before it has one.
func (m *Machine) Code() string { return m.state.Code }

// AutoOpen reports whether boards open by themselves before the programme's
// start.
func (m *Machine) AutoOpen() bool { return m.state.AutoOpen }

// Passes lists the access links by their end. The list belongs to the caller.
func (m *Machine) Passes() []Pass {
	out := make([]Pass, 0, len(m.state.Passes))
	for _, id := range m.sorted() {
		p := m.state.Passes[id]
		out = append(out, Pass{
			ID: id, Role: p.Role, Scope: p.Scope, Label: p.Label, At: p.At, Until: p.Until, Revoked: p.Revoked,
		})
	}
	return out
}

// Digest is equal for machines that folded the same entries: it covers the
// commitments to labels, not the labels.
func (m *Machine) Digest() [32]byte {
	s := state{Code: m.state.Code, AutoOpen: m.state.AutoOpen, Passes: map[string]*pass{}, Entities: m.table.Save()}
	for id, p := range m.state.Passes {
		bare := *p
		bare.Label = ""
		s.Passes[id] = &bare
	}
	b, err := json.Marshal(s)
	if err != nil {
		panic(fmt.Sprintf("conference: state does not encode: %v", err))
	}
	return sha256.Sum256(b)
}

// Snapshot encodes the state.
func (m *Machine) Snapshot() ([]byte, error) {
	s := m.state
	s.Entities = m.table.Save()
	return json.Marshal(s)
}

// Restore takes a fresh machine to a snapshot.
func (m *Machine) Restore(b []byte) error {
	s := state{}
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("restore conference: %w", err)
	}
	if s.Passes == nil {
		s.Passes = map[string]*pass{}
	}
	items := map[string]*entity.Item{}
	table := entity.Load(s.Entities, func(it *entity.Item) { items[it.ID] = it })
	for id, p := range s.Passes {
		if p == nil || items[id] == nil {
			return fmt.Errorf("restore conference: access link %s is not whole", id)
		}
	}
	if items[single] == nil {
		return fmt.Errorf("restore conference: no settings")
	}
	s.Entities = nil
	m.state, m.table, m.items = s, table, items
	return nil
}
