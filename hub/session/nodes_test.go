package session_test

import (
	"crypto/sha256"
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
	"majlis/hub/wire"
)

// chain is the one log behind all nodes, and what every reader's document was
// at each place that it ever had.
type chain struct {
	*room
	epoch string
	at    []oplog.Position // of each entry
	docs  map[place]entity.Patch
	made  int
	sent  []oplog.Command
}

// place is one point of one history, as a role sees it or (without a role) as
// it is one person's own.
type place struct {
	hash oplog.Hash
	role oplog.Role
	who  oplog.ActorID
}

func newChain() *chain {
	c := &chain{room: newRoom(), epoch: "k", docs: map[place]entity.Patch{}}
	for _, raw := range opening() {
		c.add(c.mustPrepare("nadia", oplog.Moderator, raw))
	}
	return c
}

// add gives a command its place. Two histories that part have no hash in common
// behind the fork.
func (c *chain) add(command oplog.Command) {
	c.made++
	c.append(command)
	sum := sha256.Sum256(fmt.Append(nil, c.made))
	hash := oplog.Hash(sum[:8])
	c.at = append(c.at, oplog.Position{Epoch: c.epoch, Offset: c.head(), Hash: hash})
	for _, role := range roles {
		c.docs[place{hash: hash, role: role}] = c.m.Since(role, 0)
	}
	for _, who := range crew {
		id := c.key.Pseudonym(who.name)
		c.docs[place{hash: hash, who: id}] = c.m.Mine(id, 0)
	}
}

// say lets somebody send a new command, which may be held up on its way.
func (c *chain) say(t *rapid.T) {
	d := c.command(t, c.made)
	if c.sent = append(c.sent, d.command); !rapid.SampledFrom([]bool{false, false, false, false, true}).Draw(t, "held up") {
		c.add(d.command)
	}
}

// again delivers a command that was sent before.
func (c *chain) again(t *rapid.T) {
	if len(c.sent) > 0 {
		c.add(rapid.SampledFrom(c.sent).Draw(t, "again"))
	}
}

// lose forgets the newest entries: a backup put back by the book, under a new
// epoch, or one that was slipped in under the old one.
func (c *chain) lose(t *rapid.T) {
	n := len(c.log) - rapid.IntRange(0, min(8, len(c.log)-1)).Draw(t, "lost")
	c.log, c.at = c.log[:n], c.at[:n]
	c.m = fold(c.log)
	if rapid.Bool().Draw(t, "by the book") {
		c.epoch = fmt.Sprint("k", c.made)
		c.add(oplog.Command{Type: oplog.TypeRestore, Actor: oplog.Actor{Role: oplog.System}, Args: []byte(`{}`)})
	}
}

// node is one server: its machine has folded a beginning of the log.
type node struct {
	c     *chain
	m     *session.Machine
	at    []oplog.Position
	told  map[oplog.Role]oplog.Offset // to of the last frame sent
	last  map[oplog.Role][]byte       // that frame
	conns map[*phone]bool
}

func newNode(c *chain) *node {
	return &node{
		c: c, m: session.New(topic), told: map[oplog.Role]oplog.Offset{}, last: map[oplog.Role][]byte{}, conns: map[*phone]bool{},
	}
}

func (n *node) pos() oplog.Position {
	if len(n.at) == 0 {
		return oplog.Position{Epoch: n.c.epoch}
	}
	return n.at[len(n.at)-1]
}

// restart hangs up on everybody and begins again, from a snapshot or not.
func (n *node) restart(t *rapid.T) {
	for p := range n.conns {
		p.node, p.wire = nil, nil
	}
	at := n.at
	*n = *newNode(n.c)
	if !rapid.Bool().Draw(t, "has a snapshot") || !n.follows(at) {
		return
	}
	state, err := fold(n.c.log[:len(at)]).Snapshot()
	if err != nil || n.m.Restore(state) != nil {
		t.Fatalf("the snapshot of %d entries is of no use: %v", len(at), err)
	}
	n.at = at
}

// follows reports whether the log still begins with these entries.
func (n *node) follows(at []oplog.Position) bool {
	for i := range at {
		if i >= len(n.c.at) || n.c.at[i] != at[i] {
			return false
		}
	}
	return true
}

