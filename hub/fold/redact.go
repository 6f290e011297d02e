package fold

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/oplog"
)

// Texts are the entries that brought texts; true: they have been blanked.
type Texts map[oplog.Offset]bool

// Bring notes that the entry of this turn brings texts, and returns its offset.
func (x Texts) Bring(t *Turn) oplog.Offset {
	x[t.Offset] = false
	return t.Offset
}

// Redact judges taking texts away for good: all offsets that the command names,
// at most so many, brought texts, or nothing happens. Whoever holds texts of an
// entry drops them.
func (x Texts) Redact(t *Turn, most int, drop func(oplog.Offset)) oplog.Outcome {
	var a oplog.RedactArgs
	if json.Unmarshal(t.Args, &a) != nil || len(a.Offsets) == 0 {
		return oplog.Refuse(oplog.BadCommand)
	}
	if len(a.Offsets) > most {
		return oplog.Refuse(oplog.TooMany)
	}
	left := false
	for _, at := range a.Offsets {
		blanked, ok := x[at]
		if !ok {
			return oplog.Refuse(oplog.NotFound)
		}
		left = left || !blanked
	}
	switch {
	case !left:
		return oplog.Repeated()
	case t.Dry:
		return oplog.Done()
	}
	var o oplog.Outcome
	for _, at := range a.Offsets {
		if !x[at] {
			x[at] = true
			o.Blank = append(o.Blank, at)
			drop(at)
		}
	}
	return o
}

// SavedText is one of Texts as it stands in a snapshot.
type SavedText struct {
	At    oplog.Offset
	Blank bool `json:",omitempty"`
}

// Save lists the texts by offset.
func (x Texts) Save() []SavedText {
	out := make([]SavedText, 0, len(x))
	for at, blank := range x {
		out = append(out, SavedText{At: at, Blank: blank})
	}
	slices.SortFunc(out, func(a, b SavedText) int { return cmp.Compare(a.At, b.At) })
	return out
}

// LoadTexts reads what Save wrote.
func LoadTexts(list []SavedText) Texts {
	x := make(Texts, len(list))
	for _, s := range list {
		x[s.At] = s.Blank
	}
	return x
}
