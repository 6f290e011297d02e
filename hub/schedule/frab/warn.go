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
	count map[string]int
}

// warn tells of an oddity. Those of the same kind are counted, and the first
// one is told in full.
func (w *warnings) warn(line int, kind, format string, args ...any) {
	if w.first == nil {
		w.first, w.count = map[string]*Warning{}, map[string]int{}
	}
	if w.count[kind]++; w.first[kind] == nil {
		w.kinds = append(w.kinds, kind)
		w.first[kind] = &Warning{Line: line, Text: fmt.Sprintf(format, args...)}
	}
}

// list is all that was told, by line.
func (w *warnings) list() []Warning {
	var out []Warning
	for _, kind := range w.kinds {
		one := *w.first[kind]
		if n := w.count[kind]; n > 1 {
			one.Text += fmt.Sprintf(" (%d times in the file)", n)
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
