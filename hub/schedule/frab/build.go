package frab

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"majlis/hub/schedule"
	"majlis/hub/strict"
)

// builder decides what a file means.
type builder struct {
	warnings
	file   *file
	zone   *time.Location
	change time.Duration // when a day changes
	slot   time.Duration // how long a talk without length is
	rooms  map[string]string
	keys   *keys
	out    schedule.Programme
	drift  []*rawEvent // talks whose start is not their date in the zone
}

const (
	// usualChange is when a day of the programme changes in a file that does not
	// say: pretalx and frab have this hour.
	usualChange = 4 * time.Hour
	// usualSlot is the timeslot of most files.
	usualSlot = 5 * time.Minute
	// maxID leaves room for what follows the conference's id in a session's.
	maxID = 40
)

func build(f *file, o Options) (Report, error) {
	b := &builder{file: f, rooms: make(map[string]string), change: usualChange, slot: usualSlot}
	for _, odd := range f.oddity {
		b.tell(odd.Line, Odd, odd.Text, odd.Text)
	}
	var err error
	if b.zone, err = b.zoneOf(o); err != nil {
		return Report{}, err
	}
	if err := b.conference(); err != nil {
		return Report{}, err
	}
	b.keys = newKeys(f)
	if err := b.days(); err != nil {
		return Report{}, err
	}
	if len(b.out.Sessions) == 0 {
		return Report{}, refuse(0, Empty, "the file has no talks; there is nothing to import")
	}
	b.tellDrift()
	if _, err := b.out.Complete(); err != nil {
		return Report{}, err
	}
	return b.report(), nil
}

func (b *builder) report() Report {
	r := Report{
		Programme: b.out, Zone: b.out.Conference.Zone, Days: len(b.out.Days), Rooms: len(b.out.Rooms),
		Sessions: len(b.out.Sessions), Warnings: b.list(),
	}
	for i := range b.out.Sessions {
		s := &b.out.Sessions[i]
		if r.First.IsZero() || s.Start.Before(r.First) {
			r.First = s.Start
		}
		if s.End.After(r.Last) {
			r.Last = s.End
		}
	}
	return r
}

func (b *builder) conference() error {
	c := &b.file.conf
	out := &b.out.Conference
	out.Title, out.Version, out.Zone = strict.Line(c.title), strict.Line(b.file.version), b.zone.String()
	out.URL = link(c.url)
	if out.URL == "" {
		out.URL = link(c.base)
	}
	if out.ID = schedule.Slug(c.acronym, maxID); out.ID == "" {
		out.ID = schedule.Slug(c.title, maxID)
	}
	if out.ID == "" && c.title+c.acronym == "" {
		return refuse(c.line, NoName, "the conference has neither an acronym nor a title")
	}
	if out.ID == "" {
		out.ID = schedule.SessionID("conference", c.title+c.acronym) // a name in another script: its sum
		b.warn(c.line, NoID, "no id can be made of %s; %s is used", quote(c.title+c.acronym), out.ID)
	}
	if out.Title == "" {
		out.Title = strict.Line(c.acronym)
	}
	if change, ok := clock(c.dayChange); ok {
		b.change = change
	}
	if slot, _, ok := duration(c.slots); ok && slot > 0 && slot <= time.Hour {
		b.slot = slot
	}
	b.span()
	return nil
}

// span reads when the conference begins and ends; a plain date is the whole day.
func (b *builder) span() {
	c, out := &b.file.conf, &b.out.Conference
	if s, ok := parseStamp(c.start, b.zone); ok {
		out.Start = s.t.In(b.zone)
	} else if c.start != "" {
		b.warn(c.line, ConferenceDates, "the conference's start %s is no date", quote(c.start))
	}
	if s, ok := parseStamp(c.end, b.zone); ok {
		if out.End = s.t.In(b.zone); !s.clock {
			out.End = out.End.AddDate(0, 0, 1)
		}
	} else if c.end != "" {
		b.warn(c.line, ConferenceDates, "the conference's end %s is no date", quote(c.end))
	}
	if out.End.Before(out.Start) {
		b.warn(c.line, ConferenceDates, "the conference ends before it begins; its talks say when it is")
		out.Start, out.End = time.Time{}, time.Time{}
	}
	if out.Start.Year() > 1 && out.Start.UnixMilli() <= 0 || out.End.Year() > 2900 {
		b.warn(c.line, ConferenceDates, "the conference's dates are out of all bounds; its talks say when it is")
		out.Start, out.End = time.Time{}, time.Time{}
	}
}

// room is the id of a room, made when its name is met for the first time.
func (b *builder) room(e *rawEvent) string {
	name := strict.Line(e.room)
	if name == "" {
		b.warn(e.line, NoRoom, "a talk has no room; it is listed under –")
		name = "–"
	}
	if id := b.rooms[name]; id != "" {
		return id
	}
	id := schedule.RoomID(name)
	for slices.ContainsFunc(b.out.Rooms, func(r schedule.Room) bool { return r.ID == id }) {
		id += "-2"
	}
	b.rooms[name] = id
	b.out.Rooms = append(b.out.Rooms, schedule.Room{ID: id, Name: name})
	return id
}

// session makes a talk of an event whose time is known.
func (b *builder) session(e *rawEvent, day int, date string, start, end time.Time) schedule.Session {
	s := schedule.Session{
		Title: e.title, Subtitle: e.subtitle, Start: start, End: end, Room: b.room(e), Day: day,
		Track: e.track, Type: e.kind, Language: e.language, Speakers: e.persons,
		Abstract: plain(e.abstract), Description: plain(e.description), URL: link(e.url),
	}
	if strict.Line(e.title) == "" {
		b.warn(e.line, NoTitle, "a talk has no title")
	}
	if cut := s.Fit(); len(cut) > 0 {
		b.warn(e.line, Cut, "too long, and was cut: %s", strings.Join(slices.Compact(cut), ", "))
	}
	s.Key = b.keys.of(b, e, date, start)
	return s
}

// link keeps addresses that a browser may open.
func link(s string) string {
	s = strings.TrimSpace(s)
	if strings.HasPrefix(s, "https://") || strings.HasPrefix(s, "http://") {
		return s
	}
	return ""
}

// sortDay puts the sessions of a day into the order of the programme.
func sortDay(list []schedule.Session) {
	slices.SortStableFunc(list, func(a, c schedule.Session) int {
		return cmp.Or(a.Start.Compare(c.Start), cmp.Compare(a.End.UnixMilli(), c.End.UnixMilli()))
	})
}
