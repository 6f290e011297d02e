package session

import (
	"cmp"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// board holds all questions, and counts those that stand in documents.
type board struct {
	list []*question
	byID map[string]*question

	shown   pool // live and answered
	waiting pool // pending
	shelf   pool // dismissed
	folded  pool // merged into others

	// By when they came there, oldest first.
	answered, dismissed, archived []*question
}

// pool is how much there is of something that is bounded.
type pool struct{ n, bytes int }

func (p *pool) add(q *question, sign int) {
	p.n += sign
	p.bytes += sign * q.size()
}

// fits reports whether n more of this size stay within the bounds.
func (p pool) fits(n, size, maxN, maxBytes int) bool {
	return p.n+n <= maxN && p.bytes+size <= maxBytes
}

func newBoard() board { return board{byID: make(map[string]*question)} }

// pool returns where a question of this fate counts, or nil.
func (b *board) pool(f fate) *pool {
	switch f {
	case live, answered:
		return &b.shown
	case pending:
		return &b.waiting
	case dismissed:
		return &b.shelf
	case merged:
		return &b.folded
	}
	return nil
}

// queue returns the list that questions of this fate stand in, or nil.
func (b *board) queue(f fate) *[]*question {
	switch f {
	case answered:
		return &b.answered
	case dismissed:
		return &b.dismissed
	case archived:
		return &b.archived
	}
	return nil
}

// earlier orders a queue by when its questions came there.
func earlier(a, b *question) int {
	return cmp.Or(cmp.Compare(a.Moved, b.Moved), cmp.Compare(a.number, b.number))
}

func (b *board) enter(q *question) {
	if p := b.pool(q.Fate); p != nil {
		p.add(q, 1)
	}
	if list := b.queue(q.Fate); list != nil {
		i, _ := slices.BinarySearchFunc(*list, q, earlier)
		*list = slices.Insert(*list, i, q)
	}
}

func (b *board) leave(q *question) {
	if p := b.pool(q.Fate); p != nil {
		p.add(q, -1)
	}
	if list := b.queue(q.Fate); list != nil {
		if i := slices.Index(*list, q); i >= 0 {
			*list = slices.Delete(*list, i, i+1)
		}
	}
}

// within reports whether all pools are within their bounds.
func (b *board) within() bool {
	return b.shown.fits(0, 0, MaxLive, MaxLiveText) && b.waiting.fits(0, 0, MaxPending, MaxPendingText) &&
		b.shelf.fits(0, 0, MaxDismissed, MaxDismissedText) && b.folded.fits(0, 0, MaxMerged, MaxMergedText)
}

// hasRoom reports whether the board takes one more question of this size, if
// need be after the answered ones have left it.
func (b *board) hasRoom(n, size int) bool {
	rest := b.shown
	if rest.fits(n, size, MaxLive, MaxLiveText) {
		return true
	}
	for _, q := range b.answered {
		rest.add(q, -1)
	}
	return rest.fits(n, size, MaxLive, MaxLiveText)
}

// queueHasRoom reports whether one more question can wait for a moderator.
func (b *board) queueHasRoom(n, size int) bool {
	return b.waiting.fits(n, size, MaxPending, MaxPendingText)
}

// makeRoom archives the oldest answered questions until the board takes n more
// of this size.
func (m *Machine) makeRoom(o *oplog.Outcome, t *fold.Turn, n, size int) {
	b := &m.board
	for len(b.answered) > 0 && !b.shown.fits(n, size, MaxLive, MaxLiveText) {
		m.archive(o, t, b.answered[0])
	}
}

// trimShelf archives the oldest dismissed questions beyond the bound.
func (m *Machine) trimShelf(o *oplog.Outcome, t *fold.Turn) {
	b := &m.board
	for len(b.dismissed) > 0 && !b.shelf.fits(0, 0, MaxDismissed, MaxDismissedText) {
		m.archive(o, t, b.dismissed[0])
	}
}

// archive takes a question out of everybody's sight, and with it those that
// were merged into it.
func (m *Machine) archive(o *oplog.Outcome, t *fold.Turn, q *question) {
	for _, member := range slices.Clone(q.members) {
		if member.Fate == merged {
			m.archive(o, t, member)
		}
	}
	s := q.standing
	if s.Fate = archived; q.Fate != merged {
		s.Before = q.Fate
	}
	m.stand(o, t, q, s)
}

// move gives a question another fate.
func (m *Machine) move(o *oplog.Outcome, t *fold.Turn, q *question, to fate) {
	s := q.standing
	s.Fate = to
	m.stand(o, t, q, s)
}

// stand puts a question where it belongs now, and tells everybody concerned.
func (m *Machine) stand(o *oplog.Outcome, t *fold.Turn, q *question, s standing) {
	s.Moved = t.Offset
	s.WasLive = s.WasLive || s.Fate == live
	if s.Fate != pending {
		s.Eye = 0
	}
	s.By, s.When = m.staffNo(t), t.Ms
	m.put(o, t, q, s)
	if s.Fate != live && m.scene.Stage.Question == q.id {
		m.putOnStage(t, &m.scene.Stage.Question, "")
	}
}

// put gives a question a standing as it is.
func (m *Machine) put(o *oplog.Outcome, t *fold.Turn, q *question, s standing) {
	m.note(q)
	asker := m.askerOf(q)
	if q.Fate == pending {
		asker.pending--
	}
	m.board.leave(q)
	if q.Into != s.Into {
		m.rehang(t, q, s.Into)
	}
	q.standing = s
	m.board.enter(q)
	if q.Fate == pending {
		asker.pending++
	}
	m.concerns(o, t, q)
	m.touch(t, q)
	m.count(t)
}
