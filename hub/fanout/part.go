package fanout

import (
	"sync"
	"time"
)

// part is those readers of a ring that one worker serves at a time.
type part struct {
	// static
	ring *Ring

	// guarded by the crew's mu
	state walk

	mu      sync.Mutex
	members []*subscription
}

// walk is what a part waits for.
type walk uint8

const (
	idle walk = iota
	queued
	walking
	walkingQueued // and something has been published since
)

func (p *part) size() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.members)
}

func (p *part) add(s *subscription) {
	p.mu.Lock()
	defer p.mu.Unlock()
	s.part, s.place = p, len(p.members)
	p.members = append(p.members, s)
}

// remove moves the last member to the place that becomes free.
func (p *part) remove(s *subscription) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.removeLocked(s)
}

func (p *part) removeLocked(s *subscription) {
	last := len(p.members) - 1
	moved := p.members[last]
	p.members[s.place], moved.place = moved, s.place
	p.members[last] = nil
	p.members = p.members[:last]
}

func (p *part) pop() *subscription {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.members[len(p.members)-1]
	p.removeLocked(s)
	return s
}

// stride copies the members below a place, at most [Stride] of them, and returns
// the next place. Going down, nobody is missed when others leave: whoever moves
// into a place that becomes free has been served.
func (p *part) stride(dst *[Stride]*subscription, below int) (n, next int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	below = min(below, len(p.members))
	next = max(0, below-Stride)
	return copy(dst[:], p.members[next:below]), next
}

// serve carries what has been published to the members. Whoever joins meanwhile
// waits for nobody. between is called now and then.
func (p *part) serve(observer Observer, between func()) {
	var some [Stride]*subscription
	var batch [1]Message
	sent := 0
	for at := p.size(); at > 0; {
		var n int
		n, at = p.stride(&some, at)
		now := time.Now()
		var last *Frame
		for i, s := range some[:n] {
			if f := s.conn.advance(s, batch[:], now); f != nil {
				last = f
				sent++
			}
			some[i] = nil
		}
		if last != nil && !last.Born.IsZero() {
			observer.Delivered(time.Since(last.Born))
		}
		between()
	}
	batch[0] = Message{}
	observer.Broadcast(sent)
}
