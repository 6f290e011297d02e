package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// turnPoll judges opening and closing a poll.
func (m *Machine) turnPoll(t *fold.Turn) oplog.Outcome {
	p, r := m.poll(t)
	if r != "" {
		return oplog.Refuse(r)
	}
	to := open
	if t.Type == typeClose {
		to = closed
	}
	switch {
	case p.stateR.Repeated(t):
		return oplog.Repeated()
	case p.in != 0, p.State == shelved:
		return oplog.Refuse(oplog.WrongState)
	case p.State == to:
		return p.stateR.Settle(t)
	case to == closed && p.State == draft:
		return oplog.Refuse(oplog.WrongState)
	case p.stateR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case to == open && m.polls.open >= MaxOpenPolls:
		return oplog.Refuse(oplog.TooMany)
	case to == open && p.State == draft && m.rules().Eyes && p.Eye != 0 && p.Eye == m.staff.number[t.Actor.ID]:
		return p.stateR.Settle(t)
	case t.Dry:
		return oplog.Done()
	case to == open && p.State == draft && m.rules().Eyes && p.Eye == 0:
		p.stateR.Mark(t)
		next := p.stand
		next.Eye = m.staffNo(t)
		m.putStand(t, p, next)
		return oplog.Done()
	}
	next := p.stand
	if to == open {
		next.begin(t.Ms)
	} else {
		next.end(t.Ms)
	}
	p.stateR.Write(t)
	m.putStand(t, p, next)
	return oplog.Done()
}

// begin is opening at a time, which starts the countdown.
func (s *stand) begin(ms int64) {
	s.State, s.Eye = open, 0
	s.Opened, s.Closed, s.Closes = ms, 0, 0
	if s.Secs > 0 {
		s.Closes = ms + 1000*int64(s.Secs)
	}
}

func (s *stand) end(ms int64) {
	s.State, s.Eye = closed, 0
	s.Closed, s.Closes = ms, 0
}

// shelve judges putting a poll into the archive, or taking it back.
func (m *Machine) shelve(t *fold.Turn) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.find(a.ID)
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.stateR.Repeated(t):
		return oplog.Repeated()
	case p.in != 0, p.State == open:
		return oplog.Refuse(oplog.WrongState)
	case a.On == (p.State == shelved):
		return p.stateR.Settle(t)
	case p.stateR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	next := p.stand
	switch {
	case a.On:
		next.State, next.Eye = shelved, 0
	case p.Opened > 0:
		next.State = closed
	default:
		next.State = draft
	}
	p.stateR.Write(t)
	m.putStand(t, p, next)
	return oplog.Done()
}

// restart judges a new round of a poll that is closed: the counts begin anew,
// and those before stay to be compared.
func (m *Machine) restart(t *fold.Turn) oplog.Outcome {
	p, r := m.poll(t)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case p.stateR.Repeated(t):
		return oplog.Repeated()
	case p.in != 0, p.State != closed:
		return oplog.Refuse(oplog.WrongState)
	case p.stateR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case p.Round >= MaxRounds, m.polls.open >= MaxOpenPolls:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	next := p.stand
	next.Round++
	next.begin(t.Ms)
	p.stateR.Write(t)
	m.putStand(t, p, next)
	return oplog.Done()
}

// answered reports whether anybody has set an answer in the present round, even
// if it was taken back since.
func (m *Machine) answered(p *poll) bool {
	for _, q := range m.polls.parts(p) {
		for i := range m.people.list {
			if a, ok := m.people.list[i].answerTo(q.number); ok && int(a.round) == p.Round {
				return true
			}
		}
	}
	return false
}

// retime judges when answers end, counted from now.
func (m *Machine) retime(t *fold.Turn) oplog.Outcome {
	var a timeArgs
	if json.Unmarshal(t.Args, &a) != nil || a.Secs < 0 || a.Secs > MaxSecs {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.find(a.ID)
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.timeR.Repeated(t):
		return oplog.Repeated()
	case p.in != 0, p.State != open:
		return oplog.Refuse(oplog.WrongState)
	case a.Secs == 0 && p.Closes == 0:
		return p.timeR.Settle(t)
	case p.timeR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	next := p.stand
	if next.Closes = 0; a.Secs > 0 {
		next.Closes = t.Ms + 1000*int64(a.Secs)
	}
	p.timeR.Write(t)
	m.putStand(t, p, next)
	return oplog.Done()
}

// solve judges telling the solution, or taking it back. While people can still
// answer it is not told.
func (m *Machine) solve(t *fold.Turn) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.find(a.ID)
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case !p.solvable(), a.On && m.standOf(p).State != closed:
		return oplog.Refuse(oplog.WrongState)
	}
	next := p.stand
	o, differs := fold.Set(t, fold.Field{Register: &p.solveR, Same: p.Solved == a.On, Put: func() { next.Solved = a.On }})
	if differs {
		m.putStand(t, p, next)
	}
	return o
}

