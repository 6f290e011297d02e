package session

import (
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// round is one that is over, as it was counted.
type round struct {
	Opened, Closed int64
	counter
}

// putStand lets a poll stand otherwise, with all that follows: its questions if
// it is a survey, its rounds, the stage, and who sees what.
func (m *Machine) putStand(t *fold.Turn, p *poll, to stand) {
	was := p.stand
	if was == to {
		return
	}
	m.notePoll(t, p)
	if is := to.State != unmade; is != (was.State != unmade) {
		p.stand = to
		m.touchPoll(t, p)
		m.touchCounts(t, p)
		m.touchSheet(t)
		return
	}
	if p.in != 0 {
		// A survey's question has nothing else of its own.
		p.Solved = to.Solved && solvedFits(m.standOf(p).State)
		m.touchPoll(t, p)
		m.touchLeaders(t)
		return
	}
	to.Solved = to.Solved && solvedFits(to.State)
	p.stand = to
	m.polls.open += opens(to.State) - opens(was.State)
	solved := was.Solved != to.Solved
	for _, q := range m.polls.parts(p) {
		solved = m.follows(t, q, &was) || solved
	}
	if s := &m.scene.Stage; s.Poll == p.id && to.seers() == staff && was.seers() == everyone {
		m.register(regPoll).Write(t)
		m.putOnStage(t, &s.Poll, "")
	}
	if solved {
		m.touchLeaders(t)
	}
}

func opens(s phase) int {
	if s == open {
		return 1
	}
	return 0
}

// solvedFits reports whether the solution can be out in a state: nobody answers
// any more.
func solvedFits(s phase) bool { return s == closed || s == shelved }

// follows brings one poll to where it, or its survey, stands now. It reports
// whether its solution had to be taken back.
func (m *Machine) follows(t *fold.Turn, p *poll, was *stand) (unsolved bool) {
	is := m.standOf(p)
	if p.Solved && !solvedFits(is.State) {
		m.notePoll(t, p)
		p.Solved, unsolved = false, true
	}
	switch {
	case is.Round > was.Round:
		p.rounds = append(slices.Clone(p.rounds), round{was.Opened, was.Closed, p.counter})
		p.counter = newCounter(&p.spec, len(p.options))
	case is.Round < was.Round:
		last := len(p.rounds) - 1
		p.rounds, p.counter = p.rounds[:last], p.rounds[last].counter
	}
	if is.Round != was.Round {
		p.told = t.Offset
	}
	if (is.toVoters() || was.toVoters()) && (is.toVoters() != was.toVoters() || is.Round != was.Round) {
		p.moved = t.Offset
	}
	differs := is.counters() ^ was.counters()
	if is.Round != was.Round || p.form() == formRanking && is.State != was.State {
		differs = everyone
	}
	m.touchPoll(t, p)
	m.table.Touch(p.tally, t.Offset, is.seers(), differs)
	m.touchPast(t, p, differs)
	return unsolved
}

// pollSnap is a poll as it was before a command.
type pollSnap struct {
	p       *poll
	stand   stand
	wording wording
	words   map[int32]termState // of those that changed
}

// pollChange is what a step changed of one poll.
type pollChange struct {
	P       int32
	Stand   *pair[stand]   `json:",omitempty"`
	Wording *pair[wording] `json:",omitempty"`
	Words   []wordChange   `json:",omitempty"` // by number
	// Says is the entry that the poll has its texts from, where it came to be or
	// ceased to.
	Says oplog.Offset `json:",omitempty"`
}

type wordChange struct {
	N int32
	pair[termState]
}

// notePoll keeps what a poll is before it is changed. Before version 3 polls
// could not be taken back.
func (m *Machine) notePoll(t *fold.Turn, p *poll) *pollSnap {
	if m.open == nil || t.Rules < 3 {
		return nil
	}
	for i := range m.turned {
		if m.turned[i].p == p {
			return &m.turned[i]
		}
	}
	m.turned = append(m.turned, pollSnap{p: p, stand: p.stand, wording: p.wording()})
	return &m.turned[len(m.turned)-1]
}

// noteWord keeps what a word is before it is changed.
func (m *Machine) noteWord(t *fold.Turn, p *poll, n int32) {
	s := m.notePoll(t, p)
	if s == nil {
		return
	}
	if s.words == nil {
		s.words = make(map[int32]termState)
	}
	if _, known := s.words[n]; !known {
		s.words[n] = p.lexicon.terms[n].State
	}
}

// change is what is different now, nil if nothing is.
func (s *pollSnap) change() *pollChange {
	c := pollChange{P: s.p.number, Stand: differs(s.stand, s.p.stand, itself[stand])}
	for n := range int32(len(s.p.lexicon.terms)) {
		if was, noted := s.words[n]; noted && was != s.p.lexicon.terms[n].State {
			c.Words = append(c.Words, wordChange{n, pair[termState]{was, s.p.lexicon.terms[n].State}})
		}
	}
	if d := c.Stand; d != nil && (d.Was.State == unmade) != (d.Is.State == unmade) {
		c.Says = s.p.text.At
	}
	if s.wording.Text.At != s.p.text.At {
		c.Wording = &pair[wording]{s.wording, s.p.wording()}
	}
	if c.Stand == nil && c.Wording == nil && len(c.Words) == 0 {
		return nil
	}
	return &c
}

// mayTakeBack reports whether all polls are still as a step left them. A round
// can be taken back until somebody has answered in it.
func (m *Machine) mayTakeBack(s *step) bool {
	if p := s.Player; p != nil {
		i, ok := m.players.at(p.Is.Person)
		if !ok || m.players[i].hidden != p.Is || !p.Was.On && m.players[i].Name.At > s.At {
			return false
		}
	}
	if s.Sheet != nil && m.polls.sheet != s.Sheet.Is {
		return false
	}
	opened := 0
	for i := range s.Polls {
		c := &s.Polls[i]
		p := m.polls.list[c.P]
		if !p.lexicon.mayTakeBack(c.Words) || c.Wording != nil && !m.mayReword(p, c) {
			return false
		}
		if c.Stand == nil {
			continue
		}
		to := p.stand
		switch {
		case !to.takeBack(&c.Stand.Was, &c.Stand.Is):
			return false
		case c.Stand.Was.Round < c.Stand.Is.Round && m.answered(p):
			return false
		case (to.State == unmade) != (p.State == unmade) && !m.mayUnmake(p, c):
			return false
		case to.Solved && !p.Solved && !solvedFits(m.stateAfter(s, p)):
			return false
		case p.in == 0:
			opened += opens(to.State) - opens(p.State)
		}
	}
	return opened <= 0 || m.polls.open+opened <= MaxOpenPolls
}

// stateAfter is where a poll, or its survey, will be when a step has been taken
// back.
func (m *Machine) stateAfter(s *step, p *poll) phase {
	lead := m.polls.lead(p)
	to := lead.stand
	for i := range s.Polls {
		if c := &s.Polls[i]; c.P == lead.number && c.Stand != nil {
			to.takeBack(&c.Stand.Was, &c.Stand.Is)
		}
	}
	return to.State
}

// takeBack puts back what a step changed, and reports whether nobody has changed
// it since.
func (s *stand) takeBack(was, is *stand) bool {
	ok := only(&s.State, was.State, is.State)
	ok = only(&s.Results, was.Results, is.Results) && ok
	ok = only(&s.Screen, was.Screen, is.Screen) && ok
	ok = only(&s.Fixed, was.Fixed, is.Fixed) && ok
	ok = only(&s.Secs, was.Secs, is.Secs) && ok
	ok = only(&s.Opened, was.Opened, is.Opened) && ok
	ok = only(&s.Closed, was.Closed, is.Closed) && ok
	ok = only(&s.Closes, was.Closes, is.Closes) && ok
	ok = only(&s.Round, was.Round, is.Round) && ok
	ok = only(&s.Solved, was.Solved, is.Solved) && ok
	return only(&s.Eye, was.Eye, is.Eye) && ok
}

// putPolls gives what concerns polls its former values.
func (m *Machine) putPolls(t *fold.Turn, s *step) {
	for i := range s.Polls {
		m.putPoll(t, &s.Polls[i])
	}
	if p := s.Sheet; p != nil {
		m.putSheet(t, p.Was)
		m.polls.sheetR.Write(t)
	}
	if p := s.Player; p != nil {
		m.putHidden(t, p.Was)
		if i, ok := m.players.at(p.Was.Person); ok {
			m.players[i].R.Write(t)
		}
	}
}

// putPoll gives a poll its former values.
func (m *Machine) putPoll(t *fold.Turn, c *pollChange) {
	p := m.polls.list[c.P]
	if s := c.Stand; s != nil {
		to := p.stand
		to.takeBack(&s.Was, &s.Is)
		p.writeRegisters(t, &to)
		m.putStand(t, p, to)
	}
	if w := c.Wording; w != nil {
		m.rephrase(t, p, &w.Was)
	}
	for _, w := range c.Words {
		m.putTerm(t, p, w.N, w.Was)
	}
}

// writeRegisters writes the registers of all that is about to change.
func (p *poll) writeRegisters(t *fold.Turn, to *stand) {
	write := func(r *fold.Register, changes bool) {
		if changes {
			r.Write(t)
		}
	}
	s := &p.stand
	write(&p.resultsR, s.Results != to.Results)
	write(&p.screenR, s.Screen != to.Screen)
	write(&p.fixedR, s.Fixed != to.Fixed)
	write(&p.secsR, s.Secs != to.Secs)
	write(&p.solveR, s.Solved != to.Solved)
	write(&p.timeR, s.Closes != to.Closes)
	write(&p.stateR, s.State != to.State || s.Round != to.Round || s.Opened != to.Opened || s.Eye != to.Eye)
}
