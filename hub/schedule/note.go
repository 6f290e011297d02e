package schedule

import (
	"encoding/json"
	"slices"
	"time"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// note is an announcement.
type note struct {
	id            string
	at, until     int64 // until 0: without end
	room, session string
	urgent        bool
	text          fold.Held[string]
	gone          bool // withdrawn, over, or out of room
}

// notes remembers every announcement, so that an id is not used twice.
type notes struct {
	byID map[string]*note
	live []*note // in the order of the log
}

func newNotes() notes { return notes{byID: make(map[string]*note)} }

func (a *postArgs) valid() bool {
	return strict.ValidULID(a.ID) && a.Until >= 0 && a.Until < maxTime
}

// post judges a new announcement.
func (m *Machine) post(t *fold.Turn) oplog.Outcome {
	var a postArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !moderates(t.Actor) || !m.reachesNote(t.Actor, a.Room, a.Session) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	if n := m.notes.byID[a.ID]; n != nil {
		if n.text.Sum == a.Text {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	switch {
	case a.Room != "" && m.rooms[a.Room] == nil, a.Session != "" && m.talks[a.Session] == nil:
		return oplog.Refuse(oplog.NotFound)
	case a.Until != 0 && a.Until <= t.Ms:
		return oplog.Refuse(oplog.BadTime)
	case len(m.notes.byID) >= MaxAnnouncementsEver:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	if len(m.notes.live) >= MaxAnnouncements {
		m.unpost(t, m.notes.live[0])
	}
	n := &note{
		id: a.ID, at: t.Ms, until: a.Until, room: a.Room, session: a.Session, urgent: a.Urgent,
		text: m.said(t, a.Text),
	}
	m.notes.byID[n.id] = n
	m.notes.live = append(m.notes.live, n)
	m.show(t, kindAnnouncement, n.id)
	return oplog.Done()
}

// withdraw judges taking an announcement back.
func (m *Machine) withdraw(t *fold.Turn) oplog.Outcome {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	n := m.notes.byID[a.ID]
	switch {
	case !moderates(t.Actor):
		return oplog.Refuse(oplog.NotAllowed)
	case n == nil:
		return oplog.Refuse(oplog.NotFound)
	case !m.reachesNote(t.Actor, n.room, n.session):
		return oplog.Refuse(oplog.NotAllowed)
	case n.gone:
		return oplog.Repeated()
	case t.Dry:
		return oplog.Done()
	}
	m.unpost(t, n)
	return oplog.Done()
}

// unpost takes an announcement off the document; of its text only the sum stays.
func (m *Machine) unpost(t *fold.Turn, n *note) {
	n.gone, n.text.Value = true, ""
	m.notes.live = slices.DeleteFunc(m.notes.live, func(o *note) bool { return o == n })
	m.hide(t, kindAnnouncement, n.id)
}

// Deadline is when the first announcement is over.
func (m *Machine) Deadline() (time.Time, bool) {
	var first int64
	for _, n := range m.notes.live {
		if n.until != 0 && (first == 0 || n.until < first) {
			first = n.until
		}
	}
	return time.UnixMilli(first), first != 0
}

// tick takes away what is over by the entry's time. A second tick finds nothing
// and is refused.
func (m *Machine) tick(t *fold.Turn) oplog.Outcome {
	if t.Actor.Role != oplog.System {
		return oplog.Refuse(oplog.NotAllowed)
	}
	var over []*note
	for _, n := range m.notes.live {
		if n.until != 0 && n.until <= t.Ms {
			over = append(over, n)
		}
	}
	if len(over) == 0 {
		return oplog.Refuse(oplog.WrongState)
	}
	if t.Dry {
		return oplog.Done()
	}
	for _, n := range over {
		m.unpost(t, n)
	}
	return oplog.Done()
}
