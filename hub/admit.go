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
				if !o.Accepted() && s.command.Seen > t.at.Offset && !s.looked {
					t.doubt(s)
				} else {
					t.answer(s, o)
				}
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
	}
	// What is offered again may follow from other offers before it.
	return s.command.Was == 0
}

// doubt keeps a command that would be refused while its sender has seen what this
// node has not, until the log has been looked at since it came. It holds up nobody
// else. One that would be accepted needs no look: the append brings along what is
// there, and the fold judges.
func (t *Topic) doubt(s submission) {
	t.look(s.command.Seen, func(known bool) {
		if !known {
			t.reply(s, Answer{Outcome: oplog.Refuse(oplog.Unavailable), Retry: RetryAfter})
			return
		}
		s.looked = true
		t.waiting = append(t.waiting, s)
	})
}
