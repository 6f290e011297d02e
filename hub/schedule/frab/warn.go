package frab

import (
	"fmt"
	"slices"
	"strings"
)

// warnings gathers oddities, those of one kind as one.
type warnings struct {
	kinds []string
	first map[string]*Warning
}

// warn tells of an oddity. Those of the same kind are counted, and the first
// one is told in full.
func (w *warnings) warn(line int, kind Kind, format string, args ...any) {
	w.tell(line, kind, string(kind), fmt.Sprintf(format, args...))
}

// tell is warn for kinds that are told apart more finely, by alike.
func (w *warnings) tell(line int, kind Kind, alike, text string) {
	if w.first == nil {
		w.first = map[string]*Warning{}
	}
	if w.first[alike] == nil {
		w.kinds = append(w.kinds, alike)
		w.first[alike] = &Warning{Line: line, Kind: kind, Text: text}
	}
	w.first[alike].Times++
}

// list is all that was told, by line.
func (w *warnings) list() []Warning {
	var out []Warning
	for _, kind := range w.kinds {
		one := *w.first[kind]
		if one.Times > 1 {
			one.Text += fmt.Sprintf(" (%d times in the file)", one.Times)
		}
		out = append(out, one)
	}
	slices.SortStableFunc(out, func(a, b Warning) int { return a.Line - b.Line })
	if len(out) > MaxWarnings {
		out = out[:MaxWarnings]
	}
	for i := range out {
		out[i].Text = strings.ToValidUTF8(out[i].Text, "\ufffd")
	}
	return out
}
