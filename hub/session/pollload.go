package session

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"majlis/hub/strict"
)

// loadPolls loads polls and players, counts the answers of the present rounds,
// and refuses what no command can have made.
func (g *ground) loadPolls(s *savedGround, crew int) error {
	for i := range s.Polls {
		p := s.Polls[i].load()
		if !p.fits(i, s.Polls, crew) || g.polls.byID[p.id] != nil {
			return errTorn
		}
		g.polls.add(p)
	}
	if len(s.Sheet)%idLen != 0 {
		return errTorn
	}
	g.polls.sheet, g.polls.sheetR, g.players = s.Sheet, s.SheetR, s.Players
	for i := range g.players {
		n := g.players[i].Person
		if n < 1 || int(n) >= len(g.people.list) || i > 0 && g.players[i-1].Person >= n {
			return errTorn
		}
	}
	for i := range g.people.list {
		if !g.countAll(g.people.list[i].answers) {
			return errTorn
		}
	}
	return nil
}

// countAll counts the answers of one person, and reports whether they can be
// answers.
func (g *ground) countAll(answers []answer) bool {
	surveys := make(map[int32]bool)
	if !slices.IsSortedFunc(answers, func(a, b answer) int { return cmp.Compare(a.poll, b.poll) }) {
		return false
	}
	for i := range answers {
		a := &answers[i]
		p := g.polls.list[a.poll]
		if !p.valid(a.value) || i > 0 && answers[i-1].poll == a.poll {
			return false
		}
		if int(a.round) != g.polls.lead(p).Round {
			continue
		}
		p.count(a.value, 1)
		if p.in != 0 && a.value != "" && !surveys[p.in] {
			surveys[p.in] = true
			g.polls.lead(p).People++
		}
	}
	return true
}

// fits reports whether a loaded poll is one that commands can have made.
func (p *poll) fits(number int, all []savedPoll, crew int) bool {
	in := int(p.in)
	if in < 0 || in > number || in > 0 && (all[in-1].Spec.form() != formNone || all[in-1].In != 0) {
		return false
	}
	if !strict.ValidULID(p.id) || p.spec.judge(len(p.options)) != "" || !p.lexicon.index() {
		return false
	}
	n := len(p.counter.Counts)
	for i := range p.rounds {
		c := &p.rounds[i].counter
		if len(c.Counts) != n || len(c.Pairs) != len(p.counter.Pairs) || len(c.Level) != len(p.counter.Level) ||
			len(c.Spelled) > len(p.lexicon.spellings) || (len(c.Values) > 0) != (c.People > 0 && p.form() == formNumber) {
			return false
		}
		for _, w := range c.Values {
			if !p.takes(w.V) {
				return false
			}
		}
	}
	lead := &p.stand
	if in > 0 && p.State != unmade {
		lead = &all[in-1].Stand
	}
	return p.stand.fits(crew) && len(p.rounds) == lead.Round && lead.Round <= MaxRounds
}

func (s *stand) fits(crew int) bool {
	return s.State <= unmade && s.Round >= 0 && s.Round <= MaxRounds && s.Eye >= 0 && int(s.Eye) < crew &&
		s.Secs >= 0 && s.Secs <= MaxSecs && s.Opened >= 0 && s.Closed >= 0 && s.Closes >= 0
}

// fits reports whether a change names only what there is.
func (x *polls) fits(c *pollChange, crew int) bool {
	if c.P < 0 || int(c.P) >= len(x.list) {
		return false
	}
	p := x.list[c.P]
	if s := c.Stand; s != nil {
		if !s.Was.fits(crew) || !s.Is.fits(crew) || max(s.Was.Round-s.Is.Round, s.Is.Round-s.Was.Round) > 1 {
			return false
		}
	}
	if w := c.Wording; w != nil && !(w.Was.fits() && w.Is.fits() &&
		w.Was.Spec.In == w.Is.Spec.In && (w.Was.Spec.form() == formNone) == (w.Is.Spec.form() == formNone)) {
		return false
	}
	for _, w := range c.Words {
		if w.N < 0 || int(w.N) >= len(p.lexicon.terms) || w.Was > termHeld || w.Is > termHeld {
			return false
		}
	}
	return true
}

// hasTerm reports whether there is an open text of a name.
func (x *polls) hasTerm(id string) bool {
	poll, number, _ := strings.Cut(id, ".")
	p := x.byID[poll]
	n, err := strconv.Atoi(number)
	return err == nil && p != nil && n >= 1 && n <= len(p.lexicon.terms) && p.termID(int32(n-1)) == id
}
