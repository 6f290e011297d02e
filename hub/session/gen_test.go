package session_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

// crew are the people of random histories, and in what role they act.
var crew = []struct {
	name string
	role oplog.Role
}{
	{"amina", oplog.Attendee},
	{"bilal", oplog.Attendee},
	{"chen", oplog.Attendee},
	{"nadia", oplog.Moderator},
	{"omar", oplog.Organiser},
	{"wall", oplog.Screen},
	{"tariq", oplog.Translator},
	{"podium", oplog.Stage},
}

// drawn is a random command with the tab that sends it.
type drawn struct {
	command oplog.Command
	tab     string
}

// command draws one command of somebody. Most are sensible, none need be
// allowed. Each wording has a canary of its own, so that a text that leaks is
// known by it.
func (r *room) command(t *rapid.T, canary int) drawn {
	who := rapid.SampledFrom(crew).Draw(t, "who")
	raw := r.raw(t, who.role, canary)
	c, why := r.prepare(who.name, who.role, raw)
	if why != "" {
		t.Fatalf("prepare %s: %s", raw, why)
	}
	if rapid.IntRange(0, 3).Draw(t, "looked") == 0 {
		c.Seen = oplog.Offset(rapid.IntRange(0, int(r.head())).Draw(t, "seen"))
	}
	tab := fmt.Sprint(who.name, rapid.IntRange(1, 2).Draw(t, "tab"))
	return drawn{r.count(c, tab), tab}
}

