package session

import (
	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// fate is where a question stands.
//
//	         ask, moderated        approve            answer
//	      ┌───────────▶ pending ───────────▶ live ───────────▶ answered
//	ask ──┤                ▲ ▲   edited again │ │               │   │
//	      └────────────────┼─┼────────────────┘ │    restore    │   │ room needed
//	        unmoderated    │ └──── restore ─────┼───────────────┘   ▼
//	                       │                    │               archived
//	                       └─ dismissed ◀───────┘ dismiss           ▲
//	                              └─────────────────────────────────┘ too many
//
// The asker may withdraw it from anywhere before it is answered.
type fate uint8

const (
	pending fate = iota
	live
	answered
	dismissed
	withdrawn
	archived
)

func (f fate) String() string {
	return [...]string{"pending", "live", "answered", "dismissed", "withdrawn", "archived"}[f]
}

// MarshalText writes the fate as it stands in documents.
func (f fate) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// words is a text that can be taken away. What it measures is public and stays;
// the text itself is private, and nothing is decided by it. It is also its own
// form in a snapshot.
type words struct {
	At   oplog.Offset `json:"a,omitempty"` // entry that holds it
	Size int          `json:"s,omitempty"` // bytes as JSON
	Sum  fold.Sum     `json:"h"`
	Text string       `json:"t,omitempty"`
	Gone bool         `json:"g,omitempty"` // blanked or unreadable
}

// question is one question and its two entities.
type question struct {
	id     string
	number int32 // in board.list
	asker  int32 // in people.list
	at     int64 // when it was asked, milliseconds since 1970
	lang   string

	fate    fate
	before  fate         // it was archived from there
	moved   oplog.Offset // since when it has this fate
	wasLive bool
	edits   int
	votes   int

	text, name words
	first      [2]fold.Sum    // text and name as first asked, to know the same ask again
	offsets    []oplog.Offset // entries that hold texts of it and were not blanked

	status  fold.Register // its fate, as moderators set it
	wording fold.Register // its text
	told    oplog.Offset

	entity, tally *entity.Item
}

func (q *question) size() int { return q.text.Size + q.name.Size }

// on reports whether the question stands on the board, for all to see.
func (q *question) on() bool { return q.fate == live || q.fate == answered }

// othersVoted reports whether anybody but the asker votes for it.
func (q *question) othersVoted(asker *member) bool {
	own := 0
	if b, ok := asker.ballot(q.number); ok && b.on {
		own = 1
	}
	return q.votes > own
}

// touch says that everybody who sees the question sees it differently now.
func (m *Machine) touch(t *fold.Turn, q *question) {
	sees := seers(q.fate)
	m.table.Touch(q.entity, t.Offset, sees, everyone)
	m.table.Touch(q.tally, t.Offset, sees, 0)
}

// own returns the question of an id if the actor may speak of it as its asker.
func (m *Machine) own(t *fold.Turn, id string) (*question, oplog.Reason) {
	q := m.board.byID[id]
	switch {
	case q == nil:
		return nil, oplog.NotFound
	case m.people.list[q.asker].id == t.Actor.ID:
		return q, ""
	case !q.on() && !staff.Has(t.Actor.Role):
		return nil, oplog.NotFound
	}
	return nil, oplog.NotAllowed
}

// ownerOf names the asker, if that is somebody else than the actor.
func (m *Machine) ownerOf(t *fold.Turn, q *question) oplog.ActorID {
	if id := m.people.list[q.asker].id; id != t.Actor.ID {
		return id
	}
	return oplog.ActorID{}
}
