package schedule

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Info is what is known of the conference as a whole. Times are milliseconds
// since 1970.
type Info struct {
	Title, Zone  string
	Start, End   int64
	Version, URL string
}

// Item is a session in a list.
type Item struct {
	ID, Title  string
	Start, End int64  // milliseconds since 1970
	Room       string // a Room's ID
	Day        int
	State      string // Planned or Cancelled
	Code       string
}

// Detail is everything that is known of a session.
type Detail struct {
	Item
	Subtitle, Track, Type, Language string
	Speakers                        []string
	Abstract, Description, URL      string
}

// Conference tells what is known of the whole; zero before the first import.
func (m *Machine) Conference() Info {
	c := &m.conf
	return Info{
		Title: c.title.Value, Zone: c.zone, Start: c.start, End: c.end,
		Version: c.about.Value.Version, URL: c.about.Value.URL,
	}
}

// Rooms lists the rooms in their order.
func (m *Machine) Rooms() []Room {
	all := make([]*room, 0, len(m.rooms))
	for _, r := range m.rooms {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b *room) int { return cmp.Or(cmp.Compare(a.order, b.order), strings.Compare(a.id, b.id)) })
	out := make([]Room, len(all))
	for i, r := range all {
		out[i] = Room{ID: r.id, Name: r.name.Value}
	}
	return out
}

// Sessions lists all sessions by start, then by the rooms' order, then by id.
func (m *Machine) Sessions() []Item {
	all := m.inOrder()
	out := make([]Item, len(all))
	for i, s := range all {
		out[i] = s.item()
	}
	return out
}

// Session returns one session with everything that is known of it.
func (m *Machine) Session(id string) (Detail, bool) {
	s := m.talks[id]
	if s == nil {
		return Detail{}, false
	}
	l, d := &s.look.Value, &s.deep.Value
	return Detail{
		Item: s.item(), Subtitle: l.Subtitle, Track: l.Track, Type: l.Type, Language: l.Language,
		Speakers: slices.Clone(l.Speakers), Abstract: d.Abstract, Description: d.Description, URL: d.URL,
	}, true
}

// Now lists the planned sessions that run at a time, in a room or (with an empty
// id) in all.
func (m *Machine) Now(at time.Time, room string) []Item {
	ms := at.UnixMilli()
	var out []Item
	for _, s := range m.inOrder() {
		if s.counts(room) && s.start <= ms && ms < s.end {
			out = append(out, s.item())
		}
	}
	return out
}

// Next returns the planned session that begins first after a time, in a room or
// (with an empty id) in any.
func (m *Machine) Next(at time.Time, room string) (Item, bool) {
	for _, s := range m.inOrder() {
		if s.counts(room) && s.start > at.UnixMilli() {
			return s.item(), true
		}
	}
	return Item{}, false
}

func (s *talk) counts(room string) bool { return !s.cancelled && (room == "" || s.room == room) }

func (s *talk) item() Item {
	return Item{
		ID: s.id, Title: s.title.Value, Start: s.start, End: s.end, Room: s.room, Day: s.day,
		State: s.state(), Code: s.code,
	}
}

// inOrder is the list that all others are taken from; it is kept until a session
// changes.
func (m *Machine) inOrder() []*talk {
	if m.sorted != nil {
		return m.sorted
	}
	m.sorted = make([]*talk, 0, len(m.talks))
	for _, s := range m.talks {
		m.sorted = append(m.sorted, s)
	}
	slices.SortFunc(m.sorted, func(a, b *talk) int {
		return cmp.Or(cmp.Compare(a.start, b.start), cmp.Compare(m.order(a), m.order(b)), strings.Compare(a.id, b.id))
	})
	return m.sorted
}

func (m *Machine) order(s *talk) int {
	if r := m.rooms[s.room]; r != nil {
		return r.order
	}
	return MaxRooms
}
