package reducer_test

import (
	"encoding/json"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
)

func doc(kind, id, e string) entity.Patch {
	return entity.Patch{kind: map[string]json.RawMessage{id: json.RawMessage(e)}}
}

func frame(from, to oplog.Offset, d entity.Patch) reducer.Frame {
	return reducer.Frame{View: 1, From: from, Pos: oplog.Position{Epoch: "k", Offset: to}, Doc: d}
}

func TestApply(t *testing.T) {
	start := frame(0, 10, doc("votes", "q", `{"n":1}`))
	for _, tt := range []struct {
		name  string
		frame reducer.Frame
		want  reducer.Verdict
		votes string
		at    oplog.Offset
	}{
		{"AppliedFromTheSameOffset", frame(10, 12, doc("votes", "q", `{"n":2}`)), reducer.Applied, `{"n":2}`, 12},
		{"AppliedFromBefore", frame(4, 12, doc("votes", "q", `{"n":2}`)), reducer.Applied, `{"n":2}`, 12},
		{"PassedWhenOlder", frame(4, 9, doc("votes", "q", `{"n":0}`)), reducer.Passed, `{"n":1}`, 10},
		{"PassedWhenEqual", frame(4, 10, doc("votes", "q", `{"n":0}`)), reducer.Passed, `{"n":1}`, 10},
		{"BehindWhenSomethingIsMissing", frame(11, 12, doc("votes", "q", `{"n":2}`)), reducer.Behind, `{"n":1}`, 10},
		{"ReplacedFromZeroEvenBackwards", frame(0, 3, doc("votes", "q", `{"n":0}`)), reducer.Applied, `{"n":0}`, 3},
		{"GoneByNull", frame(10, 12, doc("votes", "q", `null`)), reducer.Applied, ``, 12},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c reducer.Client
			c.Apply(start)
			if got := c.Apply(tt.frame); got != tt.want {
				t.Errorf("verdict %v, want %v", got, tt.want)
			}
			if got := string(c.Doc["votes"]["q"]); got != tt.votes || c.Pos.Offset != tt.at {
				t.Errorf("at %d with %s, want %d with %s", c.Pos.Offset, got, tt.at, tt.votes)
			}
		})
	}
}

func TestApplyForeign(t *testing.T) {
	var c reducer.Client
	c.Apply(frame(0, 10, nil))
	other := frame(10, 12, nil)
	other.Pos.Epoch = "other"
	newer := frame(10, 12, nil)
	newer.View = 2
	for name, f := range map[string]reducer.Frame{"OtherEpoch": other, "OtherView": newer} {
		t.Run(name, func(t *testing.T) {
			if got := c.Apply(f); got != reducer.Foreign || c.Pos.Offset != 10 {
				t.Errorf("%v at %d, want foreign at 10", got, c.Pos.Offset)
			}
		})
	}
}

func TestApplySharesNoMapWithTheFrame(t *testing.T) {
	d := doc("votes", "q", `1`)
	var a, b reducer.Client
	a.Apply(frame(0, 10, d))
	b.Apply(frame(0, 10, d))
	a.Apply(frame(10, 11, doc("votes", "q", `2`)))
	if got := string(b.Doc["votes"]["q"]); got != `1` {
		t.Errorf("another client's document changed to %s", got)
	}
}
