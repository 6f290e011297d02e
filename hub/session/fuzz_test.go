package session_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

var everyType = []string{
	"question.ask", "question.edit", "question.withdraw", "question.vote", "question.approve", "question.dismiss",
	"question.restore", "question.answer", "question.highlight", "poll.vote", "poll.create", "poll.open", "poll.close",
	"poll.reveal", "poll.hide", "poll.stage", "settings.set", "board.open", "board.close", "redact",
	"question.archive", "question.star", "question.pin", "question.label", "question.reply", "question.merge",
	"question.enter", "person.block", "stage.clear", "label.set", "intro.set", "board.clear", "session.reset",
	"staff.name", "undo", "poll.edit", "poll.set", "poll.archive", "poll.time", "poll.round", "poll.solve", "poll.word", "poll.order",
	"player.set", "player.hide", "quiz.teams", "stage.leaderboard",
	"genesis", "restore", "erased", "tick", "",
}

// FuzzApply: whatever bytes an entry holds, it folds without a panic, the dry
// run agrees, and the state can be saved and put back.
func FuzzApply(f *testing.F) {
	q, p := ulid("q1"), ulid("p1")
	for i, args := range []string{
		`{"id":"` + q + `","on":true}`, `{"id":"` + p + `","choice":[1,3]}`, `{"id":"` + p + `","choice":[]}`, `{"offsets":[2,3]}`,
		`{"id":"` + ulid("q2") + `","text":{"c":1,"b":1,"s":1,"h":"00000000000000000000000000000000"}}`,
		`{"qa":"votes","moderation":false}`, `{"id":"` + q + `","ids":["` + ulid("q2") + `"]}`, `{"step":"4"}`, `{"n":1,"public":true}`,
		`{"ids":["` + q + `"],"label":1,"on":true}`, `{"closes":{"at":1,"to":"votes"}}`, `{"pending":true}`, `{}`, `null`, ``, `{"id":5}`, `{"id":"` + q + `","choice":[1,99999]}`,
		`{"id":"` + p + `","ranks":[[1],[2,3]]}`, `{"id":"` + p + `","points":[100,0]}`, `{"id":"` + p + `","number":-9223372036854775808}`,
		`{"id":"` + p + `","words":[{"c":1,"b":1,"s":1,"h":"00000000000000000000000000000000","w":"00000000000000000000000000000000"}]}`,
		`{"id":"` + p + `","secs":86400}`, `{"id":"` + p + `","results":"voted","screen":true}`, `{"id":"` + p + `","ns":[1],"show":true}`,
		`{"id":"` + ulid("p2") + `","title":{"c":1,"b":1,"s":1,"h":"00000000000000000000000000000000"},"kind":"number","min":1,"max":1,"results":"hidden","low":9223372036854775807}`,
		`{"name":{"c":1,"b":1,"s":1,"h":"00000000000000000000000000000000"},"team":1}`, `{"n":2,"names":{"c":3,"b":3,"s":4,"h":"00000000000000000000000000000000"}}`,
	} {
		f.Add(uint8(i), uint8(1+i%5), uint64(i), uint64(i), []byte(args), []byte(`{"text":"x","options":["a"]}`))
	}
	f.Fuzz(func(t *testing.T, kind, role uint8, n, seen uint64, args, private []byte) {
		r := busyRoom(t)
		for i := range everyType {
			c := oplog.Command{
				Type: everyType[(int(kind)+i)%len(everyType)], Device: device("fuzz"), N: n, Seen: oplog.Offset(seen),
				Actor: oplog.Actor{ID: r.key.Pseudonym("amina"), Role: oplog.Role(role % 9)}, Args: args, Private: private,
			}
			dry := r.check(c)
			if o := r.append(c); o.Reason != dry.Reason || o.Again != dry.Again {
				t.Fatalf("%s %s: dry %+v, wet %+v", c.Type, args, dry, o)
			}
		}
		checkState(t, r.m)
	})
}

