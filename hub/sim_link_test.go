package hub_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
)

// simLink is a node's way to the server: the log that its hub has. It keeps the
// contract of redislog: it tries again for two seconds, an append that may have
// arrived is looked for and not repeated, and notices are hints, behind which the
// head is looked at every two seconds.
type simLink struct {
	// static
	w    *world
	node *simNode
	dead chan struct{} // closed: the process is no more
	// One source for each kind of call: which of two that begin at one instant
	// comes first is the scheduler's to say.
	appends, reads, others, blanks, news *rand.Rand

	// guarded by the world's mu
	server *simServer
	cut    bool
	waits  []simWait
}

// simWait is who waits for entries behind a place.
type simWait struct {
	at   oplog.Position
	wait chan struct{}
}

var _ hub.Store = (*simLink)(nil)

// tries is how long a call tries, and looks is how often the head is looked at.
const (
	simTries = 2 * time.Second
	simLooks = 2 * time.Second
)

func newLink(n *simNode) *simLink {
	l := &simLink{w: n.w, node: n, dead: make(chan struct{}), server: n.w.server}
	for kind, to := range map[string]**rand.Rand{
		"append": &l.appends, "read": &l.reads, "other": &l.others, "blank": &l.blanks, "news": &l.news,
	} {
		*to = stream(n.w.seed, n.name+kind+string(rune('0'+n.gen)))
	}
	var look func()
	look = func() {
		if !l.gone() {
			l.look()
			n.w.at(simLooks, look)
		}
	}
	n.w.at(draw(l.news, 0, simLooks), look)
	return l
}

func (l *simLink) gone() bool {
	select {
	case <-l.dead:
		return true
	default:
		return false
	}
}

// answers reports whether the server can be asked. The caller holds mu.
func (l *simLink) answers() bool { return !l.cut && !l.server.away }

// look wakes who waits at another head than there is. The caller holds mu.
func (l *simLink) look() {
	if !l.answers() {
		return
	}
	head := l.server.head()
	for _, w := range l.waits {
		if w.at.Offset != head.Offset || w.at.Hash != head.Hash {
			l.wake()
			return
		}
	}
}

// wake wakes all who wait. The caller holds mu.
func (l *simLink) wake() {
	for _, w := range l.waits {
		close(w.wait)
	}
	l.waits = nil
}

// reset makes the subscription anew: then the head is looked at. The caller
// holds mu.
func (l *simLink) reset() { l.w.at(draw(l.news, time.Millisecond, 500*time.Millisecond), l.look) }

// rest waits; false if the process or the caller ends meanwhile.
func (l *simLink) rest(ctx context.Context, r *rand.Rand, lo, hi time.Duration) bool {
	l.w.mu.Lock()
	d := l.w.instant(draw(r, lo, hi))
	l.w.mu.Unlock()
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-l.dead:
		return false
	case <-ctx.Done():
		return false
	case <-timer.C:
		return !l.gone()
	}
}

// way is one way there or back.
func (l *simLink) way(ctx context.Context, r *rand.Rand, slow point) bool {
	l.w.mu.Lock()
	late := l.w.chance(r, slow)
	l.w.mu.Unlock()
	if late {
		return l.rest(ctx, r, 20*time.Millisecond, 900*time.Millisecond)
	}
	return l.rest(ctx, r, 100*time.Microsecond, 3*time.Millisecond)
}

// faults are what can happen to one kind of call that writes.
type faults struct {
	slow, lost, unanswered, before, after point
	late                                  func() // leaves what arrives later; nil for nothing
}

// none is a point that is never in play.
const none = numPoints

