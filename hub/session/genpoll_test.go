package session_test

import (
	"fmt"
	"strings"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

// kinds are the polls of random histories, p1 to p9, each of another kind, and
// answers that fit them.
var kinds = []struct {
	create  string // but for type, id and title
	answers []string
}{
	{`"kind":"multiple","max":2,"options":["%s","b","c"]`, []string{`"choice":[1]`, `"choice":[2]`, `"choice":[1,3]`}},
	{`"kind":"ranking","options":["%s","b","c"],"unranked":"apart"`, []string{`"ranks":[[1],[2,3]]`, `"ranks":[[3]]`, `"ranks":[[2,1]]`}},
	{`"kind":"cloud","max":2`, []string{`"words":["sun"]`, `"words":["SUN","light"]`, `"words":["canary%d."]`}},
	{`"kind":"quiz","options":["%s","b"],"right":[2],"max":1,"bonus":true,"secs":9`, []string{`"choice":[1]`, `"choice":[2]`}},
	{`"kind":"survey"`, []string{`"choice":[]`}},
	{`"kind":"quiz","options":["%s","b"],"right":[2],"max":1,"in":"<p5>"`, []string{`"choice":[1]`, `"choice":[2]`}},
	{`"kind":"text","max":2`, []string{`"words":["canary%d."]`, `"words":["canary%d.","a"]`, `"words":["A"]`}},
	{`"kind":"number","low":0,"high":50,"truth":7`, []string{`"number":7`, `"number":50`, `"number":12`}},
	{`"kind":"points","options":["%s","b"]`, []string{`"points":[100,0]`, `"points":[40,60]`}},
}

// createPoll makes the poll of a number from 1; its texts have a canary.
func createPoll(n, canary int, more string) string {
	text := fmt.Sprintf("canary%d.", canary)
	with := kinds[n-1].create
	if strings.Contains(with, "%s") {
		with = fmt.Sprintf(with, text)
	}
	with = strings.ReplaceAll(with, "<p5>", ulid("p5"))
	return fmt.Sprintf(`{"type":"poll.create","id":%q,"title":%q,%s%s}`, ulid(fmt.Sprint("p", n)), text, with, more)
}

// answerPoll draws an answer to a poll, which mostly fits.
func answerPoll(t *rapid.T, canary int) string {
	n := rapid.IntRange(1, len(kinds)).Draw(t, "poll")
	fits := n
	if rapid.IntRange(0, 9).Draw(t, "unfit") == 0 {
		fits = rapid.IntRange(1, len(kinds)).Draw(t, "fits")
	}
	with := rapid.SampledFrom(append(kinds[fits-1].answers, `"choice":[]`)).Draw(t, "answer")
	if strings.Contains(with, "%d") {
		with = fmt.Sprintf(with, canary)
	}
	return fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, ulid(fmt.Sprint("p", n)), with)
}

// pollForms are what moderators can do with a poll.
func pollForms(t *rapid.T, canary int, on bool) []string {
	n := rapid.IntRange(1, len(kinds)).Draw(t, "poll")
	p := ulid(fmt.Sprint("p", n))
	turn := rapid.SampledFrom([]string{"open", "open", "open", "close", "close", "round", "reveal", "hide"}).Draw(t, "turn")
	results := rapid.SampledFrom([]string{"hidden", "voted", "closed", "shown"}).Draw(t, "results")
	edit := strings.Replace(createPoll(n, canary, ""), "poll.create", "poll.edit", 1)
	return []string{
		createPoll(n, canary, `,"results":"`+results+`"`), createPoll(n, canary, `,"screen":true`), edit,
		fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p), fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p),
		fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p), fmt.Sprintf(`{"type":"poll.%s","id":%q}`, turn, p),
		fmt.Sprintf(`{"type":"poll.set","id":%q,"results":%q}`, p, results),
		fmt.Sprintf(`{"type":"poll.set","id":%q,"screen":%t,"secs":%d}`, p, on, rapid.SampledFrom([]int{0, 10}).Draw(t, "secs")),
		fmt.Sprintf(`{"type":"poll.set","id":%q,"fixed":%t}`, p, on),
		fmt.Sprintf(`{"type":"poll.archive","id":%q,"on":%t}`, p, on),
		fmt.Sprintf(`{"type":"poll.time","id":%q,"secs":%d}`, p, rapid.SampledFrom([]int{0, 3}).Draw(t, "more")),
		fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":%t}`, p, on), fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, ulid("p4")),
		fmt.Sprintf(`{"type":"poll.word","id":%q,"ns":[%d],"show":%t}`, ulid(rapid.SampledFrom([]string{"p3", "p7"}).Draw(t, "of")), rapid.IntRange(1, 3).Draw(t, "word"), on),
		fmt.Sprintf(`{"type":"poll.order","ids":[%q,%q]}`, p, ulid(fmt.Sprint("p", n%len(kinds)+1))),
		fmt.Sprintf(`{"type":"quiz.teams","names":%s}`, rapid.SampledFrom([]string{`["Red","Blue"]`, `[]`}).Draw(t, "teams")),
		fmt.Sprintf(`{"type":"player.hide","n":%d,"on":%t}`, rapid.IntRange(1, 3).Draw(t, "player"), on),
		fmt.Sprintf(`{"type":"stage.leaderboard","on":%t}`, on),
		fmt.Sprintf(`{"type":"poll.stage","id":%q,"on":%t}`, p, on),
	}
}

// openPolls makes some polls and opens them.
func openPolls(t *rapid.T, r *room, then func(r *room)) {
	add := func(raw string) {
		r.append(r.mustPrepare("nadia", oplog.Moderator, raw))
		then(r)
	}
	for n := 2; n <= len(kinds); n++ {
		if rapid.Bool().Draw(t, "wanted") {
			add(createPoll(n, 800+n, ""))
		}
	}
	for n := 2; n <= len(kinds); n++ {
		if rapid.Bool().Draw(t, "opened") {
			add(fmt.Sprintf(`{"type":"poll.open","id":%q}`, ulid(fmt.Sprint("p", n))))
		}
	}
}
