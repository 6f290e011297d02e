package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// merge judges making one question of several. Its voters are all who voted for
// any of them, each once; each asker still owns what they asked.
func (m *Machine) merge(t *fold.Turn) oplog.Outcome {
	var a mergeArgs
	if json.Unmarshal(t.Args, &a) != nil || slices.Contains(a.IDs, a.ID) {
		return oplog.Refuse(oplog.BadCommand)
	}
	root := m.board.byID[a.ID]
	switch {
	case root == nil || root.Fate == void:
		return oplog.Refuse(oplog.NotFound)
	case !root.on():
		return oplog.Refuse(oplog.WrongState)
	}
	return m.each(t, idsArgs{IDs: a.IDs}, func(q *question) oplog.Outcome { return m.mergeOne(t, q, root) })
}

func (m *Machine) mergeOne(t *fold.Turn, q, root *question) oplog.Outcome {
	size := q.size()
	for _, member := range q.members {
		size += member.size()
	}
	switch {
	case q.status.Repeated(t):
		return oplog.Repeated()
	case q.Fate == merged && m.board.root(q) == root:
		return q.status.Settle(t)
	case q == root, q.Fate != pending && q.Fate != live:
		return oplog.Refuse(oplog.WrongState)
	case q.status.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case len(root.members)+1+len(q.members) > MaxMembers:
		return oplog.Refuse(oplog.TooMany)
	case !m.board.folded.fits(1, q.size(), MaxMerged, MaxMergedText):
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Done()
	for _, member := range slices.Clone(q.members) {
		s := member.standing
		s.Into = root.number + 1
		m.put(&o, t, member, s)
	}
	q.status.Write(t)
	s := q.standing
	s.Fate, s.Before, s.Into = merged, q.Fate, root.number+1
	m.stand(&o, t, q, s)
	return o
}

// release lets what was merged into a question go back to where it was, or to
// where there is room.
func (m *Machine) release(o *oplog.Outcome, t *fold.Turn, root *question) {
	for _, q := range slices.Clone(root.members) {
		s := q.standing
		s.Into = 0
		if q.Fate != merged {
			m.put(o, t, q, s)
			continue
		}
		s.Fate = q.Before
		if s.Fate == live && !m.board.shown.fits(1, q.size(), MaxLive, MaxLiveText) {
			s.Fate = pending
		}
		if s.Fate == pending && !m.board.queueHasRoom(1, q.size()) {
			s.Fate, s.Why = dismissed, whyOther
		}
		m.stand(o, t, q, s)
	}
	m.trimShelf(o, t)
}
