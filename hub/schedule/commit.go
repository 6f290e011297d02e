package schedule

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// commit judges the end of an import: all of it, or nothing.
func (m *Machine) commit(t *fold.Turn) oplog.Outcome {
	if !office(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	var a commitArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.Import) || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Import == m.imported {
		return oplog.Repeated()
	}
	p, why := m.stage.plan(a)
	if why != "" {
		return oplog.Refuse(why)
	}
	if t.Dry {
		return oplog.Done()
	}
	m.adoptConference(t, p)
	m.adoptDays(t, p)
	m.adoptRooms(t, p)
	m.adoptTalks(t, p)
	m.miss(t, p)
	m.evict(t, p)
	m.stage, m.imported = nil, a.Import
	return oplog.Done()
}

func (m *Machine) adoptConference(t *fold.Turn, p *plan) {
	c, said := &m.conf, fold.Opened[commitPrivate](t.Command)
	at := m.texts.Bring(t)
	differs := !c.known || c.zone != p.Zone || c.start != p.Start || c.end != p.End ||
		c.title.Differs(p.Title) || c.about.Differs(p.About)
	if c.title.Differs(p.Title) {
		c.titleR.Write(t)
	}
	if c.zone != p.Zone {
		c.zoneR.Write(t)
	}
	c.known, c.zone, c.start, c.end = true, p.Zone, p.Start, p.End
	c.title = fold.Held[string]{At: at, Sum: p.Title, Value: said.Title}
	c.about = fold.Held[about]{At: at, Sum: p.About, Value: said.About}
	if differs {
		m.show(t, kindConference, single)
	}
}

func (m *Machine) adoptDays(t *fold.Turn, p *plan) {
	next := make(map[int]dayArgs, len(p.Days))
	for _, d := range p.Days {
		next[d.N] = d
		if m.days[d.N] != d {
			m.show(t, kindDay, strconv.Itoa(d.N))
		}
	}
	for _, n := range slices.Sorted(maps.Keys(m.days)) {
		if _, stays := next[n]; !stays {
			m.hide(t, kindDay, strconv.Itoa(n))
		}
	}
	m.days = next
}

func (m *Machine) adoptRooms(t *fold.Turn, p *plan) {
	for i := range p.rooms {
		n := &p.rooms[i]
		r := m.rooms[n.ID]
		fresh := r == nil
		if fresh {
			r = &room{id: n.ID}
			m.rooms[n.ID] = r
		}
		renamed := r.name.Differs(n.Name)
		differs := fresh || renamed || r.order != n.Order
		if renamed && !fresh {
			r.nameR.Write(t)
		}
		r.order, r.name = n.Order, n.name
		if differs {
			m.show(t, kindRoom, r.id)
		}
	}
}

func (m *Machine) adoptTalks(t *fold.Turn, p *plan) {
	for i := range p.talks {
		n := &p.talks[i]
		if s := m.talks[n.ID]; s != nil {
			m.update(t, s, n)
			continue
		}
		m.talks[n.ID] = &talk{
			id: n.ID, start: n.Start, end: n.End, room: n.Room, day: n.Day, code: m.freeCode(n.Code),
			title: n.title, look: n.look, deep: n.deep, shown: n.Shown, extra: n.Extra,
		}
		m.show(t, kindSession, n.ID)
	}
}

// freeCode is the wanted code, or the next one that no session has.
func (m *Machine) freeCode(code string) string {
	for m.codes[code] {
		code = nextCode(code)
	}
	m.codes[code] = true
	return code
}

// update makes a session what the import says. What the import leaves as it is
// counts as confirmed; what it changes is told beside what it was.
func (m *Machine) update(t *fold.Turn, s *talk, n *newTalk) {
	moved := s.start != n.Start || s.end != n.End || s.room != n.Room
	retitled := s.title.Differs(n.Title)
	differs := moved || retitled || s.cancelled || s.look.Differs(n.Look) || s.day != n.Day
	if moved {
		s.placeR.Write(t)
	}
	if retitled {
		s.titleR.Write(t)
	}
	if s.cancelled {
		s.stateR.Write(t)
	}
	if s.confirm(n) {
		differs = true
	}
	s.relocate(n.Start, n.End, n.Room)
	if s.title.Sum != n.Title {
		s.entitle(n.title)
	}
	s.title, s.look, s.deep = n.title, n.look, n.deep
	s.day, s.shown, s.extra = n.Day, n.Shown, n.Extra
	s.cancelled, s.absent = false, 0
	if differs {
		m.show(t, kindSession, s.id)
	}
}

// confirm forgets what was before the values that the import has too, and
// reports whether there was anything to forget.
func (s *talk) confirm(n *newTalk) bool {
	had := s.was
	if s.start == n.Start {
		s.was.start = nil
	}
	if s.end == n.End {
		s.was.end = nil
	}
	if s.room == n.Room {
		s.was.room = nil
	}
	if s.title.Sum == n.Title {
		s.was.title = nil
	}
	return had != s.was
}

// miss cancels what the import no longer has.
func (m *Machine) miss(t *fold.Turn, p *plan) {
	has := make(map[string]bool, len(p.talks))
	for i := range p.talks {
		has[p.talks[i].ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(m.talks)) {
		s := m.talks[id]
		if has[id] {
			continue
		}
		day := m.dayOf(s.start, 0)
		differs := !s.cancelled || s.day != day
		if s.absent == 0 {
			s.absent = t.Offset
		}
		if !s.cancelled {
			s.cancelled = true
			s.stateR.Write(t)
		}
		s.day = day
		if differs {
			m.show(t, kindSession, id)
		}
	}
}

// evict takes sessions that imports no longer have off the programme, those
// first that have been missing longest, until all limits hold. Rooms go with
// the last session in them, unless the import has them.
func (m *Machine) evict(t *fold.Turn, p *plan) {
	keep := make(map[string]bool, len(p.rooms))
	for i := range p.rooms {
		keep[p.rooms[i].ID] = true
	}
	m.dropRooms(t, keep)
	absent, shown, extra := m.absent()
	for _, s := range absent {
		if len(m.talks) <= MaxSessions && len(m.rooms) <= MaxRooms && shown <= MaxDocumentText && extra <= MaxDetailText {
			return
		}
		shown -= s.shown
		extra -= s.extra
		delete(m.talks, s.id)
		delete(m.codes, s.code)
		m.hide(t, kindSession, s.id)
		if len(m.rooms) > MaxRooms {
			m.dropRooms(t, keep)
		}
	}
}

// absent lists the sessions that imports no longer have, those first that have
// been missing longest, and sums up the texts of all sessions.
func (m *Machine) absent() (list []*talk, shown, extra int) {
	for _, s := range m.talks {
		shown += s.shown
		extra += s.extra
		if s.absent != 0 {
			list = append(list, s)
		}
	}
	slices.SortFunc(list, func(a, b *talk) int {
		return cmp.Or(cmp.Compare(a.absent, b.absent), strings.Compare(a.id, b.id))
	})
	return list, shown, extra
}

// dropRooms takes away the rooms that neither the import nor any session has.
func (m *Machine) dropRooms(t *fold.Turn, keep map[string]bool) {
	used := make(map[string]bool, len(m.rooms))
	for _, s := range m.talks {
		used[s.room] = true
	}
	for _, id := range slices.Sorted(maps.Keys(m.rooms)) {
		if !keep[id] && !used[id] {
			delete(m.rooms, id)
			m.hide(t, kindRoom, id)
		}
	}
}
