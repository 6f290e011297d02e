package session

import "slices"

// PollResult is one poll with its counts, whoever may see them in the session.
type PollResult struct {
	ID      string         `json:"id"`
	Title   string         `json:"title"`
	Kind    string         `json:"kind"`
	State   string         `json:"state"`
	Results string         `json:"results"`
	At      int64          `json:"at"`
	Opened  int64          `json:"opened,omitempty"`
	Closed  int64          `json:"closed,omitempty"`
	People  int            `json:"people"` // who answered
	Options []OptionResult `json:"options"`
	Gone    bool           `json:"gone,omitempty"`

	In       string   `json:"in,omitempty"` // the survey that it is a question of
	Min      int      `json:"min"`
	Max      int      `json:"max"`
	Steps    int      `json:"steps,omitempty"`
	From     *int     `json:"from,omitempty"`
	Ends     []string `json:"ends,omitempty"`
	Unranked string   `json:"unranked,omitempty"`
	Decimals int      `json:"decimals,omitempty"`
	Right    []int    `json:"right,omitempty"`
	Truth    *int64   `json:"truth,omitempty"`
	RoundResult
	// Rounds are those that are over, oldest first.
	Rounds []RoundResult `json:"rounds,omitempty"`
}

// RoundResult is what one round has counted.
type RoundResult struct {
	Round  int         `json:"round,omitempty"`
	Opened int64       `json:"opened,omitempty"`
	Closed int64       `json:"closed,omitempty"`
	People int         `json:"people"`
	Counts []int       `json:"counts,omitempty"` // people, or points, by option or step
	Won    []int       `json:"won,omitempty"`
	Met    []int       `json:"met,omitempty"`
	First  []int       `json:"first,omitempty"`
	Order  [][]int     `json:"order,omitempty"`
	Pairs  [][]int     `json:"pairs,omitempty"` // how many people prefer the row's option to the column's
	Number *numberView `json:"number,omitempty"`
	Words  []wordView  `json:"words,omitempty"`
}

// OptionResult is how many chose one option, or put it alone on top, or how many
// points it got.
type OptionResult struct {
	ID    int    `json:"id"`
	Text  string `json:"text"`
	Count int    `json:"count"`
}

func (m *Machine) pollResult(p *poll) PollResult {
	s := m.standOf(p)
	r := PollResult{
		ID: p.id, Title: p.text.Text, Kind: p.Kind, State: s.State.String(), Results: s.Results,
		At: p.at, Opened: s.Opened, Closed: s.Closed, Gone: p.text.Gone, Options: []OptionResult{},
		In: p.In, Min: p.Min, Max: p.Max, Steps: p.Steps, Ends: slices.Clone(p.ends), Decimals: p.Decimals,
		Right: slices.Clone(p.Right), Truth: p.Truth,
		RoundResult: p.roundResult(s.Round+1, s.Opened, s.Closed, &p.counter),
	}
	r.People = p.People
	if p.Kind == pollYesNo {
		r.Steps = 0
	}
	if r.Steps > 0 {
		from := p.from()
		r.From = &from
	}
	if p.Apart {
		r.Unranked = "apart"
	}
	for _, o := range p.optionViews() {
		r.Options = append(r.Options, OptionResult{ID: o.ID, Text: o.Text, Count: p.Counts[o.ID-1]})
	}
	for i := range p.rounds {
		one := &p.rounds[i]
		r.Rounds = append(r.Rounds, p.roundResult(i+1, one.Opened, one.Closed, &one.counter))
	}
	return r
}

func (p *poll) roundResult(n int, opened, closed int64, c *counter) RoundResult {
	v := p.tallyView(c, true, true)
	r := RoundResult{
		Round: n, Opened: opened, Closed: closed, People: v.People, Counts: slices.Clone(v.Counts),
		Won: v.Won, Met: v.Met, First: slices.Clone(v.First), Order: v.Order, Number: v.Number,
	}
	if k := len(c.Counts); len(c.Pairs) > 0 {
		for i := range k {
			r.Pairs = append(r.Pairs, slices.Clone(c.Pairs[i*k:(i+1)*k]))
		}
	}
	if p.form() == formWords {
		r.Words = p.cloud(c, MaxTerms, true)
	}
	return r
}
