package fold_test

import (
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// lamps are two switches, each with its register.
type lamps struct {
	on [2]bool
	r  [2]fold.Register
}

// set asks for the first lamp, or for both.
func (l *lamps) set(t fold.Turn, on ...bool) (oplog.Outcome, bool) {
	var fields []fold.Field
	for i, v := range on {
		fields = append(fields, fold.Field{Register: &l.r[i], Same: l.on[i] == v, Put: func() { l.on[i] = v }})
	}
	return fold.Set(&t, fields...)
}

func turn(at oplog.Offset, who, tab byte, n uint64, seen oplog.Offset) fold.Turn {
	c := &oplog.Command{Actor: oplog.Actor{ID: oplog.ActorID{who}}, N: n, Seen: seen}
	if tab != 0 {
		c.Device = oplog.Device{tab}
	}
	return fold.Entry(&oplog.Entry{Offset: at}, c)
}

func TestSet(t *testing.T) {
	const ada, bo = 1, 2
	for _, tt := range []struct {
		name    string
		turn    fold.Turn
		on      []bool
		want    oplog.Outcome
		differs bool
		after   [2]bool
	}{
		{"DoneWhenItDiffers", turn(6, bo, 'b', 1, 0), []bool{false}, oplog.Done(), true, [2]bool{false, false}},
		{"RepeatedByTheSameTab", turn(6, ada, 'a', 4, 0), []bool{false}, oplog.Repeated(), false, [2]bool{true, false}},
		{"DoneByTheSameTabLater", turn(6, ada, 'a', 6, 0), []bool{false}, oplog.Done(), true, [2]bool{false, false}},
		{"RepeatedWhenItIsSoAndNobodyCounts", turn(6, bo, 0, 0, 0), []bool{true}, oplog.Repeated(), false, [2]bool{true, false}},
		{"DoneWithoutADifferenceWhenTheTabCounts", turn(6, bo, 'b', 1, 0), []bool{true}, oplog.Done(), false, [2]bool{true, false}},
		{"ChangedForWhoHadNotSeen", turn(6, bo, 'b', 1, 3), []bool{false}, oplog.Refuse(oplog.Changed), false, [2]bool{true, false}},
		{"NeverChangedForOneself", turn(6, ada, 'c', 1, 3), []bool{false}, oplog.Done(), true, [2]bool{false, false}},
		{"AllOrNothing", turn(6, bo, 'b', 1, 3), []bool{false, true}, oplog.Refuse(oplog.Changed), false, [2]bool{true, false}},
		{"WhatIsRepeatedIsLeftOut", turn(6, ada, 'a', 5, 0), []bool{false, true}, oplog.Done(), true, [2]bool{true, true}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var l lamps
			l.set(turn(5, ada, 'a', 5, 0), true)
			dry := tt.turn
			dry.Dry = true
			before := l
			if o, differs := l.set(dry, tt.on...); !reflect.DeepEqual(o, tt.want) || differs || l != before {
				t.Errorf("the dry run says %+v and leaves %+v", o, l)
			}
			o, differs := l.set(tt.turn, tt.on...)
			if !reflect.DeepEqual(o, tt.want) || differs != tt.differs || l.on != tt.after {
				t.Errorf("%+v, differs %t, lamps %v", o, differs, l.on)
			}
		})
	}
}

func TestAnOlderCommandThatComesLateIsKnownToBeOlder(t *testing.T) {
	var l lamps
	l.set(turn(5, 1, 'a', 5, 0), true)
	l.set(turn(6, 1, 'a', 7, 0), true)
	if o, _ := l.set(turn(7, 1, 'a', 6, 0), false); !o.Again || !l.on[0] {
		t.Errorf("%+v, lamp %t", o, l.on[0])
	}
}

func TestRegistersAreSaved(t *testing.T) {
	type saved struct {
		R fold.Register `json:",omitzero"`
	}
	var none, r saved
	written := turn(9, 3, 'a', 8, 0)
	r.R.Write(&written)
	for _, s := range []saved{none, r} {
		b, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var again saved
		if err := json.Unmarshal(b, &again); err != nil || again != s {
			t.Errorf("%s became %+v: %v", b, again, err)
		}
	}
	for _, torn := range []string{`""`, `"0a 1 0b 2"`, `"x"`} {
		if json.Unmarshal([]byte(torn), &r.R) == nil {
			t.Errorf("%s is taken for a register", torn)
		}
	}
}

func TestRedact(t *testing.T) {
	for _, tt := range []struct {
		name, args string
		want       oplog.Outcome
	}{
		{"BlanksWhatIsLeft", `{"offsets":[2,3]}`, oplog.Outcome{Blank: []oplog.Offset{3}}},
		{"OnceEach", `{"offsets":[3,3]}`, oplog.Outcome{Blank: []oplog.Offset{3}}},
		{"AgainWhenAllAreGone", `{"offsets":[2]}`, oplog.Repeated()},
		{"NothingWhenOneBroughtNoText", `{"offsets":[3,4]}`, oplog.Refuse(oplog.NotFound)},
		{"NothingOfTooMany", `{"offsets":[2,3,3,3]}`, oplog.Refuse(oplog.TooMany)},
		{"NothingOfNone", `{"offsets":[]}`, oplog.Refuse(oplog.BadCommand)},
		{"NothingOfWhatIsNotJSON", `{`, oplog.Refuse(oplog.BadCommand)},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x := fold.LoadTexts([]fold.SavedText{{At: 2, Blank: true}, {At: 3}})
			c := &oplog.Command{Args: json.RawMessage(tt.args)}
			var dropped []oplog.Offset
			drop := func(at oplog.Offset) { dropped = append(dropped, at) }
			dry, wet := fold.Try(c, time.Time{}), fold.Entry(&oplog.Entry{Offset: 9}, c)
			if o := x.Redact(&dry, 3, drop); o.Reason != tt.want.Reason || o.Again != tt.want.Again || dropped != nil {
				t.Errorf("the dry run says %+v and drops %v", o, dropped)
			}
			if o := x.Redact(&wet, 3, drop); !reflect.DeepEqual(o, tt.want) || !reflect.DeepEqual(dropped, tt.want.Blank) {
				t.Errorf("%+v, dropped %v", o, dropped)
			}
			if got := x.Save(); len(got) != 2 || got[1].Blank != (tt.want.Blank != nil) {
				t.Errorf("saved as %v", got)
			}
		})
	}
}

func TestHeldTextIsDroppedOnce(t *testing.T) {
	h := fold.Held[string]{At: 4, Sum: fold.Sum{1}, Value: "x"}
	if h.Drop(5) || h.Differs(fold.Sum{1}) || !h.Differs(fold.Sum{2}) {
		t.Errorf("%+v", h)
	}
	if !h.Drop(4) || h.Drop(4) || h.Value != "" || !h.Differs(fold.Sum{1}) {
		t.Errorf("%+v", h)
	}
}
