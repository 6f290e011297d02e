package session_test

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

const steps = 60

var roles = []oplog.Role{oplog.Attendee, oplog.Screen, oplog.Moderator, oplog.Organiser, oplog.Translator, oplog.Stage, oplog.RoleNone}

// past is what one reader's document was at each offset, and all that it was
// ever shown.
type past struct {
	read  func(m *session.Machine, n oplog.Offset) entity.Patch
	docs  []entity.Patch
	shown map[string]bool
}

func (p *past) note(m *session.Machine) {
	doc := p.read(m, 0)
	p.docs = append(p.docs, doc)
	for kind, entities := range doc {
		for id := range entities {
			p.shown[kind+" "+id] = true
		}
	}
}

// doc is the document at an offset; before the first entry it is empty.
func (p *past) doc(n oplog.Offset) entity.Patch {
	if n == 0 {
		return entity.Patch{}
	}
	return reducer.Copy(p.docs[n-1])
}

// TestSince: from any offset s to any t ≥ s, the patch leads from the document
// at s to the document at t, and names nothing that its reader was never shown.
func TestSince(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		readers := make([]*past, 0, len(roles)+len(crew))
		for _, role := range roles {
			readers = append(readers, &past{shown: map[string]bool{}, read: func(m *session.Machine, n oplog.Offset) entity.Patch { return m.Since(role, n) }})
		}
		key := newRoom().key
		for _, who := range crew {
			id := key.Pseudonym(who.name)
			readers = append(readers, &past{shown: map[string]bool{}, read: func(m *session.Machine, n oplog.Offset) entity.Patch { return m.Mine(id, n) }})
		}
		history(t, steps, func(r *room) {
			for i, p := range readers {
				p.note(r.m)
				for range 4 {
					s := oplog.Offset(rapid.IntRange(0, int(r.head())).Draw(t, "s"))
					p.compare(t, r.m, s, r.head(), i < len(roles))
				}
			}
		})
	})
}

// compare checks one patch. Null must not stand for what a role never saw; a
// person's own withdrawn vote may.
func (p *past) compare(t *rapid.T, m *session.Machine, s, head oplog.Offset, strict bool) {
	patch := p.read(m, s)
	doc := p.doc(s)
	reducer.Merge(doc, patch)
	if diff := reducer.Diff(doc, p.docs[head-1]); diff != "" {
		t.Fatalf("from %d to %d: %s", s, head, diff)
	}
	for kind, entities := range patch {
		for id, e := range entities {
			if s == 0 && string(e) == "null" {
				t.Fatalf("null for %s %s in a whole document", kind, id)
			}
			if strict && !p.shown[kind+" "+id] {
				t.Fatalf("%s %s is named, though it was never shown", kind, id)
			}
		}
	}
}

// TestSecrets: what is pending, dismissed or hidden never stands in a document
// of the hall, nor a solution before its time; and who is told alone how a poll
// stands has answered it.
func TestSecrets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history(t, steps, func(r *room) {
			desk := r.m.Since(oplog.Moderator, 0)
			screenIsDark(t, r.m.Since(oplog.Screen, 0))
			for _, role := range []oplog.Role{oplog.Attendee, oplog.Screen, oplog.Translator, oplog.Stage} {
				public := publicParts(desk, role)
				doc := r.m.Since(role, 0)
				unseen(t, role, doc)
				b, _ := json.Marshal(doc)
				own := ownParts(role, doc)
				for c := range canaries(b) {
					if !public[c] && !own[c] {
						t.Fatalf("%s sees text %s, which is not public", role, c)
					}
				}
				checkHidden(t, doc, role)
			}
			for _, who := range crew {
				mine := r.m.Mine(r.key.Pseudonym(who.name), 0)
				for id := range mine["result"] {
					p := pollIn(desk, id)
					if mine["answer"][id] == nil || p.Results != "voted" || p.State != "open" {
						t.Fatalf("%s is told how %s stands: %+v", who.name, id, p)
					}
				}
			}
		})
	})
}

// ownParts are the canaries of what a role sees beside the hall: translators who
// moderates and what they have under work, the stage its notes.
func ownParts(role oplog.Role, doc entity.Patch) map[string]bool {
	own := map[string]bool{}
	kinds := map[oplog.Role][]string{oplog.Translator: {"staff", "translation"}, oplog.Stage: {"note"}}
	for _, kind := range kinds[role] {
		for _, e := range doc[kind] {
			for c := range canaries(e) {
				own[c] = true
			}
		}
	}
	return own
}

