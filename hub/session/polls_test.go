package session_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// pollSeen is what tells who may see a poll's counts.
type pollSeen struct {
	State, Results string
	Screen, Solved bool
}

func pollIn(doc entity.Patch, id string) (p pollSeen) {
	_ = json.Unmarshal(doc["poll"][id], &p)
	return p
}

// shows reports whether a role sees the counts.
func (p pollSeen) shows(role oplog.Role) bool {
	if p.State == "draft" || p.State == "archived" {
		return false
	}
	over := p.State == "closed" && (p.Results == "voted" || p.Results == "closed")
	return p.Results == "shown" || over || p.Screen && (role == oplog.Screen || role == oplog.Stage)
}

// checkHidden looks for counts and solutions that a role must not see.
func checkHidden(t *rapid.T, doc entity.Patch, role oplog.Role) {
	for id, e := range doc["poll"] {
		p := pollIn(doc, id)
		var tally, poll map[string]any
		_ = json.Unmarshal(doc["tally"][id], &tally)
		_ = json.Unmarshal(e, &poll)
		if delete(tally, "people"); !p.shows(role) && (len(tally) > 0 || doc["rounds"][id] != nil) {
			t.Fatalf("%s sees hidden counts: %s %s", role, doc["tally"][id], doc["rounds"][id])
		}
		if !p.Solved && (poll["right"] != nil || poll["truth"] != nil) {
			t.Fatalf("%s sees the solution: %s", role, e)
		}
	}
}

// publicParts are the canaries of what a role of the hall may see, read off the
// moderators' document.
func publicParts(doc entity.Patch, role oplog.Role) map[string]bool {
	public := map[string]bool{}
	add := func(it any) {
		b, _ := json.Marshal(it)
		for c := range canaries(b) {
			public[c] = true
		}
	}
	for kind, entities := range doc {
		for id, e := range entities {
			var it map[string]any
			_ = json.Unmarshal(e, &it)
			state, _ := it["state"].(string)
			poll, _, _ := strings.Cut(id, ".")
			shown := pollIn(doc, poll).shows(role)
			switch kind {
			case "question", "poll":
				delete(it, "note")
				if !slices.Contains([]string{"pending", "dismissed", "merged", "draft", "archived"}, state) {
					add(it)
				}
			case "translation":
				if shownInHall(doc, it) {
					add(it)
				}
			case "label":
				if it["public"] == true {
					add(it)
				}
			case "intro", "teams":
				add(it)
			case "leaderboard":
				add(it["top"])
			case "text":
				if shown && state == "" {
					add(it)
				}
			case "tally":
				addWords(it, shown, add)
			case "rounds":
				for _, r := range it["rounds"].([]any) {
					addWords(r.(map[string]any), shown, add)
				}
			}
		}
	}
	return public
}

func addWords(tally map[string]any, shown bool, add func(any)) {
	list, _ := tally["words"].([]any)
	for _, w := range list {
		if shown && w.(map[string]any)["state"] == nil {
			add(w)
		}
	}
}

// checkPoll looks whether a round has counted each person once.
func checkPoll(t *rapid.T, kind string, most int, r session.RoundResult, people int) {
	sum, largest := 0, 0
	for _, n := range r.Counts {
		sum, largest = sum+n, max(largest, n)
	}
	ok := true
	switch kind {
	case "points":
		ok = sum == 100*people
	case "number":
		if r.Number != nil {
			for _, n := range r.Number.Bins {
				sum += n
			}
		}
		ok = sum == people
	case "ranking":
		for i := range r.Pairs {
			for j := range r.Pairs {
				ok = ok && r.Pairs[i][j]+r.Pairs[j][i] <= people && r.Won[i] <= r.Met[i]
			}
		}
	case "text", "cloud":
		for _, w := range r.Words {
			ok = ok && w.People > 0 && w.People <= people
		}
	default:
		ok = sum >= people && sum <= most*people && largest <= people
	}
	if kind == "survey" {
		ok = true
	}
	if !ok {
		t.Fatalf("%s: %d people, and yet %+v", kind, people, r)
	}
}

