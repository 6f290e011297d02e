package hub_test

import (
	"context"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
)

// simServer is the store that all nodes share, as a Redis is: what it has said it
// may forget. All of it is guarded by the world's mu.
type simServer struct {
	// static
	w *world

	log      *memlog.Log
	away     bool
	full     bool
	isolated bool          // another one is the server now, and no replica follows it
	behind   bool          // its replicas are, and do not say that they have something
	skew     time.Duration // of its clock
	// confirmed is up to where replicas have everything.
	confirmed int
	dump      []oplog.Entry // what was written to a disk some time ago
	gap       int           // counts the times that it was away
}

func newServer(w *world) *simServer {
	s := &simServer{w: w}
	s.become(nil)
	return s
}

// become puts a history in the place of the one there is. A text that was blanked
// later than the history's end is there again.
func (s *simServer) become(entries []oplog.Entry) {
	entries = s.w.past.unblanked(entries)
	log := memlog.New()
	log.Now = func() time.Time { return time.Now().Add(s.skew) }
	if err := log.PutBack(context.Background(), opening, oplog.Position{}, entries); err != nil {
		panic("a history that was written does not go back: " + err.Error())
	}
	s.log = log
	s.confirmed = min(s.confirmed, len(entries))
	s.w.note("server", "has %d", len(entries))
	s.w.forgotten()
}

func (s *simServer) entries() []oplog.Entry {
	entries, _, err := s.log.Read(context.Background(), opening, oplog.Position{}, 0)
	if err != nil {
		panic("the simulated server does not read: " + err.Error())
	}
	return entries
}

func (s *simServer) head() oplog.Position {
	heads, err := s.log.Heads(context.Background(), []oplog.Topic{opening})
	if err != nil {
		panic("the simulated server has no head: " + err.Error())
	}
	return heads[0]
}

// holds reports whether an entry is there.
func (s *simServer) holds(e *oplog.Entry) bool {
	_, _, err := s.log.Read(context.Background(), opening, oplog.Position{Offset: e.Offset, Hash: e.Chain.Short()}, 1)
	return err == nil
}

// keep loses all but the first n entries.
func (s *simServer) keep(n int) {
	entries := s.entries()
	if n < len(entries) {
		s.become(entries[:n])
	}
}

// leave does not answer for a while.
func (s *simServer) leave(d time.Duration) {
	s.away = true
	s.gap++
	gap := s.gap
	s.w.note("server", "away")
	s.w.at(d, func() {
		if s.gap == gap && !s.isolated {
			s.away = false
			s.w.note("server", "back")
		}
	})
}

// fill has no room for a while.
func (s *simServer) fill(d time.Duration) {
	s.full = true
	s.w.note("server", "full")
	s.w.at(d, func() { s.full = false })
}

// trail has its replicas fall behind for a while. What is written meanwhile is
// theirs when they have caught up.
func (s *simServer) trail(d time.Duration) {
	s.behind = true
	s.w.note("server", "trailed")
	s.w.at(d, s.overtaken)
}

// overtaken has its replicas catch up.
func (s *simServer) overtaken() {
	if s.behind = false; !s.isolated {
		s.confirmed = int(s.head().Offset)
		s.w.past.copy(s.entries())
	}
}

// followed reports whether replicas have what is written.
func (s *simServer) followed() bool { return !s.isolated && !s.behind }

// confirms reports whether what is written may be acknowledged: where that
// promises replicas, they must have it.
func (s *simServer) confirms() bool {
	return s.followed() || s.w.plan.level != oplog.RedisReplicated || s.w.plan.mutant == hasty
}

// append writes as the log of a node asks, and tells the nodes.
func (s *simServer) append(known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if s.full {
		return oplog.Appended{}, oplog.ErrFull
	}
	got, err := s.w.plan.mutant.append(s, known, drafts)
	if err != nil {
		return got, err
	}
	s.written(known.Hash, got.Entries)
	if !s.confirms() {
		return got, oplog.ErrUnknown
	}
	s.confirmed = max(s.confirmed, int(s.head().Offset))
	return got, nil
}

// written notes what stands behind a place, of which something is new, and
// publishes that.
func (s *simServer) written(behind oplog.Hash, entries []oplog.Entry) {
	w := s.w
	w.past.note(behind, entries)
	if s.followed() {
		w.past.copy(entries)
	}
	if len(entries) > 0 {
		w.note("server", "written to %d", entries[len(entries)-1].Offset)
	}
	s.publish()
}

// publish sends every node a notice, of which some are lost, some come twice and
// some late.
func (s *simServer) publish() {
	w := s.w
	for _, n := range w.nodes {
		l := n.link
		if !n.up || l == nil || l.server != s || w.chance(l.news, newsDropped) {
			continue
		}
		after := draw(l.news, 100*time.Microsecond, 5*time.Millisecond)
		if w.chance(l.news, newsLate) {
			after = draw(l.news, 5*time.Millisecond, 3*time.Second)
		}
		w.at(after, l.wake)
		if w.chance(l.news, newsDoubled) {
			w.at(after+draw(l.news, time.Microsecond, time.Second), l.wake)
		}
	}
}
