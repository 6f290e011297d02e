package session_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

func TestPrepareLimits(t *testing.T) {
	key := newRoom().key
	q := func(members string) string {
		return fmt.Sprintf(`{"type":"question.ask","id":%q,%s}`, ulid("q"), members)
	}
	poll := func(title string, options ...string) string {
		b, err := json.Marshal(map[string]any{"type": "poll.create", "id": ulid("p"), "title": title, "kind": "single", "options": options})
		return must(b, err)
	}
	x := strings.Repeat
	for _, tt := range []struct {
		name, raw string
		want      oplog.Reason
	}{
		{"TextOf500Characters", q(`"text":"` + x("ä", 500) + `"`), ""},
		{"TextOf501Characters", q(`"text":"` + x("ä", 501) + `"`), oplog.TooLong},
		{"TextOf500ThatAreManyBytes", q(`"text":"` + x("한", 500) + `"`), ""},
		{"TextOf501GraphemesOfTwoRunes", q(`"text":"` + x("q\u0323", 501) + `"`), oplog.TooLong},
		{"TextOfTooManyBytes", q(`"text":"` + x("👩\u200d🚀", 200) + `"`), oplog.TooLong},
		{"NameOf40", q(`"text":"a","name":"` + x("b", 40) + `"`), ""},
		{"NameOf41", q(`"text":"a","name":"` + x("b", 41) + `"`), oplog.TooLong},
		{"NameOfNothing", q(`"text":"a","name":" "`), ""},
		{"LangOfEight", q(`"text":"a","lang":"abcdefgh"`), ""},
		{"LangOfNine", q(`"text":"a","lang":"abcdefghi"`), oplog.BadCommand},
		{"LangOfNothing", q(`"text":"a","lang":""`), oplog.BadCommand},
		{"NotUTF8", q(`"text":"` + "\xff" + `"`), oplog.NotUTF8},
		{"TooBig", q(`"text":"` + x("a", session.MaxCommandBytes) + `"`), oplog.TooBig},
		{"OneOption", poll("t", "a"), oplog.BadChoice},
		{"TwentyOptions", poll("t", strings.Split(x("o ", 19)+"o", " ")...), ""},
		{"TwentyOneOptions", poll("t", strings.Split(x("o ", 20)+"o", " ")...), oplog.BadChoice},
		{"TitleOf255", poll(x("t", 255), "a", "b"), ""},
		{"TitleOf256", poll(x("t", 256), "a", "b"), oplog.TooLong},
		{"OptionOf201", poll("t", x("a", 201), "b"), oplog.TooLong},
		{"EmptyObject", `{}`, oplog.BadCommand},
		{"NotAnObject", `"question.ask"`, oplog.BadCommand},
		{"Nothing", ``, oplog.BadCommand},
		{"HalfAnObject", `{"type":"board.open"`, oplog.BadCommand},
		{"TwoObjects", `{"type":"board.open"}{}`, oplog.BadCommand},
		{"SystemTypes", `{"type":"genesis"}`, oplog.BadCommand},
		{"RedactTooMuch", `{"type":"redact","offsets":[` + x("1,", session.MaxRedact) + `1]}`, oplog.TooMany},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, got := session.Prepare(json.RawMessage(tt.raw), key); got != tt.want {
				t.Errorf("reason %q, want %q", got, tt.want)
			}
		})
	}
}

// TestPrepareKeepsTextsPrivate: nothing of a text stands in the public part.
func TestPrepareKeepsTextsPrivate(t *testing.T) {
	r := newRoom()
	for _, raw := range []string{
		fmt.Sprintf(`{"type":"question.ask","id":%q,"text":"canary","name":"canary"}`, ulid("q")),
		fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"canary","name":"canary"}`, ulid("q")),
		fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"canary","kind":"single","options":["canary","b"]}`, ulid("p")),
	} {
		c := r.mustPrepare("amina", oplog.Attendee, raw)
		if strings.Contains(string(c.EncodePublic()), "canary") || !strings.Contains(string(c.Private), "canary") {
			t.Errorf("public %s, private %s", c.Args, c.Private)
		}
	}
}

// TestPrepareGivesTheSameBytes: a retry is known by its sums, another text and
// another topic's key have others.
func TestPrepareGivesTheSameBytes(t *testing.T) {
	r := newRoom()
	a, b := r.mustPrepare("a", oplog.Attendee, ask("q", "Why?")), r.mustPrepare("a", oplog.Attendee, ask("q", " Why?\u200b"))
	if string(a.Args) != string(b.Args) || string(a.Private) != string(b.Private) {
		t.Errorf("%s %s and %s %s", a.Args, a.Private, b.Args, b.Private)
	}
	if c := r.mustPrepare("a", oplog.Attendee, ask("q", "Who?")); string(c.Args) == string(a.Args) {
		t.Errorf("another text has the same sum: %s", c.Args)
	}
	other, err := oplog.NewKey([]byte(strings.Repeat("k", oplog.KeySize)))
	if err != nil {
		t.Fatal(err)
	}
	if c, _ := session.Prepare(json.RawMessage(ask("q", "Why?")), other); string(c.Args) == string(a.Args) {
		t.Error("another key gives the same sum: topics could be linked")
	}
}
