package gateway_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/session"
	"majlis/hub/wire"
)

// everyPoll are polls of each kind as a file has them, and an answer to each.
const everyPoll = `{"majlis":"polls","v":1,"polls":[
{"kind":"single","title":"=Tea?","options":["Yes","=No"],"min":1,"max":1,"results":"shown"},
{"kind":"multiple","title":"Days?","options":["Mon","Tue","Wed"],"min":1,"max":2,"results":"shown","screen":true},
{"kind":"yesno","title":"Go on?","min":1,"max":1,"results":"voted"},
{"kind":"rating","title":"How was it?","min":1,"max":1,"results":"shown","steps":4},
{"kind":"scale","title":"Clear?","min":1,"max":1,"results":"closed","steps":7,"ends":["No","Yes"]},
{"kind":"nps","title":"Recommend?","min":1,"max":1,"results":"shown","secs":3600},
{"kind":"quiz","title":"2 + 2?","options":["3","4"],"min":1,"max":1,"results":"hidden","right":[2],"bonus":true},
{"kind":"ranking","title":"Order?","options":["A","B","C"],"min":1,"max":3,"results":"shown","unranked":"apart"},
{"kind":"points","title":"Money?","options":["A","B"],"min":1,"max":1,"results":"shown"},
{"kind":"number","title":"Degrees?","min":1,"max":1,"results":"shown","decimals":1,"low":-100,"high":500,"truth":251},
{"kind":"text","title":"Missed?","min":1,"max":2,"results":"shown","moderated":false},
{"kind":"cloud","title":"A word?","min":1,"max":3,"results":"shown","moderated":false,"stop":"en"},
{"kind":"survey","title":"Before you go","min":1,"max":1,"results":"shown","questions":[
{"kind":"rating","title":"Food?","min":1,"max":1,"results":"hidden","steps":5},
{"kind":"text","title":"Else?","min":1,"max":1,"results":"hidden","moderated":true}]}]}`

var everyAnswer = map[string]string{
	"single": `"choice":[2]`, "multiple": `"choice":[1,3]`, "yesno": `"choice":[3]`, "rating": `"choice":[4]`,
	"scale": `"choice":[7]`, "nps": `"choice":[11]`, "quiz": `"choice":[2]`, "ranking": `"ranks":[[2],[1]]`,
	"points": `"points":[30,70]`, "number": `"number":251`, "text": `"words":["+1"]`, "cloud": `"words":["the","water"],"stop":"en"`,
}

// pollEverything puts a poll of each kind into the session, answers it, closes it
// and begins another round.
func (h *house) pollEverything() {
	h.t.Helper()
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	h.polls(moderator, "POST", "polls", everyPoll)
	var doc struct {
		Polls []struct{ ID, Kind, In string } `json:"polls"`
	}
	if err := json.Unmarshal([]byte(h.polls(moderator, "GET", "results.json", "")), &doc); err != nil {
		h.t.Fatal(err)
	}
	h.say("pass:chair", oplog.Moderator, `{"type":"quiz.teams","names":["Red"]}`)
	h.say("visitor:amina", oplog.Attendee, `{"type":"player.set","name":"Amina","team":1}`)
	turn := func(verb string) {
		for _, p := range doc.Polls {
			if p.In == "" {
				h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.%s","id":%q}`, verb, p.ID))
			}
		}
	}
	answer := func(who string) {
		for _, p := range doc.Polls {
			if with := everyAnswer[p.Kind]; with != "" {
				h.say(who, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, p.ID, with))
			}
		}
	}
	turn("open")
	answer("visitor:amina")
	turn("close")
	turn("round")
	answer("visitor:amina")
	answer("visitor:boris")
	turn("close")
	for _, p := range doc.Polls {
		if p.Kind == "quiz" || p.Kind == "number" {
			h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, p.ID))
		}
	}
}

func (h *house) polls(token, method, what, body string) string {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, h.url+"/api/v1/sessions/opening/"+what, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		h.t.Fatalf("%s %s: %s, %v: %s", method, what, resp.Status, err, b)
	}
	return string(b)
}

