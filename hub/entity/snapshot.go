package entity

import (
	"fmt"
	"slices"

	"majlis/hub/oplog"
)

// Saved is an Item as it stands in a machine's snapshot.
type Saved struct {
	Kind  string       `json:"k"`
	ID    string       `json:"i"`
	Last  oplog.Offset `json:"l"`
	Marks []Mark       `json:"m"`
}

// Save lists all items, those changed longest ago first.
func (t *Table) Save() []Saved {
	var out []Saved
	for it := t.tail; it != nil; it = it.prev {
		out = append(out, Saved{Kind: it.kind, ID: it.id, Last: it.last, Marks: slices.Clone(it.marks[:])})
	}
	return out
}

// Load makes a table of saved items, behind the veil that hung there. It refuses an item that somebody sees and
// that the machine does not have, and one that stands twice.
func Load(saved []Saved, veil Veil, has func(kind, id string) bool) (*Table, error) {
	t := &Table{veil: veil}
	for i, s := range slices.Backward(saved) {
		it := t.Item(s.Kind, s.ID)
		if len(t.items) != len(saved)-i {
			return nil, fmt.Errorf("entity %.20q/%.80q stands twice", s.Kind, s.ID)
		}
		it.last = s.Last
		copy(it.marks[:], s.Marks)
		for _, mark := range s.Marks {
			if mark.Shown && !has(s.Kind, s.ID) {
				return nil, fmt.Errorf("entity %.20q/%.80q is shown and is not there", s.Kind, s.ID)
			}
		}
	}
	return t, nil
}
