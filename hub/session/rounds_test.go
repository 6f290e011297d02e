package session_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// TestTakingBackWhatWasOver: who takes an answer back in a round in which they gave
// none has none in it; the answer of the round before is not theirs again.
func TestTakingBackWhatWasOver(t *testing.T) {
	for kind, answers := range map[string][2]string{
		"single":  {`"choice":[1]`, `"choice":[2]`},
		"ranking": {`"ranks":[[1],[2]]`, `"ranks":[[2],[1]]`},
		"points":  {`"points":[100,0]`, `"points":[0,100]`},
		"number":  {`"number":1`, `"number":2`},
		"cloud":   {`"words":["sun"]`, `"words":["moon"]`},
	} {
		t.Run(kind, func(t *testing.T) {
			r := newRoom()
			staff := func(raw string) { r.do(t, "nadia", oplog.Moderator, raw) }
			vote := func(answer string) {
				r.do(t, "amina", oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, ulid("p1"), answer))
			}
			options := ""
			if slices.Contains([]string{"single", "ranking", "points"}, kind) {
				options = `,"options":["a","b"]`
			}
			staff(`{"type":"board.open"}`)
			staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":%q,"title":"t","results":"shown"%s}`, ulid("p1"), kind, options))
			for _, turn := range []string{"open", "close", "round"} {
				if turn == "close" {
					vote(answers[0])
				}
				staff(fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, ulid("p1")))
			}
			vote(`"choice":[]`)
			if mine := r.m.Mine(r.key.Pseudonym("amina"), 0)["answer"]; mine != nil {
				t.Errorf("nothing was answered, and there is %s", mine)
			}
			vote(answers[1])
			var tally struct{ People int }
			got := r.m.Since(oplog.Attendee, 0)["tally"][ulid("p1")]
			if err := json.Unmarshal(got, &tally); err != nil || tally.People != 1 || strings.Contains(string(got), "-") {
				t.Errorf("one person has answered: %s", got)
			}
			if fold(r.log).Digest() != r.m.Digest() {
				t.Error("the log folds to another state")
			}
		})
	}
}

// TestBlockedWriteNothing: what somebody who is blocked writes in a poll, and the
// name that they play under, wait for a moderator.
func TestBlockedWriteNothing(t *testing.T) {
	r := newRoom()
	staff := func(raw string) { r.do(t, "nadia", oplog.Moderator, raw) }
	staff(`{"type":"board.open"}`)
	r.do(t, "troll", oplog.Attendee, ask("q1", "What?"))
	staff(fmt.Sprintf(`{"type":"person.block","id":%q,"on":true}`, ulid("q1")))
	staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"cloud","title":"t","results":"shown"}`, ulid("p1")))
	staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"quiz","title":"t","options":["a","b"],"right":[1]}`, ulid("p2")))
	for _, id := range []string{"p1", "p2"} {
		staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(id)))
	}
	for _, raw := range []string{
		fmt.Sprintf(`{"type":"poll.vote","id":%q,"words":["canary1"]}`, ulid("p1")),
		fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid("p2")),
		`{"type":"player.set","name":"canary2"}`,
	} {
		r.do(t, "troll", oplog.Attendee, raw)
	}
	staff(fmt.Sprintf(`{"type":"poll.close","id":%q}`, ulid("p2")))
	staff(fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, ulid("p2")))
	hall, _ := json.Marshal(r.m.Since(oplog.Screen, 0))
	desk, _ := json.Marshal(r.m.Since(oplog.Moderator, 0))
	for _, text := range []string{"canary1", "canary2"} {
		if strings.Contains(string(hall), text) || !strings.Contains(string(desk), text) {
			t.Errorf("%s: the hall has %s\nmoderators have %s", text, hall, desk)
		}
	}
}