// TestPollsGoOutAndIn: what is exported is what was imported, and a file that is
// sent again makes nothing twice.
func TestPollsGoOutAndIn(t *testing.T) {
	h := open(t)
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	if got := h.polls(moderator, "POST", "polls", everyPoll); got != `{"created":15,"again":0,"refused":[]}`+"\n" {
		t.Errorf("the first time %s", got)
	}
	if got := h.polls(moderator, "POST", "polls", everyPoll); got != `{"created":0,"again":15,"refused":[]}`+"\n" {
		t.Errorf("the second time %s", got)
	}
	var out, in any
	if err := json.Unmarshal([]byte(h.polls(moderator, "GET", "polls.json", "")), &out); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(everyPoll), &in); err != nil {
		t.Fatal(err)
	}
	a, _ := json.Marshal(out)
	b, _ := json.Marshal(in)
	if string(a) != string(b) {
		t.Errorf("in  %s\nout %s", b, a)
	}
	broken := `{"majlis":"polls","v":1,"polls":[{"kind":"single","title":"?","options":["a"]},{"kind":"survey","title":"s","questions":[{"kind":"king"}]},{"kind":"yesno","title":"y","type":"undo","id":"x"},null,{"kind":"survey","title":"t","questions":[null]}]}`
	want := `{"created":3,"again":0,"refused":[{"poll":"1","reason":"bad-choice"},{"poll":"2.1","reason":"bad-command"},` +
		`{"poll":"4","reason":"bad-command"},{"poll":"5.1","reason":"bad-command"}]}` + "\n"
	if got := h.polls(moderator, "POST", "polls", broken); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	many := func(n int) string { return strings.Repeat("null,", n-1) + "null" }
	survey := `{"majlis":"polls","v":1,"polls":[{"kind":"survey","title":"u","questions":[` + many(session.MaxSurvey+1) + `]}]}`
	want = `{"created":0,"again":0,"refused":[{"poll":"1","reason":"too-many"}]}` + "\n"
	if got := h.polls(moderator, "POST", "polls", survey); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	body := `{"majlis":"polls","v":1,"polls":[` + many(session.MaxPolls+1) + `]}`
	got := h.request(http.DefaultClient, "POST", "/api/v1/sessions/opening/polls", body, map[string]string{"Authorization": "Bearer " + moderator})
	if got.status != http.StatusBadRequest {
		t.Errorf("more polls than a session has: %d %s", got.status, got.body)
	}
}

// TestTableHasTranslations: a column for each language, at the end of every row.
func TestTableHasTranslations(t *testing.T) {
	h := open(t)
	for _, raw := range []string{
		`{"type":"board.open"}`, `{"type":"settings.set","moderation":false}`,
		`{"type":"poll.create","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHK","kind":"yesno","title":"Go on?"}`,
		`{"type":"question.enter","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ","text":"One?","lang":"en","from":"floor"}`,
		`{"type":"translation.put","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ","lang":"fr","text":"Un ?"}`,
		`{"type":"translation.put","id":"01J8Z3V5Q6W7X8Y9ZABCDEFGHJ","lang":"ar","text":"=واحد؟"}`,
	} {
		h.say("pass:chair", oplog.Moderator, raw)
	}
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	table := h.polls(moderator, "GET", "results.csv", "")
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err) // a row is narrower than the first
	}
	if got := strings.Join(lines[0][20:], "|") + "|" + strings.Join(lines[1][20:], "|"); got != "text in ar|text in fr|'=واحد؟|Un ?" {
		t.Errorf("columns %s", got)
	}
}

// TestTableOfPolls: a row for each option of each round, its share of people, and
// no cell that a spreadsheet would run.
func TestTableOfPolls(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	h.pollEverything()
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	table := h.polls(moderator, "GET", "results.csv", "")
	rows := map[string]bool{}
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range lines {
		if cells[0] == "poll" {
			rows[strings.Join(append(cells[3:7:7], cells[16:]...), "|")] = true
			rows[strings.Join(append(cells[3:5:5], cells[13]), "|")] = true
		}
	}
	for _, want := range []string{
		"'=Tea?|'=No|1|1|single|1|100.00|", "'=Tea?|'=No|2|2|single|2|100.00|", "Days?|Tue|0|2|multiple|2|0.00|",
		"Go on?|abstain|2|2|yesno|2|100.00|", "How was it?|4|2|2|rating|2|100.00|", "Recommend?|10|2|2|nps|2|100.00|",
		"Recommend?|0|0|2|nps|2|0.00|", "Order?|B|2|2|ranking|2|100.00|1", "Order?|C|0|2|ranking|2||1", "Money?|B|140|2|points|2|70.00|",
		"Degrees?|median 25.1||2|number|2||", "Missed?|'+1|2|2|text|2|100.00|", "A word?|water|2|2|cloud|2|100.00|",
		"Else?|'+1|pending", "Missed?|'+1|", "Before you go|||2|survey|2||", "Food?|4|2|2|rating|2|100.00|",
	} {
		if !rows[want] {
			t.Errorf("no row %s", want)
		}
	}
}

// hall is a reader of the session in each role that does not moderate.
func (h *house) hall() map[string]*line {
	readers := map[string]*line{"attendee": h.dial(h.browser(), nil)}
	for _, role := range []oplog.Role{oplog.Screen, oplog.Stage, oplog.Translator} {
		token, _ := h.token(role, "session/opening")
		readers[role.String()] = h.dial(http.DefaultClient, map[string]string{"Authorization": "Bearer " + token, "Origin": ""})
	}
	for role, l := range readers {
		l.send(`{"t":"watch",` + opening + `,"role":"` + role + `"}`)
		l.until(isPatch)
	}
	return readers
}

