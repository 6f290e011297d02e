package session_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// seen is all that anybody can see of a session, but for what only tells of
// steps and of where texts lie.
type seen struct {
	roles   map[oplog.Role]entity.Patch
	mine    map[string]entity.Patch
	results string
	archive string
}

func (r *room) look(t *rapid.T) seen {
	s := seen{roles: map[oplog.Role]entity.Patch{}, mine: map[string]entity.Patch{}}
	for _, role := range roles {
		s.roles[role] = without(t, r.m.Since(role, 0))
	}
	for _, who := range crew {
		own := reducer.Copy(r.m.Mine(r.key.Pseudonym(who.name), 0))
		delete(own, "me")
		s.mine[who.name] = without(t, own)
	}
	res := r.m.Results()
	for i := range res.Questions {
		res.Questions[i].Offsets = nil
	}
	s.results = must(json.Marshal(res))
	s.archive = must(json.Marshal(r.m.Archived(0, 0)))
	return s
}

// without leaves out who did what, and where texts lie for those who redact.
func without(t *rapid.T, doc entity.Patch) entity.Patch {
	out := entity.Patch{}
	for kind, entities := range doc {
		if kind == "step" || kind == "staff" || kind == "lock" {
			continue
		}
		for id, e := range entities {
			var o map[string]json.RawMessage
			if err := json.Unmarshal(e, &o); err != nil {
				t.Fatal(err)
			}
			delete(o, "offsets")
			out.Put(kind, id, o)
		}
	}
	return out
}

func (s seen) differs(other seen) string {
	for role, doc := range s.roles {
		if diff := reducer.Diff(other.roles[role], doc); diff != "" {
			return fmt.Sprintf("%s: %s", role, diff)
		}
	}
	for who, doc := range s.mine {
		if diff := reducer.Diff(other.mine[who], doc); diff != "" {
			return fmt.Sprintf("%s alone: %s", who, diff)
		}
	}
	if s.results != other.results {
		return fmt.Sprintf("results\n was %s\n  is %s", s.results, other.results)
	}
	if s.archive != other.archive {
		return fmt.Sprintf("archive\n was %s\n  is %s", s.archive, other.archive)
	}
	return ""
}

// stepAt tells whether the newest entry is a step that can be taken back.
func (r *room) stepAt(at oplog.Offset) bool {
	return r.m.Since(oplog.Moderator, 0)["step"][strconv.FormatUint(uint64(at), 10)] != nil
}

// undo takes a step back, together with another moderator where it takes two.
func (r *room) undo(who string, role oplog.Role, step oplog.Offset) oplog.Outcome {
	raw := fmt.Sprintf(`{"type":"undo","step":"%d"}`, step)
	o := r.append(r.mustPrepare(who, role, raw))
	if o.Accepted() && !o.Again && r.wanted(step) {
		o = r.append(r.mustPrepare("olga", oplog.Organiser, raw))
	}
	return o
}

// wanted reports whether somebody waits for another to take a step back, too.
func (r *room) wanted(step oplog.Offset) bool {
	stage := string(r.m.Since(oplog.Moderator, 0)["stage"]["_"])
	return strings.Contains(stage, fmt.Sprintf(`{"did":"undo","id":"%d"`, step))
}

// desk is a session in which there is something to moderate, after a while.
func desk(t *rapid.T) *room {
	r := newRoom()
	for _, raw := range append(opening(), `{"type":"label.set","n":1,"name":"Water","public":true}`) {
		r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
	}
	for i, who := range []string{"amina", "bilal", "chen"} {
		r.append(r.mustPrepare(who, oplog.Attendee, ask(fmt.Sprint("q", i+1), fmt.Sprintf("canary%d.", 900+i))))
		if i < 2 {
			r.append(r.mustPrepare("nadia", oplog.Moderator, fmt.Sprintf(`{"type":"question.approve","id":%q}`, ulid(fmt.Sprint("q", i+1)))))
		}
	}
	openPolls(t, r, func(*room) {})
	for i := range rapid.IntRange(0, 20).Draw(t, "before") {
		r.append(r.command(t, i).command)
	}
	return r
}

