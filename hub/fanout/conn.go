package fanout

import (
	"slices"
	"sync"
	"time"

	"majlis/hub/oplog"
)

// Source makes one frame that leads from an offset, or from before it, to now,
// for a reader that lags. It may block.
type Source interface {
	CatchUp(from oplog.Offset) (*Frame, error)
}

// subscription is one topic that a connection watches.
type subscription struct {
	// static
	conn   *Conn
	topic  oplog.Topic
	ring   *Ring
	source Source

	// guarded by the part's mu; part itself by the ring's
	part  *part
	place int

	// guarded by the connection's mu
	at     oplog.Offset // what has been taken for sending
	cursor uint64       // sequence number of the next frame
	caught bool         // a catch-up was made, and the ring's head not reached since
	gone   bool         // the next frame is not to be had: a catch-up is needed
	over   bool         // it has been dropped
}

// waiting is a message that has not been sent.
type waiting struct {
	Message
	of     *subscription // it ends with this one; nil: it stands for itself
	ringed bool          // the ring has it too
	// forgets is what the ring's was before the frame was made, when only this
	// connection has it.
	forgets uint64
}

// Conn is one connection's outgoing side.
type Conn struct {
	// static
	line Line
	crew *Crew         // nil: its own goroutine sends all, see Run
	wake chan struct{} // holds one token; nil for a connection of a crew

	mu       sync.Mutex
	lagging  bool // a goroutine of its own sends; the others leave it alone
	ended    error
	queue    []waiting
	ownBytes int // in the queue, without what answers a watch
	wrote    time.Time
	subs     []*subscription
	first    subscription // room for one, beside what is touched with it
}

// Connect makes conn a connection that the crew serves. It belongs to whatever
// holds it and the line: what one delivery touches should lie together.
func (c *Crew) Connect(conn *Conn, line Line) {
	conn.line, conn.crew, conn.wrote = line, c, time.Now()
}

// NewStream makes a connection whose Run sends all there is, for a line that
// blocks.
func NewStream(line Line) *Conn {
	return &Conn{line: line, wake: make(chan struct{}, 1), lagging: true, wrote: time.Now()}
}

// Own sends a message to this connection alone, behind those before.
func (c *Conn) Own(data []byte) {
	if len(data) == 0 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended != nil {
		return
	}
	c.queue = append(c.queue, waiting{Message: Message{Own: data}})
	c.ownBytes += len(data)
	c.pushLocked()
}

// Watch subscribes to a ring. The first message, a frame and behind it what is
// for this connection alone, goes out with the next [Conn.Push]; then what the
// ring publishes behind that frame. A subscription to the same topic is
// replaced, and of what it had not sent only own parts are. It reports false when
// the connection watches too many topics already.
func (c *Conn) Watch(topic oplog.Topic, ring *Ring, first *Frame, own []byte, source Source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.watchLocked(topic, ring, first, own, source)
}

// Rewatch is Watch for a connection that watches the topic already: its history
// goes on elsewhere. It does nothing, and reports false, for one that does not.
func (c *Conn) Rewatch(topic oplog.Topic, ring *Ring, first *Frame, own []byte, source Source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ended != nil || !slices.ContainsFunc(c.subs, func(s *subscription) bool { return s.topic == topic }) {
		return false
	}
	return c.watchLocked(topic, ring, first, own, source)
}

func (c *Conn) watchLocked(topic oplog.Topic, ring *Ring, first *Frame, own []byte, source Source) bool {
	c.dropLocked(topic)
	if len(c.subs) >= MaxSubs {
		return false
	}
	s := &c.first
	if s.conn != nil {
		s = new(subscription)
	}
	*s = subscription{
		conn: c, topic: topic, ring: ring, source: source,
		at: first.To, cursor: ring.after(first.To),
	}
	c.subs = append(c.subs, s)
	c.queue = append(c.queue, waiting{Message: Message{Frame: first, Own: own}, of: s, forgets: ring.forgets.Load()})
	ring.add(s)
	return true
}

// Unwatch ends the subscription to a topic.
func (c *Conn) Unwatch(topic oplog.Topic) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropLocked(topic)
}

// Push sends what waits, without blocking.
func (c *Conn) Push() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pushLocked()
}

// End ends the connection: nothing more is sent, all subscriptions end, and the
// line is told why, unless it has ended before.
func (c *Conn) End(why error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.endLocked(why)
	for len(c.subs) > 0 {
		c.dropLocked(c.subs[0].topic)
	}
}

// Wrote is when something was sent last.
func (c *Conn) Wrote() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.wrote
}

func (c *Conn) endLocked(why error) {
	if c.ended != nil {
		return
	}
	c.ended, c.queue = why, nil
	c.line.End(why)
	c.nudge()
}

func (c *Conn) dropLocked(topic oplog.Topic) {
	for i, s := range c.subs {
		if s.topic != topic {
			continue
		}
		s.ring.remove(s)
		s.over = true
		c.subs = append(c.subs[:i], c.subs[i+1:]...)
		kept := c.queue[:0]
		for _, w := range c.queue {
			if w.of == s {
				w = w.alone()
				c.ownBytes += len(w.Own)
			}
			if w.Frame != nil || w.Own != nil {
				kept = append(kept, w)
			}
		}
		clear(c.queue[len(kept):])
		c.queue = kept
		return
	}
}

