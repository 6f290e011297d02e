package schedule

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// talk is one session of the programme.
type talk struct {
	id         string
	start, end int64 // milliseconds since 1970
	room       string
	day        int
	code       string
	title      fold.Held[string]
	look       fold.Held[look]
	deep       fold.Held[deep]
	shown      int // bytes of title and look as JSON
	extra      int // bytes of deep
	cancelled  bool
	absent     oplog.Offset // when an import no longer had it; 0: it has it
	was        was

	placeR, titleR, stateR fold.Register
}

// was is what a change moved first, until an import confirms it.
type was struct {
	start, end *int64
	room       *string
	title      *fold.Held[string]
}

// found is the session that a command names, if its sender may touch it.
func (m *Machine) found(t *fold.Turn, id string) (*talk, oplog.Reason) {
	if !moderates(t.Actor) {
		return nil, oplog.NotAllowed
	}
	s := m.talks[id]
	switch {
	case s == nil && m.all(t.Actor):
		return nil, oplog.NotFound
	case s == nil, !m.reachesTalk(t.Actor, s):
		return nil, oplog.NotAllowed
	}
	return s, ""
}

// move judges another time or room for a session.
func (m *Machine) move(t *fold.Turn) oplog.Outcome {
	var a moveArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	if why != "" {
		return oplog.Refuse(why)
	}
	if s.placeR.Repeated(t) {
		return oplog.Repeated()
	}
	start, end, room := a.to(s)
	switch {
	case !validSlot(start, end):
		return oplog.Refuse(oplog.BadTime)
	case m.rooms[room] == nil:
		return oplog.Refuse(oplog.NotFound)
	case room != s.room && !m.mayMoveTo(t.Actor, s, room):
		return oplog.Refuse(oplog.NotAllowed)
	case start == s.start && end == s.end && room == s.room:
		return s.placeR.Settle(t)
	case s.placeR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	s.relocate(start, end, room)
	s.day = m.dayOf(start, s.day)
	s.placeR.Write(t)
	m.show(t, kindSession, s.id)
	return oplog.Done()
}

// mayMoveTo keeps a room's moderator from filling another room.
func (m *Machine) mayMoveTo(a oplog.Actor, s *talk, room string) bool {
	return a.Scope == "session/"+s.id || m.reachesRoom(a, room)
}

// to is where the command wants the session: a start alone keeps the duration.
func (a *moveArgs) to(s *talk) (start, end int64, room string) {
	start, end, room = s.start, s.end, s.room
	if a.Start != nil {
		start, end = *a.Start, *a.Start+s.end-s.start
	}
	if a.End != nil {
		end = *a.End
	}
	if a.Room != nil {
		room = *a.Room
	}
	return start, end, room
}

// relocate moves the session and remembers where it was first.
func (s *talk) relocate(start, end int64, room string) {
	s.was.start = first(s.was.start, s.start, start)
	s.was.end = first(s.was.end, s.end, end)
	s.was.room = first(s.was.room, s.room, room)
	s.start, s.end, s.room = start, end, room
}

// first is what a field was before all changes, nil when it is so again.
func first[T comparable](was *T, before, now T) *T {
	if was == nil {
		was = &before
	}
	if *was == now {
		return nil
	}
	return was
}

// dayOf is the day in which a time lies: the one that began last; kept if none.
func (m *Machine) dayOf(ms int64, kept int) int {
	best, begun := kept, int64(0)
	for n, d := range m.days {
		if d.Start <= ms && ms < d.End && (d.Start > begun || d.Start == begun && n < best) {
			best, begun = n, d.Start
		}
	}
	return best
}

// cancel judges calling a session off, or on again.
func (m *Machine) cancel(t *fold.Turn) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	if why != "" {
		return oplog.Refuse(why)
	}
	o, differs := fold.Set(t, fold.Field{Register: &s.stateR, Same: s.cancelled == a.On, Put: func() {
		if s.cancelled = a.On; !a.On {
			s.absent = 0
		}
	}})
	if differs {
		m.show(t, kindSession, s.id)
	}
	return o
}

// rename judges another title for a session.
func (m *Machine) rename(t *fold.Turn) oplog.Outcome {
	var a renameArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	if why != "" {
		return oplog.Refuse(why)
	}
	o, differs := fold.Set(t, fold.Field{Register: &s.titleR, Same: !s.title.Differs(a.Text), Put: func() {
		s.entitle(m.said(t, a.Text))
	}})
	if differs {
		m.show(t, kindSession, s.id)
	}
	return o
}

// entitle sets the title and remembers what it was first.
func (s *talk) entitle(title fold.Held[string]) {
	before := s.title
	if s.was.title == nil {
		s.was.title = &before
	}
	if s.was.title.Sum == title.Sum {
		s.was.title = nil
	}
	s.title = title
}
