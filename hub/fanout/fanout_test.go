package fanout_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
)

func TestFramesInOrder(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		ring.Publish(frame(0, 3))
		r.watch(ring, first(3, "first"), "mine", catchUpTo(0))
		ring.Publish(frame(3, 5))
		synctest.Wait()
		ring.Publish(frame(5, 6))
		expect(t, r, "first+mine 3..5 5..6")
	})
}

func TestFrameThatOverlapsTheFirstMessageIsSent(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		ring.Publish(frame(3, 6))
		r.watch(ring, first(5, "first"), "", catchUpTo(0))
		expect(t, r, "first 3..6")
	})
}

func TestLaggardGetsOneCatchUpAndGoesOn(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		r.watch(ring, first(0, "first"), "", catchUpTo(99))
		synctest.Wait()
		r.stick()
		for i := range 100 {
			ring.Publish(frame(i, i+1))
			synctest.Wait()
		}
		r.move()
		synctest.Wait()
		ring.Publish(frame(100, 101))
		// What was under way when it stuck arrives whole: the first frame from the
		// crew, what a stream had taken.
		got := strings.Join(strings.Fields(r.text())[1:], " ")
		if want := "0..1 catch-up 1..99 99..100 100..101"; got != want {
			t.Errorf("sent behind the first message: %q, want %q", got, want)
		}
	})
}

func TestLaggardThatIsLittleBehindGetsTheFrames(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		r.watch(ring, first(0, "first"), "", catchUpTo(0))
		synctest.Wait()
		r.stick()
		for i := range 1 + fanout.MaxBehind {
			ring.Publish(frame(i, i+1))
			synctest.Wait()
		}
		r.move()
		expect(t, r, "first 0..1 1..2 2..3 3..4 4..5")
	})
}

func TestOwnMessagesComeBeforeLaterFrames(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		ring, r := h.crew.NewRing(false), dial()
		r.watch(ring, first(0, "first"), "", catchUpTo(0))
		r.conn.Own([]byte("ack"))
		synctest.Wait()
		ring.Publish(frame(0, 1))
		expect(t, r, "first ack 0..1")
	})
}

// Who leaves in the middle of a broadcast is sent nothing more of it.
func TestLeavingDuringABroadcast(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, one, other := h.crew.NewRing(false), h.reader(), h.reader()
		for _, r := range []*reader{one, other} {
			r.watch(ring, first(0, "first"), "", nil)
		}
		one.saw = func() { other.conn.Unwatch(hall) }
		other.saw = func() { one.conn.Unwatch(hall) }
		ring.Publish(frame(0, 1))
		synctest.Wait()
		if got := len(one.got) + len(other.got); got != 3 {
			t.Errorf("%d messages for both, want each its first, and the frame for the one that stayed", got)
		}
	})
}

func TestTooManyTopicsAreRefused(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		r := h.reader()
		for i := range fanout.MaxSubs + 1 {
			topic := oplog.Topic(fmt.Sprintf("session/s%d", i))
			ok := r.conn.Watch(topic, h.crew.NewRing(false), first(0, ""), nil, nil)
			if want := i < fanout.MaxSubs; ok != want {
				t.Errorf("topic %d watched: %t, want %t", i, ok, want)
			}
		}
	})
}

// A connection that keeps up has nothing of its own: no goroutine, no queue. One
// that lags has, until it has caught up.
func TestLaggingIsToldAndEnds(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring, r := h.crew.NewRing(false), h.reader()
		r.watch(ring, first(0, "first"), "", catchUpTo(9))
		for i := range 3 {
			ring.Publish(frame(i, i+1))
			synctest.Wait()
		}
		if h.saw.lagged != 0 {
			t.Error("a connection that keeps up lags")
		}
		r.stick()
		ring.Publish(frame(3, 4))
		synctest.Wait()
		if h.saw.lagging != 1 {
			t.Errorf("%d lag, want the one that is stuck", h.saw.lagging)
		}
		r.move()
		ring.Publish(frame(4, 5))
		synctest.Wait()
		if h.saw.lagging != 0 || h.saw.lagged != 1 {
			t.Errorf("%d lag, %d times; want it to have caught up", h.saw.lagging, h.saw.lagged)
		}
		ring.Publish(frame(5, 6))
		expect(t, r, "first 0..1 1..2 2..3 3..4 4..5 5..6")
	})
}

