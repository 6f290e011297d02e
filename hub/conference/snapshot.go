package conference

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot, in an order that depends
// on nothing but the state.
type saved struct {
	Settings settings
	Passes   []pass
	Texts    []savedText
	Items    []entity.Saved
}

type savedText struct {
	At    oplog.Offset
	Blank bool `json:",omitempty"`
}

// Snapshot encodes the whole state, texts included.
func (m *Machine) Snapshot() ([]byte, error) {
	b, err := json.Marshal(m.save())
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.topic, err)
	}
	return b, nil
}

// Digest is equal on two machines that folded the same entries, blanked or not:
// it covers sums, never texts.
func (m *Machine) Digest() [32]byte {
	s := m.save()
	s.Settings.Title.Value = ""
	for i := range s.Passes {
		s.Passes[i].Label.Value = ""
	}
	b, err := json.Marshal(s)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(b)
}

func (m *Machine) save() *saved {
	s := &saved{Settings: m.settings, Items: m.table.Save()}
	for _, p := range m.inOrder() {
		s.Passes = append(s.Passes, *p)
	}
	for _, at := range slices.Sorted(maps.Keys(m.texts)) {
		s.Texts = append(s.Texts, savedText{At: at, Blank: m.texts[at]})
	}
	return s
}

var errTorn = errors.New("snapshot is torn")

// Restore takes a fresh machine to where Snapshot was taken. After an error the
// machine is of no use.
func (m *Machine) Restore(state []byte) error {
	var s saved
	if err := json.Unmarshal(state, &s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	m.settings = s.Settings
	for i := range s.Passes {
		m.passes[s.Passes[i].ID] = &s.Passes[i]
	}
	for _, t := range s.Texts {
		m.texts[t.At] = t.Blank
	}
	m.items = make(map[place]*entity.Item, len(s.Items))
	for _, it := range s.Items {
		for _, mark := range it.Marks {
			if mark.Shown && !m.has(it.Kind, it.ID) {
				return fmt.Errorf("restore %s: %w: entity %.20q/%.70q of nothing", m.topic, errTorn, it.Kind, it.ID)
			}
		}
	}
	m.table = entity.Load(s.Items, func(it *entity.Item) { m.items[place{it.Kind, it.ID}] = it })
	if m.items[place{kindSettings, single}] == nil {
		return fmt.Errorf("restore %s: %w: no settings", m.topic, errTorn)
	}
	return nil
}

func (m *Machine) has(kind, id string) bool {
	return kind == kindSettings && id == single || kind == kindPass && m.passes[id] != nil
}
