package fanout

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
	"time"
)

// Observer is told what the crew does: once a stride and once a broadcast, never
// once a delivery. Its methods must return at once.
type Observer interface {
	// Delivered is a sample: how old the oldest change in a frame was when it had
	// been sent.
	Delivered(age time.Duration)
	// Broadcast: a frame, or some at once, went to so many connections.
	Broadcast(sent int)
	// Lagging: a connection began (+1) or ceased (-1) to be served by a goroutine
	// of its own.
	Lagging(change int)
}

// Crew are the workers that carry frames from rings to connections, and the
// goroutines of those connections that lag.
type Crew struct {
	// static
	observer Observer
	workers  int

	urgent atomic.Int32 // urgent parts that wait

	mu       sync.Mutex
	work     sync.Cond
	queues   [2][]*part // urgent ones first
	stopped  bool
	ctx      context.Context // of the goroutines of those who lag; nil before Run
	early    []*Conn         // lagged before Run
	laggards sync.WaitGroup
}

// NewCrew returns a crew that works once it runs.
func NewCrew(observer Observer) *Crew {
	c := &Crew{observer: observer, workers: runtime.GOMAXPROCS(0)}
	c.work.L = &c.mu
	return c
}

// Run works until ctx is done. Connections that lag are ended.
func (c *Crew) Run(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	c.mu.Lock()
	c.ctx = ctx
	for _, conn := range c.early {
		c.followLocked(conn)
	}
	c.early = nil
	c.mu.Unlock()
	var all sync.WaitGroup
	for range c.workers {
		all.Go(c.serve)
	}
	<-ctx.Done()
	c.mu.Lock()
	c.stopped = true
	c.work.Broadcast()
	c.mu.Unlock()
	all.Wait()
	c.laggards.Wait()
	return nil
}

// serve takes one part after the other.
func (c *Crew) serve() {
	for {
		p := c.next()
		if p == nil {
			return
		}
		c.walk(p)
	}
}

func (c *Crew) walk(p *part) {
	between := c.yield
	if p.ring.urgent {
		between = func() {}
	}
	for again := true; again; again = c.done(p) {
		p.serve(c.observer, between)
		p.ring.walked(p)
	}
}

// yield serves the urgent parts that wait.
func (c *Crew) yield() {
	for c.urgent.Load() > 0 {
		c.mu.Lock()
		p := c.popLocked(0)
		c.mu.Unlock()
		if p == nil {
			return
		}
		c.walk(p)
	}
}

// next waits for work. It returns nil when the crew has stopped.
func (c *Crew) next() *part {
	c.mu.Lock()
	defer c.mu.Unlock()
	for !c.stopped {
		for i := range c.queues {
			if p := c.popLocked(i); p != nil {
				return p
			}
		}
		c.work.Wait()
	}
	return nil
}

func (c *Crew) popLocked(queue int) *part {
	q := c.queues[queue]
	if len(q) == 0 {
		return nil
	}
	p := q[0]
	q[0] = nil
	c.queues[queue] = q[1:]
	if p.ring.urgent {
		c.urgent.Add(-1)
	}
	p.state = walking
	return p
}

// enqueue has a part served, once more if it is being served now.
func (c *Crew) enqueue(p *part) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch p.state {
	case idle:
		p.state = queued
		if p.ring.urgent {
			c.urgent.Add(1)
			c.queues[0] = append(c.queues[0], p)
		} else {
			c.queues[1] = append(c.queues[1], p)
		}
		c.work.Signal()
	case walking:
		p.state = walkingQueued
	}
}

// done reports whether a part must be served again: something was published
// while it was.
func (c *Crew) done(p *part) (again bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if p.state == walkingQueued && !c.stopped {
		p.state = walking
		return true
	}
	p.state = idle
	return false
}

// follow gives a connection that lags a goroutine of its own.
func (c *Crew) follow(conn *Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	switch {
	case c.stopped:
	case c.ctx == nil:
		c.early = append(c.early, conn)
	default:
		c.followLocked(conn)
	}
}

func (c *Crew) followLocked(conn *Conn) {
	ctx := c.ctx
	c.laggards.Go(func() {
		c.observer.Lagging(1)
		defer c.observer.Lagging(-1)
		conn.chase(ctx)
	})
}
