package session

import (
	"cmp"
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// clear judges taking everything off the board before the next speaker; with
// pending, what waits goes too.
func (m *Machine) clear(t *fold.Turn) oplog.Outcome {
	var a clearArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	var list []*question
	for _, q := range m.board.list {
		if q.on() || a.Pending && q.Fate == pending {
			list = append(list, q)
		}
	}
	switch {
	case len(list) == 0:
		return oplog.Repeated()
	case t.Seen > 0 && slices.ContainsFunc(list, func(q *question) bool { return q.status.Overtaken(t) }):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Done()
	for _, q := range list {
		q.status.Write(t)
		m.archive(&o, t, q)
	}
	return o
}

// reset judges beginning anew after a rehearsal: questions, votes and answers
// are put away, and polls are drafts again. Settings and labels stay. It can be
// taken back until somebody has done something.
func (m *Machine) reset(t *fold.Turn) oplog.Outcome {
	switch {
	case m.isFresh():
		return oplog.Repeated()
	case len(m.away) >= MaxResets:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	fresh := newGround()
	fresh.born = t.Offset
	m.open.Swap = &pair[oplog.Offset]{m.born, fresh.born}
	drafts, sheet := m.polls.list, m.polls.sheet
	m.swap(t, &fresh)
	m.polls.begin(drafts)
	m.polls.sheet = sheet
	for _, p := range m.polls.list {
		m.touchPoll(t, p)
	}
	m.touchSheet(t)
	if s := &m.scene.Stage; *s != (places{Note: s.Note, AskNote: s.AskNote, Dark: s.Dark}) {
		*s = places{Note: s.Note, AskNote: s.AskNote, Dark: s.Dark}
		m.table.Touch(m.items.stage, t.Offset, everyone, everyone)
	}
	return oplog.Done()
}

// isFresh reports whether nobody has done anything on this ground.
func (m *Machine) isFresh() bool {
	return len(m.people.list) == 1 && len(m.board.list) == 0 &&
		!slices.ContainsFunc(m.polls.list, func(p *poll) bool { return p.State != draft && p.State != unmade })
}

// begin puts polls here as they were before anybody had answered, but for those
// whose texts are gone.
func (x *polls) begin(drafts []*poll) {
	now := make(map[int32]int32) // numbers plus 1
	for _, p := range drafts {
		if p.redacted || p.State == unmade || p.in != 0 && now[p.in] == 0 {
			continue
		}
		q := p.again()
		q.in = now[p.in]
		x.add(q)
		now[p.number+1] = q.number + 1
	}
}

// maySwap reports whether the grounds are those that a step changed, and nothing
// would be lost from sight.
func (m *Machine) maySwap(here, there oplog.Offset) bool {
	return m.born == here && m.awayAt(there) >= 0 && (here < there || m.isFresh())
}

// awayAt is where a ground was put away, -1 if it was not.
func (m *Machine) awayAt(born oplog.Offset) int {
	return slices.IndexFunc(m.away, func(g *ground) bool { return g.born == born })
}

// swap puts this ground away for another one. All that stood on it goes, and
// what stands on the other comes.
func (m *Machine) swap(t *fold.Turn, to *ground) {
	m.hide(t)
	here := m.ground
	if i := m.awayAt(to.born); i >= 0 {
		m.away = slices.Delete(m.away, i, i+1)
	}
	m.away = append(m.away, &here)
	slices.SortFunc(m.away, func(a, b *ground) int { return cmp.Compare(a.born, b.born) })
	m.ground, m.swapped = *to, t.Offset
	for _, q := range m.board.list {
		m.touch(t, q)
	}
	for _, p := range m.polls.list {
		m.touchPoll(t, p)
	}
	for _, s := range m.steps.list {
		m.touchStep(t, s)
	}
	m.touchSheet(t)
	m.touchLeaders(t)
	for _, n := range m.notes.list {
		m.touchNote(t, n)
	}
	m.count(t)
}

// hide takes everything on this ground out of sight.
func (m *Machine) hide(t *fold.Turn) {
	for _, q := range m.board.list {
		m.table.Touch(q.entity, t.Offset, 0, 0)
		m.table.Touch(q.tally, t.Offset, 0, 0)
		for _, one := range q.inOther {
			m.table.Touch(one.entity, t.Offset, 0, 0)
			m.table.Touch(one.hold, t.Offset, 0, 0)
		}
	}
	for _, n := range m.notes.list {
		m.table.Touch(n.entity, t.Offset, 0, 0)
	}
	for _, p := range m.polls.list {
		m.hidePoll(t, p)
	}
	for _, s := range m.steps.list {
		m.table.Touch(m.table.Item(kindStep, s.id()), t.Offset, 0, 0)
	}
}

// grounds are this one and those that were put away.
func (m *Machine) grounds() []*ground { return append([]*ground{&m.ground}, m.away...) }

// named are all that a person's own part may ever have named, on any ground.
func (m *Machine) named(who oplog.ActorID) [][2]string {
	var out [][2]string
	for _, g := range m.grounds() {
		p := g.people.find(who)
		if p == nil {
			continue
		}
		for _, n := range p.asked {
			out = append(out, [2]string{kindAsked, g.board.list[n].id})
		}
		for i := range p.votes {
			out = append(out, [2]string{kindVote, g.board.list[p.votes[i].question].id})
		}
		for i := range p.answers {
			id := g.polls.list[p.answers[i].poll].id
			out = append(out, [2]string{kindMyAnswer, id}, [2]string{kindResult, id})
		}
		if _, ok := g.players.at(g.people.number[who]); ok {
			out = append(out, [2]string{kindPlayer, single})
		}
	}
	return out
}
