package session

import (
	"math/bits"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// choose judges a person's answer in a poll. An empty one takes it back.
func (m *Machine) choose(t *fold.Turn) oplog.Outcome {
	id, options, ok := readChoice(t.Args)
	if !ok {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.byID[string(id)]
	if p == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	voter := m.people.find(t.Actor.ID)
	c := voter.choice(p.number)
	if c.Repeated(t) {
		return oplog.Repeated()
	}
	set, r := m.mayChoose(t, p, options)
	if r != "" {
		return oplog.Refuse(r)
	}
	if c.set == set && !t.Counted() {
		return oplog.Repeated()
	}
	if t.Dry {
		return oplog.Done()
	}
	if c.set != set {
		p.count(c.set, -1)
		p.count(set, 1)
		c.set, c.at = set, t.Offset
		m.table.Touch(p.tally, t.Offset, p.seers(), everyone)
	}
	c.poll = p.number
	c.Mark(t)
	if voter == nil {
		voter = m.people.join(t.Actor.ID)
	}
	voter.keepChoice(c)
	return oplog.Done()
}

func (m *Machine) mayChoose(t *fold.Turn, p *poll, options []int) (uint32, oplog.Reason) {
	switch {
	case p.state == draft && !staff.Has(t.Actor.Role):
		return 0, oplog.NotFound
	case !m.rules().Live:
		return 0, oplog.BoardClosed
	case p.state != open:
		return 0, oplog.PollClosed
	}
	var set uint32
	for _, o := range options {
		if o < 1 || o > len(p.options) || set&(1<<(o-1)) != 0 {
			return 0, oplog.BadChoice
		}
		set |= 1 << (o - 1)
	}
	if n := bits.OnesCount32(set); n != 0 && (n < p.min || n > p.max) {
		return 0, oplog.BadChoice
	}
	return set, ""
}

// count adds or takes away one person's answer.
func (p *poll) count(set uint32, sign int) {
	if set == 0 {
		return
	}
	p.people += sign
	for i := range p.counts {
		if set&(1<<i) != 0 {
			p.counts[i] += sign
		}
	}
}