// Those who are stuck hold up nobody.
func TestOthersDoNotWaitForALaggard(t *testing.T) {
	open(t, func(t *testing.T, h *house) {
		ring := h.crew.NewRing(false)
		var all []*reader
		for i := range 300 {
			r := h.reader()
			r.watch(ring, first(0, "first"), "", catchUpTo(0))
			if i%3 == 0 {
				r.stick()
			}
			all = append(all, r)
		}
		ring.Publish(frame(0, 1))
		synctest.Wait()
		ring.Publish(frame(1, 2))
		for i, r := range all {
			want := "first 0..1 1..2"
			if i%3 == 0 {
				want = "first 0..1"
			}
			expect(t, r, want)
		}
	})
}

// While a crowd is served, who is more urgent waits for some strides at most, also
// when there is one worker only.
func TestUrgentRingsGoFirst(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(1))
	open(t, func(t *testing.T, h *house) {
		crowd, staff := h.crew.NewRing(false), h.crew.NewRing(true)
		var order []string
		for i := range 10 * fanout.Stride {
			r := h.reader()
			r.watch(crowd, first(0, "first"), "", nil)
			r.saw = func() {
				if order = append(order, "crowd"); i == 9*fanout.Stride {
					staff.Publish(frame(0, 1))
				}
			}
		}
		chair := h.reader()
		chair.watch(staff, first(0, "first"), "", nil)
		chair.saw = func() { order = append(order, "staff") }
		crowd.Publish(frame(0, 1))
		synctest.Wait()
		at := slices.Index(order, "staff")
		if len(order) != 10*fanout.Stride+1 || at < 0 || at > 2*fanout.Stride {
			t.Errorf("the chair was served after %d of %d", at, len(order))
		}
	})
}