// deskCommand draws what a moderator does, for the most part what is possible.
func (r *room) deskCommand(t *rapid.T, canary int) oplog.Command {
	q := ulid(fmt.Sprint("q", rapid.IntRange(1, 4).Draw(t, "q")))
	on := rapid.Bool().Draw(t, "on")
	forms := append(r.deskForms(t, q, canary, on), r.staffForms(t, q, ulid("p1"), canary, on)...)
	if rapid.Bool().Draw(t, "polls") {
		forms = pollForms(t, canary, on)
	}
	who := rapid.SampledFrom([]string{"nadia", "omar"}).Draw(t, "who")
	return r.mustPrepare(who, oplog.Moderator, rapid.SampledFrom(forms).Draw(t, "form"))
}

// TestUndo: whatever a moderator does, taking it back at once leaves everything
// that anybody sees as it was before, and taking that back leaves it as it was
// after.
func TestUndo(t *testing.T) {
	done := map[string]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := desk(t)
		for i := range 10 {
			c := r.deskCommand(t, 1000+i)
			before := r.look(t)
			r.append(c)
			step := r.head()
			if !r.stepAt(step) {
				continue
			}
			after := r.look(t)
			if o := r.undo("omar", oplog.Organiser, step); !o.Accepted() {
				t.Fatalf("%s %s cannot be taken back: %s", c.Type, c.Args, o.Reason)
			}
			if diff := before.differs(r.look(t)); diff != "" {
				t.Fatalf("%s %s is taken back: %s", c.Type, c.Args, diff)
			}
			done[c.Type]++
			if o := r.undo("nadia", oplog.Moderator, r.head()); !o.Accepted() {
				t.Fatalf("taking back %s %s cannot be taken back: %s", c.Type, c.Args, o.Reason)
			}
			if diff := after.differs(r.look(t)); diff != "" {
				t.Fatalf("%s %s is done again: %s", c.Type, c.Args, diff)
			}
		}
		whole := fold(r.log)
		same(t, "folded twice", whole, r.m)
	})
	t.Logf("taken back: %v", done)
}

// TestUndoMeetsAllKinds: the histories that TestUndo draws have steps of most
// kinds. Which ones it draws is chance; these are always the same.
func TestUndoMeetsAllKinds(t *testing.T) {
	met := map[string]int{}
	histories := rapid.Custom(func(t *rapid.T) *room {
		r := desk(t)
		for i := range 10 {
			c := r.deskCommand(t, 1000+i)
			if r.append(c); r.stepAt(r.head()) {
				met[c.Type]++
			}
		}
		return r
	})
	for seed := range 60 {
		histories.Example(seed)
	}
	if t.Logf("met %v", met); len(met) < 25 {
		t.Errorf("only %d kinds of step: TestUndo says little", len(met))
	}
}

// TestUndoLater: when other things have been done in between, a step is taken
// back whole or not at all, and it never takes back what others did to the same.
func TestUndoLater(t *testing.T) {
	taken, refused := 0, map[oplog.Reason]int{}
	rapid.Check(t, func(t *rapid.T) {
		r := desk(t)
		for i := range 20 {
			r.append(r.deskCommand(t, 1000+i))
		}
		for range 8 {
			step := oplog.Offset(rapid.IntRange(1, int(r.head())).Draw(t, "step"))
			if !r.stepAt(step) {
				continue
			}
			before, digest := r.look(t), r.m.Digest()
			o := r.undo("omar", oplog.Organiser, step)
			switch {
			case o.Again:
			case !o.Accepted():
				refused[o.Reason]++
				if r.m.Digest() != digest {
					t.Fatalf("undo of %d is refused, and yet something changed", step)
				}
			default:
				taken++
				// Its own opposite leads back to here.
				if o := r.undo("omar", oplog.Organiser, r.head()); !o.Accepted() {
					t.Fatalf("undo of %d cannot be taken back: %s", step, o.Reason)
				}
				if diff := before.differs(r.look(t)); diff != "" {
					t.Fatalf("undo of %d is taken back: %s", step, diff)
				}
			}
		}
	})
	t.Logf("%d taken back, refused: %v", taken, refused)
}