func (r *room) raw(t *rapid.T, role oplog.Role, canary int) string {
	q := ulid(fmt.Sprint("q", rapid.IntRange(1, 3).Draw(t, "q")))
	p := ulid(fmt.Sprint("p", rapid.IntRange(1, 2).Draw(t, "p")))
	on := rapid.IntRange(0, 2).Draw(t, "on") > 0
	if (role == oplog.Translator || role == oplog.Stage) && rapid.IntRange(0, 9).Draw(t, "at work") > 0 {
		return rapid.SampledFrom(r.deskOf(t, role, q, canary, on)).Draw(t, "own form")
	}
	if role != oplog.Attendee && rapid.IntRange(0, 9).Draw(t, "on duty") > 0 {
		switch rapid.IntRange(0, 2).Draw(t, "about") {
		case 0:
			return rapid.SampledFrom(r.deskForms(t, q, canary, on)).Draw(t, "desk form")
		case 1:
			return rapid.SampledFrom(pollForms(t, canary, on)).Draw(t, "poll form")
		}
		return rapid.SampledFrom(r.staffForms(t, q, p, canary, on)).Draw(t, "form")
	}
	vote := fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`, q, on)
	against := fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true,"down":true}`, q)
	ask := fmt.Sprintf(`{"type":"question.ask","id":%q,"text":"canary%d."}`, q, canary)
	choose := fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":%s}`, p, rapid.SampledFrom([]string{"[]", "[1]", "[2]", "[1,3]"}).Draw(t, "choice"))
	answer := answerPoll(t, canary)
	return rapid.SampledFrom([]string{
		vote, vote, vote, against, ask, ask, choose, answer, answer, answer,
		fmt.Sprintf(`{"type":"player.set","name":"canary%d.","team":%d}`, canary, rapid.IntRange(0, 2).Draw(t, "team")),
		fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"canary%d."}`, q, canary),
		fmt.Sprintf(`{"type":"question.withdraw","id":%q}`, q),
		fmt.Sprintf(`{"type":"question.lang","id":%q,"lang":"fr"}`, q),
	}).Draw(t, "form")
}

func (r *room) staffForms(t *rapid.T, q, p string, canary int, on bool) []string {
	verb := rapid.SampledFrom([]string{"approve", "approve", "approve", "dismiss", "restore", "restore", "answer", "archive"}).Draw(t, "verb")
	turn := rapid.SampledFrom([]string{"open", "close", "reveal", "hide"}).Draw(t, "turn")
	board := rapid.SampledFrom([]string{"open", "open", "open", "open", "close"}).Draw(t, "board")
	at := rapid.IntRange(1, int(r.head())+1).Draw(t, "redacted")
	return []string{
		fmt.Sprintf(`{"type":"question.%s","id":%q}`, verb, q),
		fmt.Sprintf(`{"type":"question.%s","id":%q}`, verb, q),
		fmt.Sprintf(`{"type":"question.%s","id":%q}`, verb, q),
		fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"canary%d.","name":"canary%d."}`, q, canary, canary),
		fmt.Sprintf(`{"type":"question.highlight","id":%q,"on":%t}`, q, on),
		fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"canary%d.","kind":"multiple","max":2,"options":["canary%d.","b","c"]}`, p, canary, canary),
		fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p),
		fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p),
		fmt.Sprintf(`{"type":"poll.stage","id":%q,"on":%t}`, p, on),
		fmt.Sprintf(`{"type":"settings.set","moderation":%t}`, on),
		fmt.Sprintf(`{"type":"settings.set","qa":%q,"names":"off"}`, rapid.SampledFrom([]string{"open", "open", "votes", "closed"}).Draw(t, "qa")),
		fmt.Sprintf(`{"type":"board.%s"}`, board),
		fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at),
	}
}

// deskForms are what moderators can do to many questions, to people, and back.
func (r *room) deskForms(t *rapid.T, q string, canary int, on bool) []string {
	other := ulid(fmt.Sprint("q", rapid.IntRange(1, 3).Draw(t, "other")))
	both := fmt.Sprintf(`["%s","%s"]`, ulid("q1"), ulid("q2"))
	text := rapid.SampledFrom([]string{fmt.Sprintf("canary%d.", canary), fmt.Sprintf("canary%d.", canary), ""}).Draw(t, "text")
	step := max(1, int(r.head())-rapid.IntRange(0, 5).Draw(t, "back"))
	undo := fmt.Sprintf(`{"type":"undo","step":"%d"}`, step)
	setting := rapid.SampledFrom([]string{"downs", "downs", "quiet", "ledger", "eyes", "headless", "dups"}).Draw(t, "setting")
	forms := []string{
		undo, undo, undo,
		fmt.Sprintf(`{"type":"question.approve","ids":%s}`, both),
		fmt.Sprintf(`{"type":"question.dismiss","ids":%s,"why":"off-topic","note":"canary%d."}`, both, canary),
		fmt.Sprintf(`{"type":"question.star","ids":%s,"on":%t}`, both, on),
		fmt.Sprintf(`{"type":"question.pin","id":%q,"on":%t}`, q, on),
		fmt.Sprintf(`{"type":"question.label","id":%q,"label":%d,"on":%t}`, q, rapid.IntRange(1, 2).Draw(t, "label"), on),
		fmt.Sprintf(`{"type":"label.set","n":%d,"name":%q,"public":%t}`, rapid.IntRange(1, 2).Draw(t, "named"), text, on),
		fmt.Sprintf(`{"type":"question.reply","id":%q,"text":%q}`, q, text),
		fmt.Sprintf(`{"type":"question.enter","id":%q,"text":"canary%d.","from":"paper"}`, q, canary),
		fmt.Sprintf(`{"type":"person.block","id":%q,"on":%t}`, q, on),
		fmt.Sprintf(`{"type":"person.block","poll":%q,"n":%d,"on":%t}`, ulid(rapid.SampledFrom([]string{"p3", "p7"}).Draw(t, "written")), rapid.IntRange(1, 3).Draw(t, "term"), on),
		fmt.Sprintf(`{"type":"person.block","player":%d,"on":%t}`, rapid.IntRange(1, 3).Draw(t, "behind"), on),
		fmt.Sprintf(`{"type":"stage.clear","on":%t}`, on),
		fmt.Sprintf(`{"type":"intro.set","text":%q}`, text),
		fmt.Sprintf(`{"type":"board.clear","pending":%t}`, on),
		fmt.Sprintf(`{"type":"settings.set",%q:%t}`, setting, on),
		fmt.Sprintf(`{"type":"settings.set","closes":{"at":%d,"to":"votes"}}`, start+1000*rapid.IntRange(1, 99).Draw(t, "closes")),
		`{"type":"settings.set","names":"required"}`,
		fmt.Sprintf(`{"type":"staff.name","name":%q}`, text),
	}
	forms = append(forms, r.deskOf(t, oplog.Moderator, q, canary, on)...)
	if other != q {
		merge := fmt.Sprintf(`{"type":"question.merge","id":%q,"ids":[%q]}`, q, other)
		forms = append(forms, merge, merge, merge)
	}
	if rapid.IntRange(0, 9).Draw(t, "rehearsed") == 0 {
		forms = append(forms, `{"type":"session.reset"}`, `{"type":"session.reset"}`, `{"type":"session.reset"}`)
	}
	return forms
}

// deskOf are what translators, those on the stage, and moderators can do about
// languages and notes.
func (r *room) deskOf(t *rapid.T, role oplog.Role, q string, canary int, on bool) []string {
	note := ulid(fmt.Sprint("n", rapid.IntRange(1, 2).Draw(t, "note")))
	if role == oplog.Stage {
		return []string{fmt.Sprintf(`{"type":"note.ack","id":%q}`, note)}
	}
	lang := rapid.SampledFrom([]string{"ar", "fr"}).Draw(t, "lang")
	text := rapid.SampledFrom([]string{fmt.Sprintf("canary%d.", canary), fmt.Sprintf("canary%d.", canary), "same", ""}).Draw(t, "rendered")
	put := fmt.Sprintf(`{"type":"translation.put","id":%q,"lang":%q,"text":%q}`, q, lang, text)
	forms := []string{
		put, put, put,
		fmt.Sprintf(`{"type":"translation.lock","id":%q,"lang":%q,"on":%t}`, q, lang, on),
		fmt.Sprintf(`{"type":"question.lang","id":%q,"lang":%q}`, q, lang),
	}
	if role == oplog.Translator {
		step := max(1, int(r.head())-rapid.IntRange(0, 5).Draw(t, "own step"))
		return append(forms, fmt.Sprintf(`{"type":"undo","step":"%d"}`, step))
	}
	return append(
		forms,
		fmt.Sprintf(`{"type":"note.send","id":%q,"text":"canary%d."}`, note, canary),
		fmt.Sprintf(`{"type":"stage.announce","id":%q,"on":%t}`, note, on),
		`{"type":"settings.set","langs":["ar","fr"],"hall":{"lang":"fr","both":true}}`,
	)
}

// opening are the commands that every random history begins with, so that
// there is something to happen to.
func opening() []string {
	p := ulid("p1")
	return []string{
		`{"type":"board.open"}`,
		fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"t","kind":"multiple","max":2,"options":["a","b","c"]}`, p),
		fmt.Sprintf(`{"type":"poll.open","id":%q}`, p),
	}
}