// fold takes up to max entries off the log, and tells those whose own part is
// touched.
func (n *node) fold(t *rapid.T, max int) {
	if !n.follows(n.at) {
		n.restart(t)
	}
	for ; max > 0 && len(n.at) < len(n.c.log); max-- {
		s := &n.c.log[len(n.at)]
		o := n.m.Apply(&s.entry, &s.command)
		n.at = append(n.at, n.c.at[len(n.at)])
		for p := range n.conns {
			if p.who != s.command.Actor.ID && p.who != o.Owner {
				continue
			}
			if mine := n.own(p, false); mine != nil {
				p.wire = append(p.wire, mine)
			}
		}
	}
}

// own tells a phone what is new in its own part, if anything is.
func (n *node) own(p *phone, always bool) []byte {
	doc := n.m.Mine(p.who, p.told)
	if doc == nil && !always {
		return nil
	}
	from := p.told
	p.told = n.pos().Offset
	return wire.AppendMine(nil, wire.Mine{Topic: topic, Pos: n.pos(), From: from, Doc: doc})
}

func (n *node) patch(role oplog.Role, from oplog.Offset, doc entity.Patch) []byte {
	return wire.AppendPatch(nil, wire.Patch{Topic: topic, View: session.View, Pos: n.pos(), From: from, Doc: doc})
}

