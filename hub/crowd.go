package hub

import (
	"maps"
	"sync"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/whisper"
	"majlis/hub/wire"
)

// crowd is who is in one topic and what they show, here and at the other nodes:
// what is true only now.
//
//	join, part ─▶ here ──┐                       ┌─▶ word to the other nodes
//	React ──────▶ shown ─┼── beat, four a second ┤
//	other nodes ─▶ others┘                       └─▶ news: a pulse, if it says something new
//
// The marks of other nodes (mark.go) pass through it to the loop.
//
// All is counted on the beat, so a pulse goes out at most as often. Any goroutine
// may call its methods.
type crowd struct {
	// static
	news chan struct{} // holds one token: there is a pulse to be told

	mu     sync.Mutex
	open   bool                      // reactions are taken
	here   int                       // people who watch here
	shown  map[string]int            // feelings here since the last beat
	first  map[reaction]bool         // who has shown what in this window
	window time.Time                 // when that began
	paces  map[oplog.ActorID]opinion // the latest of each person
	others map[string]whisper.Said   // by node: people and pace
	said   bool                      // there is something that the others have not been told
	told   wire.Pulse                // what was told last, without feelings
	at     time.Time                 // when a head count was told last
	next   wire.Pulse                // what is to be told
	own    *whisper.Mark             // this node's newest
	tell   int                       // in how many words it is to be told
	marks  map[string]whisper.Mark   // those of others that the loop has not taken
}

// reaction is one kind, shown by one person.
type reaction struct {
	who  oplog.ActorID
	kind string
}

// opinion is what a person finds of the pace, since when.
type opinion struct {
	kind string
	at   time.Time
}

func newCrowd() *crowd {
	return &crowd{
		news: make(chan struct{}, 1), first: make(map[reaction]bool),
		paces: make(map[oplog.ActorID]opinion), others: make(map[string]whisper.Said),
	}
}

// enter sets how many people watch here.
func (c *crowd) enter(people int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.said = c.said || c.here != people
	c.here = people
}

// let says whether reactions are taken. When they end, what was found of the pace
// ends too.
func (c *crowd) let(open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.open = open; !open {
		c.said = c.said || len(c.paces) > 0
		clear(c.paces)
	}
}

// react counts a reaction. A person counts once for each feeling in a window, and
// has one opinion of the pace.
func (c *crowd) react(who oplog.ActorID, kind string, now time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case !c.open:
	case wire.IsPace(kind):
		c.said = c.said || c.paces[who].kind != kind
		c.paces[who] = opinion{kind, now}
	case wire.IsFeeling(kind):
		if now.Sub(c.window) >= ReactWindow {
			clear(c.first)
			c.window = now
		}
		if r := (reaction{who, kind}); !c.first[r] {
			c.first[r] = true
			add(&c.shown, kind, 1)
			c.said = true
		}
	}
}

// hear takes what another node has of this topic. Feelings of kinds that are not
// known are of a newer version.
func (c *crowd) hear(node string, s whisper.Said) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for kind, n := range s.Shown {
		if wire.IsFeeling(kind) {
			add(&c.next.Reactions, kind, n)
		}
	}
	if s.Mark != nil {
		if c.marks == nil {
			c.marks = make(map[string]whisper.Mark)
		}
		c.marks[node] = *s.Mark
		c.wakeLocked()
	}
	if s.People == 0 && len(s.Pace) == 0 {
		delete(c.others, node)
		return
	}
	c.others[node] = whisper.Said{People: s.People, Pace: s.Pace}
}

// beat closes the books: it says what other nodes are to be told, if anything, and
// has a pulse told here that says something new. whole asks for all there is.
func (c *crowd) beat(now time.Time, whole bool) (s whisper.Said, say bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s = whisper.Said{People: c.here, Pace: c.paceLocked(now), Shown: c.shown}
	if whole && c.tell > 0 {
		c.tell--
		s.Mark = c.own
	}
	say = c.said || whole && (s.People > 0 || len(s.Pace) > 0 || s.Mark != nil)
	for kind, n := range c.shown {
		add(&c.next.Reactions, kind, n)
	}
	c.shown, c.said = nil, false
	c.tellLocked(s, now)
	return s, say
}

// tellLocked leaves a pulse for the loop if there is something new: feelings and
// the pace on every beat, the head count at most once in a while.
func (c *crowd) tellLocked(mine whisper.Said, now time.Time) {
	p := c.sumLocked(mine)
	heads := p.Online != c.told.Online && now.Sub(c.at) >= HeadsEvery
	if !heads && maps.Equal(p.Pace, c.told.Pace) && len(c.next.Reactions) == 0 {
		return
	}
	if heads {
		c.at = now
	} else {
		p.Online = c.told.Online
	}
	c.told = p
	c.next.Online, c.next.Pace = p.Online, p.Pace
	c.wakeLocked()
}

func (c *crowd) wakeLocked() {
	select {
	case c.news <- struct{}{}:
	default: // the loop has not come to the last one
	}
}

// mark sets what the others are told of the state.
func (c *crowd) mark(m *whisper.Mark) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.own, c.tell = m, markTold
}

// heardMarks takes the marks that other nodes have told since the last time.
func (c *crowd) heardMarks() map[string]whisper.Mark {
	c.mu.Lock()
	defer c.mu.Unlock()
	heard := c.marks
	c.marks = nil
	return heard
}

// take is the pulse that is to be told.
func (c *crowd) take() wire.Pulse {
	c.mu.Lock()
	defer c.mu.Unlock()
	p := c.next
	c.next.Reactions = nil
	return p
}

func (c *crowd) sumLocked(mine whisper.Said) wire.Pulse {
	p := wire.Pulse{Online: mine.People, Pace: maps.Clone(mine.Pace)}
	for _, s := range c.others {
		p.Online += s.People
		for kind, n := range s.Pace {
			if wire.IsPace(kind) {
				add(&p.Pace, kind, n)
			}
		}
	}
	return p
}

// paceLocked counts opinions and drops those that have faded.
func (c *crowd) paceLocked(now time.Time) (pace map[string]int) {
	for who, o := range c.paces {
		if now.Sub(o.at) >= PaceFor {
			delete(c.paces, who)
			c.said = true
			continue
		}
		add(&pace, o.kind, 1)
	}
	return pace
}

func add(counts *map[string]int, kind string, n int) {
	if n == 0 {
		return
	}
	if *counts == nil {
		*counts = make(map[string]int)
	}
	(*counts)[kind] += n
}
