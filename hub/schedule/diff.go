package schedule

import (
	"slices"
)

// Difference is what importing a programme would change, sessions in the order
// of the programme (cancelled ones by start). A session that was moved and
// renamed stands in both lists.
type Difference struct {
	Added       []Ref    `json:"added"`
	Moved       []Move   `json:"moved"` // another start or end
	RoomChanged []Move   `json:"roomChanged"`
	Renamed     []Rename `json:"renamed"`
	Edited      []Ref    `json:"edited"` // other texts: people, track, description …
	Cancelled   []Ref    `json:"cancelled"`
	Restored    []Ref    `json:"restored"`
	Unchanged   int      `json:"unchanged"`
}

// Ref names a session.
type Ref struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

// Slot is when and where a session is. Times are milliseconds since 1970; Room
// is the room's name.
type Slot struct {
	Start int64  `json:"start"`
	End   int64  `json:"end"`
	Room  string `json:"room"`
}

// Move is a session that changes its slot.
type Move struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Was   Slot   `json:"was"`
	Now   Slot   `json:"now"`
}

// Rename is a session that changes its title.
type Rename struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Was   string `json:"was"`
}

// Diff tells what importing a programme would change now. The error is that of
// [Programme.Complete].
func Diff(m *Machine, p Programme) (Difference, error) {
	p, err := p.Complete()
	if err != nil {
		return Difference{}, err
	}
	d := &differ{m: m, rooms: make(map[string]string, len(p.Rooms)), has: make(map[string]bool, len(p.Sessions))}
	d.out = Difference{
		Added: []Ref{}, Moved: []Move{}, RoomChanged: []Move{}, Renamed: []Rename{},
		Edited: []Ref{}, Cancelled: []Ref{}, Restored: []Ref{},
	}
	for _, r := range p.Rooms {
		d.rooms[r.ID] = r.Name
	}
	for i := range p.Sessions {
		d.session(&p.Sessions[i])
	}
	for _, s := range m.inOrder() {
		switch {
		case d.has[s.id]:
		case s.cancelled:
			d.out.Unchanged++
		default:
			d.out.Cancelled = append(d.out.Cancelled, Ref{ID: s.id, Title: s.title.Value})
		}
	}
	return d.out, nil
}

type differ struct {
	m     *Machine
	rooms map[string]string // names by id, of the programme
	has   map[string]bool   // sessions of the programme
	out   Difference
}

func (d *differ) session(n *Session) {
	d.has[n.ID] = true
	ref := Ref{ID: n.ID, Title: n.Title}
	s := d.m.talks[n.ID]
	if s == nil {
		d.out.Added = append(d.out.Added, ref)
		return
	}
	same := true
	note := func(changed bool, tell func()) {
		if changed {
			same = false
			tell()
		}
	}
	move := Move{ID: n.ID, Title: n.Title, Was: d.was(s), Now: Slot{n.Start.UnixMilli(), n.End.UnixMilli(), d.rooms[n.Room]}}
	note(s.cancelled, func() { d.out.Restored = append(d.out.Restored, ref) })
	note(s.start != move.Now.Start || s.end != move.Now.End, func() { d.out.Moved = append(d.out.Moved, move) })
	note(s.room != n.Room, func() { d.out.RoomChanged = append(d.out.RoomChanged, move) })
	note(s.title.Value != n.Title, func() {
		d.out.Renamed = append(d.out.Renamed, Rename{ID: n.ID, Title: n.Title, Was: s.title.Value})
	})
	note(!s.look.Value.equal(n.look()) || s.deep.Value != n.deep(), func() { d.out.Edited = append(d.out.Edited, ref) })
	if same {
		d.out.Unchanged++
	}
}

func (d *differ) was(s *talk) Slot {
	slot := Slot{Start: s.start, End: s.end, Room: s.room}
	if r := d.m.rooms[s.room]; r != nil {
		slot.Room = r.name.Value
	}
	return slot
}

func (l look) equal(o look) bool {
	return l.Subtitle == o.Subtitle && l.Track == o.Track && l.Type == o.Type && l.Language == o.Language &&
		slices.Equal(l.Speakers, o.Speakers)
}