// try asks the server until it says something, for two seconds. The caller does
// not hold mu; do does.
func (l *simLink) try(ctx context.Context, r *rand.Rand, f faults, do func(s *simServer) error) error {
	open := false
	for end := time.Now().Add(simTries); ; {
		err := l.once(ctx, r, f, do)
		switch {
		case errors.Is(err, oplog.ErrUnknown):
			open = true
		case !errors.Is(err, oplog.ErrUnavailable):
			return err
		}
		if !time.Now().Before(end) || !l.rest(ctx, r, 20*time.Millisecond, 100*time.Millisecond) {
			if open {
				return oplog.ErrUnknown
			}
			return oplog.ErrUnavailable
		}
	}
}

func (l *simLink) once(ctx context.Context, r *rand.Rand, f faults, do func(s *simServer) error) error {
	if !l.way(ctx, r, f.slow) {
		return oplog.ErrUnavailable
	}
	what, err := l.there(r, f, do)
	switch what {
	case simSilent:
		l.rest(ctx, r, 300*time.Millisecond, 1500*time.Millisecond)
		return oplog.ErrUnknown
	case simRefused:
		return oplog.ErrUnavailable
	}
	if !l.way(ctx, r, f.slow) {
		return oplog.ErrUnknown
	}
	return err
}

// What becomes of a call that has got to the server.
type simFate int

const (
	simAnswered simFate = iota
	simSilent           // no answer will come
	simRefused          // nothing was done
)

// there is a call at the server. A disk of the node's own says what became of it.
func (l *simLink) there(r *rand.Rand, f faults, do func(s *simServer) error) (simFate, error) {
	w := l.w
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case l.gone() || !l.answers():
		return simRefused, nil
	case f.lost != none && w.plan.shared && w.chance(r, f.lost):
		return simSilent, nil
	case f.late != nil && w.plan.shared && w.chance(r, appendLate):
		f.late()
		return simSilent, nil
	case f.before != none && w.chance(r, f.before):
		l.node.crash()
		return simRefused, nil
	}
	err := do(l.server)
	switch {
	case f.after != none && w.chance(r, f.after):
		l.node.crash()
		return simRefused, nil
	case f.unanswered != none && w.plan.shared && w.chance(r, f.unanswered):
		return simSilent, nil
	}
	return simAnswered, err
}

var reading = faults{slow: catchUpSlow, lost: none, unanswered: none, before: none, after: none}

// ask is try for what changes nothing.
func (l *simLink) ask(ctx context.Context, r *rand.Rand, do func(s *simServer) error) error {
	err := l.try(ctx, r, reading, do)
	if errors.Is(err, oplog.ErrUnknown) {
		return oplog.ErrUnavailable
	}
	return err
}

// Append implements oplog.Log.
func (l *simLink) Append(ctx context.Context, _ oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	var got oplog.Appended
	var tried []oplog.Entry // the last of each attempt whose outcome is open
	f := faults{linkSlow, appendLost, appendUnanswered, crashBeforeAppend, crashAfterAppend, func() { l.later(known, drafts) }}
	err := l.try(ctx, l.appends, f, func(s *simServer) (err error) {
		for i := range tried {
			if s.holds(&tried[i]) { // it has come there before
				got, err = s.since(known, tried[i].Offset)
				return err
			}
		}
		got, err = s.append(known, drafts)
		if n := len(got.Entries); n > 0 && len(drafts) > 0 {
			tried = append(tried, got.Entries[n-1])
		}
		return err
	})
	l.told("append of %d: %v", len(drafts), err)
	return got, err
}

// later is an append that hangs in some buffer: it arrives after a while, and
// fits if nothing else was written meanwhile. The caller holds mu.
func (l *simLink) later(known oplog.Position, drafts []oplog.Draft) {
	s, head := l.server, l.server.head()
	l.w.at(draw(l.appends, 100*time.Millisecond, 2*time.Second), func() {
		if !s.away && s.head() == head {
			_, _ = s.append(known, drafts) // nobody waits for the answer
		}
	})
}

