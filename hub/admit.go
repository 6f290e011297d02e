package hub

import "majlis/hub/oplog"

// admit takes a batch off the queue, and refuses early what the rules could
// never accept. What follows a command of the same person in the batch is left
// to the fold: the dry run does not know yet what the earlier one will do.
func (t *Topic) admit() []submission {
	now := t.hub.skew.now()
	var batch []submission
	ahead := make(map[oplog.ActorID]bool)
	n := 0
	for n < len(t.waiting) && len(batch) < MaxBatch {
		s := t.waiting[n]
		n++
		if who := s.command.Actor.ID; !ahead[who] && t.timely() {
			if o := t.check(&s, now); t.final(&s, o) {
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

// final reports whether a dry run decides what becomes of a command.
func (t *Topic) final(s *submission, o oplog.Outcome) bool {
	switch {
	case o.Accepted():
		// Done already is not confirmed already: that only an append can tell.
		return o.Again && !t.replicated()
	case o.Reason == oplog.Internal:
		return true
	case s.command.Seen > t.at.Offset:
		// Its sender has seen what this node has not. An append brings that along, and
		// the fold judges; to look first would have everybody wait for a trip more.
		return false
	}
	// What is offered again may follow from other offers before it.
	return s.command.Was == 0
}
