package hub

import (
	"context"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// The roles by the tick that they are told at.
var (
	staffRoles = []oplog.Role{oplog.Moderator, oplog.Screen, oplog.Stage, oplog.Translator, oplog.Organiser, oplog.Operator}
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
		for _, who := range out[i].Others {
			t.tell(who)
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
		if v := t.views[r]; v != nil && (v.scanned < t.at.Offset || v.pulse) {
			return true
		}
	}
	return false
}

// pace is how long these roles wait for their next frame: a tick, or longer when
// carrying one to everybody takes longer, so that the rest of the house gets its
// share of the processors.
func (t *Topic) pace(roles []oplog.Role, tick time.Duration) time.Duration {
	for _, r := range roles {
		if v := t.views[r]; v != nil {
			tick = max(tick, v.ring.Took()*5/4)
		}
	}
	return min(tick, LongestTick)
}

// publish sends each of these roles what it has not been told.
func (t *Topic) publish(roles []oplog.Role) {
	for _, r := range roles {
		if v := t.views[r]; v != nil && (v.scanned < t.at.Offset || v.pulse) {
			t.publishTo(v)
		}
	}
}

// publishTo sends a role one message: what changed, and the pulse.
func (t *Topic) publishTo(v *view) {
	doc := t.machine.Since(v.role, v.scanned)
	born, pulse, shown := v.born, v.pulse, v.shown
	v.scanned, v.born, v.pulse, v.shown = t.at.Offset, time.Time{}, false, nil
	if doc == nil && !pulse {
		return
	}
	clear(v.catchUps)
	readers := v.ring.Readers()
	if readers == 0 {
		// Nobody heard it: whoever comes next starts behind it.
		v.told = t.at.Offset
		return
	}
	var data []byte
	if doc != nil {
		data = t.patch(nil, v.role, v.told, doc)
	}
	if pulse {
		if data != nil {
			data = append(data, '\n')
		}
		p := t.seen(t.told, v.role)
		p.Reactions = shown
		data = wire.AppendPulse(data, p)
	}
	f := t.frame(v.told, data)
	f.Born = born
	if doc == nil {
		f.To = v.told
	}
	v.told = f.To
	v.ring.Publish(f)
	t.hub.cfg.Observer.Published(v.role, len(data), readers)
}

// rest does what can wait for a quiet moment.
func (t *Topic) rest(ctx context.Context) {
	now := time.Now()
	t.markQuiet(now)
	t.resolve(now)
	t.tellMoved()
	t.followAgain(ctx, now)
	if err := t.scrub(ctx); err != nil {
		t.strayed(err)
	}
	if !t.repair.due && now.Sub(t.moved) >= YieldAfter {
		t.at.kept.yield()
	}
	if t.inFlight == nil && len(t.waiting) == 0 && t.at.Offset >= t.saved+SnapshotEvery {
		if err := t.save(ctx); err != nil {
			t.hub.cfg.Trouble(t.name, err)
		}
	}
}

// tellMoved tells people what others have changed in their own part.
func (t *Topic) tellMoved() {
	m, ok := t.machine.(Mover)
	if !ok || t.toldOwn == t.at.Offset {
		return
	}
	for _, who := range m.Moved(t.toldOwn) {
		t.tell(who)
	}
	t.toldOwn = t.at.Offset
}
