package session_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// TestBounds plays long random sessions, with small texts and with large ones,
// and looks at the documents now and then: they never pass their bounds. Halfway
// the machine is saved and put back, so that what is counted is counted again.
func TestBounds(t *testing.T) {
	for name, letters := range map[string]int{"SmallTexts": 1, "LargeTexts": 450} {
		t.Run(name, func(t *testing.T) {
			p := &crowdPlay{room: newRoom(), rng: rand.New(rand.NewPCG(3, uint64(letters))), text: strings.Repeat("<", letters)}
			p.staff(`{"type":"board.open"}`)
			entries := 12_000
			if testing.Short() {
				entries = 3_000
			}
			for i := range entries {
				p.step()
				if i == entries/2 {
					p.restore(t)
				}
				if i%500 == 0 {
					checkBounds(t, p.m)
				}
			}
			checkBounds(t, p.m)
			if fold(p.log).Digest() != p.m.Digest() {
				t.Error("the log folds to another state")
			}
			if p.full == 0 {
				t.Error("nothing was ever full: this test tests nothing")
			}
		})
	}
}

// crowdPlay is a crowd that asks too much, and a moderator who lets most pass.
type crowdPlay struct {
	*room
	rng  *rand.Rand
	text string
	ids  []string
	full int // refusals for want of room
}

func (p *crowdPlay) staff(raw string) { p.judge(p.mustPrepare("nadia", oplog.Moderator, raw)) }

func (p *crowdPlay) judge(c oplog.Command) {
	if o := p.append(c); o.Reason == oplog.BoardFull || o.Reason == oplog.TooMany {
		p.full++
	}
}

