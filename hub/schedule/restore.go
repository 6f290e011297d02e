package schedule

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"

	"majlis/hub/entity"
	"majlis/hub/fold"
)

var errTorn = errors.New("snapshot is torn")

// Restore takes a fresh machine to where Snapshot was taken. After an error the
// machine is of no use.
func (m *Machine) Restore(state []byte) error {
	var s saved
	if err := json.Unmarshal(state, &s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	if err := m.load(&s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	return nil
}

func (m *Machine) load(s *saved) error {
	c := &s.Conference
	m.conf = conference{
		known: c.Known, zone: c.Zone, start: c.Start, end: c.End,
		title: c.Title, about: c.About, titleR: c.TitleR, zoneR: c.ZoneR,
	}
	m.imported = s.Imported
	for _, d := range s.Days {
		m.days[d.N] = d
	}
	for _, r := range s.Rooms {
		m.rooms[r.ID] = &room{id: r.ID, order: r.Order, name: r.Name, nameR: r.NameR}
	}
	for i := range s.Talks {
		t := s.Talks[i].load()
		m.talks[t.id] = t
		m.codes[t.code] = true
	}
	m.texts = fold.LoadTexts(s.Texts)
	if err := m.loadNotes(s); err != nil {
		return err
	}
	if err := m.loadStage(s.Stage); err != nil {
		return err
	}
	var err error
	if m.table, err = entity.Load(s.Items, entity.Veil{}, m.has); err != nil {
		return fmt.Errorf("%w: %w", errTorn, err)
	}
	return nil
}

func (s *savedTalk) load() *talk {
	return &talk{
		id: s.ID, start: s.Start, end: s.End, room: s.Room, day: s.Day, code: s.Code,
		title: s.Title, look: s.Look, deep: s.Deep, shown: s.Shown, extra: s.Extra,
		cancelled: s.Cancelled, absent: s.Absent, placeR: s.PlaceR, titleR: s.TitleR, stateR: s.StateR,
		was: was{start: s.Was.Start, end: s.Was.End, room: s.Was.Room, title: s.Was.Title},
	}
}

func (m *Machine) loadNotes(s *saved) error {
	for _, n := range s.Notes {
		m.notes.byID[n.ID] = &note{
			id: n.ID, at: n.At, until: n.Until, room: n.Room, session: n.Session, urgent: n.Urgent,
			text: n.Text, gone: n.Gone,
		}
	}
	for _, id := range s.Live {
		n := m.notes.byID[id]
		if n == nil || n.gone {
			return fmt.Errorf("%w: announcement %.40q is not there", errTorn, id)
		}
		m.notes.live = append(m.notes.live, n)
	}
	return nil
}

func (m *Machine) loadStage(s *savedStage) error {
	if s == nil {
		return nil
	}
	m.stage = &staging{imp: s.Import, parts: make(map[int]*part, len(s.Parts))}
	for _, p := range s.Parts {
		n := &part{at: p.At, args: p.Args, private: p.Private, gone: p.Gone}
		if len(p.Sum) != len(n.sum) || !p.Args.valid() {
			return fmt.Errorf("%w: part %d of an import", errTorn, p.Args.Part)
		}
		copy(n.sum[:], p.Sum)
		m.stage.parts[p.Args.Part] = n
	}
	return nil
}

func (m *Machine) has(kind, id string) bool {
	switch kind {
	case kindConference:
		return id == single
	case kindDay:
		n, err := strconv.Atoi(id)
		_, ok := m.days[n]
		return err == nil && ok
	case kindRoom:
		return m.rooms[id] != nil
	case kindSession:
		return m.talks[id] != nil
	case kindAnnouncement:
		return m.notes.byID[id] != nil
	}
	return false
}
