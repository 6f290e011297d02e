package gateway

import (
	"sync"
	"time"
)

// wheel holds all clients and knows whom to look at when, without a timer for
// each: a slot a turn, one turn of the wheel longer than the longest silence.
// Safe for concurrent use.
type wheel struct {
	mu    sync.Mutex
	slots [wheelSlots]*client // heads of lists
	hand  int                 // the slot that is due next
	count int
}

// wheelSlots are more than the longest silence has turns.
const wheelSlots = int(BeatEvery/SweepEvery) + 2

// spoke is a client's place on the wheel, guarded by the wheel's mu.
type spoke struct {
	prev, next *client
	slot       int8
	on         bool // in a list
	gone       bool // and not coming back
}

// add puts a client so far ahead of the hand, unless it has been removed.
func (w *wheel) add(c *client, in time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if c.spoke.on || c.spoke.gone {
		return
	}
	turns := min(max(1, int(in/SweepEvery)), wheelSlots-1)
	slot := (w.hand + turns) % wheelSlots
	head := w.slots[slot]
	c.spoke = spoke{next: head, slot: int8(slot), on: true}
	if head != nil {
		head.spoke.prev = c
	}
	w.slots[slot] = c
	w.count++
}

// remove takes a client off for good.
func (w *wheel) remove(c *client) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.unlinkLocked(c)
	c.spoke.gone = true
}

func (w *wheel) unlinkLocked(c *client) {
	s := &c.spoke
	if !s.on {
		return
	}
	if s.prev != nil {
		s.prev.spoke.next = s.next
	} else {
		w.slots[s.slot] = s.next
	}
	if s.next != nil {
		s.next.spoke.prev = s.prev
	}
	*s = spoke{}
	w.count--
}

// turn takes off those who are due.
func (w *wheel) turn() (due []*client) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for c := w.slots[w.hand]; c != nil; c = w.slots[w.hand] {
		due = append(due, c)
		w.unlinkLocked(c)
	}
	w.hand = (w.hand + 1) % wheelSlots
	return due
}

// all lists the clients on the wheel.
func (w *wheel) all() []*client {
	w.mu.Lock()
	defer w.mu.Unlock()
	out := make([]*client, 0, w.count)
	for _, head := range w.slots {
		for c := head; c != nil; c = c.spoke.next {
			out = append(out, c)
		}
	}
	return out
}

func (w *wheel) len() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.count
}
