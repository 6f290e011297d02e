package session_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// lacking names what a session lacks, at a time in seconds behind the start.
func (r *room) lacking(seconds int64) []string {
	var out []string
	for _, w := range r.m.Lacking(start+1000*seconds, 10) {
		out = append(out, w.Text+" "+w.From+" "+w.To)
	}
	return out
}

func (r *room) translate(t *testing.T, who string, role oplog.Role, id, text string, more string, seen oplog.Offset) oplog.Outcome {
	t.Helper()
	c := r.mustPrepare(who, role, fmt.Sprintf(`{"type":"translation.put","id":%q,"lang":"fr","text":%q%s}`, ulid(id), text, more))
	c.Seen = seen
	return r.append(c)
}

// TestMachinesTranslateWhatNobodyHas: what is lacking is listed until somebody
// has written it or is at it; a machine fills it, says that it did, and never
// writes over a person.
func TestMachinesTranslateWhatNobodyHas(t *testing.T) {
	const machine = `,"machine":true`
	r := newRoom()
	r.do(t, "nadia", oplog.Moderator, `{"type":"board.open"}`)
	r.do(t, "nadia", oplog.Moderator, `{"type":"settings.set","moderation":false}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.ask","id":"`+ulid("q1")+`","text":"One?","lang":"en"}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.ask","id":"`+ulid("q2")+`","text":"Deux ?","lang":"fr"}`)
	if got := r.lacking(10); got != nil {
		t.Errorf("no language is wanted, and %v is lacking", got)
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"settings.set","langs":["fr","en"]}`)
	if got := r.lacking(10); !slices.Equal(got, []string{"One? en fr", "Deux ? fr en"}) {
		t.Errorf("lacking: %v", got)
	}
	w := r.m.Lacking(start+10_000, 1)[0]
	if w.Topic != topic || w.ID != ulid("q1") {
		t.Errorf("%+v", w)
	}
	if o := r.translate(t, "tariq", oplog.Translator, "q1", "Un ?", machine, 0); o.Reason != oplog.NotAllowed {
		t.Errorf("a translator passes for a machine: %+v", o)
	}
	if o := r.translate(t, "hub", oplog.System, "q1", "Un ?", machine, w.Seen); !o.Accepted() {
		t.Fatalf("the machine is refused: %s", o.Reason)
	}
	want := `{"q":"` + ulid("q1") + `","lang":"fr","dir":"ltr","text":"Un ?","machine":true}`
	if e := string(r.m.Since(oplog.Attendee, 0)["translation"][ulid("q1")+".fr"]); e != want {
		t.Errorf("the hall reads %s", e)
	}
	// A person's words stand.
	if o := r.translate(t, "tariq", oplog.Translator, "q1", "La première ?", "", 0); !o.Accepted() {
		t.Fatal(o.Reason)
	}
	if o := r.translate(t, "hub", oplog.System, "q1", "Une ?", machine, w.Seen); o.Reason != oplog.Exists {
		t.Errorf("the machine writes over a person: %+v", o)
	}
	if got := r.lacking(20); !slices.Equal(got, []string{"Deux ? fr en"}) {
		t.Errorf("lacking: %v", got)
	}
	// Whoever is at one is not disturbed, for two minutes.
	r.do(t, "tariq", oplog.Translator, `{"type":"translation.lock","id":"`+ulid("q2")+`","lang":"en","on":true}`)
	if got := r.lacking(20); got != nil {
		t.Errorf("%v is lacking, though somebody is at it", got)
	}
	if got := r.lacking(20 + session.LockMs/1000); got == nil {
		t.Error("what somebody left lying is lacking no more")
	}
}

// TestATranslationOfOtherWordsIsRefused: a machine is slow, and meanwhile the
// question says something else.
func TestATranslationOfOtherWordsIsRefused(t *testing.T) {
	r := newRoom()
	r.do(t, "nadia", oplog.Moderator, `{"type":"board.open"}`)
	r.do(t, "nadia", oplog.Moderator, `{"type":"settings.set","moderation":false,"langs":["fr"]}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.ask","id":"`+ulid("q1")+`","text":"One?","lang":"en"}`)
	w := r.m.Lacking(start, 1)[0]
	r.do(t, "nadia", oplog.Moderator, `{"type":"question.edit","id":"`+ulid("q1")+`","text":"Two?"}`)
	if o := r.translate(t, "hub", oplog.System, "q1", "Un ?", `,"machine":true`, w.Seen); o.Reason != oplog.Changed {
		t.Errorf("%+v", o)
	}
	if w = r.m.Lacking(start, 1)[0]; w.Text != "Two?" {
		t.Errorf("%+v", w)
	}
}

// TestSpeak: what language a text is in is noted before the append, unless its
// sender said so, and stays as it was where nobody knows.
func TestSpeak(t *testing.T) {
	r := newRoom()
	of := func(text string) string { return map[string]string{"Pourquoi ?": "fr"}[text] }
	for _, tt := range []struct{ raw, want string }{
		{`{"type":"question.ask","id":"` + ulid("q") + `","text":"Pourquoi ?"}`, "fr"},
		{`{"type":"question.ask","id":"` + ulid("q") + `","text":"Pourquoi ?","lang":"es"}`, "es"},
		{`{"type":"question.edit","id":"` + ulid("q") + `","text":"Pourquoi ?"}`, "fr"},
		{`{"type":"question.enter","id":"` + ulid("q") + `","text":"Pourquoi ?","from":"floor"}`, "fr"},
		{`{"type":"question.ask","id":"` + ulid("q") + `","text":"?!?"}`, ""},
		{`{"type":"intro.set","text":"Pourquoi ?"}`, ""},
	} {
		c := r.mustPrepare("amina", oplog.Moderator, tt.raw)
		session.Speak(&c, of)
		if got := langOf(c); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.raw, got, tt.want)
		}
	}
}

func langOf(c oplog.Command) string {
	var a struct{ Lang string }
	_ = json.Unmarshal(c.Args, &a)
	return a.Lang
}
