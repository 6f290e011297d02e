package schedule

import (
	"strconv"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// The kinds of entity.
const (
	kindConference   = "conference"
	kindDay          = "day"
	kindRoom         = "room"
	kindSession      = "session"
	kindAnnouncement = "announcement"

	single = "_" // the one id of a kind that has one entity
)

// The states of a session.
const (
	Planned   = "planned"
	Cancelled = "cancelled"
)

type (
	conferenceView struct {
		Title   string `json:"title"`
		Zone    string `json:"zone"`
		Start   int64  `json:"start"`
		End     int64  `json:"end"`
		Version string `json:"version,omitempty"`
		URL     string `json:"url,omitempty"`
	}
	dayView struct {
		Date  string `json:"date"`
		Start int64  `json:"start"`
		End   int64  `json:"end"`
	}
	roomView struct {
		Name  string `json:"name"`
		Order int    `json:"order"`
	}
	sessionView struct {
		Title string `json:"title"`
		Start int64  `json:"start"`
		End   int64  `json:"end"`
		Room  string `json:"room"`
		Day   int    `json:"day"`
		look
		State string   `json:"state"`
		Was   *wasView `json:"was,omitempty"`
		Code  string   `json:"code"`
	}
	wasView struct {
		Start *int64  `json:"start,omitempty"`
		End   *int64  `json:"end,omitempty"`
		Room  *string `json:"room,omitempty"`
		Title *string `json:"title,omitempty"`
	}
	noteView struct {
		Text    string `json:"text"`
		At      int64  `json:"at"`
		Until   int64  `json:"until,omitempty"`
		Room    string `json:"room,omitempty"`
		Session string `json:"session,omitempty"`
		Urgent  bool   `json:"urgent,omitempty"`
	}
)

// Since is what a role must be told to come from offset n to now: nil for
// nothing; from 0 the whole document. All roles see the same.
func (m *Machine) Since(role oplog.Role, n oplog.Offset) entity.Patch {
	return m.table.Since(role, n, m.project)
}

// Mine is empty: nothing in a programme belongs to one person.
func (m *Machine) Mine(oplog.ActorID, oplog.Offset) entity.Patch { return nil }

func (m *Machine) project(kind, id string, _ oplog.Role) any {
	switch kind {
	case kindConference:
		c := &m.conf
		return conferenceView{
			Title: c.title.Value, Zone: c.zone, Start: c.start, End: c.end,
			Version: c.about.Value.Version, URL: c.about.Value.URL,
		}
	case kindDay:
		n, _ := strconv.Atoi(id)
		d := m.days[n]
		return dayView{Date: d.Date, Start: d.Start, End: d.End}
	case kindRoom:
		r := m.rooms[id]
		return roomView{Name: r.name.Value, Order: r.order}
	case kindAnnouncement:
		n := m.notes.byID[id]
		return noteView{Text: n.text.Value, At: n.at, Until: n.until, Room: n.room, Session: n.session, Urgent: n.urgent}
	}
	return m.talks[id].view()
}

func (s *talk) view() sessionView {
	return sessionView{
		Title: s.title.Value, Start: s.start, End: s.end, Room: s.room, Day: s.day, look: s.look.Value,
		State: s.state(), Was: s.was.view(), Code: s.code,
	}
}

func (s *talk) state() string {
	if s.cancelled {
		return Cancelled
	}
	return Planned
}

func (w *was) view() *wasView {
	if *w == (was{}) {
		return nil
	}
	v := &wasView{Start: w.start, End: w.end, Room: w.room}
	if w.title != nil {
		v.Title = &w.title.Value
	}
	return v
}
