package schedule

import (
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Programme is what a file says a conference will be. Rooms stand in the order
// in which they are shown. It is a plain value of whoever made it.
type Programme struct {
	Conference Conference
	Days       []Day
	Rooms      []Room
	Sessions   []Session
}

// Conference is what a programme says of the whole.
type Conference struct {
	ID         string // of the topic: schedule/<ID>
	Title      string
	Zone       string // name in the time zone database
	Start, End time.Time
	Version    string // free text
	URL        string
}

// Day is one day of the programme. It need not begin at midnight.
type Day struct {
	N          int    // from 1
	Date       string // "2026-12-01"
	Start, End time.Time
}

// Room is one room. Its ID has the shape of [oplog.ValidID].
type Room struct{ ID, Name string }

// Session is one talk, panel or workshop.
type Session struct {
	// Key tells the session again in a later file: its guid. It makes the ID
	// unless there is one.
	Key, ID               string
	Title, Subtitle       string
	Start, End            time.Time
	Room                  string // a Room's ID
	Day                   int    // a Day's N
	Track, Type, Language string
	Speakers              []string
	Abstract, Description string
	URL                   string
}

// Complete returns the programme as it can be imported: texts cleaned and cut to
// their limits, ids made where there are none. The error says what cannot be
// imported and what to do.
func (p Programme) Complete() (Programme, error) {
	if !oplog.ValidID(p.Conference.ID) || len(p.Conference.ID) > maxConferenceID {
		return p, fmt.Errorf("%.80q cannot name a conference: want 1 to %d of a-z, 0-9 and inner hyphens", p.Conference.ID, maxConferenceID)
	}
	c := &p.Conference
	c.Title, c.Version, c.URL = fit(c.Title, MaxTitle), fit(c.Version, MaxWord), fit(c.URL, MaxURL)
	if c.Title == "" {
		c.Title = c.ID
	}
	if err := p.checkSize(); err != nil {
		return p, err
	}
	p.Rooms = append([]Room(nil), p.Rooms...)
	for i := range p.Rooms {
		p.Rooms[i].Name = fit(p.Rooms[i].Name, MaxWord)
		if p.Rooms[i].Name == "" {
			p.Rooms[i].Name = p.Rooms[i].ID
		}
	}
	p.Sessions = append([]Session(nil), p.Sessions...)
	for i := range p.Sessions {
		p.Sessions[i].Fit()
	}
	p.name()
	p.span()
	return p, p.check()
}

// span gives a conference without dates those of its sessions.
func (p *Programme) span() {
	c := &p.Conference
	for i := range p.Sessions {
		s := &p.Sessions[i]
		if c.Start.IsZero() || s.Start.Before(c.Start) {
			c.Start = s.Start
		}
		if c.End.IsZero() || s.End.After(c.End) {
			c.End = s.End
		}
	}
}

func (p *Programme) checkSize() error {
	switch {
	case len(p.Sessions) > MaxSessions:
		return fmt.Errorf("the programme has %d sessions, at most %d can be imported", len(p.Sessions), MaxSessions)
	case len(p.Rooms) > MaxRooms:
		return fmt.Errorf("the programme has %d rooms, at most %d can be imported", len(p.Rooms), MaxRooms)
	case len(p.Days) > MaxDays:
		return fmt.Errorf("the programme has %d days, at most %d can be imported", len(p.Days), MaxDays)
	}
	return nil
}

// maxConferenceID leaves room for "-" and a session's eight characters.
const maxConferenceID = 64 - 1 - idChars

const idChars = 8

// name gives ids to the sessions that have none. The same key always gives the
// same id; where two meet, the later one in the file takes the next.
func (p *Programme) name() {
	taken := make(map[string]bool, len(p.Sessions))
	for i := range p.Sessions {
		taken[p.Sessions[i].ID] = true
	}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		for try := 0; s.ID == ""; try++ {
			id := SessionID(p.Conference.ID, s.Key+strings.Repeat("\x00", try))
			if !taken[id] {
				s.ID, taken[id] = id, true
			}
		}
	}
}

// SessionID is the id that a key gets in a conference.
func SessionID(conference, key string) string { return conference + "-" + short(key) }

func short(s string) string {
	sum := sha256.Sum256([]byte(s))
	return strings.ToLower(base32.StdEncoding.EncodeToString(sum[:5]))
}

// Slug makes an id of a name: its letters and digits of ASCII, the rest as
// hyphens, at most limit bytes. What is left of a name in another script may be
// nothing, and then the slug is empty.
func Slug(name string, limit int) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := b.String()
	return strings.Trim(s[:min(len(s), limit)], "-")
}