// tune judges the switches of a poll: all that the command names, or none.
func (m *Machine) tune(t *fold.Turn) oplog.Outcome {
	var a setPollArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	return m.tuneTo(t, a)
}

// reveal judges showing a poll's counts to everybody, or hiding them again.
func (m *Machine) reveal(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	results := resultsHidden
	if t.Type == typeReveal {
		results = resultsShown
	}
	return m.tuneTo(t, setPollArgs{ID: a.ID, Results: &results})
}

func (m *Machine) tuneTo(t *fold.Turn, a setPollArgs) oplog.Outcome {
	p := m.polls.find(a.ID)
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.in != 0:
		return oplog.Refuse(oplog.WrongState)
	}
	next := p.stand
	fields := make([]fold.Field, 0, 4)
	fields = append(fields, switchOf(&p.resultsR, &next.Results, a.Results)...)
	fields = append(fields, switchOf(&p.screenR, &next.Screen, a.Screen)...)
	fields = append(fields, switchOf(&p.fixedR, &next.Fixed, a.Fixed)...)
	fields = append(fields, switchOf(&p.secsR, &next.Secs, a.Secs)...)
	o, differs := fold.Set(t, fields...)
	if differs {
		m.putStand(t, p, next)
	}
	return o
}

// switchOf is one register of a poll, if the command names it.
func switchOf[V comparable](r *fold.Register, place, value *V) []fold.Field {
	if value == nil {
		return nil
	}
	return []fold.Field{{Register: r, Same: *place == *value, Put: func() { *place = *value }}}
}

func (a *setPollArgs) valid() bool {
	results := a.Results == nil || *a.Results == resultsHidden || *a.Results == resultsVoted ||
		*a.Results == resultsClosed || *a.Results == resultsShown
	secs := a.Secs == nil || *a.Secs >= 0 && *a.Secs <= MaxSecs
	return results && secs && (a.Results != nil || a.Screen != nil || a.Fixed != nil || a.Secs != nil)
}

// line judges the order of the run sheet.
func (m *Machine) line(t *fold.Turn) oplog.Outcome {
	var a idsArgs
	if json.Unmarshal(t.Args, &a) != nil || len(a.IDs) == 0 || len(a.IDs) > MaxPolls {
		return oplog.Refuse(oplog.BadCommand)
	}
	sheet := ""
	for _, id := range a.IDs {
		if m.polls.find(id) == nil {
			return oplog.Refuse(oplog.NotFound)
		}
		sheet += id
	}
	x := &m.polls
	o, _ := fold.Set(t, fold.Field{Register: &x.sheetR, Same: x.sheet == sheet, Put: func() { m.putSheet(t, sheet) }})
	return o
}

// putSheet gives the run sheet another order, as a step.
func (m *Machine) putSheet(t *fold.Turn, sheet string) {
	if m.polls.sheet != sheet {
		m.open.Sheet = &pair[string]{m.polls.sheet, sheet}
	}
	m.polls.sheet = sheet
	m.touchSheet(t)
}

// order are the ids of all polls as the run sheet has them.
func (x *polls) order() []string {
	out := make([]string, 0, len(x.list))
	named := make(map[string]bool)
	for rest := x.sheet; rest != ""; rest = rest[idLen:] {
		if id := rest[:idLen]; x.find(id) != nil && !named[id] {
			named[id] = true
			out = append(out, id)
		}
	}
	for _, p := range x.there() {
		if !named[p.id] {
			out = append(out, p.id)
		}
	}
	return out
}

// over is when an open poll closes by itself, 0 if it does not.
func (p *poll) over() int64 {
	if p.State != open || p.Closes == 0 {
		return 0
	}
	return p.Closes + GraceMs
}
