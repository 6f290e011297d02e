package entity_test

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"math/rand/v2"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/oplog"
)

// The toy topic: eight notes that appear, change, and are shown or hidden, to
// all or to moderators only. Its machine is as small as one can be around a
// Table.

// change is an entry of the toy's log.
type change struct {
	offset oplog.Offset
	hash   oplog.Hash
	note   int
	value  int
	sees   entity.Roles
	hints  bool // only moderators see a difference
	veils  bool // a veil is hung before the attendees, or taken away, and nothing else
}

// toy is a machine of notes.
type toy struct {
	table  entity.Table
	values map[string]*[2]int // for attendees, for moderators
	veiled bool
}

func newToy() *toy { return &toy{values: map[string]*[2]int{}} }

func (y *toy) apply(c change) {
	if c.veils {
		if y.veiled = !y.veiled; y.veiled {
			y.table.Draw(entity.Veil{Roles: 1 << oplog.Attendee}, c.offset)
		} else {
			y.table.Draw(entity.Veil{}, c.offset)
		}
		return
	}
	id := fmt.Sprint(c.note)
	if y.values[id] == nil {
		y.values[id] = &[2]int{}
	}
	y.values[id][1] = c.value
	differs := staff
	if !c.hints {
		y.values[id][0] = c.value
		differs = entity.Everybody
	}
	y.table.Touch(y.table.Item("note", id), c.offset, c.sees, differs)
}

func (y *toy) since(role oplog.Role, n oplog.Offset) entity.Patch {
	return y.table.Since(role, n, func(_, id string, role oplog.Role) any {
		if role == oplog.Attendee {
			return y.values[id][0]
		}
		return y.values[id][1]
	})
}

// history is one chain of changes, and every document it ever gave.
type history struct {
	rng  *rand.Rand
	log  []change
	docs map[place]entity.Patch
	made int
}

// place is one point of one history, as one role sees it.
type place struct {
	hash oplog.Hash
	role oplog.Role
}

var viewers = []oplog.Role{oplog.Attendee, oplog.Moderator}

func newHistory(rng *rand.Rand) *history {
	return &history{rng: rng, docs: map[place]entity.Patch{}}
}

// add appends a random change. Two histories that part never have a hash in
// common behind the fork.
func (h *history) add() {
	h.made++
	sum := sha256.Sum256(fmt.Append(nil, h.made))
	h.log = append(h.log, change{
		offset: oplog.Offset(len(h.log) + 1), hash: oplog.Hash(sum[:8]),
		note: h.rng.IntN(8), value: h.made,
		sees:  []entity.Roles{all, all, staff, 0}[h.rng.IntN(4)],
		hints: h.rng.IntN(3) == 0, veils: h.rng.IntN(8) == 0,
	})
	y := newToy()
	for _, c := range h.log {
		y.apply(c)
	}
	for _, role := range viewers {
		h.docs[place{h.log[len(h.log)-1].hash, role}] = y.since(role, 0)
	}
}

// restoreBackup forgets the newest changes, as a backup put back would.
func (h *history) restoreBackup() { h.log = h.log[:len(h.log)-h.rng.IntN(min(10, len(h.log)))] }

// check compares a client with what its place in history looked like.
func (h *history) check(c *reducer.Client, role oplog.Role) string {
	if c.Pos.Offset == 0 {
		return ""
	}
	doc, ok := h.docs[place{c.Pos.Hash, role}]
	if !ok {
		return fmt.Sprintf("%s stands at %d, which never was", role, c.Pos.Offset)
	}
	if diff := reducer.Diff(c.Doc, doc); diff != "" {
		return fmt.Sprintf("%s at %d: %s", role, c.Pos.Offset, diff)
	}
	return ""
}

// decode copies a patch by way of JSON, as the wire does.
func decode(p entity.Patch) entity.Patch {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	var out entity.Patch
	if err := json.Unmarshal(b, &out); err != nil {
		panic(err)
	}
	return out
}
