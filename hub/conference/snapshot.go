package conference

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot, in an order that depends
// on nothing but the state.
type saved struct {
	Settings settings
	Passes   []pass
	Words    []wordList   `json:",omitempty"`
	WordsAt  oplog.Offset `json:",omitempty"`
	Texts    []fold.SavedText
	Items    []entity.Saved
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
	s.Settings.Title = s.Settings.Title.Bare()
	for i := range s.Passes {
		s.Passes[i].Label = s.Passes[i].Label.Bare()
	}
	for i := range s.Words {
		s.Words[i].List = s.Words[i].List.Bare()
	}
	b, err := json.Marshal(s)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(b)
}

func (m *Machine) save() *saved {
	s := &saved{Settings: m.settings, Texts: m.texts.Save(), Items: m.table.Save()}
	for _, p := range m.inOrder() {
		s.Passes = append(s.Passes, *p)
	}
	for _, w := range m.wordsInOrder() {
		s.Words = append(s.Words, *w)
	}
	s.WordsAt = m.wordsAt
	return s
}

// Restore takes a fresh machine to where Snapshot was taken. After an error the
// machine is of no use.
func (m *Machine) Restore(state []byte) error {
	var s saved
	if err := json.Unmarshal(state, &s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	m.settings, m.texts = s.Settings, fold.LoadTexts(s.Texts)
	for i := range s.Passes {
		m.passes[s.Passes[i].ID] = &s.Passes[i]
	}
	for i := range s.Words {
		m.words[s.Words[i].id()] = &s.Words[i]
	}
	m.wordsAt = s.WordsAt
	var err error
	if m.table, err = entity.Load(s.Items, entity.Veil{}, m.has); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	return nil
}

func (m *Machine) has(kind, id string) bool {
	return kind == kindSettings && id == single || kind == kindPass && m.passes[id] != nil ||
		kind == kindWords && m.words[id] != nil
}