// tick sends a role what is new. With nothing to tell it sends nothing, and the
// next frame starts where the last one ended.
func (n *node) tick(role oplog.Role) {
	doc := n.m.Since(role, n.told[role])
	if doc == nil || n.told[role] == n.pos().Offset {
		return
	}
	f := n.patch(role, n.told[role], doc)
	n.told[role], n.last[role] = n.pos().Offset, f
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

// watch answers a phone from its place if that is on this chain, else whole. A
// node that is behind the phone reads on first. What the phone has of its own
// part beyond that place is not known to be of this chain. A frame of the ring
// that is older than the answer may follow it.
func (n *node) watch(t *rapid.T, p *phone, has, mine oplog.Position, older bool) {
	if has.Offset > n.pos().Offset || len(n.at) == 0 {
		n.fold(t, len(n.c.log))
	}
	n.conns[p], p.node = true, n
	from := has.Offset
	if from > n.pos().Offset || from > 0 && n.at[from-1].Hash != has.Hash || has.Epoch != n.pos().Epoch {
		from = 0
	}
	p.told = mine.Offset
	if mine.Offset > from {
		p.told = 0
	}
	patch := n.patch(p.role, from, n.m.Since(p.role, from))
	p.wire = append(p.wire, slices.Concat(patch, []byte("\n"), n.own(p, true)))
	if f, sent := n.last[p.role]; sent && older {
		p.wire = append(p.wire, f)
	}
}

// phone is one tab: a document and an own part, each with its cursor, and the
// frames under way to it.
type phone struct {
	// static
	role oplog.Role
	who  oplog.ActorID

	doc, mine reducer.Client

	node  *node
	told  oplog.Offset // up to where this connection was told its own part
	wire  [][]byte
	asked bool // a watch is not answered yet
	deaf  bool // the next frame of the ring gets lost
	lost  int  // frames that did
	again int  // watches because something was missing
}

// hop connects a phone to a node; what was under way is lost.
func (p *phone) hop(t *rapid.T, n *node, older bool) {
	if p.node != nil {
		delete(p.node.conns, p)
	}
	p.wire, p.asked = nil, false
	n.watch(t, p, p.doc.Pos, p.mine.Pos, older)
}

// read takes one message: whole, or not at all.
func (p *phone) read(t *rapid.T) {
	if len(p.wire) == 0 {
		return
	}
	frames, skipped := wire.DecodeMessage(p.wire[0])
	if p.wire = p.wire[1:]; skipped > 0 {
		t.Fatal("a frame that nobody can read")
	}
	worst := reducer.Passed
	for _, frame := range frames {
		v := p.apply(frame)
		if v == reducer.Applied {
			p.asked = false
		}
		worst = max(worst, v)
	}
	switch {
	case worst == reducer.Behind && !p.asked:
		p.asked = true
		p.again++
		p.node.watch(t, p, p.doc.Pos, p.mine.Pos, false)
	case worst == reducer.Foreign:
		p.node.watch(t, p, oplog.Position{}, oplog.Position{}, false)
	}
}

func (p *phone) apply(frame wire.ServerFrame) reducer.Verdict {
	switch f := frame.(type) {
	case wire.Patch:
		return p.doc.Apply(reducer.Frame{View: f.View, From: f.From, Pos: f.Pos, Doc: f.Doc})
	case wire.Mine:
		return p.mine.Apply(reducer.Frame{From: f.From, Pos: f.Pos, Doc: f.Doc})
	}
	return reducer.Passed
}

// check compares both parts with what history looked like at their places.
func (p *phone) check(t *rapid.T, c *chain, when string) {
	for _, part := range []struct {
		client *reducer.Client
		at     place
	}{
		{&p.doc, place{hash: p.doc.Pos.Hash, role: p.role}},
		{&p.mine, place{hash: p.mine.Pos.Hash, who: p.who}},
	} {
		if part.client.Pos.Offset == 0 {
			continue
		}
		want, ok := c.docs[part.at]
		if !ok {
			t.Fatalf("%s: %s stands at %d, which never was", when, p.role, part.client.Pos.Offset)
		}
		if diff := reducer.Diff(part.client.Doc, want); diff != "" {
			t.Fatalf("%s: %s at %d (role %q): %s", when, p.role, part.client.Pos.Offset, part.at.role, diff)
		}
	}
}

// TestManyNodes drives the client's reducer against three nodes at different
// offsets: hops to nodes behind and ahead, restarts, backups put back, two tabs
// of one person, frames that get lost, commands that come late, twice and in
// another order. After every step each phone holds exactly what history was at
// its two places, and at rest all hold the newest.
func TestManyNodes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := newChain()
		nodes := []*node{newNode(c), newNode(c), newNode(c)}
		var phones []*phone
		for _, i := range []int{0, 0, 1, 3, 5} {
			phones = append(phones, &phone{role: crew[i].role, who: c.key.Pseudonym(crew[i].name)})
		}
		for range 150 {
			n, p := rapid.SampledFrom(nodes).Draw(t, "node"), rapid.SampledFrom(phones).Draw(t, "phone")
			walk(t, c, n, p)
			for _, p := range phones {
				p.check(t, c, "under way")
			}
		}
		newest := c.at[len(c.at)-1].Hash
		for _, p := range phones {
			rest(t, nodes, p)
			p.check(t, c, "at rest")
			if diff := reducer.Diff(p.doc.Doc, c.docs[place{hash: newest, role: p.role}]); diff != "" {
				t.Fatalf("%s has not the newest: %s", p.role, diff)
			}
			if diff := reducer.Diff(p.mine.Doc, c.docs[place{hash: newest, who: p.who}]); diff != "" {
				t.Fatalf("%s has not the newest of their own: %s", p.role, diff)
			}
			if p.again > p.lost {
				t.Fatalf("%d watches because something was missing, %d frames lost", p.again, p.lost)
			}
		}
	})
}

// walk does one thing of many; the letters are how often each.
func walk(t *rapid.T, c *chain, n *node, p *phone) {
	switch rapid.SampledFrom([]byte("ssssssaffffttttrrrrrrrrdhhhnl")).Draw(t, "step") {
	case 's':
		c.say(t)
	case 'a':
		c.again(t)
	case 'f':
		n.fold(t, rapid.IntRange(1, 6).Draw(t, "entries"))
	case 't':
		n.tick(p.role)
	case 'r':
		p.read(t)
	case 'd':
		p.deaf = true
	case 'h':
		p.hop(t, n, rapid.Bool().Draw(t, "older"))
	case 'n':
		n.restart(t)
	case 'l':
		c.lose(t)
		for range rapid.IntRange(0, 8).Draw(t, "said then") {
			c.say(t)
		}
	}
}

// rest lets everything arrive.
func rest(t *rapid.T, nodes []*node, p *phone) {
	for _, n := range nodes {
		n.fold(t, 1<<20)
		n.tick(p.role)
	}
	p.hop(t, nodes[0], false)
	for len(p.wire) > 0 {
		p.read(t)
	}
}
