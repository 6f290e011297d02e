package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"majlis/hub/entity"
)

// evidence is what there is to judge.
type evidence struct {
	phones  []witness
	before  standing
	after   standing
	differs map[int]string // phones that do not show what the server shows, and in what
	alone   bool           // nobody else voted
}

// standing is what the server said at one time.
type standing struct {
	document counts   // by the fullest document that may be seen
	results  *results // with a pass
}

// witness is one phone: what it asked for, and what it finds among its own.
type witness struct {
	commands []*command // in the order of their count
	mine     entity.Patch
}

// verdict is what the judge found. Each fault is counted once, whatever number of
// places shows it.
type verdict struct {
	unknown     int
	lost, twice map[string]int
	differs     map[int]string
}

func sum(faults map[string]int) int {
	total := 0
	for _, n := range faults {
		total += n
	}
	return total
}

// judge weighs the evidence. It is pure.
func judge(e evidence) verdict {
	v := verdict{lost: make(map[string]int), twice: make(map[string]int), differs: e.differs}
	due := expect(e.phones)
	for i := range e.phones {
		v.unknown += e.phones[i].unanswered()
		v.judgeOwn(i, &e.phones[i], due)
	}
	if e.after.results != nil {
		v.judgeAsked(e)
	}
	if !e.alone {
		return v
	}
	v.judgeCounts(due, e.before.document, e.after.document, "in the document")
	if e.before.results != nil && e.after.results != nil {
		v.judgeCounts(due, e.before.results.counts(), e.after.results.counts(), "in the results")
	}
	return v
}

func (w *witness) unanswered() int {
	n := 0
	for _, c := range w.commands {
		if c.fate == open {
			n++
		}
	}
	return n
}

// judgeOwn looks whether a phone finds among its own what was acknowledged.
func (v *verdict) judgeOwn(i int, w *witness, due *expected) {
	for _, c := range w.commands {
		if c.kind == anAsk && c.fate == acked && w.mine["asked"][c.target] == nil {
			v.lost["question "+c.target+": not among its phone's own"] = 1
		}
	}
	registers := w.registers()
	for _, r := range slices.SortedFunc(maps.Keys(registers), compareRegisters) {
		if values := registers[r]; !values.has(w.own(r)) {
			v.lost[fmt.Sprintf("%s of phone %d on %s: its own part says %q", r.kind, i, r.target, w.own(r))] = 1
			due.excuse(r, values)
		}
	}
}

// judgeAsked looks whether the results hold every acknowledged question, once.
func (v *verdict) judgeAsked(e evidence) {
	listed := make(map[string]int)
	for _, q := range e.after.results.Questions {
		if listed[q.ID]++; listed[q.ID] > 1 {
			v.twice["question "+q.ID+": listed more than once in the results"]++
		}
	}
	for i := range e.phones {
		for _, c := range e.phones[i].commands {
			own := "question " + c.target + ": not among its phone's own"
			if c.kind == anAsk && c.fate == acked && listed[c.target] == 0 && v.lost[own] == 0 {
				v.lost["question "+c.target+": not in the results"] = 1
			}
		}
	}
}

// judgeCounts compares how much counts have grown with how much they should
// have. What is not shown (any more) is not judged.
func (v *verdict) judgeCounts(due *expected, before, after counts, where string) {
	for id, n := range after.votes {
		v.judgeCount("votes of "+id, where, n-before.votes[id], due.votes[id])
	}
	for id, t := range after.polls {
		old := before.polls[id]
		v.judgeCount("answers to "+id, where, t.people-old.people, due.people[id])
		if t.units == nil || old.units == nil && old.people > 0 {
			continue // it is not shown, or was not before
		}
		for _, of := range due.of(id, t.units) {
			v.judgeCount("answers to "+id, where+", "+of, t.units[of]-old.units[of], due.units[unit{id, of}])
		}
	}
}

// of lists all that a poll should count, or does.
func (e *expected) of(poll string, units map[string]int) []string {
	all := maps.Clone(units)
	for u := range e.units {
		if u.poll == poll {
			all[u.of] = 0
		}
	}
	return slices.Sorted(maps.Keys(all))
}

// judgeCount notes by how much a count is off. The largest gap of one thing
// counts, wherever it is seen.
func (v *verdict) judgeCount(what, where string, got int, want bounds) {
	if gap := want.low - want.excused - got; gap > 0 {
		note(v.lost, what, gap, fmt.Sprintf("%d %s, want at least %d", got, where, want.low))
	}
	if gap := got - want.high; gap > 0 {
		note(v.twice, what, gap, fmt.Sprintf("%d %s, want at most %d", got, where, want.high))
	}
}

func note(faults map[string]int, what string, gap int, detail string) {
	for known, n := range faults {
		if len(known) > len(what) && known[:len(what)+1] == what+":" {
			if n >= gap {
				return
			}
			delete(faults, known)
		}
	}
	faults[what+": "+detail] = gap
}

// details words what was found, at most so many lines.
func (v *verdict) details(most int) []string {
	var out []string
	for _, k := range slices.Sorted(maps.Keys(v.lost)) {
		out = append(out, fmt.Sprintf("lost %d: %s", v.lost[k], k))
	}
	for _, k := range slices.Sorted(maps.Keys(v.twice)) {
		out = append(out, fmt.Sprintf("too many by %d: %s", v.twice[k], k))
	}
	for _, i := range slices.Sorted(maps.Keys(v.differs)) {
		out = append(out, fmt.Sprintf("phone %d diverged: %s", i, v.differs[i]))
	}
	if len(out) > most {
		out = append(out[:most], fmt.Sprintf("and %d more", len(out)-most))
	}
	return out
}

// counts are the numbers that everybody can see.
type counts struct {
	votes map[string]int
	polls map[string]tally
}

type tally struct {
	people int
	units  map[string]int // nil while hidden
}

func countsOf(doc entity.Patch) counts {
	c := counts{votes: make(map[string]int), polls: make(map[string]tally)}
	for id, e := range doc["votes"] {
		var v struct {
			N int `json:"n"`
		}
		if json.Unmarshal(e, &v) == nil {
			c.votes[id] = v.N
		}
	}
	for id, e := range doc["tally"] {
		var t counted
		var poll struct {
			Kind string `json:"kind"`
		}
		_ = json.Unmarshal(doc["poll"][id], &poll) // not there: as any other
		if json.Unmarshal(e, &t) == nil && poll.Kind != "survey" {
			c.polls[id] = tally{t.People, t.units()}
		}
	}
	return c
}

func (r *results) counts() counts {
	c := counts{votes: make(map[string]int), polls: make(map[string]tally)}
	for _, q := range r.Questions {
		c.votes[q.ID] = q.Votes
	}
	for _, p := range r.Polls {
		if p.Kind == "survey" {
			continue // its questions are answered
		}
		t := tally{p.People, p.units()}
		if t.units == nil {
			t.units = make(map[string]int)
		}
		for i, o := range p.Options {
			if p.Pairs == nil {
				t.units[optioned(i)] = o.Count
			}
		}
		c.polls[p.ID] = t
	}
	return c
}
