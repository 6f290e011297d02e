package document

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// frames makes patches, some of which fit and some of which do not.
func frames(t *rapid.T) []wire.Patch {
	var out []wire.Patch
	for range rapid.IntRange(1, 12).Draw(t, "frames") {
		from := rapid.IntRange(0, 12).Draw(t, "from")
		to := from + rapid.IntRange(0, 6).Draw(t, "length")
		p := wire.Patch{
			Topic: "session/opening", View: rapid.IntRange(1, 2).Draw(t, "view"), From: oplog.Offset(from),
			Pos: oplog.Position{Epoch: rapid.SampledFrom([]string{"k3", "k3", "k4"}).Draw(t, "epoch"), Offset: oplog.Offset(to)},
			Doc: entity.Patch{},
		}
		// The hash names the history: what is at a place is always the same.
		copy(p.Pos.Hash[:], fmt.Sprint(len(out)))
		for range rapid.IntRange(0, 4).Draw(t, "entities") {
			e := rapid.SampledFrom([]string{"null", `{"n":1}`, `{"n":2}`, `{"text":"a \"}{\" b","x":[1,null]}`}).Draw(t, "entity")
			p.Doc.Put(rapid.SampledFrom([]string{"votes", "question"}).Draw(t, "kind"),
				rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id"), json.RawMessage(e))
		}
		out = append(out, p)
	}
	return out
}

// TestAStateIsWhatTheReducerSays plays frames, as the hub encodes them, to the
// library and to the reducer that clients have.
func TestAStateIsWhatTheReducerSays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l Library
		var want reducer.Client
		var s *State
		for i, f := range frames(t) {
			verdict := want.Apply(reducer.Frame{View: f.View, From: f.From, Pos: f.Pos, Doc: f.Doc})
			m, err := l.Read(wire.AppendPatch(nil, f))
			if err != nil || len(m.Patches) != 1 {
				t.Fatalf("frame %d: %v", i, err)
			}
			step, err := l.Apply(s, m.Patches[0])
			if err != nil {
				t.Fatal(err)
			}
			if step.Verdict.String() != verdict.String() {
				t.Fatalf("frame %d: %v, want %v", i, step.Verdict, verdict)
			}
			s = step.Next
			compare(t, s, &want)
		}
	})
}

func compare(t *rapid.T, s *State, want *reducer.Client) {
	if s == nil {
		if want.Doc != nil {
			t.Fatal("nothing, and the reducer has a document")
		}
		return
	}
	n := 0
	for kind, entities := range want.Doc {
		for id, e := range entities {
			n++
			if got := s.Entity(kind + "/" + id); got != string(e) {
				t.Fatalf("%s/%s is %s, want %s", kind, id, got, e)
			}
		}
	}
	if n != len(s.entities) || s.Offset != int64(want.Pos.Offset) || s.Epoch != want.Pos.Epoch || s.View != int64(want.View) {
		t.Fatalf("%d entities at %+v, want %d at %+v", len(s.entities), s.Place, n, want.Pos)
	}
}

const whole = `{"t":"patch","topic":"session/opening","view":3,"epoch":"k3","from":0,"to":7,"h":"aa","doc":{"votes":{"q":{"n":1},"r":{"n":5}}}}`

func apply(t *testing.T, l *Library, s *State, frame string) *Step {
	t.Helper()
	m, err := l.Read([]byte(frame))
	if err != nil {
		t.Fatal(err)
	}
	step, err := l.Apply(s, m.Patches[0])
	if err != nil {
		t.Fatal(err)
	}
	return step
}

func TestPhonesShareWhatTheyHold(t *testing.T) {
	var l Library
	a, b := apply(t, &l, nil, whole), apply(t, &l, nil, whole)
	if a != b {
		t.Error("the same frame at the same state is another step")
	}
	next := strings.NewReplacer(`"from":0`, `"from":7`, `"to":7`, `"to":8`, `"h":"aa"`, `"h":"bb"`).Replace(whole)
	long := strings.NewReplacer(`"to":7`, `"to":8`, `"h":"aa"`, `"h":"bb"`).Replace(whole)
	c, d := apply(t, &l, a.Next, next), apply(t, &l, nil, long)
	if c.Next != d.Next {
		t.Error("two ways to the same document at the same place end in two states")
	}
	if c.From != 7 || c.To != 8 || d.From != 0 || d.To != 8 || !c.Changed {
		t.Errorf("%+v and %+v", c, d)
	}
	if n := len(l.Steps()); n != 3 {
		t.Errorf("%d steps, want 3", n)
	}
}

