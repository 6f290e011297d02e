package hub_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
)

// simNode is one process of the cluster, and those that take its place.
type simNode struct {
	// static
	w    *world
	name string
	rng  *rand.Rand
	ends sync.WaitGroup // of all its processes and lines

	// guarded by the world's mu
	gen     int // counts the processes
	up      bool
	ctx     context.Context
	cancel  context.CancelFunc
	link    *simLink
	hub     *hub.Hub
	saw     *quiet
	lines   map[*simLine]bool
	number  int             // of the next line
	machine *simMachine     // the topic's, as it is now
	offered map[simKey]bool // what it offers again
}

// start begins a process. The caller holds mu. A store of one node is locked until
// the process before has ended.
func (n *simNode) start() {
	if !n.w.plan.shared && n.link != nil && !n.link.gone() {
		n.w.at(simLock, func() {
			if !n.up && !n.w.over {
				n.start()
			}
		})
		return
	}
	n.gen++
	gen := n.gen
	n.up, n.machine, n.saw = true, nil, &quiet{}
	clear(n.offered)
	link := newLink(n)
	n.link = link
	n.ctx, n.cancel = context.WithCancel(context.Background())
	spread := stream(n.w.seed, n.name+"spread"+string(rune('0'+gen)))
	var one sync.Mutex
	n.hub = hub.New(hub.Config{
		Store: link, Kinds: n.w.kinds(n, gen), Observer: n.saw, Shared: n.w.plan.shared,
		Folded:  func(_ oplog.Topic, m hub.Machine) { n.w.folded(n, m.(*simMachine)) },
		Trouble: func(_ oplog.Topic, err error) { n.w.troubled(n, link, err) },
		Spread: func(limit time.Duration) time.Duration {
			one.Lock()
			defer one.Unlock()
			return draw(spread, 0, limit)
		},
	})
	n.w.note(n.name, "starts")
	h, ctx := n.hub, n.ctx
	n.ends.Go(func() {
		if err := h.Run(ctx); err != nil {
			n.w.mu.Lock()
			defer n.w.mu.Unlock()
			n.w.violated("hub", "%s ended with %v", n.name, err)
		}
		n.w.mu.Lock()
		defer n.w.mu.Unlock()
		if !link.gone() {
			close(link.dead)
		}
	})
	// Somebody always opens the topic, as a client that watches would.
	n.ends.Go(func() {
		for ctx.Err() == nil {
			if _, err := h.Open(ctx, opening); err == nil || !link.rest(ctx, link.others, 100*time.Millisecond, 300*time.Millisecond) {
				return
			}
		}
	})
}

// simLock is how often a process tries for the lock of its store.
const simLock = 20 * time.Millisecond

// crash ends the process between two instructions: nothing that it says arrives
// from here on, and what it held is gone. The caller holds mu.
func (n *simNode) crash() {
	if n.link.gone() || n.w.over {
		return
	}
	n.w.note(n.name, "crashes")
	close(n.link.dead)
	n.halt()
	n.again()
}

// stop ends the process in order: the hub finishes what is under way.
func (n *simNode) stop() {
	n.w.note(n.name, "stops")
	n.halt()
	n.again()
}

// halt cuts the process off from the phones and cancels it. The caller holds mu.
func (n *simNode) halt() {
	n.up = false
	for _, l := range n.sorted() {
		l.hang()
	}
	n.cancel()
	n.w.forgotten()
}

// again has another process take the place, before long.
func (n *simNode) again() {
	if n.w.over {
		return
	}
	gen := n.gen
	n.w.at(draw(n.rng, 20*time.Millisecond, 2*time.Second), func() {
		if !n.up && n.gen == gen {
			n.start()
		}
	})
}

// sorted lists the lines in the order in which they were made.
func (n *simNode) sorted() []*simLine {
	var all []*simLine
	for l := range n.lines {
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b *simLine) int { return a.number - b.number })
	return all
}

// troubled judges what the hub reports: a store that is away or full is part of
// the game; a log that does not verify is not. The caller holds mu.
func (n *simNode) troubled(err error) {
	n.w.note(n.name, "trouble %T", err)
	var corrupt *oplog.CorruptError
	var forked *hub.ForkError
	var lost *hub.RefusedError
	switch {
	case errors.As(err, &corrupt):
		n.w.violated("I5", "%s: %v", n.name, err)
	case errors.As(err, &forked):
		n.w.past.left += forked.Left
		if forked.Ancestor == forked.Theirs && forked.Theirs < forked.Mine {
			n.w.violated("R2", "%s left its branch for a beginning of it: %v", n.name, err)
		}
	case errors.As(err, &lost):
		n.w.past.refused(n, lost)
	}
}

// simMachine tells the world what its node folds.
type simMachine struct {
	hub.Machine
	hub.Hall
	node *simNode
	gen  int

	at    oplog.Hash // guarded by the world's mu
	chain map[simKey]bool
}

func (m *simMachine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	o := m.Machine.Apply(e, c)
	w := m.node.w
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.gen != m.node.gen || !m.node.up {
		return o
	}
	m.at = e.Chain.Short()
	// What is refused on this branch cannot be given back to another.
	if key := keyOf(c); key.counts() && o.Accepted() {
		if m.chain == nil {
			m.chain = map[simKey]bool{}
		}
		m.chain[key] = true
		delete(w.past.excused, key)
	}
	return o
}

// folded notes that a node's topic has changed: its machine has gone on, or
// another one has taken its place, and what only the old one had is offered.
func (w *world) folded(n *simNode, m *simMachine) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if m.gen != n.gen || !n.up {
		return
	}
	if old := n.machine; old != nil && old != m {
		w.note(n.name, "has another branch")
		for key := range old.chain {
			if !m.chain[key] {
				n.offered[key] = true
			}
		}
	}
	n.machine = m
	e := w.past.entries[m.at]
	if e == nil {
		return
	}
	w.note(n.name, "folded to %d", e.Offset)
	if w.chance(n.rng, crashInFold) {
		n.crash()
	}
}

// has reports whether a node can give a command back to the store.
func (n *simNode) has(key simKey) bool {
	return n.up && (n.offered[key] || n.machine != nil && n.machine.chain[key])
}
