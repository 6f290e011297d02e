package session_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"majlis/hub/oplog"
)

// words is one line of a story, taken apart: who does what to which thing, the
// quoted texts, the other arguments, and how it is sent.
type words struct {
	who, verb, id string
	quoted        []string
	rest          []string

	seen  uint64
	n     uint64
	tab   string
	scope string
}

func parse(line string) words {
	var w words
	parts := strings.Split(line, `"`)
	for i, part := range parts {
		if i%2 == 1 {
			w.quoted = append(w.quoted, part)
			continue
		}
		for _, word := range strings.Fields(part) {
			w.take(word)
		}
	}
	return w
}

func (w *words) take(word string) {
	key, value, said := strings.Cut(word, "=")
	switch {
	case said && key == "seen":
		w.seen, _ = strconv.ParseUint(value, 10, 64)
	case said && key == "n":
		w.n, _ = strconv.ParseUint(value, 10, 64)
	case said && key == "tab":
		w.tab = value
	case said && key == "pass":
		w.scope = value
	case w.who == "":
		w.who = word
	case w.verb == "":
		w.verb = word
	case w.id == "":
		w.id = word
	default:
		w.rest = append(w.rest, word)
	}
}

// act does what a line of a story says.
func (s *story) act(line string) string {
	w := parse(line)
	if who, raw, ok := strings.Cut(line, " sends "); ok {
		if _, known := s.roles[who]; !known {
			s.roles[who] = oplog.Attendee
		}
		return s.submit(words{who: who}, s.lengthen(raw))
	}
	switch {
	case line == "again":
		return s.offer(s.last)
	case line == "fold again":
		return s.refold()
	case line == "show archive":
		return s.archive()
	case w.who == "log":
		s.append(oplog.Command{Type: w.id, Actor: oplog.Actor{Role: oplog.System}, Args: json.RawMessage(`{}`)})
		return fmt.Sprintf("folded at %d", s.head())
	case w.verb == "is":
		s.roles[w.who], _ = oplog.ParseRole(w.id)
		return "welcome"
	case w.verb == "people":
		return s.many(w)
	}
	if _, known := s.roles[w.who]; !known {
		s.roles[w.who] = oplog.Attendee
	}
	if w.id != "" && w.verb != "undoes" {
		s.short[ulid(w.id)] = w.id
	}
	if cmd := w.command(); cmd != nil {
		raw, err := json.Marshal(cmd)
		if err != nil {
			return err.Error()
		}
		return s.submit(w, string(raw))
	}
	return "this story teller does not know how to " + w.verb
}

// lengthen puts full ids for <names> in raw JSON.
func (s *story) lengthen(raw string) string {
	for {
		before, after, ok := strings.Cut(raw, "<")
		name, rest, closed := strings.Cut(after, ">")
		if !ok || !closed {
			return raw
		}
		s.short[ulid(name)] = name
		raw = before + ulid(name) + rest
	}
}

type object map[string]any

// plain are the verbs whose command has only an id.
var plain = map[string]string{
	"withdraws": "question.withdraw",
	"opens":     "poll.open", "closes": "poll.close", "reveals": "poll.reveal", "hides": "poll.hide",
}

// decisions are the verbs whose command has an id or several.
var decisions = map[string]string{
	"approves": "question.approve", "dismisses": "question.dismiss", "restores": "question.restore",
	"finishes": "question.answer", "archives": "question.archive",
}

// switches are the verbs whose command has an id and on.
var switches = map[string]struct {
	kind string
	on   bool
}{
	"votes": {"question.vote", true}, "unvotes": {"question.vote", false},
	"highlights": {"question.highlight", true}, "unhighlights": {"question.highlight", false},
	"stages": {"poll.stage", true}, "unstages": {"poll.stage", false},
	"announces": {"stage.announce", true}, "unannounces": {"stage.announce", false},
	"blocks": {"person.block", true}, "unblocks": {"person.block", false},
	"stars": {"question.star", true}, "unstars": {"question.star", false},
	"pins": {"question.pin", true}, "unpins": {"question.pin", false},
	"tags": {"question.label", true}, "untags": {"question.label", false},
}

func (w *words) command() object {
	id := ulid(w.id)
	if w.id == "board" && w.verb != "clears" {
		return map[string]object{"opens": {"type": "board.open"}, "closes": {"type": "board.close"}}[w.verb]
	}
	if kind, ok := plain[w.verb]; ok {
		return object{"type": kind, "id": id}
	}
	if sw, ok := switches[w.verb]; ok {
		o := object{"type": sw.kind, "id": id, "on": sw.on}
		if sw.kind == "question.label" {
			o["label"] = numbers(w.rest)[0]
		}
		return o
	}
	if kind, ok := decisions[w.verb]; ok {
		return w.decision(kind, id)
	}
	switch w.verb {
	case "asks", "edits", "enters":
		return w.question(id)
	case "merges":
		return object{"type": "question.merge", "id": ulid(w.rest[len(w.rest)-1]), "ids": w.ids(len(w.rest) - 2)}
	case "replies":
		return object{"type": "question.reply", "id": id, "text": w.quoted[0]}
	case "defines":
		return object{"type": "label.set", "n": numbers([]string{w.id})[0], "name": w.quoted[0], "public": slices.Contains(w.rest, "public")}
	case "welcomes":
		return object{"type": "intro.set", "text": w.quoted[0]}
	case "darkens", "lights":
		return object{"type": "stage.clear", "on": w.verb == "darkens"}
	case "clears":
		return object{"type": "board.clear", "pending": w.id == "all"}
	case "resets":
		return object{"type": "session.reset"}
	case "signs":
		return object{"type": "staff.name", "name": w.quoted[0]}
	case "undoes":
		return object{"type": "undo", "step": w.id}
	case "speaks":
		return object{"type": "question.lang", "id": id, "lang": w.rest[len(w.rest)-1]}
	case "claims", "releases":
		return object{"type": "translation.lock", "id": id, "lang": w.rest[len(w.rest)-1], "on": w.verb == "claims"}
	case "renders":
		return object{"type": "translation.put", "id": id, "lang": w.rest[len(w.rest)-1], "text": w.quoted[0]}
	case "notes":
		return object{"type": "note.send", "id": id, "text": w.quoted[0]}
	case "reads":
		return object{"type": "note.ack", "id": id}
	case "downvotes":
		return object{"type": "question.vote", "id": id, "on": true, "down": true}
	case "chooses":
		return object{"type": "poll.vote", "id": id, "choice": numbers(w.rest)}
	case "creates":
		return w.poll(id)
	case "sets":
		return w.settings()
	case "redacts":
		return object{"type": "redact", "offsets": numbers(append([]string{w.id}, w.rest...))}
	}
	return nil
}