// history draws a log of up to n entries and calls then after each of them.
// Commands come late, twice or in another order than they were sent in.
func history(t *rapid.T, n int, then func(r *room)) *room {
	r := newRoom()
	for _, raw := range opening() {
		r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
		then(r)
	}
	if rapid.Bool().Draw(t, "polls") {
		openPolls(t, r, then)
	}
	var sent []drawn
	for i := range rapid.IntRange(n/2, n).Draw(t, "entries") {
		if len(sent) > 0 && rapid.IntRange(0, 9).Draw(t, "late") == 0 {
			r.append(rapid.SampledFrom(sent).Draw(t, "twin").command)
		} else {
			d := r.command(t, i)
			sent = append(sent, d)
			if rapid.IntRange(0, 19).Draw(t, "held back") == 0 {
				continue
			}
			r.append(d.command)
		}
		then(r)
	}
	return r
}

func (r *room) mustPrepare(name string, role oplog.Role, raw string) oplog.Command {
	c, why := r.prepare(name, role, raw)
	if why != "" {
		panic(raw + ": " + string(why))
	}
	return c
}

// canaries are the marked texts that occur in some JSON.
func canaries(b []byte) map[string]bool {
	found := map[string]bool{}
	for _, part := range strings.Split(string(b), "canary")[1:] {
		number, _, _ := strings.Cut(part, ".")
		found[number] = true
	}
	return found
}