// TestCountsFollowFromAnswers: in histories of nothing but polls, with steps taken
// back at any time, what has been counted one by one is what counting all answers
// again gives, and all that anybody sees is the same after a restore.
func TestCountsFollowFromAnswers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRoom()
		for _, raw := range opening() {
			r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
		}
		few := []int{5, 6, 9, 7}[:rapid.IntRange(2, 4).Draw(t, "polls")]
		for _, n := range few {
			r.append(r.mustPrepare("nadia", oplog.Moderator, createPoll(n, n, "")))
		}
		for i := range 40 {
			n := rapid.SampledFrom(few).Draw(t, "poll")
			p, on := ulid(fmt.Sprint("p", n)), rapid.Bool().Draw(t, "on")
			who, role, raw := "nadia", oplog.Moderator, ""
			switch rapid.IntRange(0, 6).Draw(t, "what") {
			case 0:
				raw = fmt.Sprintf(`{"type":"undo","step":"%d"}`, max(1, int(r.head())-rapid.IntRange(0, 4).Draw(t, "back")))
			case 1, 2, 3:
				raw = rapid.SampledFrom([]string{
					fmt.Sprintf(`{"type":"poll.open","id":%q}`, p), fmt.Sprintf(`{"type":"poll.close","id":%q}`, p),
					fmt.Sprintf(`{"type":"poll.round","id":%q}`, p), fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":%t}`, ulid("p6"), on),
					fmt.Sprintf(`{"type":"poll.edit","id":%q,"kind":"points","title":"t","options":["a","b","c"]}`, p),
					fmt.Sprintf(`{"type":"poll.archive","id":%q,"on":%t}`, p, on), fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, i),
				}).Draw(t, "form")
			default:
				who, role = rapid.SampledFrom([]string{"amina", "bilal", "chen"}).Draw(t, "who"), oplog.Attendee
				with := rapid.SampledFrom(append(kinds[n-1].answers, `"choice":[]`)).Draw(t, "answer")
				raw = fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, p, strings.ReplaceAll(with, "%d", fmt.Sprint(i)))
			}
			r.append(r.mustPrepare(who, role, raw))
		}
		state, err := r.m.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		again := session.New(topic)
		if err := again.Restore(state); err != nil {
			t.Fatalf("%v\n%s", err, state)
		}
		same(t, "counted again", again, r.m)
	})
}

// TestADraftThatWasAnsweredStays: when opening is taken back, what was answered is
// still there, and the poll must not become another one under it.
func TestADraftThatWasAnsweredStays(t *testing.T) {
	r := newRoom()
	p := ulid("p9")
	for _, raw := range []string{`{"type":"board.open"}`, createPoll(9, 1, ""), `{"type":"poll.open","id":"` + p + `"}`} {
		r.do(t, "nadia", oplog.Moderator, raw)
	}
	opened := r.head()
	r.do(t, "amina", oplog.Attendee, `{"type":"poll.vote","id":"`+p+`","points":[40,60]}`)
	r.undo("nadia", oplog.Moderator, opened)
	edit := `{"type":"poll.edit","id":"` + p + `","title":"t","kind":"points","options":["a","b","c"]}`
	if o := r.append(r.mustPrepare("nadia", oplog.Moderator, edit)); o.Reason != oplog.WrongState {
		t.Errorf("it is written anew: %+v", o)
	}
	r.do(t, "nadia", oplog.Moderator, `{"type":"poll.open","id":"`+p+`"}`)
	r.do(t, "amina", oplog.Attendee, `{"type":"poll.vote","id":"`+p+`","points":[50,50]}`)
	checkState(t, r.m)
}

// TestASolutionInASurveyCountsNothing: telling the solution of a survey's question
// in a later round leaves all counts as they are.
func TestASolutionInASurveyCountsNothing(t *testing.T) {
	r := newRoom()
	s, q := ulid("p5"), ulid("p6")
	for _, raw := range []string{
		`{"type":"board.open"}`, createPoll(5, 1, `,"results":"shown"`), createPoll(6, 1, ""), `{"type":"poll.open","id":"` + s + `"}`,
		`{"type":"poll.close","id":"` + s + `"}`, `{"type":"poll.round","id":"` + s + `"}`,
	} {
		r.do(t, "nadia", oplog.Moderator, raw)
	}
	r.do(t, "amina", oplog.Attendee, `{"type":"poll.vote","id":"`+q+`","choice":[2]}`)
	r.do(t, "nadia", oplog.Moderator, `{"type":"poll.close","id":"`+s+`"}`)
	before := r.m.Since(oplog.Attendee, 0)
	r.do(t, "nadia", oplog.Moderator, `{"type":"poll.solve","id":"`+q+`","on":true}`)
	after := r.m.Since(oplog.Attendee, 0)
	if a, b := string(before["tally"][q])+string(before["rounds"][q]), string(after["tally"][q])+string(after["rounds"][q]); a != b {
		t.Errorf("before %s\nafter  %s", a, b)
	}
	checkState(t, r.m)
}

// TestFourEyesSeeTheSameWords: who edits a draft that one moderator has approved
// needs another one for the new words.
func TestFourEyesSeeTheSameWords(t *testing.T) {
	r := newRoom()
	p, s := ulid("p1"), ulid("p5")
	for _, raw := range []string{
		`{"type":"board.open"}`, `{"type":"settings.set","eyes":true}`, createPoll(1, 1, ""), createPoll(5, 1, ""),
		`{"type":"poll.open","id":"` + p + `"}`, `{"type":"poll.open","id":"` + s + `"}`,
	} {
		r.do(t, "nadia", oplog.Moderator, raw)
	}
	for _, raw := range []string{
		strings.Replace(createPoll(1, 2, ""), "poll.create", "poll.edit", 1), `{"type":"poll.open","id":"` + p + `"}`,
		createPoll(6, 2, ""), `{"type":"poll.open","id":"` + s + `"}`,
	} {
		r.do(t, "omar", oplog.Moderator, raw)
	}
	for id := range r.m.Since(oplog.Attendee, 0)["poll"] {
		t.Errorf("%s is open, and one moderator alone has seen what it says", id)
	}
}
