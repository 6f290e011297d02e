package fanout

import (
	"sync"
	"sync/atomic"
	"time"

	"majlis/hub/oplog"
)

// Ring keeps the last [RingFrames] frames of one topic and role, and knows who
// subscribed to them.
type Ring struct {
	// static
	crew   *Crew
	urgent bool

	slots [RingFrames]atomic.Pointer[Frame]
	next  atomic.Uint64 // sequence number of the next frame
	floor atomic.Uint64 // frames below are not given out any more
	lost  atomic.Uint64 // To of the newest frame that is not kept any more
	// forgets counts the times that texts had to go: what was made before may hold
	// one.
	forgets atomic.Uint64

	readers atomic.Int64
	took    atomic.Int64 // nanoseconds from the last Publish to its last send

	mu    sync.Mutex
	parts []*part // one at least
	since time.Time
}

// NewRing returns an empty ring. An urgent one goes before the others.
func (c *Crew) NewRing(urgent bool) *Ring {
	r := &Ring{crew: c, urgent: urgent}
	r.parts = []*part{{ring: r}}
	return r
}

// Publish adds a frame and has it carried to the readers. It blocks for
// nobody. One goroutine publishes.
func (r *Ring) Publish(f *Frame) {
	f.seq = r.next.Load()
	if old := r.slots[f.seq%RingFrames].Swap(f); old != nil {
		r.lost.Store(uint64(old.To))
	}
	r.next.Store(f.seq + 1)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.since = time.Now()
	for _, p := range r.parts {
		r.crew.enqueue(p)
	}
}

// Forget drops the frames that are kept: they hold a text that must go. Readers
// that had not read them lag. The goroutine that publishes calls it.
func (r *Ring) Forget() {
	next := r.next.Load()
	if next > 0 {
		if last := r.slots[(next-1)%RingFrames].Load(); last != nil {
			r.lost.Store(uint64(last.To))
		}
	}
	r.forgets.Add(1)
	r.floor.Store(next)
	for i := range r.slots {
		r.slots[i].Store(nil)
	}
}

// Readers is how many connections are subscribed.
func (r *Ring) Readers() int { return int(r.readers.Load()) }

// Took is how long the last broadcast that ended took, from Publish to the last
// send.
func (r *Ring) Took() time.Duration { return time.Duration(r.took.Load()) }

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

// after finds the first frame that leads beyond an offset. It may overlap what the
// reader has already, which the rule of patches allows. When a frame in between
// is not kept any more, the number is that of one which is gone.
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
	if first > 0 && uint64(at) < r.lost.Load() {
		return first - 1
	}
	return first
}

// add puts a subscription into the smallest part.
func (r *Ring) add(s *subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	smallest := r.parts[0]
	for _, p := range r.parts[1:] {
		if p.size() < smallest.size() {
			smallest = p
		}
	}
	smallest.add(s)
	r.readers.Add(1)
}

// remove takes a subscription out, whichever part it is in.
func (r *Ring) remove(s *subscription) {
	r.mu.Lock()
	defer r.mu.Unlock()
	s.part.remove(s)
	r.readers.Add(-1)
}

// walked notes that a part has been served. When that took too long, half of it
// goes to one more worker.
func (r *Ring) walked(p *part) {
	r.mu.Lock()
	defer r.mu.Unlock()
	took := time.Since(r.since)
	r.took.Store(int64(took))
	if took <= Span || len(r.parts) >= r.crew.workers || p.size() < 2*Stride {
		return
	}
	half := &part{ring: r}
	for n := p.size() / 2; n > 0; n-- {
		half.add(p.pop())
	}
	r.parts = append(r.parts, half)
	// What was published meanwhile has been queued for the old part only.
	r.crew.enqueue(half)
}
