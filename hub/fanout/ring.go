package fanout

import (
	"sync"
	"sync/atomic"
	"time"

	"majlis/hub/oplog"
)

// Frame is one message for everybody who watches a topic in a role. One with
// From equal to To holds only what is true now (a pulse).
type Frame struct {
	From, To oplog.Offset
	Epoch    string
	Hash     oplog.Hash
	Data     []byte
	// Born is when the oldest change in it reached the hub, for the latency of
	// the fan-out.
	Born time.Time

	seq uint64
}

// Ring keeps the last [RingFrames] frames of one topic and role.
type Ring struct {
	slots [RingFrames]atomic.Pointer[Frame]
	next  atomic.Uint64 // sequence number of the next frame
	floor atomic.Uint64 // frames below are not given out any more

	mu    sync.Mutex
	conns map[*Conn]struct{}
}

// NewRing returns an empty ring.
func NewRing() *Ring { return &Ring{conns: make(map[*Conn]struct{})} }

// Publish adds a frame and wakes the readers. One goroutine publishes.
func (r *Ring) Publish(f *Frame) {
	f.seq = r.next.Load()
	r.slots[f.seq%RingFrames].Store(f)
	r.next.Store(f.seq + 1)
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		c.nudge()
	}
}

// Forget drops the frames that are kept: they hold a text that must go. Readers
// that had not read them lag.
func (r *Ring) Forget() {
	r.floor.Store(r.next.Load())
	for i := range r.slots {
		r.slots[i].Store(nil)
	}
}

// Readers is how many connections are subscribed.
func (r *Ring) Readers() int {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.conns)
}

// read returns the frame with a sequence number: nil and true if it has not
// been published, nil and false if it is gone.
func (r *Ring) read(seq uint64) (f *Frame, kept bool) {
	if seq >= r.next.Load() {
		return nil, true
	}
	f = r.slots[seq%RingFrames].Load()
	if f == nil || f.seq != seq {
		return nil, false
	}
	return f, true
}

// after finds the first frame that leads beyond an offset. Frames overlap what
// the reader has already, which the rule of patches allows; a hole is not
// possible as long as the reader's offset came from this topic's loop.
func (r *Ring) after(at oplog.Offset) uint64 {
	next := r.next.Load()
	first := r.floor.Load()
	if next > RingFrames {
		first = max(first, next-RingFrames)
	}
	for seq := next; seq > first; seq-- {
		f, _ := r.read(seq - 1)
		if f == nil || f.To <= at {
			return seq
		}
	}
	return first
}

func (r *Ring) add(c *Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.conns[c] = struct{}{}
}

func (r *Ring) remove(c *Conn) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.conns, c)
}
