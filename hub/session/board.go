package session

import (
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

func (b *board) queues() [3]*[]*question {
	return [3]*[]*question{&b.answered, &b.dismissed, &b.archived}
}

func (b *board) enter(q *question) {
	if p := b.pool(q.fate); p != nil {
		p.add(q, 1)
	}
	if list := b.queue(q.fate); list != nil {
		*list = append(*list, q)
	}
}

func (b *board) leave(q *question) {
	if p := b.pool(q.fate); p != nil {
		p.add(q, -1)
	}
	if list := b.queue(q.fate); list != nil {
		if i := slices.Index(*list, q); i >= 0 {
			*list = slices.Delete(*list, i, i+1)
		}
	}
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
// of this size. It returns the asker of the first one that left.
func (m *Machine) makeRoom(t *fold.Turn, n, size int) (asker int32) {
	b := &m.board
	for len(b.answered) > 0 && !b.shown.fits(n, size, MaxLive, MaxLiveText) {
		q := b.answered[0]
		if asker == 0 {
			asker = q.asker
		}
		m.archive(t, q)
	}
	return asker
}

// trimShelf archives the oldest dismissed questions beyond the bound.
func (m *Machine) trimShelf(t *fold.Turn) {
	b := &m.board
	for len(b.dismissed) > 0 && !b.shelf.fits(0, 0, MaxDismissed, MaxDismissedText) {
		m.archive(t, b.dismissed[0])
	}
}

func (m *Machine) archive(t *fold.Turn, q *question) {
	q.before = q.fate
	m.move(t, q, archived)
}

// move gives a question another fate and tells everybody concerned.
func (m *Machine) move(t *fold.Turn, q *question, to fate) {
	asker := &m.people.list[q.asker]
	if q.fate == pending {
		asker.pending--
	}
	m.board.leave(q)
	q.fate, q.moved, q.told = to, t.Offset, t.Offset
	m.board.enter(q)
	if to == pending {
		asker.pending++
	}
	if to == live {
		q.wasLive = true
	}
	if to != live && m.stage.Question == q.id {
		m.putOnStage(t, &m.stage.Question, "")
	}
	m.touch(t, q)
}

// first makes somebody the one whose own part has changed, if nobody is yet.
func (m *Machine) first(o *oplog.Outcome, t *fold.Turn, asker int32) {
	if asker == 0 || o.Owner != (oplog.ActorID{}) {
		return
	}
	if id := m.people.list[asker].id; id != t.Actor.ID {
		o.Owner = id
	}
}
