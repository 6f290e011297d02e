package main

import (
	"encoding/json"
	"maps"
	"slices"
	"sync"

	"majlis/hub/entity"
)

// view is what can be done on a board, read out of its document when somebody
// first wants to know.
type view struct {
	once sync.Once

	live, moderation bool
	qa               string
	questions        []string // live ones
	pending          []string
	polls            []pollView // open ones
	drafts           []string
	kinds            map[string]bool // of all polls
}

type pollView struct {
	id, kind  string
	min, max  int
	low, high int
	options   []int // ids, of options or steps
}

// board is the view of a state.
func (s *state) board() *view {
	s.view.once.Do(func() { s.view.read(s.Doc) })
	return s.view
}

// read takes entities in the order of their ids, so that a seed always picks the
// same among the same.
func (v *view) read(doc entity.Patch) {
	var settings struct {
		Live       bool   `json:"live"`
		QA         string `json:"qa"`
		Moderation bool   `json:"moderation"`
	}
	_ = json.Unmarshal(doc["session"]["_"], &settings) // absent: a board that is closed
	v.live, v.qa, v.moderation = settings.Live, settings.QA, settings.Moderation
	for _, id := range slices.Sorted(maps.Keys(doc["question"])) {
		switch stateOf(doc["question"][id]) {
		case "live":
			v.questions = append(v.questions, id)
		case "pending":
			v.pending = append(v.pending, id)
		}
	}
	v.kinds = make(map[string]bool)
	for _, id := range slices.Sorted(maps.Keys(doc["poll"])) {
		v.readPoll(id, doc["poll"][id])
	}
}

func (v *view) readPoll(id string, e json.RawMessage) {
	var p struct {
		Kind    string `json:"kind"`
		State   string `json:"state"`
		In      string `json:"in"`
		Min     int    `json:"min"`
		Max     int    `json:"max"`
		Steps   int    `json:"steps"`
		Low     int    `json:"low"`
		High    int    `json:"high"`
		Options []struct {
			ID int `json:"id"`
		} `json:"options"`
	}
	if json.Unmarshal(e, &p) != nil {
		return
	}
	v.kinds[p.Kind] = true
	switch {
	case p.State == "draft" && p.In == "":
		v.drafts = append(v.drafts, id)
	case p.State == "open" && p.Kind != "survey":
		poll := pollView{id: id, kind: p.Kind, min: p.Min, max: p.Max, low: p.Low, high: max(p.Low, p.High)}
		for i := range p.Steps {
			poll.options = append(poll.options, i+1)
		}
		for _, o := range p.Options {
			poll.options = append(poll.options, o.ID)
		}
		v.polls = append(v.polls, poll)
	}
}
