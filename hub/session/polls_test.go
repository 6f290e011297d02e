package session_test

import (
	"encoding/json"
	"slices"
	"strings"

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
				if it["replied"] != nil {
					delete(it, "answer")
				}
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