// shownInHall reports whether a translation may be seen by all.
func shownInHall(doc entity.Patch, it map[string]any) bool {
	id, _ := it["q"].(string)
	var q struct{ State string }
	_ = json.Unmarshal(doc["question"][id], &q)
	return (q.State == "live" || q.State == "answered") && it["old"] == nil && it["eye"] == nil
}

// screenIsDark: under the panic key the screen holds nothing that could be shown.
func screenIsDark(t *rapid.T, doc entity.Patch) {
	var stage struct {
		Dark           bool
		Question, Poll *string
	}
	if err := json.Unmarshal(doc["stage"]["_"], &stage); err != nil {
		t.Fatal(err)
	}
	if stage.Dark && (len(doc) != 2 || doc["session"] == nil || stage.Question != nil || stage.Poll != nil) {
		t.Fatalf("the dark screen holds %v", doc)
	}
}

// unseen fails on what is told to nobody but those who work on it: a translation
// that is not agreed upon or renders other words, of questions that the role
// does not see; notes to the stage; who is translating.
func unseen(t *rapid.T, role oplog.Role, doc entity.Patch) {
	for id, e := range doc["translation"] {
		var it struct {
			Q   string
			Old bool
			Eye int
		}
		if err := json.Unmarshal(e, &it); err != nil {
			t.Fatal(err)
		}
		if doc["question"][it.Q] == nil || role != oplog.Translator && (it.Old || it.Eye != 0) {
			t.Fatalf("%s sees translation %s: %s", role, id, e)
		}
	}
	if role != oplog.Stage && doc["note"] != nil || role != oplog.Translator && doc["lock"] != nil {
		t.Fatalf("%s sees notes %v, locks %v", role, doc["note"], doc["lock"])
	}
}

// TestFold: folding is repeatable, may be split at any entry, forgives texts
// that are gone, and Check leaves no trace and says what Apply says.
func TestFold(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := history(t, steps, func(*room) {})
		whole := fold(r.log)
		same(t, "folded twice", whole, r.m)

		cut := rapid.IntRange(0, len(r.log)).Draw(t, "cut")
		state, err := fold(r.log[:cut]).Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		restored := session.New(topic)
		if err := restored.Restore(state); err != nil {
			t.Fatal(err)
		}
		foldOn(restored, r.log[cut:])
		same(t, "from a snapshot", restored, r.m)

		blank := session.New(topic)
		for i := range r.log {
			c := r.log[i].command
			c.Private = nil
			blank.Apply(&r.log[i].entry, &c)
		}
		if blank.Digest() != r.m.Digest() {
			t.Fatal("without its texts the log folds to another digest")
		}
	})
}

// same compares two machines by all that they can be asked.
func same(t *rapid.T, what string, a, b *session.Machine) {
	if a.Digest() != b.Digest() {
		t.Fatalf("%s: another digest", what)
	}
	if a, b := must(json.Marshal(a.Results())), must(json.Marshal(b.Results())); a != b {
		t.Fatalf("%s: other results\n%s\n%s", what, a, b)
	}
	sa, _ := a.Snapshot()
	sb, _ := b.Snapshot()
	if string(sa) != string(sb) {
		t.Fatalf("%s: another state\n%s\n%s", what, sa, sb)
	}
	for _, role := range roles {
		for n := range oplog.Offset(steps) {
			if diff := reducer.Diff(a.Since(role, n), b.Since(role, n)); diff != "" {
				t.Fatalf("%s: %s since %d: %s", what, role, n, diff)
			}
		}
	}
}

func TestCheckSaysWhatApplySays(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := history(t, steps, func(*room) {})
		for i := range 10 {
			c := r.command(t, 1000+i).command
			before := r.m.Digest()
			dry := r.check(c)
			if r.m.Digest() != before {
				t.Fatalf("a dry run of %s left a trace", c.Type)
			}
			wet := r.append(c)
			if dry.Reason != wet.Reason || dry.Again != wet.Again {
				t.Fatalf("%s %s: the dry run says %+v, the fold %+v", c.Type, c.Args, dry, wet)
			}
			if (!wet.Accepted() || wet.Again) && r.m.Digest() != before {
				t.Fatalf("%s: %+v, and yet something changed", c.Type, wet)
			}
		}
	})
}

