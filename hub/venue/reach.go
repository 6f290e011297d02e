package venue

import (
	"strings"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/pass"
)

// PassGood reports whether a pass has not been revoked. One that is not in the
// conference's list is good too: a registration system may have minted it. None
// is while the list is not known.
func (v *Venue) PassGood(conference, id string) bool {
	v.mu.RLock()
	defer v.mu.RUnlock()
	c := v.confs[conference]
	return c != nil && c.revoked != nil && !c.revoked[id]
}

// Covers reports whether a pass of a conference with a scope reaches a topic.
// On the programme itself every pass of the conference may act; how far is
// judged by the fold.
func (v *Venue) Covers(conference, scope string, topic oplog.Topic) bool {
	if topic.Kind() != oplog.KindSession {
		return topic.ID() == conference
	}
	it, ok := v.Item(topic.ID())
	if !ok || it.Conference != conference {
		return false
	}
	kind, id, _ := strings.Cut(scope, "/")
	switch kind {
	case "", "conference":
		return true
	case "room":
		return it.room == id
	case "session":
		return it.ID == id
	}
	return false
}

// Door is the address of the page that a pass is for.
func (v *Venue) Door(c pass.Claims) string {
	switch c.Role {
	case oplog.Organiser, oplog.Operator:
		return "/o/" + c.Conference
	case oplog.Moderator:
		return "/m/" + v.sessionFor(c, time.Now())
	case oplog.Screen:
		return "/screen/" + v.sessionFor(c, time.Now())
	case oplog.Stage:
		return "/stage/" + v.sessionFor(c, time.Now())
	case oplog.Translator:
		return "/translate/" + v.sessionFor(c, time.Now())
	}
	return "/c/" + c.Conference
}

// sessionFor picks the session that a pass is about now: the live one, else the
// one that runs, else the next, among those that it reaches.
func (v *Venue) sessionFor(c pass.Claims, now time.Time) string {
	best, rank := "", 4
	for _, it := range v.Sessions(c.Conference) {
		if !v.Covers(c.Conference, c.Scope, oplog.MakeTopic(oplog.KindSession, it.ID)) {
			continue
		}
		r := 3
		switch ms := now.UnixMilli(); {
		case it.Live:
			r = 0
		case it.Start <= ms && ms < it.End:
			r = 1
		case ms < it.Start:
			r = 2
		}
		if r < rank {
			best, rank = it.ID, r
		}
	}
	return best
}
