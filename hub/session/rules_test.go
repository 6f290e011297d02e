package session_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// oldEntry is an entry that was judged by an older version of the rules, and
// what that said of it; the last one has only a document.
type oldEntry struct {
	Public  []byte          `json:"p"`
	Private json.RawMessage `json:"t"`
	Outcome string          `json:"o"`
}

// TestOldLogsFoldAsTheyDid: logs of older rules, random histories written down
// when those were in force, have the outcomes that they had then, and a role sees
// what it saw then, but for a kind that came later.
func TestOldLogsFoldAsTheyDid(t *testing.T) {
	t.Run("Rules1", func(t *testing.T) { foldOld(t, "testdata/rules1.json.gz", 1, oplog.Attendee) })
	t.Run("Rules2", func(t *testing.T) { foldOld(t, "testdata/rules2.json.gz", 2, oplog.Moderator) })
	t.Run("Rules3", func(t *testing.T) { foldOld(t, "testdata/rules3.json.gz", 3, oplog.Moderator) })
	t.Run("Rules4", func(t *testing.T) { foldOld(t, "testdata/rules4.json.gz", 4, oplog.Moderator) })
}

func foldOld(t *testing.T, file string, rules uint16, role oplog.Role) {
	packed, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	var logs [][]oldEntry
	if err := json.NewDecoder(r).Decode(&logs); err != nil || len(logs) == 0 {
		t.Fatalf("%d logs: %v", len(logs), err)
	}
	for i, log := range logs {
		m := session.New(topic)
		last := len(log) - 1
		for n, e := range log[:last] {
			c, err := oplog.DecodePublic(e.Public)
			if err != nil {
				t.Fatal(err)
			}
			c.Private = e.Private
			entry := oplog.Entry{Offset: oplog.Offset(n + 1), Time: start + 1000*int64(n), Rules: rules, Public: e.Public}
			o := m.Apply(&entry, &c)
			said := string(o.Reason)
			if o.Again {
				said = "again"
			}
			if said != e.Outcome {
				t.Fatalf("log %d, entry %d, %s %s: %q, it was %q", i, n+1, c.Type, c.Args, said, e.Outcome)
			}
		}
		var doc entity.Patch
		if err := json.Unmarshal(log[last].Private, &doc); err != nil {
			t.Fatal(err)
		}
		now := m.Since(role, 0)
		if rules < 3 {
			delete(now, "sheet")
		}
		if diff := reducer.Diff(now, doc); diff != "" {
			t.Errorf("log %d: %s", i, diff)
		}
	}
}

// TestNewWordsMeanNothingInOldLogs: what came with rules 2 and 3 is refused where
// an entry of rules 1 says it, and what came with rules 3 where one of rules 2
// does.
func TestNewWordsMeanNothingInOldLogs(t *testing.T) {
	r := newRoom()
	r.append(r.mustPrepare("nadia", oplog.Moderator, `{"type":"board.open"}`))
	before := r.m.Digest()
	refused := func(raw string, rules uint16) {
		c := r.mustPrepare("nadia", oplog.Moderator, raw)
		o := r.m.Apply(&oplog.Entry{Offset: 2, Time: start, Rules: rules, Public: c.EncodePublic()}, &c)
		if o.Accepted() || o.Reason == oplog.NotFound || r.m.Digest() != before {
			t.Errorf("%s, rules %d: %+v", raw, rules, o)
		}
	}
	for _, raw := range append(newWords(), pollWords()...) {
		refused(raw, 1)
	}
	for _, raw := range pollWords() {
		refused(raw, 2)
	}
}

// pollWords are what came with rules 3.
func pollWords() []string {
	p := ulid("p1")
	return []string{
		`{"type":"poll.create","id":"` + p + `","kind":"yesno","title":"a"}`,
		`{"type":"poll.create","id":"` + p + `","kind":"single","title":"a","options":["b","c"],"results":"voted"}`,
		`{"type":"poll.edit","id":"` + p + `","kind":"yesno","title":"a"}`,
		`{"type":"poll.set","id":"` + p + `","results":"closed","screen":true,"fixed":true,"secs":30}`,
		`{"type":"poll.archive","id":"` + p + `","on":true}`, `{"type":"poll.time","id":"` + p + `","secs":60}`,
		`{"type":"poll.round","id":"` + p + `"}`, `{"type":"poll.solve","id":"` + p + `","on":true}`,
		`{"type":"poll.word","id":"` + p + `","ns":[1,2],"show":false}`, `{"type":"poll.order","ids":["` + p + `"]}`,
		`{"type":"player.set","name":"a","team":1}`, `{"type":"player.hide","n":1,"on":true}`,
		`{"type":"quiz.teams","names":["a","b"]}`, `{"type":"stage.leaderboard","on":true}`,
	}
}

func newWords() []string {
	q := ulid("q1")
	return []string{
		`{"type":"question.archive","id":"` + q + `"}`, `{"type":"question.star","id":"` + q + `","on":true}`,
		`{"type":"question.pin","id":"` + q + `","on":true}`, `{"type":"question.label","id":"` + q + `","label":1,"on":true}`,
		`{"type":"question.reply","id":"` + q + `","text":"a"}`, `{"type":"question.merge","id":"` + q + `","ids":["` + ulid("q2") + `"]}`,
		`{"type":"question.enter","id":"` + q + `","text":"a","from":"floor"}`, `{"type":"person.block","id":"` + q + `","on":true}`,
		`{"type":"stage.clear","on":true}`, `{"type":"label.set","n":1,"name":"a"}`, `{"type":"intro.set","text":"a"}`,
		`{"type":"board.clear"}`, `{"type":"session.reset"}`, `{"type":"staff.name","name":"a"}`, `{"type":"undo","step":"1"}`,
		`{"type":"settings.set","names":"required"}`, `{"type":"person.block","player":1,"on":true}`,
		`{"type":"person.block","poll":"` + ulid("p1") + `","n":1,"on":true}`,
		`{"type":"question.lang","id":"` + q + `","lang":"ar"}`, `{"type":"translation.lock","id":"` + q + `","lang":"ar","on":true}`,
		`{"type":"translation.put","id":"` + q + `","lang":"ar","text":"a"}`, `{"type":"note.send","id":"` + q + `","text":"a"}`,
		`{"type":"settings.set","langs":["ar"]}`,
	}
}
