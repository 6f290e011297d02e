package hub_test

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"majlis/hub"
	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

// simPast is every entry that was ever written, on whatever branch. All of it is
// guarded by the world's mu.
type simPast struct {
	entries map[oplog.Hash]*simEntry
	// excused are commands that nobody has any more: no store, no node that runs.
	// What is written or folded again is not excused.
	excused map[simKey]bool
	known   map[simKey]bool // all that were ever written
	// copied are those that stood on a server with replicas which had them.
	copied map[simKey]bool
	// given up by a node that had to leave a branch, and reported: by type and the
	// first offset.
	reported map[string]bool
	baseless []baseless
	left     int // entries that forks could not offer, as reported
	seen     []sighting
}

type simEntry struct {
	oplog.Entry
	prev    oplog.Hash
	key     simKey
	command oplog.Command
}

// simKey names a command wherever it is written.
type simKey struct {
	device oplog.Device
	n      uint64
}

func (k simKey) counts() bool { return k.device != oplog.Device{} }

func keyOf(c *oplog.Command) simKey { return simKey{c.Device, c.N} }

// sighting is what a phone held at a place.
type sighting struct {
	phone *simPhone
	at    oplog.Position
	doc   entity.Patch
	mine  bool
}

func newPast() *simPast {
	return &simPast{
		entries: map[oplog.Hash]*simEntry{}, excused: map[simKey]bool{}, known: map[simKey]bool{},
		copied: map[simKey]bool{}, reported: map[string]bool{},
	}
}

// note adds entries that stand behind a place. Some of them may be known.
func (p *simPast) note(behind oplog.Hash, entries []oplog.Entry) {
	for _, entry := range entries {
		h := entry.Chain.Short()
		if p.entries[h] == nil {
			e := &simEntry{Entry: entry, prev: behind}
			var err error
			if e.command, err = oplog.DecodePublic(e.Public); err != nil {
				panic("an entry that does not decode was written: " + err.Error())
			}
			e.key = keyOf(&e.command)
			p.known[e.key] = true
			p.entries[h] = e
		}
		behind = h
	}
}

// unblanked is a history with the texts that none of its entries takes away.
func (p *simPast) unblanked(all []oplog.Entry) []oplog.Entry {
	named := map[oplog.Offset]bool{}
	for i := range all {
		for _, o := range oplog.RedactOf(&all[i]) {
			named[o] = true
		}
	}
	out := slices.Clone(all)
	for i := range out {
		if e := &out[i]; e.Sealed.Blanked() && !named[e.Offset] {
			e.Sealed = p.entries[e.Chain.Short()].Sealed
		}
	}
	return out
}

// before reports whether one place is on the chain that leads to another.
func (p *simPast) before(a, b oplog.Position) bool {
	if a.Offset == 0 {
		return true
	}
	e := p.entries[b.Hash]
	for e != nil && e.Offset > a.Offset {
		e = p.entries[e.prev]
	}
	return e != nil && e.Chain.Short() == a.Hash
}

// chain lists the entries up to a place.
func (p *simPast) chain(at oplog.Hash) []*simEntry {
	var all []*simEntry
	for e := p.entries[at]; e != nil; e = p.entries[e.prev] {
		all = append(all, e)
	}
	slices.Reverse(all)
	return all
}

func reportOf(kind string, was oplog.Offset) string { return fmt.Sprint(kind, "@", was) }

// baseless is an approval that a node offered and that was refused as one of nothing.
type baseless struct {
	node *simNode
	on   string
}

func (p *simPast) refused(n *simNode, e *hub.RefusedError) {
	p.reported[reportOf(e.Type, e.Was)] = true
	if e.Reason != oplog.NotFound || e.Type != "question.approve" {
		return
	}
	for _, was := range p.entries {
		if c := &was.command; c.Type == e.Type && (was.Offset == e.Was || c.Was == e.Was) {
			p.baseless = append(p.baseless, baseless{n, strings.TrimPrefix(registerOf(c), "other")})
		}
	}
}

