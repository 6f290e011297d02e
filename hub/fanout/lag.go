package fanout

import (
	"context"
	"time"
)

// Run serves a stream until ctx is done or its line fails. It ends all
// subscriptions before it returns.
func (c *Conn) Run(ctx context.Context) error {
	for {
		busy, err := c.step(ctx)
		switch {
		case err != nil:
			c.End(err)
			return err
		case busy:
			continue
		}
		select {
		case <-ctx.Done():
		case <-c.wake:
		}
	}
}

// chase serves a connection until it has caught up. Then it is the crew's again.
func (c *Conn) chase(ctx context.Context) {
	for {
		if err := c.line.Wait(ctx); err != nil {
			c.End(err)
			return
		}
		busy, err := c.step(ctx)
		switch {
		case err != nil:
			c.End(err)
			return
		case !busy && c.rejoin():
			return
		}
	}
}

// rejoin gives the connection back to the crew, unless something has come
// meanwhile. A frame that is published from now on finds it keeping up: its
// walk begins later and takes the same lock.
func (c *Conn) rejoin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.queue) > 0 {
		return false
	}
	for _, s := range c.subs {
		if s.gone || s.cursor != s.ring.next.Load() {
			return false
		}
	}
	c.lagging = false
	return true
}

// step sends some of what waits, or asks for a catch-up. It reports whether
// there was anything. It is called by one goroutine, while lagging is set, and
// blocks without holding the lock.
func (c *Conn) step(ctx context.Context) (busy bool, err error) {
	if ctx.Err() != nil { // also for one that is never idle
		return false, context.Cause(ctx)
	}
	c.mu.Lock()
	if err := c.ended; err != nil {
		c.mu.Unlock()
		return false, err
	}
	batch, behind := c.takeLocked(nil)
	c.mu.Unlock()
	if len(batch) == 0 && behind == nil {
		return false, nil
	}
	if len(batch) > 0 {
		taken, _, err := c.line.Send(messages(batch))
		if err != nil {
			return false, err
		}
		c.sent(batch[taken:])
	}
	if behind != nil {
		return true, c.catchUp(behind)
	}
	return true, nil
}

func (c *Conn) sent(rest []waiting) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.wrote = time.Now()
	c.putBackLocked(rest)
}

// catchUp queues one frame that leads to now, and goes on behind it.
func (c *Conn) catchUp(s *subscription) error {
	c.mu.Lock()
	from, forgets := s.at, s.ring.forgets.Load()
	c.mu.Unlock()
	f, err := s.source.CatchUp(from)
	if err != nil {
		return err
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, still := range c.subs {
		if still == s {
			s.cursor, s.caught, s.gone = s.ring.after(f.To), true, false
			s.at = max(s.at, f.To)
			c.queue = append(c.queue, waiting{Message: Message{Frame: f}, of: s, forgets: forgets})
		}
	}
	return nil
}
