package main

import (
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
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
		return register{c.kind, c.target}, spell(c.choice), true
	}
	return register{}, "", false
}

// spell writes a choice the same way in whatever order it was made.
func spell(choice []int) string {
	sorted := slices.Sorted(slices.Values(choice))
	words := make([]string, len(sorted))
	for i, n := range sorted {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, ",")
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
	var a struct {
		Choice []int `json:"choice"`
	}
	if e := w.mine["answer"][r.target]; e != nil && json.Unmarshal(e, &a) == nil {
		return spell(a.Choice)
	}
	return ""
}

// bounds are how much a count may have grown.
type bounds struct {
	low, high int
	excused   int // of low, that have been counted as lost one by one
}

type option struct {
	poll string
	id   int
}

// expected is how much each count should have grown by all phones together.
type expected struct {
	votes, people map[string]bounds
	options       map[option]bounds
}

func expect(phones []witness) *expected {
	e := &expected{votes: make(map[string]bounds), people: make(map[string]bounds), options: make(map[option]bounds)}
	for i := range phones {
		for r, v := range phones[i].registers() {
			e.count(r, v)
		}
	}
	return e
}

func (e *expected) count(r register, v values) {
	if r.kind == aVoting {
		e.votes[r.target] = e.votes[r.target].plus(v, func(s string) bool { return s != "" })
		return
	}
	e.people[r.target] = e.people[r.target].plus(v, func(s string) bool { return s != "" })
	for _, o := range v.options() {
		k := option{r.target, o}
		e.options[k] = e.options[k].plus(v, func(s string) bool { return chosen(s, o) })
	}
}

// excuse keeps a value that its phone misses from being counted as lost a second
// time, in the sum.
func (e *expected) excuse(r register, v values) {
	less := func(b bounds, holds func(string) bool) bounds {
		if every(v, holds) {
			b.excused++
		}
		return b
	}
	if r.kind == aVoting {
		e.votes[r.target] = less(e.votes[r.target], func(s string) bool { return s != "" })
		return
	}
	e.people[r.target] = less(e.people[r.target], func(s string) bool { return s != "" })
	for _, o := range v.options() {
		k := option{r.target, o}
		e.options[k] = less(e.options[k], func(s string) bool { return chosen(s, o) })
	}
}

// plus counts one more phone: surely, if it holds for every value, possibly if
// for any.
func (b bounds) plus(v values, holds func(string) bool) bounds {
	if every(v, holds) {
		b.low++
	}
	if slices.ContainsFunc(v, holds) {
		b.high++
	}
	return b
}

func every(v values, holds func(string) bool) bool {
	return !slices.ContainsFunc(v, func(s string) bool { return !holds(s) })
}

// options lists the options that occur in any of the values.
func (v values) options() []int {
	var out []int
	for _, s := range v {
		for word := range strings.SplitSeq(s, ",") {
			if n, err := strconv.Atoi(word); err == nil && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	return out
}

func chosen(s string, option int) bool {
	return slices.Contains(strings.Split(s, ","), strconv.Itoa(option))
}