// wasReported reports whether a node has told that it had to give a command up.
func (p *simPast) wasReported(key simKey) bool {
	for _, e := range p.entries {
		if e.key == key && (p.reported[reportOf(e.command.Type, e.Offset)] || p.reported[reportOf(e.command.Type, e.command.Was)]) {
			return true
		}
	}
	return false
}

// forgotten looks whose last copy has gone. With replicated acknowledgements that
// is no excuse while the store has only failed over, which failOver sees to: it
// never loses what was confirmed. The caller holds mu.
func (w *world) forgotten() {
	if w.server == nil {
		return
	}
	there := map[simKey]bool{}
	for _, e := range w.past.chain(w.server.head().Hash) {
		there[e.key] = true
	}
	for key := range w.past.known {
		if !there[key] && !slices.ContainsFunc(w.nodes, func(n *simNode) bool { return n.has(key) }) {
			w.past.excused[key] = true
		}
	}
}

// copy notes what replicas have.
func (p *simPast) copy(entries []oplog.Entry) {
	for i := range entries {
		p.copied[p.entries[entries[i].Chain.Short()].key] = true
	}
}

// compare holds everything that phones have seen against what history was like
// there (W2). It folds each branch once.
func (w *world) compare() {
	at := map[oplog.Hash][]sighting{}
	for _, s := range w.past.seen {
		at[s.at.Hash] = append(at[s.at.Hash], s)
	}
	done := map[oplog.Hash]bool{}
	for _, tip := range w.past.tips() {
		m := session.New(opening)
		for i, e := range w.past.chain(tip) {
			if e.Offset != oplog.Offset(i+1) {
				w.violated("I5", "offset %d follows offset %d", e.Offset, i)
				break
			}
			c := e.command
			private, err := w.key.Open(e.Sealed)
			if err != nil {
				panic("a text that was written does not open: " + err.Error())
			}
			c.Private = private
			m.Apply(&e.Entry, &c)
			if h := e.Chain.Short(); !done[h] {
				done[h] = true
				w.compareAt(m, at[h])
			}
		}
	}
	for h, all := range at {
		if !done[h] && h != (oplog.Hash{}) {
			w.violated("W2", "%s stands at %d, which never was", all[0].phone.name, all[0].at.Offset)
		}
	}
}

func (w *world) compareAt(m *session.Machine, all []sighting) {
	docs := map[oplog.Role]entity.Patch{}
	for _, s := range all {
		var want entity.Patch
		if s.mine {
			want = m.Mine(w.key.Pseudonym(s.phone.person), 0)
		} else if want = docs[s.phone.role]; want == nil {
			want = m.Since(s.phone.role, 0)
			docs[s.phone.role] = want
		}
		if diff := reducer.Diff(s.doc, blanked(want, s.doc)); diff != "" {
			w.violated("W2", "%s at %d (own part: %t): %s", s.phone.name, s.at.Offset, s.mine, diff)
		}
	}
}

// tips are the ends of all branches, in the order of offset and hash.
func (p *simPast) tips() []oplog.Hash {
	inner := map[oplog.Hash]bool{}
	for _, e := range p.entries {
		inner[e.prev] = true
	}
	var tips []oplog.Hash
	for h := range p.entries {
		if !inner[h] {
			tips = append(tips, h)
		}
	}
	return tips
}

// blanked is a document in which the texts are gone that are gone in another: who
// folds a log late sees what was blanked meanwhile nowhere any more.
func blanked(doc, other entity.Patch) entity.Patch {
	const gone = `"gone":true`
	out := reducer.Copy(doc)
	for kind, entities := range other {
		for id, e := range entities {
			if is := out[kind][id]; is != nil && bytes.Contains(e, []byte(gone)) && !bytes.Contains(is, []byte(gone)) {
				out[kind][id] = e
			}
		}
	}
	return out
}
