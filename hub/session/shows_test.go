package session_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

// TestOneAloneShowsNothingMore: where it takes two moderators, whatever one alone
// sends, however often and in whatever order, only takes things off the screen;
// and whatever people in the hall write meanwhile does not come onto it.
func TestOneAloneShowsNothingMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := shownRoom(t)
		before := r.shown()
		for i := range 25 {
			hall := rapid.IntRange(0, 2).Draw(t, "hall") == 0
			c := r.aloneCommand(t, 2000+i)
			if hall {
				c = r.hallCommand(t, 2000+i)
			}
			if o := r.append(c); !o.Accepted() || o.Again {
				continue
			}
			for fact := range r.shown() {
				// What they had shown before, and took back, is theirs to give again.
				if !before[fact] && (!hall || strings.Contains(fact, "canary2")) {
					t.Fatalf("%s %s: the screen shows %s", c.Type, c.Args, fact)
				}
				before[fact] = true
			}
		}
	})
}

// hallCommand draws what somebody in the hall writes.
func (r *room) hallCommand(t *rapid.T, canary int) oplog.Command {
	q := ulid(fmt.Sprint("q", rapid.IntRange(1, 6).Draw(t, "q")))
	answer := answerPoll(t, canary)
	raw := rapid.SampledFrom([]string{
		answer, answer, answer,
		fmt.Sprintf(`{"type":"player.set","name":"canary%d.","team":0}`, canary),
		ask(fmt.Sprint("q", 5+canary%2), fmt.Sprintf("canary%d.", canary)),
		fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"canary%d.","name":"canary%d."}`, q, canary, canary),
	}).Draw(t, "form")
	return r.mustPrepare(rapid.SampledFrom([]string{"amina", "bilal", "chen"}).Draw(t, "who"), oplog.Attendee, raw)
}

// TestOneAloneTriesAll: the histories that the test above draws have most kinds of
// command, and wishes. Which ones it draws is chance; these are always the same.
func TestOneAloneTriesAll(t *testing.T) {
	sent, asked := map[string]int{}, 0
	histories := rapid.Custom(func(t *rapid.T) *room {
		r := shownRoom(t)
		for i := range 25 {
			c := r.aloneCommand(t, 2000+i)
			if o := r.append(c); o.Accepted() && !o.Again {
				sent[c.Type]++
				asked += strings.Count(string(r.m.Since(oplog.Moderator, 0)["stage"]["_"]), `"others"`)
			}
		}
		return r
	})
	for seed := range 40 {
		histories.Example(seed)
	}
	if t.Logf("sent %v, %d wishes", sent, asked); len(sent) < 30 || asked == 0 {
		t.Errorf("only %d kinds of command: this test says little", len(sent))
	}
}

// aloneCommand draws what one moderator does.
func (r *room) aloneCommand(t *rapid.T, canary int) oplog.Command {
	q, on := ulid(fmt.Sprint("q", rapid.IntRange(1, 4).Draw(t, "q"))), rapid.Bool().Draw(t, "on")
	forms := append(r.deskForms(t, q, canary, on), r.staffForms(t, q, ulid("p1"), canary, on)...)
	if rapid.Bool().Draw(t, "polls") {
		forms = pollForms(t, canary, on)
	}
	return r.mustPrepare("nadia", oplog.Moderator, rapid.SampledFrom(forms).Draw(t, "form"))
}

// shownRoom is a session in which much is shown or waits, and that from now on
// takes two.
func shownRoom(t *rapid.T) *room {
	r := newRoom()
	add := func(who string, role oplog.Role, raw string) { r.append(r.mustPrepare(who, role, raw)) }
	for _, raw := range append(opening(), `{"type":"label.set","n":1,"name":"Water","public":true}`) {
		add("nadia", oplog.Moderator, raw)
	}
	for i := range 4 {
		add("amina", oplog.Attendee, ask(fmt.Sprint("q", i+1), fmt.Sprintf("canary%d.", 900+i)))
		if i < 2 {
			add("nadia", oplog.Moderator, fmt.Sprintf(`{"type":"question.approve","id":%q}`, ulid(fmt.Sprint("q", i+1))))
		}
	}
	for n := 2; n <= len(kinds); n++ {
		results := rapid.SampledFrom([]string{"hidden", "voted", "closed", "shown"}).Draw(t, "results")
		add("nadia", oplog.Moderator, createPoll(n, 800+n, `,"results":"`+results+`"`))
		if rapid.Bool().Draw(t, "opened") {
			add("nadia", oplog.Moderator, fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(fmt.Sprint("p", n))))
		}
	}
	for i := range 12 {
		add(rapid.SampledFrom([]string{"amina", "bilal"}).Draw(t, "who"), oplog.Attendee, answerPoll(t, 700+i))
	}
	add("amina", oplog.Attendee, `{"type":"player.set","name":"canary600.","team":0}`)
	for i := range rapid.IntRange(0, 12).Draw(t, "before") {
		c := r.aloneCommand(t, 500+i)
		if !strings.Contains(string(c.Args), `"eyes"`) {
			r.append(c)
		}
	}
	// The light is one moderator's to put on again: what is behind the dark has been
	// agreed upon, and nothing stands on the stage.
	add("omar", oplog.Organiser, `{"type":"stage.clear","on":false}`)
	add("omar", oplog.Organiser, `{"type":"settings.set","eyes":true}`)
	return r
}

// shown are all facts that the screen shows, or will without anybody's doing.
func (r *room) shown() map[string]bool {
	doc, desk := r.m.Since(oplog.Screen, 0), r.m.Since(oplog.Moderator, 0)
	facts := map[string]bool{}
	var stage struct {
		Question, Poll *string
		Leaderboard    bool
		Note           string
	}
	read(doc["stage"]["_"], &stage)
	for what, id := range map[string]*string{"question": stage.Question, "poll": stage.Poll, "note": &stage.Note} {
		if id != nil && *id != "" {
			facts[what+" on stage "+*id] = true
		}
	}
	facts["leaderboard"] = stage.Leaderboard
	for _, kind := range []string{"question", "intro", "label", "translation", "teams"} {
		for id, e := range doc[kind] {
			var v struct {
				Text, Answer, Name string
			}
			read(e, &v)
			facts[fmt.Sprint(kind, id, " says ", v.Text)] = v.Text != ""
			facts[fmt.Sprint(kind, id, " answer ", v.Answer)] = v.Answer != ""
			facts[fmt.Sprint(kind, id, " name ", v.Name)] = v.Name != ""
		}
	}
	var leaders struct{ Top []struct{ Name string } }
	read(doc["leaderboard"]["_"], &leaders)
	for _, one := range leaders.Top {
		facts["leader "+one.Name] = stage.Leaderboard
	}
	for id, e := range doc["poll"] {
		r.pollFacts(facts, id, e)
	}
	// What people write is the same in every spelling of it.
	for id, e := range desk["text"] {
		var v struct{ Text, State string }
		read(e, &v)
		facts["text "+id+" "+strings.ToLower(v.Text)] = v.State == "" && v.Text != ""
	}
	for id, e := range desk["tally"] {
		var v struct {
			Words []struct{ Text, State string }
		}
		read(e, &v)
		for _, one := range v.Words {
			facts["word "+id+" "+strings.ToLower(one.Text)] = one.State == "" && one.Text != ""
		}
	}
	for fact, is := range facts {
		if !is {
			delete(facts, fact)
		}
	}
	return facts
}

func (r *room) pollFacts(facts map[string]bool, id string, e []byte) {
	var v struct {
		Title, State, Results string
		Screen, Solved        bool
	}
	read(e, &v)
	facts["poll "+id], facts[fmt.Sprint("poll ", id, " says ", v.Title)] = true, v.Title != ""
	facts[fmt.Sprint("poll is open ", id)] = v.State == "open"
	facts[fmt.Sprint("solution ", id)], facts[fmt.Sprint("counts on screen ", id)] = v.Solved, v.Screen
	facts[fmt.Sprint("counts ", id)] = v.Results == "shown"
	facts[fmt.Sprint("counts in the end ", id)] = v.Results != "hidden"
}

func read(e []byte, v any) {
	if e != nil {
		_ = json.Unmarshal(e, v)
	}
}