// since is what an append tells that had come there before: its own entries are
// the last, whatever was written behind them.
func (s *simServer) since(known oplog.Position, last oplog.Offset) (oplog.Appended, error) {
	if !s.confirms() {
		return oplog.Appended{}, oplog.ErrUnknown
	}
	entries, _, err := s.log.Read(context.Background(), opening, known, int(last-known.Offset))
	return oplog.Appended{Epoch: s.head().Epoch, Entries: entries}, err
}

func (l *simLink) told(format string, args ...any) {
	l.w.mu.Lock()
	defer l.w.mu.Unlock()
	if !l.gone() {
		l.w.note(l.node.name, format, args...)
	}
}

// PutBack implements oplog.Log.
func (l *simLink) PutBack(ctx context.Context, _ oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	f := faults{linkSlow, putBackLost, putBackUnanswered, none, none, nil}
	if len(entries) > 0 {
		f.after = crashInPutBack
	}
	err := l.try(ctx, l.others, f, func(s *simServer) error {
		if err := l.w.plan.mutant.putBack(s, at, entries); err != nil {
			return err
		}
		if len(entries) > 0 {
			s.written(at.Hash, entries)
		}
		if !s.confirms() {
			return oplog.ErrUnknown
		}
		if len(entries) > 0 {
			s.confirmed = int(s.head().Offset)
		}
		return nil
	})
	l.told("put back %d behind %d: %v", len(entries), at.Offset, err)
	return err
}

// Read implements oplog.Log.
func (l *simLink) Read(ctx context.Context, _ oplog.Topic, after oplog.Position, limit int) (entries []oplog.Entry, _ <-chan struct{}, err error) {
	wait := make(chan struct{})
	l.w.mu.Lock()
	l.waits = append(l.waits, simWait{after, wait}) // before one looks
	l.w.mu.Unlock()
	err = l.ask(ctx, l.reads, func(s *simServer) (err error) {
		entries, err = l.w.plan.mutant.read(s, after, limit)
		return err
	})
	if err != nil || len(entries) > 0 {
		return entries, nil, err
	}
	return nil, wait, nil
}

// Heads implements oplog.Heads.
func (l *simLink) Heads(ctx context.Context, topics []oplog.Topic) (heads []oplog.Position, err error) {
	err = l.ask(ctx, l.others, func(s *simServer) (err error) {
		heads, err = s.log.Heads(ctx, topics)
		return err
	})
	return heads, err
}

// Key implements oplog.Keeper. The server never loses it.
func (l *simLink) Key(ctx context.Context, _ oplog.Topic) (*oplog.Key, error) {
	return l.w.key, l.ask(ctx, l.others, func(*simServer) error { return nil })
}

// Level implements oplog.Log.
func (l *simLink) Level() oplog.Level { return l.w.plan.level }

// Blank implements oplog.Eraser.
func (l *simLink) Blank(ctx context.Context, topic oplog.Topic, offsets []oplog.Offset) error {
	f := faults{linkSlow, blankLost, none, none, none, nil}
	return l.try(ctx, l.blanks, f, func(s *simServer) error { return s.log.Blank(context.Background(), topic, offsets) })
}

// Erase implements oplog.Eraser. No seed erases a topic.
func (l *simLink) Erase(context.Context, oplog.Topic) error { return oplog.ErrUnavailable }

// SaveSnapshot implements oplog.Snapshots.
func (l *simLink) SaveSnapshot(ctx context.Context, topic oplog.Topic, s oplog.Snapshot) error {
	f := faults{linkSlow, none, none, snapshotBefore, snapshotAfter, nil}
	return l.try(ctx, l.others, f, func(server *simServer) error { return server.log.SaveSnapshot(context.Background(), topic, s) })
}

// LoadSnapshot implements oplog.Snapshots.
func (l *simLink) LoadSnapshot(ctx context.Context, topic oplog.Topic) (s oplog.Snapshot, ok bool, err error) {
	err = l.ask(ctx, l.others, func(server *simServer) (err error) {
		s, ok, err = server.log.LoadSnapshot(context.Background(), topic)
		return err
	})
	return s, ok, err
}
