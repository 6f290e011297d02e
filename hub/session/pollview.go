package session

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

type (
	optionView struct {
		ID   int    `json:"id"`
		Text string `json:"text"`
	}
	pollView struct {
		Title   string         `json:"title"`
		Kind    string         `json:"kind"`
		Options []optionView   `json:"options"`
		Min     int            `json:"min"`
		Max     int            `json:"max"`
		State   phase          `json:"state"`
		Results string         `json:"results"`
		At      int64          `json:"at"`
		Opened  int64          `json:"opened,omitempty"`
		Closed  int64          `json:"closed,omitempty"`
		Gone    bool           `json:"gone,omitempty"`
		Eye     int32          `json:"eye,omitempty"`     // moderators only: who would open it
		Offsets []oplog.Offset `json:"offsets,omitempty"` // moderators only

		Secs   int    `json:"secs,omitempty"`
		Closes int64  `json:"closes,omitempty"`
		Round  int    `json:"round,omitempty"` // from 2
		Screen bool   `json:"screen,omitempty"`
		Fixed  bool   `json:"fixed,omitempty"`
		In     string `json:"in,omitempty"`
		N      int    `json:"n,omitempty"` // of a survey's question: in the order of n

		Steps     int      `json:"steps,omitempty"`
		From      *int     `json:"from,omitempty"` // value of the first step
		Ends      []string `json:"ends,omitempty"`
		Unranked  string   `json:"unranked,omitempty"`
		Decimals  int      `json:"decimals,omitempty"`
		Low       *int64   `json:"low,omitempty"`
		High      *int64   `json:"high,omitempty"`
		Moderated bool     `json:"moderated,omitempty"`
		Split     bool     `json:"split,omitempty"`
		Stop      string   `json:"stop,omitempty"`
		Bonus     bool     `json:"bonus,omitempty"`
		Solved    bool     `json:"solved,omitempty"`
		// The solution: moderators only, until it is told.
		Right []int  `json:"right,omitempty"`
		Truth *int64 `json:"truth,omitempty"`
	}
	tallyView struct {
		People int         `json:"people"`
		Counts []int       `json:"counts,omitempty"`
		Won    []int       `json:"won,omitempty"` // ranking: comparisons that an option won,
		Met    []int       `json:"met,omitempty"` // of so many; a tie is one of two
		First  []int       `json:"first,omitempty"`
		Order  [][]int     `json:"order,omitempty"` // Schulze's, when it is over
		Number *numberView `json:"number,omitempty"`
		Words  *[]wordView `json:"words,omitempty"`
		Texts  []toldText  `json:"texts,omitempty"` // told alone: to the rest they are entities
	}
	toldText struct {
		N      int    `json:"n"`
		Text   string `json:"text"`
		People int    `json:"people,omitempty"` // if several
		At     int64  `json:"at"`
	}
	wordView struct {
		N       int            `json:"n"`
		Text    string         `json:"text"`
		People  int            `json:"people"`
		Gone    bool           `json:"gone,omitempty"`
		State   string         `json:"state,omitempty"`   // moderators only
		Offsets []oplog.Offset `json:"offsets,omitempty"` // moderators only
	}
	textView struct {
		Poll    string         `json:"poll"`
		N       int            `json:"n"`
		Text    string         `json:"text"`
		People  int            `json:"people,omitempty"` // if several
		At      int64          `json:"at"`
		Gone    bool           `json:"gone,omitempty"`
		State   string         `json:"state,omitempty"`   // moderators only
		Offsets []oplog.Offset `json:"offsets,omitempty"` // moderators only
	}
	roundView struct {
		Round  int   `json:"round"`
		Opened int64 `json:"opened"`
		Closed int64 `json:"closed"`
		tallyView
	}
	roundsView struct {
		Rounds []roundView `json:"rounds"`
	}
	sheetView struct {
		Order []string `json:"order"`
	}
)

func (m *Machine) pollView(p *poll, role oplog.Role) pollView {
	s := m.standOf(p)
	v := pollView{
		Title: p.text.Text, Kind: p.Kind, Options: p.optionViews(), Min: p.Min, Max: p.Max,
		State: s.State, Results: s.Results, At: p.at, Opened: s.Opened, Closed: s.Closed, Gone: p.text.Gone,
		Secs: s.Secs, Closes: s.Closes, Screen: s.Screen, Fixed: s.Fixed, In: p.In,
		Steps: p.Steps, Ends: p.ends, Decimals: p.Decimals, Low: p.Low, High: p.High,
		Moderated: p.Moderated, Split: p.Split, Stop: p.Stop, Bonus: p.Bonus, Solved: p.Solved,
	}
	if s.Round > 0 {
		v.Round = s.Round + 1
	}
	if p.in != 0 {
		v.N = int(p.number) + 1
	}
	if p.Kind == pollYesNo {
		v.Steps = 0
	}
	if v.Steps > 0 {
		from := p.from()
		v.From = &from
	}
	if p.Apart {
		v.Unranked = "apart"
	}
	desk := staff.Has(role)
	if !desk && p.form() == formWords && m.rules().Eyes {
		v.Moderated = true
	}
	if desk || p.Solved {
		v.Right, v.Truth = p.Right, p.Truth
	}
	if desk {
		v.Eye = s.Eye
		if !p.redacted {
			v.Offsets = p.offsets
		}
	}
	return v
}

