package session

import (
	"fmt"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// fate is where a question stands.
//
//	         ask, moderated        approve            answer
//	      ┌───────────▶ pending ───────────▶ live ───────────▶ answered
//	ask ──┤                ▲ ▲   edited again │ │               │   │
//	      └────────────────┼─┼────────────────┘ │    restore    │   │ room needed,
//	        unmoderated    │ └──── restore ─────┼───────────────┘   ▼ archive, clear
//	                       │                    │               archived
//	                       ├─ dismissed ◀───────┤ dismiss           ▲
//	                       └─ merged    ◀───────┘ merge             │
//	                              └─────────────────────────────────┘ too many
//
// The asker may withdraw it from anywhere before it is answered. What a
// moderator entered and took back is void: it never was.
type fate uint8

const (
	pending fate = iota
	live
	answered
	dismissed
	withdrawn
	archived
	merged
	void
)

var fateNames = [...]string{"pending", "live", "answered", "dismissed", "withdrawn", "archived", "merged", "void"}

func (f fate) String() string { return fateNames[f] }

// MarshalText writes the fate as it stands in documents.
func (f fate) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (f *fate) UnmarshalText(b []byte) error {
	i := slices.Index(fateNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("%.20q is not a fate", b)
	}
	*f = fate(i)
	return nil
}

// words is a text that can be taken away. What it measures is public and stays;
// the text itself is private, and nothing is decided by it. It is also its own
// form in a snapshot.
type words struct {
	At   oplog.Offset `json:"a,omitempty"` // entry that holds it
	Size int          `json:"s,omitempty"` // bytes as JSON
	Sum  fold.Sum     `json:"h"`
	Text string       `json:"t,omitempty"`
	Gone bool         `json:"g,omitempty"` // blanked or unreadable
	// Eye is the first of two who must see it, in staff.list; 0 once both have.
	Eye int32 `json:"y,omitempty"`
}

// bare is what everybody may know of a text: all that is decided by.
func (w words) bare() words {
	w.Text, w.Gone = "", false
	return w
}

func (w *words) drop() { w.Text, w.Gone = "", true }

// The four things of a question that moderators change, each taken back as a
// whole. They are also their own form in a snapshot.
type (
	// standing is where a question stands, and who put it there.
	standing struct {
		Fate    fate         `json:"f"`
		Before  fate         `json:"b,omitempty"` // it was archived or merged from there
		Moved   oplog.Offset `json:"m,omitempty"` // since when it has this fate
		WasLive bool         `json:"l,omitempty"`
		By      int32        `json:"y,omitempty"` // in staff.list; 0: no moderator
		When    int64        `json:"w,omitempty"` // milliseconds since 1970
		Why     string       `json:"r,omitempty"` // one of whys, of a dismissed one
		Note    words        `json:"n,omitzero"`  // beside it, for moderators
		Into    int32        `json:"i,omitempty"` // number of the question it was merged into, plus 1
		Eye     int32        `json:"e,omitempty"` // in staff.list: the first of two who approve
	}
	marks struct {
		Star   oplog.Offset `json:"star,omitempty"` // on the stage queue since
		Pin    oplog.Offset `json:"pin,omitempty"`
		Labels uint32       `json:"labels,omitempty"` // bit n-1 for label n
	}
	said struct {
		Text   words  `json:"t"`
		Name   words  `json:"name,omitzero"`
		Lang   string `json:"lang,omitempty"` // it is written in; empty: nobody knows
		Edited bool   `json:"edited,omitempty"`
	}
)

func (s standing) bare() standing {
	s.Note = s.Note.bare()
	return s
}

func (s said) bare() said {
	s.Text, s.Name = s.Text.bare(), s.Name.bare()
	return s
}

// question is one question and its two entities.
type question struct {
	id     string
	number int32  // in board.list
	asker  int32  // in people.list; 0 if a moderator entered it for somebody
	at     int64  // when it was asked, milliseconds since 1970
	from   string // floor, stream or paper, if a moderator entered it
	held   string // why it waits though nothing else would make it wait

	standing
	marks
	said
	answer  words        // in writing, by a moderator
	inOther []*rendering // in other languages, by those

	first   [2]fold.Sum    // text and name as first asked, to know the same ask again
	same    fold.Sum       // of its letters, to know that another asked the same
	edits   int            // how often it was reworded
	offsets []oplog.Offset // entries that hold texts of it and were not blanked

	status   fold.Register // its fate, as moderators set it
	wording  fold.Register // its text
	reply    fold.Register // its answer
	marksSet []markRegister
	told     oplog.Offset
	noted    oplog.Offset // the step that has noted what it was before

	// What follows from the rest, see tally.go.
	own, all tally
	members  []*question // merged into it

	entity, tally *entity.Item
}

func (q *question) size() int {
	return q.Text.Size + q.Name.Size + q.answer.Size + q.Note.Size + q.renderedSize()
}

// on reports whether questions of this fate stand on the board, for all to see.
func (f fate) on() bool { return f == live || f == answered }

func (q *question) on() bool { return q.Fate.on() }

// over reports whether it stands nowhere, never to come back.
func (q *question) over() bool { return q.Fate == withdrawn || q.Fate == void }

// texts are all texts that the question holds now.
func (q *question) texts() [4]*words { return [4]*words{&q.Text, &q.Name, &q.answer, &q.Note} }

// touch says that everybody who sees the question sees it differently now.
func (m *Machine) touch(t *fold.Turn, q *question) { m.touchFor(t, q, everyone) }

// touchFor says it of some who see it.
func (m *Machine) touchFor(t *fold.Turn, q *question, differs entity.Roles) {
	sees := seers(q.Fate)
	m.table.Touch(q.entity, t.Offset, sees, differs)
	m.table.Touch(q.tally, t.Offset, sees, 0)
	m.touchRenderings(t, q, differs)
}

// askerOf is the person who asked, nobody for what a moderator entered.
func (m *Machine) askerOf(q *question) *member { return &m.people.list[q.asker] }

// isAsker reports whether the actor asked the question.
func (m *Machine) isAsker(t *fold.Turn, q *question) bool {
	return q.asker != 0 && m.askerOf(q).id == t.Actor.ID
}

// asked returns the question of an id if the actor may speak of it as its asker.
func (m *Machine) asked(t *fold.Turn, id string) (*question, oplog.Reason) {
	q := m.board.byID[id]
	switch {
	case q == nil:
		return nil, oplog.NotFound
	case m.isAsker(t, q):
		return q, ""
	case !q.on() && !staff.Has(t.Actor.Role):
		return nil, oplog.NotFound
	}
	return nil, oplog.NotAllowed
}

// concerns notes that the own part of a question's asker has changed.
func (m *Machine) concerns(o *oplog.Outcome, t *fold.Turn, q *question) {
	q.told = t.Offset
	if !m.isAsker(t, q) {
		o.Concern(m.askerOf(q).id)
	}
}
