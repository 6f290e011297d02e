package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// said is an answer to a poll, in the one form that its kind has.
type said struct {
	Choice []int    `json:"choice,omitempty"`
	Ranks  [][]int  `json:"ranks,omitempty"`
	Points []int    `json:"points,omitempty"`
	Number *int     `json:"number,omitempty"`
	Words  []string `json:"words,omitempty"`
}

// spell writes an answer the same way in whatever order it was made: a choice as
// 1,3, another form as JSON, nothing as nothing.
func (s said) spell() string {
	switch {
	case s.Ranks == nil && s.Points == nil && s.Number == nil && s.Words == nil:
		sorted := slices.Sorted(slices.Values(s.Choice))
		words := make([]string, len(sorted))
		for i, n := range sorted {
			words[i] = strconv.Itoa(n)
		}
		return strings.Join(words, ",")
	case s.Ranks != nil:
		s.Ranks = slices.Clone(s.Ranks)
		for i := range s.Ranks {
			s.Ranks[i] = slices.Sorted(slices.Values(s.Ranks[i]))
		}
	}
	s.Words = slices.Sorted(slices.Values(s.Words))
	return string(encode(s))
}

// read reads what spell wrote.
func readSaid(value string) (s said) {
	if strings.HasPrefix(value, "{") {
		_ = json.Unmarshal([]byte(value), &s) // our own
		return s
	}
	for word := range strings.SplitSeq(value, ",") {
		if n, err := strconv.Atoi(word); err == nil {
			s.Choice = append(s.Choice, n)
		}
	}
	return s
}

// units are what an answer adds to a poll's counts: one for each option or word
// that is chosen, points, and for a ranking one for each pair that it orders.
func (s said) units() map[string]int {
	out := make(map[string]int)
	for _, o := range s.Choice {
		out[strconv.Itoa(o)]++
	}
	for i, n := range s.Points {
		out[strconv.Itoa(i+1)] += n
	}
	if s.Number != nil {
		out[numbered(*s.Number)]++
	}
	for _, w := range s.Words {
		out[worded(w)]++
	}
	for i, group := range s.Ranks {
		for _, behind := range s.Ranks[i+1:] {
			for _, a := range group {
				for _, b := range behind {
					out[paired(a, b)]++
				}
			}
		}
	}
	return out
}

func numbered(n int) string                  { return fmt.Sprint("number ", n) }
func worded(w string) string                 { return "word " + strings.ToLower(w) }
func paired(a, b int) string                 { return fmt.Sprint(a, " before ", b) }
func optioned(i int) string                  { return strconv.Itoa(i + 1) }
func answer(id string, choice []int) command { return answerWith(id, said{Choice: choice}) }

// answerWith answers a poll; nothing takes the answer back.
func answerWith(id string, s said) command {
	body := map[string]any{"type": aChoice, "id": id}
	if s.spell() == "" {
		body["choice"] = []int{}
	} else {
		var form map[string]any
		_ = json.Unmarshal(encode(s), &form) // just encoded
		maps.Copy(body, form)
	}
	return command{kind: aChoice, target: id, said: s, body: encode(body)}
}

// counted is what a tally says, as the document and the results have it.
type counted struct {
	People int     `json:"people"`
	Counts []int   `json:"counts"`
	Pairs  [][]int `json:"pairs"`
	Number *struct {
		From  int   `json:"from"`
		Width int   `json:"width"`
		Bins  []int `json:"bins"`
	} `json:"number"`
	Words []struct {
		Text   string `json:"text"`
		People int    `json:"people"`
	} `json:"words"`
}

// units are its counts by what they count; nil if it tells none.
func (c *counted) units() map[string]int {
	if c.Counts == nil && c.Pairs == nil && c.Number == nil && c.Words == nil {
		return nil
	}
	out := make(map[string]int)
	for i, n := range c.Counts {
		out[optioned(i)] = n
	}
	for a, row := range c.Pairs {
		for b, n := range row {
			if a != b {
				out[paired(a+1, b+1)] = n
			}
		}
	}
	if c.Number != nil && c.Number.Width == 1 {
		for i, n := range c.Number.Bins {
			out[numbered(c.Number.From+i)] = n
		}
	}
	for _, w := range c.Words {
		out[worded(w.Text)] += w.People
	}
	return out
}