func TestTwoDocumentsAtOnePlaceAreAnError(t *testing.T) {
	var l Library
	apply(t, &l, nil, whole)
	m, err := l.Read([]byte(strings.Replace(whole, `{"n":5}`, `{"n":6}`, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.Apply(nil, m.Patches[0]); err == nil || !strings.Contains(err.Error(), "votes/r") {
		t.Errorf("no error names the entity: %v", err)
	}
}

func TestReadAMessage(t *testing.T) {
	var l Library
	m, err := l.Read([]byte(whole + "\n" + `{"t":"mine","topic":"session/opening","epoch":"k3","from":0,"to":7,"h":"aa","doc":{}}` + "\n" +
		`{"t":"pulse","topic":"session/opening","online":812}` + "\n" +
		`{"t":"ack","id":"01J","topic":"session/opening","epoch":"k3","offset":9,"level":"embedded"}` + "\n" +
		`{"t":"retry","id":"02J","after":800}` + "\n" + `{"t":"refuse","id":"03J","topic":"session/opening","offset":9,"reason":"poll-closed","final":true}`))
	if err != nil {
		t.Fatal(err)
	}
	want := []Answer{{"ack", "01J", 9, "", 0}, {"retry", "02J", 0, "", 800}, {"refuse", "03J", 9, "poll-closed", 0}}
	if len(m.Patches) != 1 || len(m.Answers) != 3 || m.Error != "" {
		t.Fatalf("%+v", m)
	}
	for i := range want {
		if m.Answers[i] != want[i] {
			t.Errorf("%+v, want %+v", m.Answers[i], want[i])
		}
	}
	if m, err := l.Read([]byte(`{"t":"hello","v":1,"node":"a","version":"1.2","beat":25}`)); err != nil || m.Version != "1.2" {
		t.Errorf("%+v, %v", m, err)
	}
	if m, err := l.Read([]byte(`{"t":"error","reason":"too-fast"}`)); err != nil || m.Error != "error too-fast" {
		t.Errorf("%+v, %v", m, err)
	}
	for _, bad := range []string{`{}`, `{"t":"patch","to":"x"}`, `{"t":"patch","doc":{"a":1}}`, "hello"} {
		if _, err := l.Read([]byte(bad)); err == nil {
			t.Errorf("%s is taken", bad)
		}
	}
}

func TestParseAndDiff(t *testing.T) {
	s, err := Parse([]byte(strings.TrimPrefix(whole, `{"t":"patch","topic":"session/opening",`)))
	if err == nil {
		t.Errorf("what is no object is read as %+v", s)
	}
	s, err = Parse([]byte(strings.Replace(whole, `"to":7`, `"offset":7`, 1)))
	if err != nil || s.Place != (Place{3, "k3", 7, "aa"}) {
		t.Fatalf("%+v, %v", s, err)
	}
	if got := s.Keys("votes"); len(got) != 2 || got[0] != "votes/q" {
		t.Errorf("keys %q", got)
	}
	for name, x := range map[string]struct{ from, to, diff string }{
		"Equal":           {`x`, `x`, ""},
		"AnotherSpelling": {`{"n":1}`, `{ "n" : 1 }`, ""},
		"AnotherValue":    {`{"n":1}`, `{"n":2}`, "votes/q"},
		"Missing":         {`"q":{"n":1},`, ``, "votes/q"},
		"TooMuch":         {`"r":`, `"s":{"n":0},"r":`, "votes/s"},
	} {
		other, err := Parse([]byte(strings.Replace(whole, x.from, x.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Diff(other); (got == "") != (x.diff == "") || !strings.Contains(got, x.diff) {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func TestOldMessagesAreForgotten(t *testing.T) {
	var c cache[int, int]
	for i := range 3 * generation {
		c.put(i, i)
	}
	if _, ok := c.get(0); ok || len(c.young)+len(c.old) > 2*generation {
		t.Errorf("%d and %d are kept", len(c.young), len(c.old))
	}
	if v, ok := c.get(3*generation - 1); !ok || v != 3*generation-1 {
		t.Error("the last is gone")
	}
}
