package entity

import (
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
		out = append(out, Saved{Kind: it.Kind, ID: it.ID, Last: it.last, Marks: append([]Mark(nil), it.marks[:]...)})
	}
	return out
}

// Load makes a table of saved items, and hands out each item for the machine
// to hold.
func Load(saved []Saved, hold func(*Item)) *Table {
	t := &Table{}
	for _, s := range slices.Backward(saved) {
		it := t.Add(s.Kind, s.ID)
		it.last = s.Last
		copy(it.marks[:], s.Marks)
		hold(it)
	}
	return t
}