// A room that takes one worker too long is spread over two, and nobody is missed.
func TestALargeRoomIsSpread(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(2))
	open(t, func(t *testing.T, h *house) {
		ring := h.crew.NewRing(false)
		var all []*reader
		for range 8 * fanout.Stride {
			r := h.reader()
			r.watch(ring, first(0, "0..0"), "", nil)
			r.saw = func() { time.Sleep(fanout.Span / 100) }
			all = append(all, r)
		}
		took := func(from int) time.Duration {
			start := time.Now()
			ring.Publish(frame(from, from+1))
			time.Sleep(10 * fanout.Span)
			synctest.Wait()
			if ring.Took() > 10*fanout.Span || time.Since(start) != 10*fanout.Span {
				t.Fatal("it is not over")
			}
			return ring.Took()
		}
		alone := took(0)
		took(1)
		if both := took(2); both > alone*6/10 {
			t.Errorf("it takes %v, and %v with one worker", both, alone)
		}
		for _, r := range all {
			if err := leads(r.got, 3); err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestConnectionEnds(t *testing.T) {
	t.Run("NotForTheSizeOfWhatItWatches", func(t *testing.T) {
		both(t, func(t *testing.T, h *house, dial func() *reader) {
			r := dial()
			document := first(1, strings.Repeat("x", fanout.MaxStreamOwn+1))
			for i := range fanout.MaxSubs {
				topic := oplog.Topic(fmt.Sprintf("session/s%d", i))
				r.conn.Watch(topic, h.crew.NewRing(false), document, []byte("mine"), catchUpTo(1))
			}
			r.conn.Push()
			synctest.Wait()
			if got := len(r.got); got != fanout.MaxSubs || r.ended != nil {
				t.Errorf("%d of %d documents arrived, ended with %v", got, fanout.MaxSubs, r.ended)
			}
		})
	})
	t.Run("NotForMuchOfItsOwnWhileItKeepsUp", func(t *testing.T) {
		open(t, func(t *testing.T, h *house) {
			r := h.reader()
			for range 100 {
				r.conn.Own(bytes.Repeat([]byte("x"), fanout.MaxOwn))
			}
			if err := r.why(); err != nil || len(r.got) != 100 {
				t.Errorf("ended with %v after %d of 100 messages", err, len(r.got))
			}
		})
	})
	t.Run("WhenItLetsItsOwnMessagesPileUp", func(t *testing.T) {
		both(t, func(t *testing.T, h *house, dial func() *reader) {
			r := dial()
			r.stick()
			for range 140 {
				r.conn.Own(bytes.Repeat([]byte("x"), fanout.MaxOwn))
			}
			if err := r.why(); !errors.Is(err, fanout.ErrOverflow) {
				t.Errorf("ended with %v, want %v", err, fanout.ErrOverflow)
			}
			r.move()
		})
	})
	t.Run("WhenItsLineFails", func(t *testing.T) {
		both(t, func(t *testing.T, h *house, dial func() *reader) {
			ring, r := h.crew.NewRing(false), dial()
			r.fail = errors.New("line cut")
			r.watch(ring, first(0, "first"), "", nil)
			if err := r.why(); err == nil || err.Error() != "line cut" {
				t.Errorf("ended with %v, want the line's error", err)
			}
			r.conn.End(errors.New("too late"))
			if err := r.why(); err.Error() != "line cut" {
				t.Errorf("ended again, with %v", err)
			}
			if ring.Readers() != 0 {
				t.Errorf("%d readers stayed in the ring", ring.Readers())
			}
		})
	})
	t.Run("WhileItLags", func(t *testing.T) {
		open(t, func(t *testing.T, h *house) {
			ring, r := h.crew.NewRing(false), h.reader()
			r.stick()
			r.watch(ring, first(0, "first"), "", catchUpTo(9))
			r.conn.End(errors.New("enough"))
			r.move()
			ring.Publish(frame(0, 1))
			expect(t, r, "first")
			if h.saw.lagging != 0 {
				t.Error("its goroutine stayed")
			}
		})
	})
}

// TestManyReaders drives one ring with readers that come, stick, move and go.
// Whatever happens, what a reader was sent leads without a hole from the start to
// the end.
func TestManyReaders(t *testing.T) {
	both(t, func(t *testing.T, h *house, dial func() *reader) {
		const frames, readers = 600, 200
		ring := h.crew.NewRing(false)
		var at atomic.Int64
		source := catchUps{func() int { return int(at.Load()) }}
		var all []*reader
		random := rand.New(rand.NewPCG(1, 2))
		for i := range frames {
			at.Store(int64(i + 1))
			ring.Publish(frame(i, i+1))
			if len(all) < readers {
				r := dial()
				r.watch(ring, first(i+1, fmt.Sprintf("0..%d", i+1)), "", source)
				all = append(all, r)
			}
			r := all[random.IntN(len(all))]
			if r.stuck() {
				r.move()
			} else if random.IntN(3) == 0 {
				r.stick()
			}
			if i%7 == 0 {
				synctest.Wait()
			}
		}
		gone := all[0]
		gone.conn.Unwatch(hall)
		for _, r := range all[1:] {
			if r.stuck() {
				r.move()
			}
			r.text()
			if err := leads(r.got, frames); err != nil {
				t.Error(err)
			}
		}
		if gone.stuck() {
			gone.move()
		}
		if got := ring.Readers(); got != readers-1 {
			t.Errorf("%d readers, want %d", got, readers-1)
		}
	})
}

// leads checks that messages lead from 0 to an end without a hole.
func leads(got []string, end int) error {
	at := 0
	for _, g := range got {
		var from, to int
		if _, err := fmt.Sscanf(strings.TrimPrefix(g, "catch-up "), "%d..%d", &from, &to); err != nil {
			return err
		}
		if from > at {
			return fmt.Errorf("hole: at %d came %s", at, g)
		}
		at = max(at, to)
	}
	if at != end {
		return fmt.Errorf("ended at %d, want %d", at, end)
	}
	return nil
}

// TestJoinAndLeaveDuringBroadcasts has readers come and go while frames go out,
// on real threads: those who stay miss nothing, also those who lag again and
// again.
func TestJoinAndLeaveDuringBroadcasts(t *testing.T) {
	h := &house{t: t}
	h.crew = fanout.NewCrew(&h.saw)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.crew.Run(ctx) }()
	defer func() { cancel(); <-ended }()
	ring := h.crew.NewRing(false)
	var at atomic.Int64
	var stay []*reader
	for i := range 500 {
		r := h.reader()
		r.flaky = i%2 == 0
		r.watch(ring, first(0, "0..0"), "", catchUps{func() int { return int(at.Load()) }})
		stay = append(stay, r)
	}
	const frames = 40 // fewer than the ring keeps: nobody needs a catch-up
	var come sync.WaitGroup
	for range 4 {
		come.Go(func() {
			for range 300 {
				r := h.reader()
				r.watch(ring, first(0, "0..0"), "", nil)
				r.conn.End(errors.New("left"))
			}
		})
	}
	for i := range frames {
		at.Store(int64(i + 1))
		ring.Publish(frame(i, i+1))
		if i%5 == 0 {
			time.Sleep(time.Millisecond)
		}
	}
	come.Wait()
	for _, r := range stay {
		for !r.reached(frames) {
			time.Sleep(time.Millisecond)
		}
		if err := leads(r.got, frames); err != nil {
			t.Fatal(err)
		}
	}
}
