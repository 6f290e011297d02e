package fanout

import (
	"context"
	"errors"
	"sync"

	"majlis/hub/oplog"
)

// Source makes one frame that leads from an offset to now, for a reader that
// has fallen out of the ring. It may block.
type Source func(ctx context.Context, from oplog.Offset) (*Frame, error)

// Sink writes one message of the topic, or of nobody in particular ("").
// It blocks until the message has been handed on. f is nil for own messages.
type Sink func(ctx context.Context, topic oplog.Topic, f *Frame, data []byte) error

// ErrOverflow ends a connection that lets its own messages pile up.
var ErrOverflow = errors.New("connection does not read what is for it alone")

// subscription is one topic that a connection watches.
type subscription struct {
	topic  oplog.Topic
	ring   *Ring
	source Source
	at     oplog.Offset // what has been written
	cursor uint64       // sequence number of the next frame
}

// Conn is one connection's outgoing side.
type Conn struct {
	sink Sink
	wake chan struct{} // holds one token

	mu       sync.Mutex
	subs     []*subscription
	own      [][]byte
	ownBytes int
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
		c.own = append(c.own, data)
	}
	c.mu.Unlock()
	c.nudge()
}

// Watch subscribes to a ring and queues the first message, which leads to
// offset at. A subscription to the same topic is replaced. It reports false
// when the connection watches too many topics already.
func (c *Conn) Watch(topic oplog.Topic, ring *Ring, at oplog.Offset, first []byte, source Source) bool {
	c.mu.Lock()
	c.dropLocked(topic)
	ok := len(c.subs) < MaxSubs
	if ok {
		c.subs = append(c.subs, &subscription{
			topic: topic, ring: ring, source: source, at: at, cursor: ring.after(at),
		})
		ring.add(c)
	}
	c.mu.Unlock()
	if ok {
		c.Own(first)
	}
	return ok
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
	c.mu.Lock()
	own, subs, overflow := c.own, append([]*subscription(nil), c.subs...), c.overflow
	c.own, c.ownBytes = nil, 0
	c.mu.Unlock()
	if overflow {
		return false, ErrOverflow
	}
	for _, data := range own {
		if err := c.sink(ctx, "", nil, data); err != nil {
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