func (p *crowdPlay) step() {
	k := p.rng.IntN(100)
	if k < 60 || len(p.ids) == 0 {
		id := fmt.Sprint("q", len(p.ids))
		p.ids = append(p.ids, ulid(id))
		p.judge(p.mustPrepare(fmt.Sprint("p", p.rng.IntN(80)), oplog.Attendee, ask(id, p.text+fmt.Sprint(p.rng.IntN(50)))))
		return
	}
	id := p.ids[p.rng.IntN(len(p.ids))]
	switch {
	case k < 85:
		p.staff(fmt.Sprintf(`{"type":"question.approve","id":%q}`, id))
	case k < 89:
		p.staff(fmt.Sprintf(`{"type":"question.answer","id":%q}`, id))
	case k < 91:
		p.staff(fmt.Sprintf(`{"type":"question.dismiss","id":%q,"note":"Not now"}`, id))
	case k < 92:
		p.staff(fmt.Sprintf(`{"type":"question.reply","id":%q,"text":%q}`, id, p.text+"!"))
	case k < 93:
		if other := p.ids[p.rng.IntN(len(p.ids))]; other != id {
			p.staff(fmt.Sprintf(`{"type":"question.merge","id":%q,"ids":[%q]}`, id, other))
		}
		p.staff(fmt.Sprintf(`{"type":"undo","step":"%d"}`, max(1, int(p.head())-p.rng.IntN(40))))
	case k < 95:
		p.staff(fmt.Sprintf(`{"type":"question.restore","id":%q}`, id))
	case k < 97:
		p.staff(fmt.Sprintf(`{"type":"question.edit","id":%q,"text":%q,"name":"Nadia"}`, id, p.text+"."))
	case k < 99:
		p.staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"t","kind":"single","options":["a","b"]}`, id))
		p.staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, id))
	default:
		p.staff(fmt.Sprintf(`{"type":"settings.set","moderation":%t}`, p.rng.IntN(2) == 0))
	}
}

func (p *crowdPlay) restore(t *testing.T) {
	state, err := p.m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	p.m = session.New(topic)
	if err := p.m.Restore(state); err != nil {
		t.Fatal(err)
	}
}

// checkBounds weighs what moderators see, by fate.
func checkBounds(t *testing.T, m *session.Machine) {
	t.Helper()
	doc := m.Since(oplog.Moderator, 0)
	n, bytes := weigh(t, doc)
	for fate, most := range map[string][2]int{
		"shown":     {session.MaxLive, session.MaxLiveText},
		"pending":   {session.MaxPending, session.MaxPendingText},
		"dismissed": {session.MaxDismissed, session.MaxDismissedText},
		"merged":    {session.MaxMerged, session.MaxMergedText},
	} {
		if n[fate] > most[0] || bytes[fate] > most[1] {
			t.Fatalf("%d questions and %d bytes are %s, at most %v may be", n[fate], bytes[fate], fate, most)
		}
	}
	open := 0
	for _, e := range doc["poll"] {
		var p struct{ State string }
		if json.Unmarshal(e, &p) == nil && p.State == "open" {
			open++
		}
	}
	if len(doc["poll"]) > session.MaxPolls || open > session.MaxOpenPolls {
		t.Fatalf("%d polls, %d open", len(doc["poll"]), open)
	}
	if hall := m.Since(oplog.Attendee, 0); len(hall["question"]) != n["shown"] || len(hall["votes"]) != n["shown"] {
		t.Fatalf("the hall sees %d questions and %d tallies of %d", len(hall["question"]), len(hall["votes"]), n["shown"])
	}
}

// weigh counts questions and bytes of text as they stand in the document.
func weigh(t *testing.T, doc entity.Patch) (n, bytes map[string]int) {
	n, bytes = map[string]int{}, map[string]int{}
	for _, e := range doc["question"] {
		var q struct {
			State                    string
			Text, Name, Answer, Note json.RawMessage
		}
		if err := json.Unmarshal(e, &q); err != nil {
			t.Fatal(err)
		}
		if q.State == "live" || q.State == "answered" {
			q.State = "shown"
		}
		n[q.State]++
		bytes[q.State] += len(q.Text) - 2
		for _, more := range []json.RawMessage{q.Name, q.Answer, q.Note} {
			if len(more) > 0 {
				bytes[q.State] += len(more) - 2
			}
		}
	}
	return n, bytes
}

// TestPendingEachSurvivesARestore: who has twenty questions waiting has them
// still when the machine comes back from a snapshot.
func TestPendingEachSurvivesARestore(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	p.staff(`{"type":"board.open"}`)
	for i := range session.MaxPendingEach {
		p.do(t, "amina", oplog.Attendee, ask(fmt.Sprint("q", i), "Why?"))
	}
	p.restore(t)
	if o := p.append(p.mustPrepare("amina", oplog.Attendee, ask("more", "Why?"))); o.Reason != oplog.TooMany {
		t.Errorf("one more: %q, want %s", o.Reason, oplog.TooMany)
	}
	p.do(t, "nadia", oplog.Moderator, `{"type":"question.dismiss","id":"`+ulid("q0")+`"}`)
	p.do(t, "amina", oplog.Attendee, ask("more", "Why?"))
}

func TestArchivedIsReadByPage(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	p.staff(`{"type":"board.open"}`)
	p.staff(`{"type":"settings.set","moderation":false}`)
	total := session.MaxLive + 25
	for i := range total {
		id := fmt.Sprint("q", i)
		p.do(t, fmt.Sprint("p", i), oplog.Attendee, ask(id, "Why?"))
		p.do(t, "nadia", oplog.Moderator, fmt.Sprintf(`{"type":"question.answer","id":%q}`, ulid(id)))
	}
	var got []string
	for before, pages := 0, 0; pages == 0 || before > 0; pages++ {
		page := p.m.Archived(before, 10)
		for _, q := range page.Items {
			got = append(got, q.ID)
		}
		before = page.Next
	}
	if len(got) != 25 {
		t.Fatalf("%d archived questions read, want 25", len(got))
	}
	for i, id := range got {
		if id != ulid(fmt.Sprint("q", 24-i)) {
			t.Errorf("question %d is not the one that left before", i)
		}
	}
	if n := len(p.m.Results().Questions); n != total {
		t.Errorf("%d questions in the results, want all %d", n, total)
	}
}

// TestQuestionsHaveAnEnd: asking and withdrawing in turn fills no memory.
func TestQuestionsHaveAnEnd(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	p.staff(`{"type":"board.open"}`)
	for i := range session.MaxQuestions {
		who, id := fmt.Sprint("p", i/session.MaxAskedEach), fmt.Sprint("q", i)
		p.do(t, who, oplog.Attendee, ask(id, "Why?"))
		p.do(t, who, oplog.Attendee, fmt.Sprintf(`{"type":"question.withdraw","id":%q}`, ulid(id)))
	}
	if o := p.append(p.mustPrepare("amina", oplog.Attendee, ask("more", "Why?"))); o.Reason != oplog.BoardFull {
		t.Errorf("one more: %q, want %s", o.Reason, oplog.BoardFull)
	}
	if r := p.m.Results(); r.Withdrawn != session.MaxQuestions || len(r.Questions) != 0 {
		t.Errorf("%d withdrawn, %d told", r.Withdrawn, len(r.Questions))
	}
}

func TestLive(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	if p.m.Live() || p.m.Opened() {
		t.Error("a fresh board is open")
	}
	p.staff(`{"type":"board.open"}`)
	if !p.m.Live() || !p.m.Opened() {
		t.Error("an opened board is closed")
	}
	if _, waits := p.m.Deadline(); waits {
		t.Error("a session waits for a time of its own")
	}
}

// TestWordsHaveAnEnd: what people write into polls fills no document without end,
// and one person alone cannot take the room of all.
func TestWordsHaveAnEnd(t *testing.T) {
	p := &crowdPlay{room: newRoom()}
	p.staff(`{"type":"board.open"}`)
	for _, id := range []string{"p1", "p2"} {
		p.staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"text","title":"t","max":5,"moderated":false,"results":"shown"}`, ulid(id)))
		p.staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(id)))
	}
	write := func(who, poll string, i int) oplog.Reason {
		var list []string
		for k := range 5 {
			list = append(list, fmt.Sprintf("%q", fmt.Sprintf("%d-%d %s", i, k, strings.Repeat("ж", 250))))
		}
		raw := fmt.Sprintf(`{"type":"poll.vote","id":%q,"words":[%s]}`, ulid(poll), strings.Join(list, ","))
		return p.append(p.mustPrepare(who, oplog.Attendee, raw)).Reason
	}
	for i := range session.MaxTries {
		if r := write("troll", "p1", i); r != "" {
			t.Fatalf("answer %d: %s", i, r)
		}
	}
	if r := write("troll", "p1", 99); r != oplog.TooMany {
		t.Errorf("one more: %q, want %s", r, oplog.TooMany)
	}
	full := oplog.Reason("")
	for i := 1000; full == "" && i < 2000; i++ {
		full = write(fmt.Sprint("p", i), []string{"p1", "p2"}[i%2], i)
	}
	if full != oplog.BoardFull {
		t.Errorf("in the end: %q, want %s", full, oplog.BoardFull)
	}
	size := 0
	for _, e := range p.m.Since(oplog.Attendee, 0)["text"] {
		size += len(e)
	}
	if size > 2*session.MaxTermText {
		t.Errorf("the hall's document has %d bytes of texts", size)
	}
	p.restore(t)
	if r := write("late", "p2", 5000); r != oplog.BoardFull {
		t.Errorf("after a restore: %q, want %s", r, oplog.BoardFull)
	}
}
