package main

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strings"
)

// register is one thing that a phone can set: its vote on a question, its answer
// to a poll.
type register struct{ kind, target string } // kind is that of the command

func compareRegisters(a, b register) int {
	return cmp.Or(strings.Compare(a.kind, b.kind), strings.Compare(a.target, b.target))
}

// values are what a register may hold: one, unless answers are missing. The
// empty one is "nothing": no vote, no answer.
type values []string

func (v values) has(s string) bool { return slices.Contains(v, s) }

// registers is what each register of a phone must hold: the value of its last
// acknowledged command. A later one that was never answered may or may not have
// taken effect; an earlier one cannot, since the server passes over a count that
// is not larger than the last.
func (w *witness) registers() map[register]values {
	out := make(map[register]values)
	for _, c := range w.commands {
		r, value, ok := c.sets()
		if !ok || c.fate == refused {
			continue
		}
		now := out[r]
		if c.fate == acked {
			now = nil
		} else if now == nil {
			now = values{""}
		}
		if !now.has(value) {
			now = append(now, value)
		}
		out[r] = now
	}
	return out
}

// sets says which register a command sets, and to what.
func (c *command) sets() (r register, value string, ok bool) {
	switch c.kind {
	case aVoting:
		if c.on {
			value = "on"
		}
		return register{c.kind, c.target}, value, true
	case aChoice:
		return register{c.kind, c.target}, c.said.spell(), true
	}
	return register{}, "", false
}

// own is what a phone's own part says of a register.
func (w *witness) own(r register) string {
	if r.kind == aVoting {
		var v struct {
			On bool `json:"on"`
		}
		if e := w.mine["vote"][r.target]; e != nil && json.Unmarshal(e, &v) == nil && v.On {
			return "on"
		}
		return ""
	}
	var a said
	if e := w.mine["answer"][r.target]; e != nil && json.Unmarshal(e, &a) == nil {
		return a.spell()
	}
	return ""
}

// bounds are how much a count may have grown.
type bounds struct {
	low, high int
	excused   int // of low, that have been counted as lost one by one
}

// unit is one thing that a poll counts, see said.units.
type unit struct{ poll, of string }

// expected is how much each count should have grown by all phones together.
type expected struct {
	votes, people map[string]bounds
	units         map[unit]bounds
}

func expect(phones []witness) *expected {
	e := &expected{votes: make(map[string]bounds), people: make(map[string]bounds), units: make(map[unit]bounds)}
	for i := range phones {
		for r, v := range phones[i].registers() {
			e.count(r, v)
		}
	}
	return e
}

func (e *expected) count(r register, v values) {
	if r.kind == aVoting {
		e.votes[r.target] = e.votes[r.target].plus(v, something)
		return
	}
	e.people[r.target] = e.people[r.target].plus(v, something)
	for _, of := range v.units() {
		k := unit{r.target, of}
		e.units[k] = e.units[k].plus(v, func(s string) int { return readSaid(s).units()[of] })
	}
}

// something is one for what is not nothing.
func something(s string) int {
	if s == "" {
		return 0
	}
	return 1
}

// excuse keeps a value that its phone misses from being counted as lost a second
// time, in the sum.
func (e *expected) excuse(r register, v values) {
	less := func(b bounds, weigh func(string) int) bounds {
		low, _ := v.span(weigh)
		b.excused += low
		return b
	}
	if r.kind == aVoting {
		e.votes[r.target] = less(e.votes[r.target], something)
		return
	}
	e.people[r.target] = less(e.people[r.target], something)
	for _, of := range v.units() {
		k := unit{r.target, of}
		e.units[k] = less(e.units[k], func(s string) int { return readSaid(s).units()[of] })
	}
}

// plus counts one more phone: surely the least that any of its values weighs,
// possibly the most.
func (b bounds) plus(v values, weigh func(string) int) bounds {
	low, high := v.span(weigh)
	b.low, b.high = b.low+low, b.high+high
	return b
}

// span is the least and the most that any of the values weighs.
func (v values) span(weigh func(string) int) (low, high int) {
	for i, s := range v {
		n := weigh(s)
		if i == 0 {
			low = n
		}
		low, high = min(low, n), max(high, n)
	}
	return low, high
}

// units lists what any of the values counts for.
func (v values) units() []string {
	all := make(map[string]int)
	for _, s := range v {
		maps.Copy(all, readSaid(s).units())
	}
	return slices.Sorted(maps.Keys(all))
}
