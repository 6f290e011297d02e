package hub

import (
	"context"
	"slices"
	"time"

	"majlis/hub/oplog"
)

// admit takes a batch off the queue, and refuses early what the rules could
// never accept. What follows a command of the same person in the batch is left
// to the fold: the dry run does not know yet what the earlier one will do.
func (t *Topic) admit(ctx context.Context) []submission {
	now := t.hub.skew.now()
	var batch []submission
	ahead := make(map[oplog.ActorID]bool)
	n := 0
	for n < len(t.waiting) && len(batch) < MaxBatch {
		s := t.waiting[n]
		n++
		if s.command.Seen > t.at.Offset {
			t.tail(ctx)
		}
		if t.why != nil { // what waits is not for this node to judge
			t.waiting = slices.Concat(batch, t.waiting[n-1:])
			return nil
		}
		if who := s.command.Actor.ID; !ahead[who] && t.timely() {
			switch o := t.check(&s, now); {
			case t.final(&s, o) && !o.Accepted() && s.command.Seen > t.at.Offset && t.looked.Before(s.born):
				t.doubt(s)
				continue
			case t.final(&s, o):
				t.answer(s, o)
				continue
			}
			ahead[who] = true
		}
		batch = append(batch, s)
	}
	t.waiting = t.waiting[n:]
	return batch
}

// doubt keeps a command that would be refused while its sender has seen what this
// node has not, until the log has been looked at since it came. It holds up nobody
// else.
func (t *Topic) doubt(s submission) {
	if t.repair.due || t.failed.After(s.born) {
		t.reply(s, Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: RetryAfter})
		return
	}
	if len(t.doubted) == 0 {
		t.later(TailEvery)
	}
	t.doubted = append(t.doubted, s)
}

// reconsider judges again what was doubted, once the log may be looked at.
func (t *Topic) reconsider() {
	if len(t.doubted) > 0 && time.Since(t.looked) >= TailEvery {
		t.waiting = append(t.doubted, t.waiting...)
		t.doubted = nil
	}
}

// final reports whether a dry run decides what becomes of a command.
func (t *Topic) final(s *submission, o oplog.Outcome) bool {
	switch {
	case o.Accepted():
		// Done already is not confirmed already: that only an append can tell.
		return o.Again && !t.replicated()
	case o.Reason == oplog.Internal:
		return true
	}
	// What is offered again may follow from other offers before it.
	return s.command.Was == 0
}