// RoomID is the id of a room's name: readable where the name is, and always the
// same. Two names may share a slug, so every name that is not its own slug, but
// for case and blanks, gets a part of its sum.
func RoomID(name string) string {
	const limit = 24
	slug := Slug(name, limit)
	if slug == "" {
		return "room-" + short(name)
	}
	if slug == strings.ReplaceAll(strings.ToLower(name), " ", "-") {
		return slug
	}
	return slug + "-" + short(name)[:4]
}

// Fit cleans the session's texts and cuts those that are too long; it returns
// the names of the fields that were cut.
func (s *Session) Fit() (cut []string) {
	short := func(field string, text *string, limit int) {
		var was bool
		if *text, was = strict.Cut(strict.Line(*text), limit); was {
			cut = append(cut, field)
		}
	}
	short("title", &s.Title, MaxTitle)
	short("subtitle", &s.Subtitle, MaxTitle)
	short("track", &s.Track, MaxWord)
	short("type", &s.Type, MaxWord)
	short("language", &s.Language, MaxLanguage)
	short("url", &s.URL, MaxURL)
	if s.Title == "" {
		s.Title = "–"
	}
	speakers := make([]string, 0, len(s.Speakers))
	for _, name := range s.Speakers {
		if short("speakers", &name, MaxWord); name != "" {
			speakers = append(speakers, name)
		}
	}
	if len(speakers) > MaxSpeakers {
		speakers, cut = speakers[:MaxSpeakers], append(cut, "speakers")
	}
	s.Speakers = speakers
	return append(cut, s.fitProse()...)
}

// fitProse lets abstract and description share their limit: the abstract comes
// first, and leaves the description half of it at least.
func (s *Session) fitProse() (cut []string) {
	var was bool
	s.Description = strict.Prose(s.Description)
	left := MaxProse - min(strict.TextSize(s.Description), MaxProse/2)
	if s.Abstract, was = strict.Cut(strict.Prose(s.Abstract), left); was {
		cut = append(cut, "abstract")
	}
	if s.Description, was = strict.Cut(s.Description, MaxProse-strict.TextSize(s.Abstract)); was {
		cut = append(cut, "description")
	}
	return cut
}

func fit(s string, limit int) string {
	s, _ = strict.Cut(strict.Line(s), limit)
	return s
}

// check refuses what the fold would refuse, in words.
func (p *Programme) check() error {
	if !validZone(p.Conference.Zone) {
		return fmt.Errorf("%.80q cannot name a time zone: want one like Europe/Berlin", p.Conference.Zone)
	}
	if c := &p.Conference; c.Start.UnixMilli() <= 0 || c.End.Before(c.Start) || c.End.UnixMilli() >= maxTime {
		return fmt.Errorf("the conference begins at %s and ends at %s: that is no time for one", c.Start, c.End)
	}
	rooms, days, ids := map[string]bool{}, map[int]bool{}, map[string]bool{}
	for _, r := range p.Rooms {
		if !oplog.ValidID(r.ID) || rooms[r.ID] {
			return fmt.Errorf("room %.80q: its id %.80q is no id or stands twice", r.Name, r.ID)
		}
		rooms[r.ID] = true
	}
	for _, d := range p.Days {
		if days[d.N] || !d.args().valid() {
			return fmt.Errorf("day %d (%.40q): its number stands twice, or its times make no sense", d.N, d.Date)
		}
		days[d.N] = true
	}
	for i := range p.Sessions {
		s := &p.Sessions[i]
		switch {
		case !oplog.ValidID(s.ID) || ids[s.ID]:
			return fmt.Errorf("session %.80q: its id %.80q is no id or stands twice", s.Title, s.ID)
		case !rooms[s.Room]:
			return fmt.Errorf("session %.80q: there is no room %.80q", s.Title, s.Room)
		case !days[s.Day]:
			return fmt.Errorf("session %.80q: there is no day %d", s.Title, s.Day)
		case !validSlot(s.Start.UnixMilli(), s.End.UnixMilli()):
			return fmt.Errorf("session %.80q: from %s to %s is no time for a session", s.Title, s.Start, s.End)
		}
		ids[s.ID] = true
	}
	return nil
}

// validZone reports whether s has the shape of a time zone's name.
func validZone(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', strings.IndexByte("_+-/", c) >= 0:
		default:
			return false
		}
	}
	return s != "" && len(s) <= MaxZone
}

func validSlot(start, end int64) bool {
	return start > 0 && end > start && end < maxTime && end-start <= MaxDuration.Milliseconds()
}
