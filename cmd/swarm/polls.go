package main

import (
	"slices"
	"time"
)

// words are what phones write into polls of texts and clouds.
var words = []string{"water", "light", "harbour", "ماء", "вода", "水", "eau", "agua", "school", "bridge"}

// everyPoll is one poll of each kind, the questions of a survey behind it.
var everyPoll = []map[string]any{
	{"title": "How is the sound at the back?", "kind": "single", "results": "hidden", "options": []string{"Fine", "Too low", "Too loud"}},
	{
		"title": "ما اللغات التي تفهمها؟ · Which languages do you follow?", "kind": "multiple", "results": "shown",
		"min": 1, "max": 3, "options": []string{"العربية", "中文", "English", "Français", "Русский", "Español"},
	},
	{"title": "Shall we go on?", "kind": "yesno", "results": "voted"},
	{"title": "How was the keynote?", "kind": "rating", "results": "closed", "screen": true},
	{"title": "The plan is clear.", "kind": "scale", "steps": 7, "ends": []string{"Not at all", "Entirely"}, "results": "shown"},
	{"title": "Would you recommend us?", "kind": "nps", "results": "voted"},
	{"title": "How many languages has the UN?", "kind": "quiz", "options": []string{"Five", "Six", "Seven"}, "max": 1, "right": []int{2}, "bonus": true, "secs": 3600},
	{"title": "What first?", "kind": "ranking", "options": []string{"Water", "Food", "Light", "Schools"}, "results": "shown"},
	{"title": "Where should the money go?", "kind": "points", "options": []string{"Water", "Food", "Light"}, "results": "shown"},
	{"title": "How many harbours?", "kind": "number", "low": 0, "high": 9, "truth": 7, "results": "shown"},
	{"title": "What did we miss?", "kind": "text", "moderated": false, "results": "shown"},
	{"title": "One word for water?", "kind": "cloud", "results": "shown"},
	{"title": "Before you go", "kind": "survey", "results": "closed"},
	{"title": "The food?", "kind": "rating", "in": true},
	{"title": "The rooms?", "kind": "single", "options": []string{"Good", "Full"}, "in": true},
}

// poll opens drafts, makes a poll of each kind where one is missing, and in the
// last third closes some of its own, with the solution of the quiz.
func (m *moderator) poll(v *view, now time.Time) {
	for _, id := range v.drafts {
		m.once("poll.open", id, nil, now)
	}
	missing := slices.ContainsFunc(everyPoll, func(with map[string]any) bool { return !v.kinds[with["kind"].(string)] })
	if v.live && missing && len(m.polls) == 0 {
		m.prepare(now)
	}
	if len(m.polls) == 0 || now.Before(m.s.end.Add(-m.s.config.duration/3)) {
		return
	}
	for i, id := range m.polls {
		switch kind := everyPoll[i]["kind"]; {
		case i == 0 || kind == "quiz" || kind == "rating" && everyPoll[i]["in"] == nil:
			m.once("poll.close", id, nil, now)
			if kind == "quiz" {
				m.once("poll.solve", id, map[string]any{"on": true}, now)
			}
		}
	}
}

// prepare makes a poll of each kind.
func (m *moderator) prepare(now time.Time) {
	survey := ""
	for _, with := range everyPoll {
		id, more := newID(now), make(map[string]any, len(with))
		for k, v := range with {
			more[k] = v
		}
		if with["kind"] == "survey" {
			survey = id
		}
		if with["in"] != nil {
			more["in"] = survey
		}
		m.polls = append(m.polls, id)
		m.once("poll.create", id, more, now)
	}
}

// pick makes an answer of the form that a poll takes, now and then none: the
// answer is taken back.
func (p *phone) pick(poll pollView) said {
	if p.rng.Float64() < 0.05 {
		return said{}
	}
	switch poll.kind {
	case "ranking":
		return p.rank(poll.options)
	case "points":
		return p.spend(len(poll.options))
	case "number":
		n := poll.low + p.rng.IntN(poll.high-poll.low+1)
		return said{Number: &n}
	case "text", "cloud":
		return said{Words: p.write(1 + p.rng.IntN(max(1, poll.max)))}
	}
	return said{Choice: p.tick(poll)}
}

// tick chooses some options.
func (p *phone) tick(poll pollView) []int {
	n := max(1, poll.min)
	if more := min(poll.max, len(poll.options)) - n; more > 0 {
		n += p.rng.IntN(more + 1)
	}
	choice := make([]int, 0, n)
	for _, i := range p.rng.Perm(len(poll.options))[:min(n, len(poll.options))] {
		choice = append(choice, poll.options[i])
	}
	return choice
}

// rank orders all options, now and then two of them level.
func (p *phone) rank(options []int) said {
	var s said
	for _, i := range p.rng.Perm(len(options)) {
		if n := len(s.Ranks); n > 0 && p.rng.IntN(4) == 0 {
			s.Ranks[n-1] = append(s.Ranks[n-1], options[i])
		} else {
			s.Ranks = append(s.Ranks, []int{options[i]})
		}
	}
	return s
}

// spend gives a hundred points to so many options.
func (p *phone) spend(options int) said {
	s, left := said{Points: make([]int, options)}, 100
	for i := range options - 1 {
		s.Points[i] = p.rng.IntN(left + 1)
		left -= s.Points[i]
	}
	s.Points[options-1] = left
	return s
}

// write chooses different words.
func (p *phone) write(n int) []string {
	var out []string
	for _, i := range p.rng.Perm(len(words))[:min(n, len(words))] {
		out = append(out, words[i])
	}
	return out
}
