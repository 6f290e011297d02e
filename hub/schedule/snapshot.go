package schedule

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot, lists in an order that
// depends on nothing but the state.
type saved struct {
	Conference savedConference
	Days       []dayArgs
	Rooms      []savedRoom
	Talks      []savedTalk
	Notes      []savedNote
	Live       []string // announcements, in the order of the log
	Stage      *savedStage
	Imported   string
	Texts      []fold.SavedText
	Items      []entity.Saved
}

type savedConference struct {
	Known         bool
	Zone          string
	Start, End    int64
	Title         fold.Held[string]
	About         fold.Held[about]
	TitleR, ZoneR fold.Register `json:",omitzero"`
}

type savedRoom struct {
	ID    string
	Order int
	Name  fold.Held[string]
	NameR fold.Register `json:",omitzero"`
}

type savedWas struct {
	Start *int64             `json:",omitempty"`
	End   *int64             `json:",omitempty"`
	Room  *string            `json:",omitempty"`
	Title *fold.Held[string] `json:",omitempty"`
}

type savedTalk struct {
	ID                     string
	Start, End             int64
	Room                   string
	Day                    int
	Code                   string
	Title                  fold.Held[string]
	Look                   fold.Held[look]
	Deep                   fold.Held[deep]
	Shown, Extra           int
	Cancelled              bool          `json:",omitempty"`
	Absent                 oplog.Offset  `json:",omitempty"`
	Was                    savedWas      `json:",omitzero"`
	PlaceR, TitleR, StateR fold.Register `json:",omitzero"`
}

type savedNote struct {
	ID            string
	At, Until     int64
	Room, Session string
	Urgent        bool
	Text          fold.Held[string]
	Gone          bool
}

type savedStage struct {
	Import string
	Parts  []savedPart
}

type savedPart struct {
	At      oplog.Offset
	Sum     []byte
	Args    partArgs
	Private partPrivate
	Gone    bool
}

// Snapshot encodes the whole state, texts included.
func (m *Machine) Snapshot() ([]byte, error) {
	b, err := json.Marshal(m.save())
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.topic, err)
	}
	return b, nil
}

// Digest is equal on two machines that folded the same entries, blanked or not:
// it covers sums, never texts.
func (m *Machine) Digest() [32]byte {
	s := m.save()
	s.bare()
	b, err := json.Marshal(s)
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(b)
}

// bare takes all texts out.
func (s *saved) bare() {
	s.Conference.Title, s.Conference.About = s.Conference.Title.Bare(), s.Conference.About.Bare()
	for i := range s.Rooms {
		s.Rooms[i].Name = s.Rooms[i].Name.Bare()
	}
	for i := range s.Talks {
		t := &s.Talks[i]
		t.Title, t.Look, t.Deep = t.Title.Bare(), t.Look.Bare(), t.Deep.Bare()
		if t.Was.Title != nil {
			title := t.Was.Title.Bare()
			t.Was.Title = &title
		}
	}
	for i := range s.Notes {
		s.Notes[i].Text = s.Notes[i].Text.Bare()
	}
	if s.Stage != nil {
		for i := range s.Stage.Parts {
			s.Stage.Parts[i].Private = partPrivate{}
		}
	}
}

func (m *Machine) save() *saved {
	c := &m.conf
	s := &saved{
		Conference: savedConference{
			Known: c.known, Zone: c.zone, Start: c.start, End: c.end,
			Title: c.title, About: c.about, TitleR: c.titleR, ZoneR: c.zoneR,
		},
		Imported: m.imported, Texts: m.texts.Save(), Stage: m.stage.save(), Items: m.table.Save(),
	}
	for _, n := range slices.Sorted(maps.Keys(m.days)) {
		s.Days = append(s.Days, m.days[n])
	}
	for _, r := range m.roomsInOrder() {
		s.Rooms = append(s.Rooms, savedRoom{ID: r.id, Order: r.order, Name: r.name, NameR: r.nameR})
	}
	for _, id := range slices.Sorted(maps.Keys(m.talks)) {
		s.Talks = append(s.Talks, m.talks[id].save())
	}
	for _, id := range slices.Sorted(maps.Keys(m.notes.byID)) {
		s.Notes = append(s.Notes, m.notes.byID[id].save())
	}
	for _, n := range m.notes.live {
		s.Live = append(s.Live, n.id)
	}
	return s
}

func (s *talk) save() savedTalk {
	return savedTalk{
		ID: s.id, Start: s.start, End: s.end, Room: s.room, Day: s.day, Code: s.code,
		Title: s.title, Look: s.look, Deep: s.deep, Shown: s.shown, Extra: s.extra,
		Cancelled: s.cancelled, Absent: s.absent, PlaceR: s.placeR, TitleR: s.titleR, StateR: s.stateR,
		Was: savedWas{Start: s.was.start, End: s.was.end, Room: s.was.room, Title: s.was.title},
	}
}

func (n *note) save() savedNote {
	return savedNote{
		ID: n.id, At: n.at, Until: n.until, Room: n.room, Session: n.session, Urgent: n.urgent,
		Text: n.text, Gone: n.gone,
	}
}

func (s *staging) save() *savedStage {
	if s == nil {
		return nil
	}
	out := &savedStage{Import: s.imp}
	for _, k := range slices.Sorted(maps.Keys(s.parts)) {
		p := s.parts[k]
		out.Parts = append(out.Parts, savedPart{At: p.at, Sum: p.sum[:], Args: p.args, Private: p.private, Gone: p.gone})
	}
	return out
}
