package session_test

import (
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

func TestWordsAreFoundAsTheyAreHeard(t *testing.T) {
	w := session.NewWords([]string{"swindle", "buy now", "مُحتال", "мошенник", "骗子", "  ", "!"})
	for text, want := range map[string]bool{
		"A SWINDLE?": true, "a Ｓｗｉｎｄｌｅ!": true, "swindler": false, "swin dle": false,
		"Buy, now!": true, "buy it now": false, "هل هو محتــال؟": true, "Мошенник ли он?": true,
		"他是骗子吗？": true, "What is a port?": false, "": false,
	} {
		if w.In(text) != want {
			t.Errorf("%q: %t", text, !want)
		}
	}
	if session.NewWords(nil).In("anything") {
		t.Error("nothing is found in anything")
	}
}

// TestGuard: a hit is noted before the append, and the fold, which sees no text,
// holds the question; what moderators write passes, and nobody can say "held"
// for himself.
func TestGuard(t *testing.T) {
	w := session.NewWords([]string{"swindle"})
	r := newRoom()
	for _, raw := range []string{`{"type":"board.open"}`, `{"type":"settings.set","moderation":false}`} {
		r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
	}
	say := func(who string, role oplog.Role, raw string) string {
		c := r.mustPrepare(who, role, raw)
		session.Guard(&c, w)
		if o := r.append(c); !o.Accepted() {
			t.Fatalf("%s: %s", raw, o.Reason)
		}
		c.Private = nil
		return string(c.Args)
	}
	if args := say("amina", oplog.Attendee, ask("q1", "Is it a swindle?")); !strings.Contains(args, `"held":"words"`) || strings.Contains(args, "swindle") {
		t.Errorf("public part %s", args)
	}
	say("amina", oplog.Attendee, ask("q2", "Is it fine?"))
	say("nadia", oplog.Moderator, ask("q3", "No swindle here."))
	states := map[string]string{}
	for _, q := range r.m.Results().Questions {
		states[q.ID] = q.State
	}
	if states[ulid("q1")] != "pending" || states[ulid("q2")] != "live" || states[ulid("q3")] != "live" {
		t.Errorf("%v", states)
	}
	// Reworded with the word, a live question waits again; without it, a held one still does.
	say("amina", oplog.Attendee, strings.Replace(ask("q2", "A swindle?"), ".ask", ".edit", 1))
	say("amina", oplog.Attendee, strings.Replace(ask("q1", "Is it good?"), ".ask", ".edit", 1))
	for _, q := range r.m.Results().Questions {
		if q.ID != ulid("q3") && q.State != "pending" {
			t.Errorf("%s is %s", q.Text, q.State)
		}
	}
	if _, why := r.prepare("amina", oplog.Attendee, strings.Replace(ask("q4", "a"), "}", `,"held":"words"}`, 1)); why != oplog.BadCommand {
		t.Errorf("held by the sender: %q", why)
	}
}

// TestGuardOfPolls: listed words in an answer wait, and a listed name stays off
// the leaderboard.
func TestGuardOfPolls(t *testing.T) {
	w := session.NewWords([]string{"swindle"})
	r := newRoom()
	p, quiz := ulid("p1"), ulid("p2")
	for _, raw := range []string{
		`{"type":"board.open"}`,
		`{"type":"poll.create","id":"` + p + `","kind":"cloud","title":"One word?","results":"shown"}`,
		`{"type":"poll.create","id":"` + quiz + `","kind":"quiz","title":"2 + 2?","options":["3","4"],"right":[2]}`,
		`{"type":"poll.open","id":"` + p + `"}`, `{"type":"poll.open","id":"` + quiz + `"}`,
	} {
		r.do(t, "nadia", oplog.Moderator, raw)
	}
	for _, raw := range []string{
		`{"type":"poll.vote","id":"` + p + `","words":["Water","SWINDLE"]}`,
		`{"type":"player.set","name":"Swindle & Sons"}`,
		`{"type":"poll.vote","id":"` + quiz + `","choice":[2]}`,
	} {
		c := r.mustPrepare("amina", oplog.Attendee, raw)
		session.Guard(&c, w)
		if o := r.append(c); !o.Accepted() {
			t.Fatalf("%s: %s", raw, o.Reason)
		}
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"poll.close","id":"`+quiz+`"}`)
	r.do(t, "nadia", oplog.Moderator, `{"type":"poll.solve","id":"`+quiz+`","on":true}`)
	hall, desk := r.m.Since(oplog.Attendee, 0), r.m.Since(oplog.Moderator, 0)
	if got := string(hall["tally"][p]); got != `{"people":1,"words":[{"n":1,"text":"Water","people":1}]}` {
		t.Errorf("the hall reads %s", got)
	}
	if !strings.Contains(string(desk["tally"][p]), `"text":"SWINDLE","people":1,"state":"pending"`) {
		t.Errorf("moderators read %s", desk["tally"][p])
	}
	if b := string(hall["leaderboard"]["_"]); strings.Contains(b, "Swindle") || !strings.Contains(b, `"scores":[[1000,1]]`) {
		t.Errorf("the hall reads %s", b)
	}
	if b := string(desk["leaderboard"]["_"]); !strings.Contains(b, `"hidden":[{"rank":1,"name":"Swindle & Sons"`) {
		t.Errorf("moderators read %s", b)
	}
}
