package hub

import (
	"context"
	"time"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// The roles by the tick that they are told at.
var (
	staffRoles = []oplog.Role{oplog.Moderator, oplog.Screen, oplog.Organiser, oplog.Operator}
	crowdRoles = []oplog.Role{oplog.Attendee}
)

// changed is what follows from entries that have been folded: the own parts of
// those they concern, and the views that have something to tell.
func (t *Topic) changed(page []step, out []oplog.Outcome) {
	now := time.Now()
	for _, v := range t.views {
		if v != nil && v.born.IsZero() {
			v.born = now
		}
	}
	for i := range out {
		t.tell(page[i].command.Actor.ID)
		if out[i].Owner != (oplog.ActorID{}) {
			t.tell(out[i].Owner)
		}
	}
}

// tell sends a person's own part to all of that person's connections but those
// that are about to get it with an answer.
func (t *Topic) tell(who oplog.ActorID) {
	for _, w := range t.people[who] {
		if !w.answering {
			w.conn.Own(t.ownFrame(w, false))
		}
	}
}

// stale reports whether any of these roles may have something to be told.
func (t *Topic) stale(roles []oplog.Role) bool {
	for _, r := range roles {
		if v := t.views[r]; v != nil && v.scanned < t.at.Offset {
			return true
		}
	}
	return false
}

// publish sends each of these roles what it has not been told.
func (t *Topic) publish(roles []oplog.Role) {
	for _, r := range roles {
		v := t.views[r]
		if v == nil || v.scanned >= t.at.Offset {
			continue
		}
		t.publishTo(r, v)
	}
}

func (t *Topic) publishTo(r oplog.Role, v *view) {
	doc := t.machine.Since(r, v.scanned)
	born := v.born
	v.scanned, v.born = t.at.Offset, time.Time{}
	readers := v.ring.Readers()
	if doc == nil || readers == 0 {
		if doc != nil {
			// Nobody heard it: whoever comes next starts behind it.
			v.told = t.at.Offset
		}
		return
	}
	f := t.frame(v.told, t.patch(nil, r, v.told, doc))
	f.Born = born
	v.told = t.at.Offset
	v.ring.Publish(f)
	t.hub.cfg.Observer.Published(r, len(f.Data), readers)
}

// rest does what can wait for a quiet moment.
func (t *Topic) rest(ctx context.Context) {
	t.pulse()
	if t.inFlight == nil && len(t.waiting) == 0 && t.at.Offset >= t.saved+SnapshotEvery {
		if err := t.save(ctx); err != nil {
			t.hub.cfg.Trouble(t.name, err)
		}
	}
}

// pulse tells how many attendees are here, if that changed.
func (t *Topic) pulse() {
	if t.online == t.told || t.name.Kind() != oplog.KindSession {
		return
	}
	t.told = t.online
	data := wire.AppendPulse(nil, wire.Pulse{Topic: t.name, Online: t.online})
	for _, v := range t.views {
		if v != nil {
			v.ring.Publish(&fanout.Frame{From: v.told, To: v.told, Data: data})
		}
	}
}
