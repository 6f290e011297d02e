package hub

import (
	"maps"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// Hall is what the machine of a topic that people are in knows beside. Of other
// topics nobody is counted, and nothing is shown.
type Hall interface {
	// Live reports whether reactions are taken.
	Live() bool
	// Headless reports whether staff alone is told how many are here.
	Headless() bool
}

// React shows a reaction of a person, of a kind that [wire.IsFeeling] or
// [wire.IsPace] knows. It is not kept, and nobody waits for it; while the topic
// takes none it does nothing.
func (t *Topic) React(person, kind string) {
	t.crowd.react(t.key.Pseudonym(person), kind, time.Now())
}

// hall is the topic's machine, if people are in the topic.
func (t *Topic) hall() (Hall, bool) {
	h, ok := t.machine.(Hall)
	return h, ok
}

// settleHall follows what a fold may have changed of what the crowd may show and be
// told. A catch-up that was made before may tell what is hidden now.
func (t *Topic) settleHall() {
	h, ok := t.hall()
	if !ok {
		return
	}
	t.crowd.let(h.Live())
	if h.Headless() == t.headless {
		return
	}
	t.headless = h.Headless()
	for _, v := range t.views {
		if v != nil {
			clear(v.catchUps)
			v.pulse = true
		}
	}
}

// heard takes what the crowd has gathered: it compares other nodes' marks, and has
// a pulse told with the next frames of those whom it tells something.
func (t *Topic) heard() {
	t.compareMarks(t.crowd.heardMarks())
	was, p := t.told, t.crowd.take()
	t.told = p
	for _, v := range t.views {
		if v == nil {
			continue
		}
		for kind, n := range p.Reactions {
			add(&v.shown, kind, n)
		}
		before, now := t.seen(was, v.role), t.seen(p, v.role)
		v.pulse = v.pulse || len(p.Reactions) > 0 || before.Online != now.Online || !maps.Equal(before.Pace, now.Pace)
	}
}

// seen is what a role is told of a pulse. The pace is for those who can do
// something about it, not for the hall to see.
func (t *Topic) seen(p wire.Pulse, role oplog.Role) wire.Pulse {
	p.Topic = t.name
	if role.Staff() && role != oplog.Screen {
		return p
	}
	p.Pace = nil
	if h, ok := t.hall(); ok && h.Headless() {
		p.Online = wire.Untold
	}
	return p
}

// standing is the pulse for who comes: what the others were told last. The first
// ones do not read that nobody is here.
func (t *Topic) standing() wire.Pulse {
	p := t.told
	p.Reactions = nil
	if p.Online == 0 && t.heads > 0 {
		p.Online = wire.Untold
	}
	return p
}

// enters counts who watches as an attendee, a person once however many pages they
// have open.
func (t *Topic) enters(w *Watcher, by int) {
	if _, ok := t.hall(); !ok || w.role != oplog.Attendee {
		return
	}
	pages := 0
	for _, o := range t.people[w.actor] {
		if o.role == oplog.Attendee {
			pages++
		}
	}
	if pages == 0 {
		t.heads += by
		t.crowd.enter(t.heads)
	}
}
