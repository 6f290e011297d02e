package main

import (
	"math/rand/v2"
	"strconv"
	"time"
)

// phone is one member of the audience: what it does next is its own chance.
type phone struct {
	*line
	index int

	// owned by act
	rng  *rand.Rand
	asks []time.Time // when it asks its questions, soonest first
}

// newPhones makes the audience and spreads the questions over it.
func newPhones(s *swarm, start time.Time) []*phone {
	c := &s.config
	phones := make([]*phone, c.phones)
	for i := range phones {
		phones[i] = &phone{line: newLine(s, attendee, strconv.Itoa(i), nil), index: i, rng: rand.New(rand.NewPCG(c.seed, uint64(i)))}
		phones[i].server = i
	}
	rng := rand.New(rand.NewPCG(c.seed, 1<<63))
	room := min(c.asks, maxAsks*c.phones)
	for k := range room {
		// Evenly over the time between the arrivals and the last fifth, so that
		// there is time to vote for the last one.
		busy := max(0, c.duration-c.ramp-c.duration/5)
		at := start.Add(c.ramp + busy*time.Duration(k)/time.Duration(room))
		p := phones[rng.IntN(c.phones)]
		for len(p.asks) >= maxAsks {
			p = phones[rng.IntN(c.phones)]
		}
		p.asks = append(p.asks, at)
	}
	return phones
}

// step does one thing, and says when the next one is due.
func (p *phone) step(now time.Time) time.Time {
	if !p.s.busy(now) {
		return time.Time{}
	}
	next := now.Add(p.gap())
	if len(p.asks) > 0 && !p.asks[0].After(now) {
		if p.tryAsk(now) {
			p.asks = p.asks[1:]
		}
	} else if p.rng.Float64() < p.s.config.drop {
		p.drop(200*time.Millisecond + time.Duration(p.rng.Int64N(int64(3*time.Second))))
	} else {
		p.choose(now)
	}
	if len(p.asks) > 0 && p.asks[0].Before(next) && p.asks[0].After(now) {
		next = p.asks[0]
	}
	return next
}

// gap is the time between two commands: arrivals that know nothing of each other
// (a Poisson process), but never so close that the server's limit is touched.
func (p *phone) gap() time.Duration {
	mean := float64(time.Second) / p.s.config.rate
	return time.Duration(min(max(p.rng.ExpFloat64()*mean, float64(time.Second)/5), 20*mean))
}

// ready returns what the phone sees, nil if it should not do anything now.
func (p *phone) ready(now time.Time) *view {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now.Before(p.calm) || p.doc == p.s.library.nobody || len(p.box.pending()) >= maxOpen {
		return nil
	}
	if v := p.doc.board(); v.live {
		return v
	}
	return nil
}

func (p *phone) tryAsk(now time.Time) bool {
	v := p.ready(now)
	if v == nil || v.qa != "open" {
		return false
	}
	all := p.s.config.questions
	p.command(ask(newID(now), all[p.rng.IntN(len(all))]), now)
	return true
}

// choose votes or answers, if there is anything to.
func (p *phone) choose(now time.Time) {
	v := p.ready(now)
	if v == nil {
		return
	}
	votes := len(v.questions) > 0 && v.qa != "closed"
	switch {
	case len(v.polls) > 0 && (!votes || p.rng.Float64() < 0.35):
		poll := v.polls[p.rng.IntN(len(v.polls))]
		p.command(answerWith(poll.id, p.pick(poll)), now)
	case votes:
		id := v.questions[p.rng.IntN(len(v.questions))]
		p.command(vote(id, p.rng.Float64() < 0.8), now)
	}
}

// command puts a command into the outbox.
func (l *line) command(c command, now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.box.add(c, l.known, now)
	l.s.commanded(l)
}
