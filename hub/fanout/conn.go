package fanout

import (
	"context"
	"errors"
	"slices"
	"sync"

	"majlis/hub/oplog"
)

// Source makes one frame that leads from an offset to now, for a reader that
// has fallen out of the ring. It may block.
type Source func(ctx context.Context, from oplog.Offset) (*Frame, error)

// Sink writes one message of the topic, or of nobody in particular ("").
// It blocks until the message has been handed on. f is nil for own messages;
// behind the first frame of a subscription data goes on with own parts.
type Sink func(ctx context.Context, topic oplog.Topic, f *Frame, data []byte) error

// ErrOverflow ends a connection that lets its own messages pile up.
var ErrOverflow = errors.New("connection does not read what is for it alone")

// subscription is one topic that a connection watches.
type subscription struct {
	// static
	topic  oplog.Topic
	ring   *Ring
	source Source

	// owned by the goroutine that runs the connection
	at     oplog.Offset // what has been written
	cursor uint64       // sequence number of the next frame

	// guarded by the connection's mu
	first *Frame // not written yet; nil once it is, or the subscription has ended
	own   []byte // goes with it
}

// message waits to be written: one for this connection alone, or the first one
// of a subscription, which stays with the subscription and ends with it.
type message struct {
	data []byte
	of   *subscription
}

// Conn is one connection's outgoing side.
type Conn struct {
	sink Sink
	wake chan struct{} // holds one token

	mu       sync.Mutex
	subs     []*subscription
	own      []message
	ownBytes int // without first messages: those are four at most, and shared
	overflow bool
}

// NewConn makes a connection that writes to a sink once it runs.
func NewConn(sink Sink) *Conn {
	return &Conn{sink: sink, wake: make(chan struct{}, 1)}
}

// Own queues a message for this connection alone.
func (c *Conn) Own(data []byte) {
	if len(data) == 0 {
		return
	}
	c.mu.Lock()
	if c.ownBytes += len(data); c.ownBytes > MaxOwn {
		c.overflow = true
	} else {
		c.own = append(c.own, message{data: data})
	}
	c.mu.Unlock()
	c.nudge()
}

// Watch subscribes to a ring and queues the first message: a frame, and behind
// it on a line of its own what is for this connection alone. It goes on behind
// that frame. A subscription to the same topic is replaced, and what it had not
// written is not written any more. It reports false when the connection watches
// too many topics already.
func (c *Conn) Watch(topic oplog.Topic, ring *Ring, first *Frame, own []byte, source Source) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropLocked(topic)
	if len(c.subs) >= MaxSubs {
		return false
	}
	s := &subscription{
		topic: topic, ring: ring, source: source,
		at: first.To, cursor: ring.after(first.To), first: first, own: own,
	}
	c.subs = append(c.subs, s)
	c.own = append(c.own, message{of: s})
	ring.add(c)
	c.nudge()
	return true
}

// Unwatch ends the subscription to a topic.
func (c *Conn) Unwatch(topic oplog.Topic) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.dropLocked(topic)
}

func (c *Conn) dropLocked(topic oplog.Topic) {
	for i, s := range c.subs {
		if s.topic == topic {
			s.ring.remove(c)
			s.first, s.own = nil, nil
			c.subs = append(c.subs[:i], c.subs[i+1:]...)
			return
		}
	}
}

// Run writes until ctx is done or the sink fails. It ends all subscriptions
// before it returns.
func (c *Conn) Run(ctx context.Context) error {
	defer c.leave()
	for {
		for {
			busy, err := c.step(ctx)
			if err != nil {
				return err
			}
			if !busy {
				break
			}
		}
		select {
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-c.wake:
		}
	}
}

// step writes whatever waits: own messages first, then a frame of each
// subscription. It reports whether it wrote anything.
func (c *Conn) step(ctx context.Context) (busy bool, err error) {
	if ctx.Err() != nil { // also for one that is never idle
		return false, context.Cause(ctx)
	}
	c.mu.Lock()
	own, subs, overflow := c.own, append([]*subscription(nil), c.subs...), c.overflow
	c.own, c.ownBytes = nil, 0
	c.mu.Unlock()
	if overflow {
		return false, ErrOverflow
	}
	for _, m := range own {
		if err := c.write(ctx, m); err != nil {
			return false, err
		}
	}
	busy = len(own) > 0
	for _, s := range subs {
		wrote, err := c.advance(ctx, s)
		if err != nil {
			return false, err
		}
		busy = busy || wrote
	}
	return busy, nil
}

// write writes one message. The first one of a subscription is put together only
// now, so that the many who wait for the same document wait with one copy.
func (c *Conn) write(ctx context.Context, m message) error {
	if m.of == nil {
		return c.sink(ctx, "", nil, m.data)
	}
	c.mu.Lock()
	f, own := m.of.first, m.of.own
	m.of.first, m.of.own = nil, nil
	c.mu.Unlock()
	if f == nil {
		return nil
	}
	data := f.Data
	if len(own) > 0 {
		data = slices.Concat(f.Data, []byte("\n"), own)
	}
	return c.sink(ctx, m.of.topic, f, data)
}

// advance writes the next frame of a subscription, or a catch-up when that
// frame is gone. Only the running goroutine moves a subscription's cursor.
func (c *Conn) advance(ctx context.Context, s *subscription) (wrote bool, err error) {
	f, kept := s.ring.read(s.cursor)
	switch {
	case f == nil && kept:
		return false, nil
	case f == nil:
		if f, err = s.source(ctx, s.at); err != nil {
			return false, err
		}
		s.cursor = s.ring.after(f.To)
	default:
		s.cursor++
	}
	s.at = max(s.at, f.To)
	return true, c.sink(ctx, s.topic, f, f.Data)
}

func (c *Conn) leave() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, s := range c.subs {
		s.ring.remove(c)
	}
	c.subs = nil
}

// nudge wakes the running goroutine; it looks at everything when it wakes.
func (c *Conn) nudge() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}
