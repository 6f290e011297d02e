package fanout_test

import (
	"testing"
	"testing/synctest"
)

func TestReplacedSubscriptionIsSilent(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		old, ring, r := h.crew.NewRing(true), h.crew.NewRing(false), dial()
		r.conn.Watch(hall, old, first(0, "as moderator"), nil, catchUpTo(0))
		r.watch(ring, first(0, "as attendee"), "", catchUpTo(0))
		old.Publish(frame(0, 1))
		expect(t, r, "as attendee")
		if old.Readers() != 0 || ring.Readers() != 1 {
			t.Errorf("readers: %d of the old ring, %d of the new", old.Readers(), ring.Readers())
		}
	})
}

// An own part that waits when the history goes on elsewhere leads to those behind
// it: without it they would be taken for what follows an older one.
func TestOwnPartOfAReplacedSubscriptionIsSent(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		old, ring, r := h.crew.NewRing(false), h.crew.NewRing(false), dial()
		r.conn.Watch(hall, old, first(0, "one history"), []byte("own"), catchUpTo(0))
		r.conn.Rewatch(hall, ring, first(0, "another"), []byte("its own"), catchUpTo(0))
		r.conn.Push()
		expect(t, r, "own another+its own")
	})
}

// The same where the history goes on elsewhere while a line is taking what it can.
func TestOwnPartThatALineLeftIsSent(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		old, ring, r := h.crew.NewRing(false), h.crew.NewRing(false), h.reader()
		r.stick()
		r.conn.Own([]byte("one"))
		synctest.Wait()
		r.conn.Own([]byte("two"))
		r.conn.Watch(hall, old, first(0, "one history"), []byte("own"), catchUpTo(0))
		taken := 0
		r.flaky, r.saw = true, func() {
			if taken++; taken == 1 {
				r.conn.Rewatch(hall, ring, first(0, "another"), []byte("its own"), catchUpTo(0))
			}
		}
		r.move()
		expect(t, r, "one two own another+its own")
	})
}