// busyRoom has one of everything.
func busyRoom(t testing.TB) *room {
	r := newRoom()
	for _, raw := range opening() {
		r.do(t, "nadia", oplog.Moderator, raw)
	}
	r.do(t, "amina", oplog.Attendee, ask("q1", "Why?"))
	r.do(t, "nadia", oplog.Moderator, `{"type":"question.approve","id":"`+ulid("q1")+`"}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"question.vote","id":"`+ulid("q1")+`","on":true}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"poll.vote","id":"`+ulid("p1")+`","choice":[1]}`)
	for n := 2; n <= len(kinds); n++ {
		id := ulid(fmt.Sprint("p", n))
		r.do(t, "nadia", oplog.Moderator, createPoll(n, 1, ""))
		if n == 5 {
			continue // a survey is opened when it has a question
		}
		if n == 6 {
			id = ulid("p5")
		}
		r.do(t, "nadia", oplog.Moderator, `{"type":"poll.open","id":"`+id+`"}`)
		answer := strings.ReplaceAll(kinds[n-1].answers[0], "%d", "1")
		r.do(t, "amina", oplog.Attendee, `{"type":"poll.vote","id":"`+ulid(fmt.Sprint("p", n))+`",`+answer+`}`)
	}
	r.do(t, "amina", oplog.Attendee, `{"type":"player.set","name":"Amina"}`)
	return r
}

func checkState(t *testing.T, m *session.Machine) {
	state, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	again := session.New(topic)
	if err := again.Restore(state); err != nil {
		t.Fatalf("%v\n%s", err, state)
	}
	if again.Digest() != m.Digest() {
		t.Fatal("another digest after a restore")
	}
	for _, role := range roles {
		m.Since(role, 3)
		m.Since(role, 0)
	}
	m.Results()
}

// FuzzPrepare: whatever comes in, Prepare does not panic, and what it accepts is
// stable: JSON in both parts, and the fold judges it without a panic.
func FuzzPrepare(f *testing.F) {
	for _, kind := range everyType {
		f.Add([]byte(`{"type":"` + kind + `","id":"` + ulid("q1") + `"}`))
		f.Add([]byte(`{"type":"` + kind + `","id":"` + ulid("q1") + `","text":" a\u0301\u200d","name":"b","on":false,"lang":"en"}`))
		f.Add([]byte(`{"type":"` + kind + `","id":"` + ulid("p1") + `","choice":[2,1],"title":"t","kind":"multiple","options":["a","b"],"max":2}`))
	}
	f.Add([]byte(`{"type":"redact","offsets":[1,2,3]}`))
	for n := 1; n <= len(kinds); n++ {
		f.Add([]byte(createPoll(n, 1, "")))
		for _, with := range kinds[n-1].answers {
			f.Add([]byte(`{"type":"poll.vote","id":"` + ulid("p1") + `",` + with + `}`))
		}
	}
	for _, raw := range append(newWords(), pollWords()...) {
		f.Add([]byte(raw))
	}
	f.Add([]byte(`{"type":"settings.set","qa":"votes","moderation":true,"names":"off"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		r := busyRoom(t)
		c, why := session.Prepare(raw, r.key)
		if why != "" {
			return
		}
		if !json.Valid(c.Args) || c.Private != nil && !json.Valid(c.Private) {
			t.Fatalf("args %s, private %s", c.Args, c.Private)
		}
		for role := oplog.Attendee; role <= oplog.System; role++ {
			c.Actor = oplog.Actor{ID: r.key.Pseudonym("chen"), Role: role}
			if o := r.append(c); o.Reason == oplog.BadCommand {
				t.Fatalf("Prepare let %s pass, the fold calls it %s", raw, o.Reason)
			}
		}
		checkState(t, r.m)
	})
}

// FuzzRestore: a torn snapshot is an error, never a panic, and never a machine
// that panics later.
func FuzzRestore(f *testing.F) {
	r := newRoom()
	r.append(r.mustPrepare("nadia", oplog.Moderator, `{"type":"board.open"}`))
	r.append(r.mustPrepare("amina", oplog.Attendee, ask("q1", "Why?")))
	state, err := r.m.Snapshot()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(state)
	if state, err = busyRoom(f).m.Snapshot(); err != nil {
		f.Fatal(err)
	}
	f.Add(state)
	f.Add([]byte(`{}`))
	f.Fuzz(func(t *testing.T, state []byte) {
		m := session.New(topic)
		if m.Restore(state) != nil {
			return
		}
		for _, kind := range everyType {
			c := oplog.Command{
				Type: kind, Actor: oplog.Actor{ID: r.key.Pseudonym("amina"), Role: oplog.Moderator},
				Args: json.RawMessage(`{"id":"` + ulid("q1") + `","on":true,"choice":[1],"offsets":[2]}`),
			}
			m.Apply(&oplog.Entry{Offset: 50}, &c)
		}
		m.Since(oplog.Moderator, 0)
		m.Mine(r.key.Pseudonym("amina"), 0)
		m.Results()
	})
}
