package schedule

import (
	"encoding/json"

	"majlis/hub/oplog"
)

// talk is one session of the programme.
type talk struct {
	id         string
	start, end int64 // milliseconds since 1970
	room       string
	day        int
	code       string
	title      held[string]
	look       held[look]
	deep       held[deep]
	shown      int // bytes of title and look as JSON
	extra      int // bytes of deep
	cancelled  bool
	absent     oplog.Offset // when an import no longer had it; 0: it has it
	was        was

	placeR, titleR, stateR register
}

// was is what a change moved first, until an import confirms it.
type was struct {
	start, end *int64
	room       *string
	title      *held[string]
}

// found is the session that a command names, if its sender may touch it.
func (m *Machine) found(t *turn, id string) (*talk, oplog.Reason) {
	if !moderates(t.c.Actor) {
		return nil, oplog.NotAllowed
	}
	s := m.talks[id]
	switch {
	case s == nil && m.all(t.c.Actor):
		return nil, oplog.NotFound
	case s == nil, !m.reachesTalk(t.c.Actor, s):
		return nil, oplog.NotAllowed
	}
	return s, ""
}

// move judges another time or room for a session.
func (m *Machine) move(t *turn) oplog.Outcome {
	var a moveArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	if why != "" {
		return oplog.Refuse(why)
	}
	if s.placeR.repeated(t.c) {
		return oplog.Repeated()
	}
	start, end, room := a.to(s)
	switch {
	case !validSlot(start, end):
		return oplog.Refuse(oplog.BadTime)
	case m.rooms[room] == nil:
		return oplog.Refuse(oplog.NotFound)
	case room != s.room && !m.mayMoveTo(t.c.Actor, s, room):
		return oplog.Refuse(oplog.NotAllowed)
	case start == s.start && end == s.end && room == s.room:
		return s.placeR.settle(t)
	case s.placeR.overtaken(t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	s.relocate(start, end, room)
	s.day = m.dayOf(start, s.day)
	s.placeR.write(t)
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
func (m *Machine) cancel(t *turn) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	switch {
	case why != "":
		return oplog.Refuse(why)
	case s.stateR.repeated(t.c):
		return oplog.Repeated()
	case s.cancelled == a.On:
		return s.stateR.settle(t)
	case s.stateR.overtaken(t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	s.cancelled = a.On
	if !a.On {
		s.absent = 0
	}
	s.stateR.write(t)
	m.show(t, kindSession, s.id)
	return oplog.Done()
}

// rename judges another title for a session.
func (m *Machine) rename(t *turn) oplog.Outcome {
	var a renameArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s, why := m.found(t, a.ID)
	switch {
	case why != "":
		return oplog.Refuse(why)
	case s.titleR.repeated(t.c):
		return oplog.Repeated()
	case !s.title.differs(a.Text):
		return s.titleR.settle(t)
	case s.titleR.overtaken(t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	s.entitle(held[string]{At: m.text(t), Sum: a.Text, Value: opened[textPrivate](t.c.Private).Text})
	s.titleR.write(t)
	m.show(t, kindSession, s.id)
	return oplog.Done()
}

// entitle sets the title and remembers what it was first.
func (s *talk) entitle(title held[string]) {
	before := s.title
	if s.was.title == nil {
		s.was.title = &before
	}
	if s.was.title.Sum == title.Sum {
		s.was.title = nil
	}
	s.title = title
}
