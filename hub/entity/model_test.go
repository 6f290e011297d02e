package entity_test

import (
	"math/rand/v2"
	"testing"

	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
)

// node is one server: its machine has folded a beginning of the log.
type node struct {
	h      *history
	m      *toy
	folded []change
	told   map[oplog.Role]oplog.Offset  // to of the last frame sent
	last   map[oplog.Role]reducer.Frame // that frame
	conns  map[*phone]bool
}

// phone is one client: its document, its node and the frames under way to it.
type phone struct {
	reducer.Client
	role  oplog.Role
	node  *node
	wire  []reducer.Frame
	again int // watches because something was missing
	lost  int // frames of the ring that never came
	deaf  bool
	asked bool // a watch is not answered yet
}

func newNode(h *history) *node {
	return &node{h: h, m: newToy(), told: map[oplog.Role]oplog.Offset{}, last: map[oplog.Role]reducer.Frame{}, conns: map[*phone]bool{}}
}

func (n *node) at() oplog.Position {
	if len(n.folded) == 0 {
		return oplog.Position{Epoch: "k"}
	}
	last := n.folded[len(n.folded)-1]
	return oplog.Position{Epoch: "k", Offset: last.offset, Hash: last.hash}
}

// fold takes up to max entries off the log. A log that has been shortened or
// rewritten makes the node start again, and hang up on everybody.
func (n *node) fold(max int) {
	for i := range n.folded {
		if i >= len(n.h.log) || n.h.log[i].hash != n.folded[i].hash {
			conns := n.conns
			*n = *newNode(n.h)
			for p := range conns {
				p.node, p.wire = nil, nil
			}
			break
		}
	}
	for range max {
		if len(n.folded) == len(n.h.log) {
			return
		}
		c := n.h.log[len(n.folded)]
		n.m.apply(c)
		n.folded = append(n.folded, c)
	}
}

// tick sends a role what is new. With nothing to tell it sends nothing, and the
// next frame starts where the last one ended.
func (n *node) tick(role oplog.Role) {
	patch := n.m.since(role, n.told[role])
	if patch == nil || n.told[role] == n.at().Offset {
		return
	}
	f := reducer.Frame{View: 1, From: n.told[role], Pos: n.at(), Doc: decode(patch)}
	n.told[role], n.last[role] = n.at().Offset, f
	for p := range n.conns {
		switch {
		case p.role != role:
		case p.deaf:
			p.deaf = false
			p.lost++
		default:
			p.wire = append(p.wire, f)
		}
	}
}

// watch answers a phone: from its place if that is on this chain, else whole. A
// node that is behind the phone reads on first. Frames of the ring that are older
// than the answer may follow it. A node that left a phone at a place it has not
// compared would be wrong: behind a fork its next frame would fit by number.
func (n *node) watch(p *phone, has oplog.Position, older bool) {
	n.conns[p] = true
	p.node = n
	if has.Offset > n.at().Offset {
		n.fold(len(n.h.log))
	}
	from := has.Offset
	if from > n.at().Offset || from > 0 && n.folded[from-1].hash != has.Hash {
		from = 0
	}
	p.wire = append(p.wire, reducer.Frame{View: 1, From: from, Pos: n.at(), Doc: decode(n.m.since(p.role, from))})
	if f, sent := n.last[p.role]; sent && older {
		p.wire = append(p.wire, f)
	}
}

// hop connects a phone to a node; what was under way is lost.
func (p *phone) hop(n *node, older bool) {
	if p.node != nil {
		delete(p.node.conns, p)
	}
	p.wire, p.asked = nil, false
	n.watch(p, p.Pos, older)
}

// read takes one frame.
func (p *phone) read() {
	if len(p.wire) == 0 {
		return
	}
	f := p.wire[0]
	p.wire = p.wire[1:]
	switch p.Apply(f) {
	case reducer.Applied:
		p.asked = false
	case reducer.Behind:
		if !p.asked {
			p.asked = true
			p.again++
			p.node.watch(p, p.Pos, false)
		}
	case reducer.Foreign:
		p.node.watch(p, oplog.Position{}, false)
	}
}

// TestManyNodes drives the client's reducer against three nodes at different
// offsets, with hops, silent ticks and backups put back. After every frame each
// document is the one that history had at its place, and at rest all phones
// have the newest.
func TestManyNodes(t *testing.T) {
	histories, again := 1000, 0
	if testing.Short() {
		histories = 100
	}
	for seed := range histories {
		again += playNodes(t, uint64(seed))
	}
	if again > 0 {
		t.Errorf("%d watches because something was missing; from must be the to of the last frame sent", again)
	}
}

func playNodes(t *testing.T, seed uint64) (again int) {
	t.Helper()
	rng := rand.New(rand.NewPCG(seed, 7))
	h := newHistory(rng)
	h.add()
	nodes := []*node{newNode(h), newNode(h), newNode(h)}
	var phones []*phone
	for i := range 6 {
		phones = append(phones, &phone{role: viewers[i%2]})
	}
	for range 200 {
		step(rng, h, nodes, phones)
		for i, p := range phones {
			if wrong := h.check(&p.Client, p.role); wrong != "" {
				t.Fatalf("history %d, phone %d: %s", seed, i, wrong)
			}
		}
	}
	for i, p := range phones {
		rest(nodes, p)
		again += max(0, p.again-p.lost)
		if wrong := h.check(&p.Client, p.role); wrong != "" {
			t.Fatalf("history %d, phone %d at rest: %s", seed, i, wrong)
		}
		// Offsets at which nothing is visible to a role may pass it by.
		want := h.docs[place{h.log[len(h.log)-1].hash, p.role}]
		if diff := reducer.Diff(p.Doc, want); diff != "" {
			t.Fatalf("history %d, phone %d has not the newest: %s", seed, i, diff)
		}
	}
	return again
}

func step(rng *rand.Rand, h *history, nodes []*node, phones []*phone) {
	n, p := nodes[rng.IntN(len(nodes))], phones[rng.IntN(len(phones))]
	switch k := rng.IntN(100); {
	case k < 25:
		h.add()
	case k < 45:
		n.fold(1 + rng.IntN(3))
	case k < 65:
		n.tick(viewers[rng.IntN(2)])
	case k < 90:
		p.read()
	case k < 92:
		p.deaf = true
	case k < 99 || len(h.log) < 2:
		p.hop(n, rng.IntN(2) == 0)
	default:
		h.restoreBackup()
		h.add()
		for _, n := range nodes {
			n.fold(0)
		}
	}
}

// rest lets everything arrive.
func rest(nodes []*node, p *phone) {
	for _, n := range nodes {
		n.fold(1 << 20)
		for _, role := range viewers {
			n.tick(role)
		}
	}
	p.hop(nodes[0], false)
	for len(p.wire) > 0 {
		p.read()
	}
}