// documents are what each of those roles gets by HTTP, heads and all.
func (h *house) documents() map[string]string {
	out := map[string]string{}
	for _, role := range []oplog.Role{oplog.Attendee, oplog.Screen, oplog.Stage, oplog.Translator} {
		c, more := http.DefaultClient, map[string]string{}
		if role == oplog.Attendee {
			c = h.browser()
		} else {
			token, _ := h.token(role, "session/opening")
			more["Authorization"] = "Bearer " + token
		}
		a := h.request(c, "GET", "/api/v1/topics/session/opening?role="+role.String(), "", more)
		if a.status != http.StatusOK || a.header.Get("ETag") == "" {
			h.t.Fatalf("%s: %d %s", role, a.status, a.body)
		}
		out[role.String()+" by HTTP"] = fmt.Sprint(a.header, a.body)
	}
	return out
}

// TestNothingHiddenOfPollsLeaves puts a canary into every text, count and solution
// of polls that the hall must not see yet, and looks for it in all that a phone, the
// screen, the stage, translators and the log get; then it is shown, and must be there.
func TestNothingHiddenOfPollsLeaves(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	const canary, number = "canary-5e9b", "731731"
	free := "\"words\":[\"" + canary + "\"]"
	polls := []struct{ create, answer string }{
		{`"kind":"single","options":["a","b"]`, `"choice":[1]`},
		{`"kind":"quiz","options":["a","b"],"right":[2],"bonus":true,"secs":600`, `"choice":[2]`},
		{`"kind":"ranking","options":["a","b"]`, `"ranks":[[1],[2]]`},
		{`"kind":"points","options":["a","b"]`, `"points":[37,63]`},
		{`"kind":"number","truth":` + number, `"number":` + number},
		{`"kind":"text","moderated":false`, free},
		{`"kind":"text","results":"shown"`, free},
		{`"kind":"cloud"`, free},
		{`"kind":"cloud","moderated":true,"results":"shown"`, free},
		{`"kind":"yesno","results":"voted"`, `"choice":[1]`},
		{`"kind":"yesno","results":"closed"`, `"choice":[1]`},
	}
	id := func(i int) string { return ulid(50 + i) }
	each := func(verb string) {
		for i := range polls {
			h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.%s","id":%q}`, verb, id(i)))
		}
	}
	readers := h.hall()
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"kind":"yesno","title":%q}`, id(90), canary))
	h.say("visitor:amina", oplog.Attendee, fmt.Sprintf(`{"type":"player.set","name":%q}`, canary))
	for i, p := range polls {
		h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"t",%s}`, id(i), p.create))
	}
	each("open")
	for i, p := range polls {
		h.say("visitor:amina", oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,%s}`, id(i), p.answer))
	}
	each("close")
	each("round")
	// What is closed shows what it may; before that, nothing.
	seen := map[string]string{}
	marker := func(n int) {
		h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"intro.set","text":"marker %d"}`, n))
		for role, l := range readers {
			var b strings.Builder
			l.until(func(f wire.ServerFrame) bool {
				b.WriteString(spelled(f))
				p, ok := f.(wire.Patch)
				return ok && strings.Contains(string(p.Doc["intro"]["_"]), fmt.Sprint("marker ", n))
			})
			seen[role] = b.String()
		}
		maps.Copy(seen, h.documents())
		a := h.request(h.browser(), "GET", "/api/v1/topics/session/opening/mine", "", nil)
		seen["mine of another"] = fmt.Sprint(a.header, a.body)
	}
	marker(1)
	for reader, text := range seen {
		for _, hidden := range []string{canary, number, id(90), `"won"`, `"right"`, `"truth"`, `"leaderboard"`, `"sheet"`, `[37,63]`, `"pending"`} {
			if strings.Contains(text, hidden) {
				t.Errorf("%s: %s left the server: %s", reader, hidden, text)
			}
		}
	}
	each("close")
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, id(1)))
	h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.solve","id":%q,"on":true}`, id(4)))
	each("reveal")
	marker(2)
	for reader := range seen {
		if reader == "mine of another" {
			continue
		}
		for _, shown := range []string{canary, number, `"won"`, `"right"`, `"truth"`, `"leaderboard"`, `37,63`} {
			if !strings.Contains(seen[reader], shown) {
				t.Errorf("%s: %s is not there though it is shown: this test looks at nothing", reader, shown)
			}
		}
	}
	h.stop()
	if log := h.logged.String(); strings.Contains(log, canary) || strings.Contains(log, number) {
		t.Errorf("the log has it: %s", log)
	}
}
