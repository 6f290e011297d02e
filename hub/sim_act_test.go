package hub_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"majlis/hub/oplog"
)

// act is one thing that a person does, from what the page shows. The caller
// holds mu.
func (p *simPhone) act() {
	if p.w.chance(p.rng, phoneReloads) {
		p.w.note(p.name, "reloads")
		if p.line != nil {
			p.line.hang()
			p.line = nil
		}
		p.tab()
		p.connect()
		return
	}
	if p.line != nil && p.w.chance(p.rng, phoneHops) {
		p.line.hang()
	}
	if p.doc.Doc == nil || time.Since(p.w.began) < p.calm {
		return
	}
	switch p.role {
	case oplog.Attendee:
		p.takePart()
	case oplog.Moderator:
		p.moderate()
	}
}

// takePart asks, votes and answers.
func (p *simPhone) takePart() {
	pick := p.rng.IntN(10)
	switch live := p.states("question", "live"); {
	case !p.boardOpen():
	case pick == 0 || len(live) == 0:
		p.made++
		id, text := simULID('1', p.number, p.made), "secret of "+p.name
		if p.rng.IntN(3) > 0 {
			text = fmt.Sprint("question of ", p.name, " ", p.made)
		}
		p.say(simCommand{kind: "question.ask", target: id, raw: fmt.Sprintf(`{"type":"question.ask","id":%q,"text":%q}`, id, text)})
	case pick <= 6:
		id, on := live[p.rng.IntN(len(live))], p.rng.IntN(3) > 0
		value := ""
		if on {
			value = "on"
		}
		p.say(simCommand{
			kind: "question.vote", target: id, value: value, saw: true,
			raw: fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`, id, on),
		})
	case pick == 7:
		own := sortedKeys(p.mine.Doc["asked"])
		if len(own) == 0 {
			return
		}
		id := own[p.rng.IntN(len(own))]
		raw := fmt.Sprintf(`{"type":"question.withdraw","id":%q}`, id)
		if !strings.Contains(string(p.mine.Doc["asked"][id]), "secret") && p.rng.IntN(2) == 0 {
			raw = fmt.Sprintf(`{"type":"question.edit","id":%q,"text":"question of %s, better"}`, id, p.name)
		}
		p.say(simCommand{kind: "other", target: id, raw: raw})
	default:
		p.choose()
	}
}

func (p *simPhone) choose() {
	polls := p.states("poll", "open")
	if len(polls) == 0 {
		return
	}
	id, value := polls[p.rng.IntN(len(polls))], ""
	choice := []string{"[]", "[1]", "[2]", "[3]"}[p.rng.IntN(4)]
	if choice != "[]" {
		value = choice
	}
	p.say(simCommand{
		kind: "poll.vote", target: id, value: value,
		raw: fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":%s}`, id, choice),
	})
}

// moderate does one thing of a moderator's. What is secret is never approved.
func (p *simPhone) moderate() {
	kind, subject, more := "board.open", "", ""
	if p.boardOpen() {
		kind, subject, more = p.order()
	}
	member := "id"
	switch kind {
	case "":
		return
	case "undo":
		member, p.w.undone = "step", true
	}
	raw := fmt.Sprintf(`{"type":%q`, kind)
	if subject != "" {
		raw += fmt.Sprintf(`,%q:%q`, member, subject)
	}
	c := simCommand{kind: "other", target: subject, raw: raw + more + "}"}
	if subject == "" || kind == "question.highlight" {
		c.target = kind
	}
	p.say(c)
}

// order chooses what a moderator does: the command, what it is about, and the rest
// of its arguments.
func (p *simPhone) order() (kind, subject, more string) {
	pending, live, polls := p.states("question", "pending"), p.states("question", "live"), sortedKeys(p.doc.Doc["poll"])
	for _, id := range pending {
		if secret := strings.Contains(string(p.doc.Doc["question"][id]), "secret"); secret && p.rng.IntN(3) == 0 {
			return "question.dismiss", id, ""
		} else if !secret && p.rng.IntN(2) == 0 {
			return "question.approve", id, ""
		}
	}
	pick := p.rng.IntN(12)
	switch {
	case len(polls) < 2 && pick < 3:
		p.made++
		return "poll.create", simULID('2', p.number, p.made), `,"title":"t","kind":"single","options":["a","b","c"]`
	case len(polls) > 0 && pick < 5:
		verb := []string{"open", "open", "close", "reveal", "hide"}[p.rng.IntN(5)]
		return "poll." + verb, polls[p.rng.IntN(len(polls))], ""
	case len(live) > 0 && pick < 8:
		id := live[p.rng.IntN(len(live))]
		switch p.rng.IntN(4) {
		case 0:
			return "question.answer", id, ""
		case 1:
			return "question.dismiss", id, ""
		}
		return "question.highlight", id, fmt.Sprintf(`,"on":%t`, p.rng.IntN(2) == 0)
	case pick == 8:
		at := time.Now().Add(draw(p.rng, 200*time.Millisecond, 3*time.Second)).UnixMilli()
		return "settings.set", "", fmt.Sprintf(`,"closes":{"at":%d,"to":"votes"}`, at)
	case pick == 9:
		return "settings.set", "", `,"qa":"open"`
	case pick == 10 && p.rng.IntN(3) == 0:
		return p.redaction(live)
	case pick == 11:
		if steps := sortedKeys(p.doc.Doc["step"]); len(steps) > 0 {
			return "undo", steps[p.rng.IntN(len(steps))], ""
		}
	}
	return "", "", ""
}

// redaction takes a text away for good.
func (p *simPhone) redaction(live []string) (kind, subject, more string) {
	if len(live) == 0 {
		return "", "", ""
	}
	var q struct {
		Offsets []oplog.Offset `json:"offsets"`
	}
	if json.Unmarshal(p.doc.Doc["question"][live[0]], &q) != nil || len(q.Offsets) == 0 {
		return "", "", ""
	}
	return "redact", "", fmt.Sprintf(`,"offsets":[%d]`, q.Offsets[0])
}

func (p *simPhone) boardOpen() bool {
	return strings.Contains(string(p.doc.Doc["session"]["_"]), `"live":true`)
}

// states lists the entities of a kind that are in a state, in the order of ids.
func (p *simPhone) states(kind, state string) (ids []string) {
	for _, id := range sortedKeys(p.doc.Doc[kind]) {
		if strings.Contains(string(p.doc.Doc[kind][id]), `"state":"`+state+`"`) {
			ids = append(ids, id)
		}
	}
	return ids
}