// TestHiddenNamesStayHidden: nobody comes back onto the leaderboard with another
// name, and no moderator shows, or undoes the hiding of, a name unseen.
func TestHiddenNamesStayHidden(t *testing.T) {
	r := newRoom()
	r.do(t, "nadia", oplog.Moderator, `{"type":"board.open"}`)
	r.do(t, "troll", oplog.Attendee, `{"type":"player.set","name":"bad"}`)
	hide := func(on bool, seen oplog.Offset) oplog.Outcome {
		c := r.count(r.mustPrepare("nadia", oplog.Moderator, fmt.Sprintf(`{"type":"player.hide","n":1,"on":%t}`, on)), "nadia")
		c.Seen = seen
		return r.append(c)
	}
	if o := hide(true, r.head()); !o.Accepted() {
		t.Fatal(o.Reason)
	}
	seen := r.head()
	r.do(t, "troll", oplog.Attendee, `{"type":"player.set","name":"worse"}`)
	if o := hide(true, r.head()); !o.Accepted() || r.m.Results().Leaderboard != nil {
		t.Fatal(o.Reason)
	}
	if o := r.undo("nadia", oplog.Moderator, seen); o.Reason != oplog.Changed {
		t.Errorf("undone: %q, want %s", o.Reason, oplog.Changed)
	}
	if o := hide(false, seen); o.Reason != oplog.Changed {
		t.Errorf("shown unseen: %q, want %s", o.Reason, oplog.Changed)
	}
	r.do(t, "nadia", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"quiz","title":"t","options":["a","b"],"right":[1]}`, ulid("p1")))
	r.do(t, "nadia", oplog.Moderator, fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid("p1")))
	r.do(t, "troll", oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid("p1")))
	r.do(t, "nadia", oplog.Moderator, fmt.Sprintf(`{"type":"poll.close","id":%q}`, ulid("p1")))
	r.do(t, "nadia", oplog.Moderator, fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, ulid("p1")))
	if doc, _ := json.Marshal(r.m.Since(oplog.Attendee, 0)); strings.Contains(string(doc), "worse") {
		t.Errorf("the hall has %s", doc)
	}
	if o := hide(false, r.head()); !o.Accepted() {
		t.Error(o.Reason)
	}
	if doc, _ := json.Marshal(r.m.Since(oplog.Attendee, 0)); !strings.Contains(string(doc), "worse") {
		t.Errorf("the hall has %s", doc)
	}
}

// TestRedactedSpellingIsGone: also where other spellings are counted as it.
func TestRedactedSpellingIsGone(t *testing.T) {
	r := newRoom()
	staff := func(raw string) { r.do(t, "nadia", oplog.Moderator, raw) }
	staff(`{"type":"board.open"}`)
	staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"cloud","title":"t","results":"shown"}`, ulid("p1")))
	staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid("p1")))
	first := r.head() + 1
	for i := range session.MaxSpellings + 1 {
		word := []byte("canary")
		for bit := range word {
			if i&(1<<bit) != 0 {
				word[bit] -= 'a' - 'A'
			}
		}
		r.do(t, fmt.Sprint("p", i), oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"words":[%q]}`, ulid("p1"), word))
	}
	staff(fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, first))
	if doc, _ := json.Marshal(r.m.Since(oplog.Moderator, 0)["tally"]); strings.Contains(string(doc), `"canary"`) {
		t.Errorf("it is still there: %s", doc)
	}
}

// TestRoundsAreTheSameAfterARestore: what was taken back leaves no trace in a
// round that is over, whether the machine was there or took up a snapshot.
func TestRoundsAreTheSameAfterARestore(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	p.staff(`{"type":"board.open"}`)
	p.staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"cloud","title":"t","results":"shown"}`, ulid("p1")))
	p.staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid("p1")))
	for _, answer := range [][2]string{{"amina", `"words":["sun"]`}, {"bilal", `"words":["moon"]`}, {"bilal", `"choice":[]`}} {
		p.do(t, answer[0], oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, ulid("p1"), answer[1]))
	}
	p.restore(t)
	for _, turn := range []string{"close", "round"} {
		p.staff(fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, ulid("p1")))
	}
	if fold(p.log).Digest() != p.m.Digest() {
		t.Error("the log folds to another state than the snapshot and what came after")
	}
}