// ids are those of the first n words after the first.
func (w *words) ids(n int) []string {
	ids := []string{ulid(w.id)}
	for _, name := range w.rest[:n] {
		ids = append(ids, ulid(name))
	}
	return ids
}

// decision: approves q1 · approves q1 q2 q3 · dismisses q1 why off-topic "note".
func (w *words) decision(kind, id string) object {
	o := object{"type": kind, "id": id}
	n := len(w.rest)
	if i := slices.Index(w.rest, "why"); i >= 0 {
		n, o["why"] = i, w.rest[i+1]
	}
	if len(w.quoted) > 0 {
		o["note"] = w.quoted[0]
	}
	if n > 0 {
		delete(o, "id")
		o["ids"] = w.ids(n)
	}
	return o
}

// question: asks q1 "text" as "name" in fr · enters q1 "text" from floor.
func (w *words) question(id string) object {
	o := object{"type": "question.ask", "id": id, "text": w.quoted[0]}
	switch w.verb {
	case "edits":
		o["type"] = "question.edit"
	case "enters":
		o["type"] = "question.enter"
		o["from"] = w.rest[slices.Index(w.rest, "from")+1]
	}
	if len(w.quoted) > 1 {
		o["name"] = w.quoted[1]
	}
	if i := slices.Index(w.rest, "in"); i >= 0 {
		o["lang"] = w.rest[i+1]
	}
	return o
}

// poll: creates p1 "title" multiple "one" "two" max 2 shown.
func (w *words) poll(id string) object {
	o := object{"type": "poll.create", "id": id, "title": w.quoted[0], "options": w.quoted[1:]}
	for i, word := range w.rest {
		switch word {
		case "single", "multiple":
			o["kind"] = word
		case "shown", "hidden":
			o["results"] = word
		case "min", "max":
			o[word] = numbers(w.rest[i+1 : i+2])[0]
		}
	}
	return o
}

// settings: sets qa votes names off moderation off closes 1790000060000 votes.
func (w *words) settings() object {
	o := object{"type": "settings.set"}
	list := append([]string{w.id}, w.rest...)
	for i := 0; i+1 < len(list); i += 2 {
		switch list[i] {
		case "langs":
			o["langs"] = strings.Split(list[i+1], ",")
		case "hall":
			lang, both, _ := strings.Cut(list[i+1], "+")
			o["hall"] = object{"lang": lang, "both": both != ""}
		case "names", "qa":
			o[list[i]] = list[i+1]
		case "closes":
			o["closes"] = object{"at": numbers(list[i+1 : i+2])[0], "to": list[i+2]}
			i++
		default:
			o[list[i]] = list[i+1] == "on"
		}
	}
	return o
}

func numbers(list []string) []int {
	out := []int{}
	for _, s := range list {
		if n, err := strconv.Atoi(s); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// many: 40 people vote q1 · 30 people ask · 1 people ask 25 each · 3 people choose p1 2 ·
// 30 people annoy nadia: they ask, she dismisses.
func (s *story) many(w words) string {
	people, _ := strconv.Atoi(w.who)
	each := 1
	if n := slices.Index(w.rest, "each"); n > 0 {
		each, _ = strconv.Atoi(w.rest[n-1])
	}
	before := s.head()
	counts := map[string]int{}
	for i := range people * each {
		who := fmt.Sprintf("%d of the people at %d", i/each, before)
		raw := ""
		switch w.id {
		case "vote":
			raw = fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(w.rest[0]))
		case "choose":
			raw = fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[%s]}`, ulid(w.rest[0]), strings.Join(w.rest[1:], ","))
		default:
			name := fmt.Sprintf("q%d-%d", before, i)
			s.short[ulid(name)] = name
			raw = ask(name, "Why?")
		}
		s.roles[who] = oplog.Attendee
		verdict, _, _ := strings.Cut(s.submit(words{who: who}, raw), " at ")
		if w.id == "annoy" {
			s.submit(words{who: w.rest[0]}, strings.Replace(raw, `"question.ask"`, `"question.dismiss"`, 1)[:len(`{"type":"question.dismiss","id":"`)+26]+`"}`)
		}
		counts[verdict]++
		delete(s.roles, who)
	}
	var out []string
	for _, verdict := range slices.Sorted(maps.Keys(counts)) {
		out = append(out, fmt.Sprintf("%d× %s", counts[verdict], verdict))
	}
	return strings.Join(out, ", ")
}

func (s *story) archive() string {
	b, err := json.Marshal(s.m.Archived(0, 3))
	if err != nil {
		return err.Error()
	}
	return s.shorten(string(b))
}
