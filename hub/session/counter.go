package session

import (
	"cmp"
	"slices"
)

// counter counts the answers of one round of a poll, each person once. It is
// also its own form in a snapshot.
type counter struct {
	People int   `json:",omitempty"`
	Counts []int `json:",omitempty"` // choice: people, points: points, ranking: people who put it alone on top; by option
	// Pairs are how many people prefer the option of the row to that of the
	// column, Level how many put them on the same place.
	Pairs []int `json:",omitempty"`
	Level []int `json:",omitempty"`
	// Values are the numbers that were given, rising.
	Values []weight `json:",omitempty"`
	// Spelled are people by spelling.
	Spelled []int `json:",omitempty"`
}

// weight is how many people gave a number.
type weight struct {
	V int64 `json:",omitempty"`
	N int   `json:",omitempty"`
}

func newCounter(s *spec, options int) counter {
	n := max(options, s.Steps)
	switch s.form() {
	case formChoice, formPoints:
		return counter{Counts: make([]int, n)}
	case formRanking:
		return counter{Counts: make([]int, n), Pairs: make([]int, n*n), Level: make([]int, n*n)}
	}
	return counter{}
}

// count adds one person's answer, or takes it away.
func (p *poll) count(v value, sign int) {
	if v == "" {
		return
	}
	p.People += sign
	switch p.form() {
	case formChoice:
		set := v.set()
		for i := range p.Counts {
			if set&(1<<i) != 0 {
				p.Counts[i] += sign
			}
		}
	case formRanking:
		p.countRanks(v, sign)
	case formPoints:
		for i := range p.Counts {
			p.Counts[i] += sign * int(v[i])
		}
	case formNumber:
		p.countNumber(v.number(), sign)
	case formWords:
		p.countWords(v.spellings(), sign)
	}
}

// countWords leaves no zero at the end, as if what is taken back had never been.
func (c *counter) countWords(spellings []int32, sign int) {
	for _, n := range spellings {
		for int(n) >= len(c.Spelled) {
			c.Spelled = append(c.Spelled, 0)
		}
		c.Spelled[n] += sign
	}
	for n := len(c.Spelled); n > 0 && c.Spelled[n-1] == 0; n-- {
		c.Spelled = c.Spelled[:n-1]
	}
}

func (c *counter) countNumber(n int64, sign int) {
	i, known := slices.BinarySearchFunc(c.Values, n, func(w weight, n int64) int { return cmp.Compare(w.V, n) })
	if !known {
		c.Values = slices.Insert(c.Values, i, weight{V: n})
	}
	if c.Values[i].N += sign; c.Values[i].N == 0 {
		c.Values = slices.Delete(c.Values, i, i+1)
	}
}