// advance sends a subscription's connection what its ring has for it. It returns
// the last frame that was sent, nil for none. batch is room for one message.
func (c *Conn) advance(s *subscription, batch []Message, now time.Time) *Frame {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.lagging || c.ended != nil || s.over || s.gone || len(c.queue) > 0 || s.cursor+1 != s.ring.next.Load() {
		c.pushLocked()
		return nil
	}
	f, kept := s.ring.read(s.cursor)
	if !kept {
		c.lagLocked()
		return nil
	}
	batch[0] = Message{Frame: f}
	taken, clear, err := c.line.Send(batch)
	switch {
	case err != nil:
		c.endLocked(err)
		return nil
	case taken == 1:
		s.cursor++
		s.at = max(s.at, f.To)
		c.wrote = now
	}
	if !clear {
		c.lagLocked()
	}
	if taken == 0 {
		return nil
	}
	return f
}

// pushLocked sends what waits until nothing does or the line is not clear.
func (c *Conn) pushLocked() {
	for c.ended == nil {
		if c.lagging {
			if c.ownBytes > c.maxOwn() {
				c.endLocked(ErrOverflow)
			}
			c.nudge()
			return
		}
		batch, behind := c.takeLocked(nil)
		if behind != nil {
			c.lagLocked()
		}
		if len(batch) == 0 {
			return
		}
		taken, clear, err := c.line.Send(messages(batch))
		if err != nil {
			c.endLocked(err)
			return
		}
		c.wrote = time.Now()
		c.putBackLocked(batch[taken:])
		if !clear && !c.lagging {
			c.lagLocked()
		}
	}
}

// takeLocked takes what is to be sent next: what waits, then what the rings have.
// behind is a subscription that needs a catch-up first.
func (c *Conn) takeLocked(batch []waiting) (_ []waiting, behind *subscription) {
	n := min(len(c.queue), MaxSend)
	for _, w := range c.queue[:n] {
		if w.of == nil {
			c.ownBytes -= len(w.Own)
		} else if w.outdated() {
			w.of.forget(w.Frame)
			if w.Frame = nil; w.Own == nil {
				continue
			}
		}
		batch = append(batch, w)
	}
	if c.queue = c.queue[n:]; len(c.queue) == 0 {
		c.queue = nil // one that keeps up keeps no queue
	}
	for _, s := range c.subs {
		for len(batch) < MaxSend {
			f, gone := s.nextLocked(c.lagging)
			if gone {
				return batch, s
			}
			if f == nil {
				break
			}
			batch = append(batch, waiting{Message: Message{Frame: f}, of: s, ringed: true})
		}
	}
	return batch, nil
}

// alone is what remains of a message whose subscription ends: the own part, which
// leads to those that wait behind it.
func (w *waiting) alone() waiting { return waiting{Message: Message{Own: w.Own}} }

// outdated reports whether a text had to go since the frame was made.
func (w *waiting) outdated() bool {
	return w.Frame != nil && w.of.ring.forgets.Load() != w.forgets
}

// forget takes a frame back that may hold what had to go: another catch-up leads
// from where it began.
func (s *subscription) forget(f *Frame) {
	s.at = min(s.at, f.From)
	s.gone = true
}

// nextLocked moves to the next frame of the ring. gone says that a catch-up is
// needed, or would be shorter.
func (s *subscription) nextLocked(lagging bool) (f *Frame, gone bool) {
	if s.gone {
		return nil, true
	}
	behind := s.ring.next.Load() - s.cursor
	if behind == 0 {
		s.caught = false
		return nil, false
	}
	if lagging && behind > MaxBehind && !s.caught {
		return nil, true
	}
	f, kept := s.ring.read(s.cursor)
	if !kept {
		return nil, true
	}
	s.cursor++
	s.at = max(s.at, f.To)
	return f, false
}

// putBackLocked returns what a line did not take. A frame of a ring is left to
// the ring: by the next time there may be something shorter, or it may have to
// be forgotten.
func (c *Conn) putBackLocked(rest []waiting) {
	var again []waiting
	for _, w := range rest {
		switch {
		case w.ringed:
			w.of.cursor = min(w.of.cursor, w.Frame.seq)
			w.of.at = min(w.of.at, w.Frame.From)
		case w.of == nil || !w.of.over:
			again = append(again, w)
		case w.Own != nil:
			w = w.alone()
			again = append(again, w)
		}
		if w.of == nil {
			c.ownBytes += len(w.Own)
		}
	}
	if len(again) > 0 {
		c.queue = append(again, c.queue...)
	}
}

// maxOwn is how much of its own may wait: a stream is not behind because its
// goroutine has not run yet.
func (c *Conn) maxOwn() int {
	if c.crew == nil {
		return MaxStreamOwn
	}
	return MaxOwn
}

func messages(batch []waiting) []Message {
	out := make([]Message, len(batch))
	for i := range batch {
		out[i] = batch[i].Message
	}
	return out
}

// lagLocked leaves the connection to a goroutine of its own.
func (c *Conn) lagLocked() {
	if c.lagging {
		return
	}
	c.lagging = true
	c.crew.follow(c)
}

// nudge wakes the goroutine that runs a stream; it looks at everything when it
// wakes.
func (c *Conn) nudge() {
	if c.wake == nil {
		return
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