// TestCounts: the tallies are those of the ballots, and nobody counts twice.
func TestCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		history(t, steps, func(r *room) {
			people := map[string]int{}
			for _, who := range crew {
				for id := range r.m.Mine(r.key.Pseudonym(who.name), 0)["answer"] {
					people[id]++
				}
			}
			res := r.m.Results()
			for _, q := range res.Questions {
				up, down := r.voters(res, q.ID)
				if !res.Session.Downs {
					down = 0
				}
				if q.Votes != up || q.Down != down {
					t.Fatalf("%d for and %d against are counted, %d and %d people are", q.Votes, q.Down, up, down)
				}
			}
			for _, p := range res.Polls {
				if p.Kind != "survey" && p.People != people[p.ID] {
					t.Fatalf("%s: %d people counted, %d answers", p.Kind, p.People, people[p.ID])
				}
				checkPoll(t, p.Kind, p.Max, p.RoundResult, p.People)
				for _, one := range p.Rounds {
					checkPoll(t, p.Kind, p.Max, one, one.People)
				}
			}
		})
	})
}

// voters counts the people who are for a question or anything that was merged
// into it, and of the others those against, from what each of them is told alone.
func (r *room) voters(res session.Results, id string) (up, down int) {
	group := map[string]bool{id: true}
	for _, q := range res.Questions {
		if q.Into == id {
			group[q.ID] = true
		}
	}
	for _, who := range crew {
		f, a := false, false
		for voted, e := range r.m.Mine(r.key.Pseudonym(who.name), 0)["vote"] {
			var v struct{ On, Down bool }
			if json.Unmarshal(e, &v) == nil && group[voted] {
				f, a = f || !v.Down, a || v.Down
			}
		}
		switch {
		case f:
			up++
		case a:
			down++
		}
	}
	return up, down
}

// TestLateTwins: however the commands of two tabs are interleaved, delayed and
// repeated, the newest command of the tab that wrote last stands: none of its
// older ones comes after it, and none is lost.
func TestLateTwins(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRoom()
		r.append(r.mustPrepare("nadia", oplog.Moderator, `{"type":"board.open"}`))
		r.append(r.mustPrepare("nadia", oplog.Moderator, `{"type":"settings.set","moderation":false}`))
		r.append(r.mustPrepare("amina", oplog.Attendee, ask("q1", "Why?")))
		sent := map[string][]oplog.Command{}
		newest := map[string]uint64{}
		var writer string // tab whose command was the last to take effect
		for range rapid.IntRange(1, 30).Draw(t, "deliveries") {
			tab := rapid.SampledFrom([]string{"a", "b"}).Draw(t, "tab")
			if rapid.Bool().Draw(t, "sends") || len(sent[tab]) == 0 {
				on := rapid.Bool().Draw(t, "on")
				raw := map[bool]string{true: `,"on":true}`, false: `,"on":false}`}[on]
				c := r.mustPrepare("bilal", oplog.Attendee, `{"type":"question.vote","id":"`+ulid("q1")+`"`+raw)
				sent[tab] = append(sent[tab], r.count(c, tab))
			}
			c := rapid.SampledFrom(sent[tab]).Draw(t, "delivered")
			o := r.append(c)
			old := writer == tab && c.N <= newest[tab]
			if o.Again != old {
				t.Fatalf("n %d of tab %s: again %t, want %t", c.N, tab, o.Again, old)
			}
			if !old {
				writer = tab
				newest[tab] = c.N
			}
			want := string(sent[writer][newest[writer]-1].Args)
			on := len(r.m.Mine(r.key.Pseudonym("bilal"), 0)["vote"])
			if on != wantOn(want) {
				t.Fatalf("the vote is %d after %s", on, want)
			}
		}
	})
}

func wantOn(args string) int {
	var a struct{ On bool }
	if json.Unmarshal([]byte(args), &a) == nil && a.On {
		return 1
	}
	return 0
}

func must(b []byte, err error) string {
	if err != nil {
		panic(err)
	}
	return string(b)
}
