package faults

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

// Linear says whether a history can have come from one copy of everything, where
// each command took effect at one moment between its call and its answer: one that
// was refused never, one that was not answered then, later or never. Reads are
// what the phones hold in the end. The models are
//
//	a register for each person and thing: of two commands of one tab the later
//	    count stands, in whatever order they arrive
//	a set for each question: whose votes count
//
// It returns what cannot be, nil if nothing.
func Linear(events []Event) error {
	registers, sets := histories(events)
	for _, c := range []struct {
		model     porcupine.Model
		histories map[string][]porcupine.Operation
	}{{registerModel, registers}, {setModel, sets}} {
		for _, name := range slices.Sorted(maps.Keys(c.histories)) {
			// The parts are small; a bound is there for a history that cannot be at
			// all, for which there are many orders to try.
			if r := porcupine.CheckOperationsTimeout(c.model, c.histories[name], patience); r != porcupine.Ok {
				return fmt.Errorf("the history of %s fits no order (%s):\n%s", name, r, told(c.histories[name]))
			}
		}
	}
	return nil
}

// act is one operation: a command of a person, or a read.
type act struct {
	person string
	n      uint64
	value  string
	read   bool
}

func (a act) String() string {
	if a.read {
		return fmt.Sprintf("%s reads %q", a.person, a.value)
	}
	return fmt.Sprintf("%s sets %q as its %d", a.person, a.value, a.n)
}

// histories sorts events into those of registers and those of sets, by name.
func histories(events []Event) (registers, sets map[string][]porcupine.Operation) {
	registers, sets = map[string][]porcupine.Operation{}, map[string][]porcupine.Operation{}
	holders, last := map[string][]string{}, map[string]int64{}
	for _, e := range events {
		if e.Kind != "question.vote" && e.Kind != "poll.vote" || e.Came == "refused" {
			continue
		}
		op := porcupine.Operation{
			Input: act{person: e.Person, n: e.N, value: e.Value, read: e.Came == "read"},
			Call:  e.Call, Return: e.Return,
		}
		if e.Came == "unknown" {
			op.Return = math.MaxInt64
		}
		name := e.Kind + " on " + e.Target
		registers[name+" by "+e.Person] = append(registers[name+" by "+e.Person], op)
		switch {
		case e.Kind != "question.vote":
		case e.Came != "read":
			sets[name] = append(sets[name], op)
		default:
			last[name] = max(last[name], e.Call)
			if e.Value != "" {
				holders[name] = append(holders[name], e.Person)
			}
		}
	}
	for name, at := range last {
		slices.Sort(holders[name])
		sets[name] = append(sets[name], porcupine.Operation{
			Input: act{person: "everybody", value: strings.Join(holders[name], " "), read: true}, Call: at, Return: at,
		})
	}
	return registers, sets
}

func told(ops []porcupine.Operation) string {
	var b strings.Builder
	for _, op := range ops {
		until := "never answered"
		if op.Return != math.MaxInt64 {
			until = fmt.Sprintf("answered %v later", time.Duration(op.Return-op.Call))
		}
		fmt.Fprintf(&b, "  %s %v, %s\n", time.Unix(0, op.Call).UTC().Format("05.000000"), op.Input, until)
	}
	return b.String()
}

// register is one value, and the count of the command that set it.
type register struct {
	n     uint64
	value string
}

func (r register) step(a act) (bool, register) {
	switch {
	case a.read:
		return a.value == r.value, r
	case a.n > r.n:
		return true, register{a.n, a.value}
	}
	return true, r
}

var registerModel = porcupine.Model{
	Init: func() any { return register{} },
	Step: func(state, input, _ any) (bool, any) { return state.(register).step(input.(act)) },
}

// setModel is the registers of all who voted on a question.
var setModel = porcupine.Model{
	Init: func() any { return map[string]register{} },
	Step: func(state, input, _ any) (bool, any) {
		s, a := state.(map[string]register), input.(act)
		if a.read {
			var in []string
			for person, r := range s {
				if r.value != "" {
					in = append(in, person)
				}
			}
			slices.Sort(in)
			return strings.Join(in, " ") == a.value, s
		}
		next := maps.Clone(s)
		_, next[a.person] = s[a.person].step(a)
		return true, next
	},
	Equal: func(a, b any) bool { return maps.Equal(a.(map[string]register), b.(map[string]register)) },
}
