package entity

import (
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Patch is a part of a document: kind, id, entity; null for one that is gone.
type Patch map[string]map[string]json.RawMessage

// Put encodes one entity into the patch; nil means gone. It panics on a value
// that JSON cannot hold, which is a mistake in the program.
func (p Patch) Put(kind, id string, entity any) {
	b, err := strict.Marshal(entity)
	if err != nil {
		panic(fmt.Sprintf("entity %s/%s does not encode: %v", kind, id, err))
	}
	if p[kind] == nil {
		p[kind] = make(map[string]json.RawMessage)
	}
	p[kind][id] = b
}

// PutRaw puts one entity that is encoded already.
func (p Patch) PutRaw(kind, id string, entity json.RawMessage) {
	if p[kind] == nil {
		p[kind] = make(map[string]json.RawMessage)
	}
	p[kind][id] = entity
}

// Roles is a set of roles.
type Roles uint16

// Has reports whether r is in the set.
func (s Roles) Has(r oplog.Role) bool { return s&(1<<r) != 0 }

// Everybody is every role.
const Everybody = Roles(1<<oplog.NumRoles - 1)

// Mark is since when a role sees an entity as it is, or no longer sees it.
type Mark struct {
	Shown   bool         `json:"s,omitempty"`
	Changed oplog.Offset `json:"c,omitempty"` // what the role sees changed last
	Hidden  oplog.Offset `json:"h,omitempty"` // it stopped being visible; 0 if it never was
	Behind  bool         `json:"b,omitempty"` // it would be shown, were it not for the veil
}

// Item is one entity's place in a Table.
type Item struct {
	kind, id   string
	last       oplog.Offset
	marks      [oplog.NumRoles]Mark
	prev, next *Item
}

// Table orders entities by their last change. The zero Table has none.
type Table struct {
	head  *Item // changed last
	tail  *Item
	items map[name]*Item
	veil  Veil
}

// Veil keeps everything from some roles but the entities of a few kinds. The zero
// Veil keeps nothing from anybody.
type Veil struct {
	Roles Roles
	But   []string
}

// hides reports whether a role is kept from an entity.
func (v *Veil) hides(it *Item, r oplog.Role) bool {
	return v.Roles.Has(r) && !slices.Contains(v.But, it.kind)
}

// name is where an entity stands in the document.
type name struct{ kind, id string }

// Item is an entity's place in the table. A new one, which nobody has seen yet,
// stands behind all that was ever touched, where it cannot end a walk too early.
func (t *Table) Item(kind, id string) *Item {
	if it := t.items[name{kind, id}]; it != nil {
		return it
	}
	if t.items == nil {
		t.items = make(map[name]*Item)
	}
	it := &Item{kind: kind, id: id, prev: t.tail}
	t.items[name{kind, id}] = it
	if t.tail != nil {
		t.tail.next = it
	} else {
		t.head = it
	}
	t.tail = it
	return it
}

// Touch says that the entry at an offset changed the entity: who sees it from
// now on, and whose view of it differs from before. Visibility that comes or
// goes always counts as a difference.
func (t *Table) Touch(it *Item, at oplog.Offset, sees, differs Roles) {
	for r := range it.marks {
		m, see := &it.marks[r], sees.Has(oplog.Role(r))
		if t.veil.hides(it, oplog.Role(r)) {
			m.Behind, see = see, false
		}
		switch {
		case see && (!m.Shown || differs.Has(oplog.Role(r))):
			m.Shown, m.Changed = true, at
		case !see && m.Shown:
			m.Shown, m.Hidden = false, at
		default:
			continue
		}
		it.last = at
	}
	if t.head != it && it.last == at {
		t.unlink(it)
		t.pushFront(it)
	}
}

// Draw hangs a veil before everything, in place of the one that hung there: the
// entry at an offset did it. What it hides is gone for those roles, and what the
// old one hid is there again.
func (t *Table) Draw(v Veil, at oplog.Offset) {
	t.veil = v
	var moved []*Item
	for it := t.tail; it != nil; it = it.prev {
		changed := false
		for r := range it.marks {
			m, hides := &it.marks[r], v.hides(it, oplog.Role(r))
			switch {
			case hides && m.Shown:
				m.Shown, m.Hidden, m.Behind = false, at, true
			case !hides && m.Behind:
				m.Shown, m.Changed, m.Behind = true, at, false
			default:
				continue
			}
			changed = true
		}
		if changed {
			it.last = at
			moved = append(moved, it)
		}
	}
	for _, it := range moved {
		if t.head != it {
			t.unlink(it)
			t.pushFront(it)
		}
	}
}

// Project tells what a role sees of an entity that it sees.
type Project func(kind, id string, role oplog.Role) any

// Since is everything that the role must be told to come from offset n to now;
// nil if that is nothing. From 0 it is the whole document, without nulls, and
// never nil.
func (t *Table) Since(role oplog.Role, n oplog.Offset, project Project) Patch {
	p := Patch{}
	for it := t.head; it != nil && (it.last > n || n == 0); it = it.next {
		m := it.marks[role]
		switch {
		case m.Shown && (m.Changed > n || n == 0):
			p.Put(it.kind, it.id, project(it.kind, it.id, role))
		case !m.Shown && m.Hidden > n && n > 0:
			p.Put(it.kind, it.id, nil)
		}
	}
	if len(p) == 0 && n > 0 {
		return nil
	}
	return p
}

func (t *Table) pushFront(it *Item) {
	it.prev, it.next = nil, t.head
	if t.head != nil {
		t.head.prev = it
	}
	t.head = it
	if t.tail == nil {
		t.tail = it
	}
}

func (t *Table) unlink(it *Item) {
	if it.prev != nil {
		it.prev.next = it.next
	} else {
		t.head = it.next
	}
	if it.next != nil {
		it.next.prev = it.prev
	} else {
		t.tail = it.prev
	}
}