// TestRoundsOfACloudHaveAnEnd: ten rounds of the longest words, each another, stay
// well within a document; of each round the most frequent words are there.
func TestRoundsOfACloudHaveAnEnd(t *testing.T) {
	r := newRoom()
	staff := func(raw string) { r.do(t, "nadia", oplog.Moderator, raw) }
	p := ulid("p1")
	staff(`{"type":"board.open"}`)
	staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"cloud","title":"t","max":5,"results":"shown"}`, p))
	staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, p))
	for round := range session.MaxRounds {
		for person := range 29 {
			words := make([]string, session.MaxWordsEach)
			for i := range words {
				// 40 letters of four bytes each; the last five of a round are given by two.
				words[i] = strings.Repeat("𐍈", 35) + fmt.Sprintf("%02d%03d", round, min(5*person+i, 139)-i*(person/28))
				words[i] = strings.Map(gothic, words[i])
			}
			r.do(t, fmt.Sprint("person ", person), oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"words":%s}`, p, must(json.Marshal(words))))
		}
		staff(fmt.Sprintf(`{"type":"poll.close","id":%q}`, p))
		if round < session.MaxRounds {
			staff(fmt.Sprintf(`{"type":"poll.round","id":%q}`, p))
		}
	}
	for _, role := range []oplog.Role{oplog.Attendee, oplog.Moderator} {
		rounds := r.m.Since(role, 0)["rounds"][p]
		if n := len(rounds); n > 160<<10 || n < 60<<10 {
			t.Errorf("%s: rounds have %d bytes", role, n)
		}
		var v struct {
			Rounds []struct{ Words []struct{ People int } }
		}
		read(rounds, &v)
		if len(v.Rounds) != session.MaxRounds || len(v.Rounds[0].Words) < 20 || v.Rounds[0].Words[0].People < 2 {
			t.Errorf("%s: %d rounds, the first with %d words", role, len(v.Rounds), len(v.Rounds[0].Words))
		}
	}
}

// gothic makes digits letters of four bytes.
func gothic(r rune) rune {
	if r >= '0' && r <= '9' {
		return '\U00010330' + r - '0'
	}
	return r
}

// TestOwnRowOfTheLeaderboard: who shares a name, a team and a score with another
// finds the own row.
func TestOwnRowOfTheLeaderboard(t *testing.T) {
	r := newRoom()
	staff := func(raw string) { r.do(t, "nadia", oplog.Moderator, raw) }
	p := ulid("p1")
	staff(`{"type":"board.open"}`)
	staff(`{"type":"quiz.teams","names":["Red","Blue"]}`)
	staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"quiz","title":"t","options":["a","b"],"right":[1]}`, p))
	staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, p))
	for _, who := range []string{"amina", "bilal"} {
		r.do(t, who, oplog.Attendee, `{"type":"player.set","name":"Same","team":1}`)
		r.do(t, who, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, p))
	}
	staff(fmt.Sprintf(`{"type":"poll.close","id":%q}`, p))
	staff(fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, p))
	type row struct{ Rank, Offset int }
	var hall struct{ Top []row }
	read(r.m.Since(oplog.Attendee, 0)["leaderboard"]["_"], &hall)
	for i, who := range []string{"amina", "bilal"} {
		var own row
		read(r.m.Mine(r.key.Pseudonym(who), 0)["player"]["_"], &own)
		if len(hall.Top) != 2 || own.Offset == 0 || hall.Top[i] != (row{1, own.Offset}) {
			t.Errorf("%s has %+v, the hall %+v", who, own, hall.Top)
		}
	}
}