func (p *poll) optionViews() []optionView {
	n := len(p.options)
	if p.Kind == pollYesNo {
		n = p.Steps
	}
	out := make([]optionView, n)
	for i := range out {
		out[i].ID = i + 1
		if i < len(p.options) {
			out[i].Text = p.options[i]
		}
	}
	return out
}

// tallyFor keeps the counts from those who must not see them yet.
func (m *Machine) tallyFor(p *poll, role oplog.Role) tallyView {
	s := m.standOf(p)
	if !s.counters().Has(role) {
		return tallyView{People: p.People}
	}
	return p.tallyView(&p.counter, s.State == closed || s.State == shelved, staff.Has(role))
}

// tallyView is all that one round has counted. A round that is over has its
// order.
func (p *poll) tallyView(c *counter, over, desk bool) tallyView {
	v := tallyView{People: c.People}
	switch p.form() {
	case formChoice, formPoints:
		v.Counts = c.Counts
	case formRanking:
		v.Won, v.Met = c.borda()
		if v.First = c.Counts; over {
			v.Order = c.schulze()
		}
	case formNumber:
		v.Number = c.numbers()
	case formWords:
		if p.Kind == pollCloud {
			list := p.cloud(c, MaxCloud, desk)
			v.Words = &list
		}
	}
	return v
}

// cloud are the words of a round that are shown, those of most people first and
// of several the oldest, and for moderators as many that are not.
func (p *poll) cloud(c *counter, most int, desk bool) []wordView {
	shown, rest := []wordView{}, []wordView(nil)
	for _, n := range p.lexicon.ranked(c) {
		one := p.wordView(c, n, desk)
		switch state := p.lexicon.terms[n].State; {
		case state == termShown && len(shown) < most:
			shown = append(shown, one)
		case state != termShown && desk && len(rest) < most:
			rest = append(rest, one)
		}
	}
	return append(shown, rest...)
}

func (p *poll) wordView(c *counter, n int32, desk bool) wordView {
	x := &p.lexicon
	v := wordView{N: int(n) + 1, Text: x.shown(c, n), People: x.backers(c, n)}
	v.Gone = v.Text == ""
	if desk {
		v.State, v.Offsets = x.terms[n].State.String(), x.offsets(n)
	}
	return v
}

func (m *Machine) textView(id string, role oplog.Role) textView {
	poll, number, _ := strings.Cut(id, ".")
	n, _ := strconv.Atoi(number)
	p := m.polls.byID[poll]
	w := p.wordView(&p.counter, int32(n-1), staff.Has(role))
	v := textView{
		Poll: poll, N: n, Text: w.Text, At: p.lexicon.terms[n-1].At, Gone: w.Gone, State: w.State, Offsets: w.Offsets,
	}
	if w.People > 1 {
		v.People = w.People
	}
	return v
}

// toldTexts are the open texts that those who answered are told alone: shown
// ones, of most people first, of several the newest.
func (p *poll) toldTexts() []toldText {
	list := slices.DeleteFunc(p.lexicon.ranked(&p.counter), func(n int32) bool {
		return p.lexicon.terms[n].State != termShown || p.lexicon.shown(&p.counter, n) == ""
	})
	slices.SortStableFunc(list, func(a, b int32) int {
		return cmp.Or(cmp.Compare(p.backers(b), p.backers(a)), cmp.Compare(b, a))
	})
	out := []toldText{}
	for _, n := range list[:min(len(list), MaxToldTexts)] {
		w := p.wordView(&p.counter, n, false)
		one := toldText{N: w.N, Text: w.Text, At: p.lexicon.terms[n].At}
		if w.People > 1 {
			one.People = w.People
		}
		out = append(out, one)
	}
	return out
}

func (m *Machine) roundsView(p *poll, role oplog.Role) roundsView {
	v := roundsView{}
	for i := range p.rounds {
		r := &p.rounds[i]
		counted := p.tallyView(&r.counter, true, staff.Has(role))
		if counted.Words != nil {
			list := within(*counted.Words, MaxRoundText)
			counted.Words = &list
		}
		v.Rounds = append(v.Rounds, roundView{i + 1, r.Opened, r.Closed, counted})
	}
	return v
}

// within are the first words of a list that together have no more bytes as JSON.
func within(list []wordView, most int) []wordView {
	for i := range list {
		if most -= strict.JSONSize(list[i]) + 1; most < 0 {
			return list[:i]
		}
	}
	return list
}
