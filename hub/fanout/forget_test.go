package fanout_test

import (
	"fmt"
	"testing"
	"testing/synctest"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
)

func TestForgottenFramesAreNotSent(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		r.stick()
		r.watch(ring, first(0, "first"), "", catchUpTo(2))
		synctest.Wait()
		ring.Publish(&fanout.Frame{From: 0, To: 1, Data: []byte("a secret")})
		synctest.Wait()
		ring.Forget()
		ring.Publish(frame(1, 2))
		synctest.Wait()
		r.move()
		expect(t, r, "first catch-up 0..2")
	})
}

// A frame that a line had no room for is left to the ring, and forgotten with it.
func TestForgottenFramesThatWereTakenAreNotSent(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		r.stick()
		ring.Publish(&fanout.Frame{From: 0, To: 1, Data: []byte("a secret")})
		r.watch(ring, first(0, "first"), "", catchUpTo(2))
		synctest.Wait()
		ring.Forget()
		r.move()
		ring.Publish(frame(1, 2))
		expect(t, r, "first catch-up 0..2")
	})
}

// A text is redacted between a catch-up and the place where its reader goes on.
func TestForgettingBehindACatchUpLeavesNoHole(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		calls := 0
		r.watch(ring, first(0, "first"), "", sourceFunc(func(from oplog.Offset) (*fanout.Frame, error) {
			if calls++; calls > 1 {
				return catchUpTo(21).CatchUp(from)
			}
			f, err := catchUpTo(10).CatchUp(from) // made in the topic's loop, which goes on
			ring.Publish(frame(10, 20))
			ring.Forget()
			ring.Publish(frame(20, 21))
			return f, err
		}))
		r.stick()
		for i := range 10 {
			ring.Publish(frame(i, i+1))
			synctest.Wait()
		}
		r.move()
		expect(t, r, "first 0..1 catch-up 1..21")
	})
}

// While a catch-up is on its way the ring goes round.
func TestARingThatGoesRoundBehindACatchUpLeavesNoHole(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		const end = 10 + 2*fanout.RingFrames
		calls := 0
		r.watch(ring, first(0, "first"), "", sourceFunc(func(from oplog.Offset) (*fanout.Frame, error) {
			if calls++; calls > 1 {
				return catchUpTo(end).CatchUp(from)
			}
			f, err := catchUpTo(10).CatchUp(from)
			for i := 10; i < end; i++ {
				ring.Publish(frame(i, i+1))
			}
			return f, err
		}))
		r.stick()
		for i := range 10 {
			ring.Publish(frame(i, i+1))
			synctest.Wait()
		}
		r.move()
		expect(t, r, fmt.Sprintf("first 0..1 catch-up 1..10 catch-up 10..%d", end))
	})
}

// A document or a catch-up that waits behind a full line holds a text that must
// go: another one takes its place, and what was for this connection alone stays.
func TestAForgottenDocumentIsNotSent(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		r.stick()
		r.conn.Own([]byte("beat")) // something remains of it
		r.watch(ring, first(5, "a secret"), "mine", catchUpTo(6))
		synctest.Wait()
		ring.Forget()
		ring.Publish(frame(5, 6))
		synctest.Wait()
		r.move()
		synctest.Wait()
		ring.Publish(frame(6, 7))
		expect(t, r, "beat mine catch-up 0..6 6..7")
	})
}

// The same before anything was ever published.
func TestAForgottenDocumentOfAQuietRingIsNotSent(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		r.conn.Watch(hall, ring, first(5, "a secret"), nil, catchUpTo(6))
		ring.Forget()
		r.conn.Push()
		synctest.Wait()
		ring.Publish(frame(6, 7))
		expect(t, r, "catch-up 0..6 6..7")
	})
}