// TestMergeIsTheUnion: merged in any order and any number of times, a question's
// voters are the union, and undoing all in turn gives each its own back.
func TestMergeIsTheUnion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := newRoom()
		for _, raw := range []string{`{"type":"board.open"}`, `{"type":"settings.set","moderation":false,"downs":true}`} {
			r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
		}
		for i := range 5 {
			r.append(r.mustPrepare(fmt.Sprint("asker", i), oplog.Attendee, ask(fmt.Sprint("q", i), "Why?")))
		}
		for _, who := range crew[:5] {
			for i := range 5 {
				if v := rapid.IntRange(0, 2).Draw(t, "vote"); v > 0 {
					raw := fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true,"down":%t}`, ulid(fmt.Sprint("q", i)), v == 2)
					r.append(r.mustPrepare(who.name, oplog.Attendee, raw))
				}
			}
		}
		var looks []seen
		var merges []oplog.Offset
		for range 4 {
			a, b := rapid.IntRange(0, 4).Draw(t, "into"), rapid.IntRange(0, 4).Draw(t, "from")
			if a == b {
				continue
			}
			before := r.look(t)
			raw := fmt.Sprintf(`{"type":"question.merge","id":%q,"ids":[%q]}`, ulid(fmt.Sprint("q", a)), ulid(fmt.Sprint("q", b)))
			if o := r.append(r.mustPrepare("nadia", oplog.Moderator, raw)); o.Accepted() && !o.Again {
				looks, merges = append(looks, before), append(merges, r.head())
			}
			checkUnion(t, r)
		}
		for i := len(merges) - 1; i >= 0; i-- {
			if o := r.undo("omar", oplog.Organiser, merges[i]); !o.Accepted() {
				t.Fatal(o.Reason)
			}
			if diff := looks[i].differs(r.look(t)); diff != "" {
				t.Fatalf("after undo: %s", diff)
			}
		}
	})
}

func checkUnion(t *rapid.T, r *room) {
	var hall struct{ N, Down int }
	doc := r.m.Since(oplog.Attendee, 0)
	for _, q := range r.m.Results().Questions {
		up, down := r.voters(r.m.Results(), q.ID)
		if up+down > 5 {
			t.Fatalf("%d for and %d against, of 5 people", up, down)
		}
		e, ok := doc["votes"][q.ID]
		if ok && (json.Unmarshal(e, &hall) != nil || hall.N != up || hall.Down != down) {
			t.Fatalf("the hall reads %s, %d people are for it and %d against", e, up, down)
		}
		hall.N, hall.Down = 0, 0
	}
}

// TestStepsHaveAnEnd: only the newest can be taken back, and a snapshot does not
// grow for ever.
func TestStepsHaveAnEnd(t *testing.T) {
	r := newRoom()
	for i := range session.MaxSteps + 10 {
		r.append(r.mustPrepare("nadia", oplog.Moderator, fmt.Sprintf(`{"type":"settings.set","ledger":%t}`, i%2 == 0)))
	}
	if n := len(r.m.Since(oplog.Moderator, 0)["step"]); n != session.MaxSteps {
		t.Errorf("%d steps are kept, want %d", n, session.MaxSteps)
	}
	if patch := r.m.Since(oplog.Moderator, r.head()-1); string(patch["step"]["10"]) != "null" {
		t.Errorf("who sees the steps is not told which has gone: %v", patch["step"])
	}
	if o := r.undo("nadia", oplog.Moderator, 1); o.Reason != oplog.NotFound {
		t.Errorf("the oldest is taken back: %+v", o)
	}
}
