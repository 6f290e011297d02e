package schedule

import (
	"encoding/json"
	"fmt"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// The commands of an import as JSON, as Parts writes them and Prepare reads them.
type (
	roomWire struct {
		ID    string `json:"id"`
		Name  string `json:"name"`
		Order int    `json:"order"`
	}
	talkWire struct {
		ID    string `json:"id"`
		Start int64  `json:"start"`
		End   int64  `json:"end"`
		Room  string `json:"room"`
		Day   int    `json:"day"`
		Code  string `json:"code"`
		Title string `json:"title"`
		look
		deep
	}
	partWire struct {
		Type     string     `json:"type"`
		Import   string     `json:"import"`
		Part     int        `json:"part"`
		Rooms    []roomWire `json:"rooms,omitempty"`
		Sessions []talkWire `json:"sessions,omitempty"`
	}
	aboutWire struct {
		Title string `json:"title"`
		Zone  string `json:"zone"`
		Start int64  `json:"start"`
		End   int64  `json:"end"`
		about
	}
	commitWire struct {
		Type       string    `json:"type"`
		Import     string    `json:"import"`
		Parts      int       `json:"parts"`
		Conference aboutWire `json:"conference"`
		Days       []dayArgs `json:"days,omitempty"`
		Rooms      int       `json:"rooms"`
		Sessions   int       `json:"sessions"`
	}
)

// Parts turns a programme into the commands that import it: parts in any order,
// and last the commit, which must be sent when all parts have been acknowledged.
// The import is a ULID of its own; newCode makes a random code for each session
// (one that has a code keeps it). The error says what cannot be imported.
func Parts(p Programme, imp string, newCode func() string) ([]json.RawMessage, error) {
	p, err := p.Complete()
	if err != nil {
		return nil, err
	}
	if !strict.ValidULID(imp) {
		return nil, fmt.Errorf("%.40q cannot name an import: want a ULID", imp)
	}
	b := &packer{imp: imp}
	for i, r := range p.Rooms {
		if err := b.room(roomWire{ID: r.ID, Name: r.Name, Order: i}); err != nil {
			return nil, err
		}
	}
	for i := range p.Sessions {
		if err := b.session(p.Sessions[i].wire(newCode())); err != nil {
			return nil, err
		}
	}
	if err := b.flush(); err != nil {
		return nil, err
	}
	if len(b.done) > MaxParts {
		return nil, fmt.Errorf("the programme's texts need %d parts, at most %d can be imported: shorten them", len(b.done), MaxParts)
	}
	commit, err := strict.Marshal(p.commit(imp, len(b.done)))
	if err != nil {
		return nil, fmt.Errorf("encode the import's commit: %w", err)
	}
	return append(b.done, commit), nil
}

func (s *Session) wire(code string) talkWire {
	return talkWire{
		ID: s.ID, Start: s.Start.UnixMilli(), End: s.End.UnixMilli(), Room: s.Room, Day: s.Day, Code: code,
		Title: s.Title, look: s.look(), deep: s.deep(),
	}
}

func (s *Session) look() look {
	return look{Subtitle: s.Subtitle, Track: s.Track, Type: s.Type, Language: s.Language, Speakers: s.Speakers}
}

func (s *Session) deep() deep {
	return deep{Abstract: s.Abstract, Description: s.Description, URL: s.URL}
}

func (d Day) args() dayArgs {
	return dayArgs{N: d.N, Date: d.Date, Start: d.Start.UnixMilli(), End: d.End.UnixMilli()}
}

func (p *Programme) commit(imp string, parts int) commitWire {
	c := &p.Conference
	w := commitWire{
		Type: typeCommit, Import: imp, Parts: parts, Rooms: len(p.Rooms), Sessions: len(p.Sessions),
		Conference: aboutWire{
			Title: c.Title, Zone: c.Zone, Start: c.Start.UnixMilli(), End: c.End.UnixMilli(),
			about: about{Version: c.Version, URL: c.URL},
		},
	}
	for _, d := range p.Days {
		w.Days = append(w.Days, d.args())
	}
	return w
}

// packer fills parts up to their limits.
type packer struct {
	imp  string
	part partWire
	size int
	done []json.RawMessage
}

// frame is more than a part takes around its rooms and sessions.
const frame = 160

func (b *packer) room(r roomWire) error {
	if err := b.fits(r); err != nil {
		return err
	}
	b.part.Rooms = append(b.part.Rooms, r)
	return nil
}

func (b *packer) session(s talkWire) error {
	if err := b.fits(s); err != nil {
		return err
	}
	b.part.Sessions = append(b.part.Sessions, s)
	return nil
}

// fits makes room for one more item.
func (b *packer) fits(item any) error {
	size := strict.JSONSize(item) + len(",")
	if frame+b.size+size > MaxPartBytes || len(b.part.Rooms)+len(b.part.Sessions) == MaxPartItems {
		if err := b.flush(); err != nil {
			return err
		}
	}
	b.size += size
	return nil
}

func (b *packer) flush() error {
	if b.size == 0 {
		return nil
	}
	b.part.Type, b.part.Import, b.part.Part = typePart, b.imp, len(b.done)+1
	raw, err := strict.Marshal(b.part)
	if err != nil {
		return fmt.Errorf("encode part %d of the import: %w", b.part.Part, err)
	}
	b.done, b.part, b.size = append(b.done, raw), partWire{}, 0
	return nil
}

// part reads one part of an import.
func (r *reader) part() (any, any) {
	a, p := partArgs{Import: r.ULID("import")}, partPrivate{}
	var rooms []roomWire
	var talks []talkWire
	r.Need("part", &a.Part)
	r.Take("rooms", &rooms)
	r.Take("sessions", &talks)
	for _, w := range rooms {
		name := r.line(w.Name, MaxWord, true)
		a.Rooms = append(a.Rooms, roomArgs{ID: w.ID, Order: w.Order, Name: sumOf(r.key, "name", name)})
		p.Rooms = append(p.Rooms, name)
	}
	for i := range talks {
		args, private := r.talk(&talks[i])
		a.Sessions = append(a.Sessions, args)
		p.Sessions = append(p.Sessions, private)
	}
	if !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	return a, p
}

func (r *reader) talk(w *talkWire) (talkArgs, talkPrivate) {
	p := talkPrivate{Title: r.line(w.Title, MaxTitle, true), Look: w.look, Deep: w.deep}
	l, d := &p.Look, &p.Deep
	l.Subtitle, l.Track, l.Type = r.line(l.Subtitle, MaxTitle, false), r.line(l.Track, MaxWord, false), r.line(l.Type, MaxWord, false)
	l.Language, d.URL = r.line(l.Language, MaxLanguage, false), r.line(d.URL, MaxURL, false)
	if len(l.Speakers) > MaxSpeakers {
		r.Fail(oplog.TooMany)
	}
	for i := range l.Speakers {
		l.Speakers[i] = r.line(l.Speakers[i], MaxWord, true)
	}
	d.Abstract, d.Description = strict.Prose(d.Abstract), strict.Prose(d.Description)
	if strict.TextSize(d.Abstract)+strict.TextSize(d.Description) > MaxProse {
		r.Fail(oplog.TooLong)
	}
	return talkArgs{
		ID: w.ID, Start: w.Start, End: w.End, Room: w.Room, Day: w.Day, Code: w.Code,
		Title: sumOf(r.key, "title", p.Title), Look: sumOf(r.key, "look", l), Deep: sumOf(r.key, "deep", d),
		Shown: strict.JSONSize(p.Title) + strict.JSONSize(l), Extra: strict.JSONSize(d),
	}, p
}

// line cleans one text of an import; a limit is in bytes as JSON.
func (r *reader) line(s string, limit int, must bool) string {
	s = strict.Line(s)
	switch {
	case must && s == "":
		r.Fail(oplog.BadText)
	case strict.TextSize(s) > limit:
		r.Fail(oplog.TooLong)
	}
	return s
}

// commit reads the end of an import.
func (r *reader) commit() (any, any) {
	a := commitArgs{Import: r.ULID("import")}
	var c aboutWire
	r.Need("parts", &a.Parts)
	r.Need("rooms", &a.Rooms)
	r.Need("sessions", &a.Sessions)
	r.Need("conference", &c)
	r.Take("days", &a.Days)
	c.Title = r.line(c.Title, MaxTitle, true)
	c.Version, c.URL = r.line(c.Version, MaxWord, false), r.line(c.URL, MaxURL, false)
	a.Zone, a.Start, a.End = c.Zone, c.Start, c.End
	a.Title, a.About = sumOf(r.key, "title", c.Title), sumOf(r.key, "about", c.about)
	if !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	return a, commitPrivate{Title: c.Title, About: c.about}
}
