package hub

import (
	"context"
	"time"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// view is what one role of a topic is told. It is its ring's source for those
// who lag.
type view struct {
	// static
	topic *Topic
	role  oplog.Role
	ring  *fanout.Ring

	// owned by the topic's loop
	told    oplog.Offset   // To of the last frame that was sent
	scanned oplog.Offset   // nothing for this role up to here but what was sent
	born    time.Time      // when the oldest change that was not told yet arrived
	pulse   bool           // the pulse says something new
	shown   map[string]int // feelings that were not told yet
	// catchUps lead from a place to where the ring goes on: the next frame that is
	// published drops them.
	catchUps map[oplog.Offset]*fanout.Frame
}

// view returns what a role is told, from now on if nobody of that role watched.
func (t *Topic) view(role oplog.Role) *view {
	if t.views[role] == nil {
		t.views[role] = &view{
			topic: t, role: role, ring: t.hub.crew.NewRing(role != oplog.Attendee),
			told: t.at.Offset, scanned: t.at.Offset, catchUps: make(map[oplog.Offset]*fanout.Frame),
		}
	}
	return t.views[role]
}

// CatchUp makes the frame that leads a reader who lags from an offset to now.
func (v *view) CatchUp(from oplog.Offset) (f *fanout.Frame, err error) {
	ran := make(chan struct{})
	err = v.topic.ask(context.Background(), func() {
		defer close(ran)
		f = v.catchUp(from)
	}, ran)
	return f, err
}

// catchUp is the frame that leads from an offset to where the ring goes on, made
// once for all who come from there. When they come from many places it begins at
// a round one before theirs, which a patch may.
func (v *view) catchUp(from oplog.Offset) *fanout.Frame {
	f, kept := v.catchUps[from]
	if !kept && len(v.catchUps) >= ExactCatchUps {
		from -= from % CatchUpStride
		f, kept = v.catchUps[from]
	}
	v.topic.hub.cfg.Observer.CaughtUp(v.role, !kept)
	if kept {
		return f
	}
	if len(v.catchUps) >= MaxCatchUps {
		clear(v.catchUps)
	}
	t := v.topic
	data := t.patch(nil, v.role, from, t.machine.Since(v.role, from))
	if _, ok := t.hall(); ok {
		data = wire.AppendPulse(append(data, '\n'), t.seen(t.standing(), v.role))
	}
	f = t.frame(from, data)
	v.catchUps[from] = f
	return f
}

// forget drops what holds a text that must go.
func (v *view) forget() {
	v.ring.Forget()
	clear(v.catchUps)
}
