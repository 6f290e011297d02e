package schedule

import (
	"strings"

	"majlis/hub/oplog"
)

// all reports whether the actor may change the whole conference.
func (m *Machine) all(a oplog.Actor) bool {
	if office(a) {
		return true
	}
	return a.Role == oplog.Moderator && (a.Scope == "" || a.Scope == "conference/"+m.topic.ID())
}

// office reports whether the actor runs the conference.
func office(a oplog.Actor) bool {
	return a.Role == oplog.Organiser || a.Role == oplog.Operator || a.Role == oplog.System
}

// moderates reports whether the actor has any say here at all, so that nobody
// else learns which sessions there are.
func moderates(a oplog.Actor) bool { return a.Role == oplog.Moderator || office(a) }

// reachesRoom reports whether the actor may change what is in a room.
func (m *Machine) reachesRoom(a oplog.Actor, id string) bool {
	kind, scope, _ := strings.Cut(a.Scope, "/")
	return m.all(a) || a.Role == oplog.Moderator && kind == "room" && scope == id
}

// reachesTalk reports whether the actor may change a session. A pass for a room
// follows whatever is in it.
func (m *Machine) reachesTalk(a oplog.Actor, s *talk) bool {
	kind, scope, _ := strings.Cut(a.Scope, "/")
	return m.reachesRoom(a, s.room) || a.Role == oplog.Moderator && kind == "session" && scope == s.id
}

// reachesNote reports whether the actor may speak to those whom an announcement
// is for.
func (m *Machine) reachesNote(a oplog.Actor, roomID, sessionID string) bool {
	if s := m.talks[sessionID]; s != nil {
		return m.reachesTalk(a, s)
	}
	if roomID != "" {
		return m.reachesRoom(a, roomID)
	}
	return m.all(a)
}
