package fanout_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
)

const hall = oplog.Topic("session/hall")

// reader is a connection whose socket is a list, and which can be held up.
type reader struct {
	conn *fanout.Conn
	gate chan struct{} // closed: writes go through

	mu   sync.Mutex
	got  []string
	fail error
}

func newReader() *reader {
	r := &reader{gate: make(chan struct{})}
	close(r.gate)
	r.conn = fanout.NewConn(r.sink)
	return r
}

func (r *reader) sink(ctx context.Context, _ oplog.Topic, _ *fanout.Frame, data []byte) error {
	select {
	case <-r.gate:
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.got = append(r.got, string(data))
	return r.fail
}

func (r *reader) text() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.got, " ")
}

func frame(from, to int) *fanout.Frame {
	return &fanout.Frame{
		From: oplog.Offset(from), To: oplog.Offset(to), Data: fmt.Appendf(nil, "%d..%d", from, to),
	}
}

// first is what answers a watch: it leads to an offset.
func first(to int, text string) *fanout.Frame {
	return &fanout.Frame{To: oplog.Offset(to), Data: []byte(text)}
}

// catchUpTo is a source that always leads to one offset.
func catchUpTo(to int) fanout.Source {
	return func(_ context.Context, from oplog.Offset) (*fanout.Frame, error) {
		return &fanout.Frame{From: from, To: oplog.Offset(to), Data: fmt.Appendf(nil, "catch-up %d..%d", from, to)}, nil
	}
}

// run starts the connection and returns what ends it.
func (r *reader) run(t *testing.T) (stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.conn.Run(ctx) }()
	return func() error { cancel(); return <-ended }
}

func expect(t *testing.T, r *reader, want string) {
	t.Helper()
	synctest.Wait()
	if got := r.text(); got != want {
		t.Errorf("written: %q, want %q", got, want)
	}
}

func TestConn(t *testing.T) {
	t.Run("FirstMessageThenFramesInOrder", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ring, r := fanout.NewRing(), newReader()
			ring.Publish(frame(0, 3))
			r.conn.Watch(hall, ring, first(3, "first"), nil, catchUpTo(0))
			defer r.run(t)()
			ring.Publish(frame(3, 5))
			ring.Publish(frame(5, 6))
			expect(t, r, "first 3..5 5..6")
		})
	})
	t.Run("FrameThatOverlapsTheFirstMessageIsSent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ring, r := fanout.NewRing(), newReader()
			ring.Publish(frame(3, 6))
			r.conn.Watch(hall, ring, first(5, "first"), nil, catchUpTo(0))
			defer r.run(t)()
			expect(t, r, "first 3..6")
		})
	})
	t.Run("LaggardGetsOneCatchUpAndGoesOn", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ring, r := fanout.NewRing(), newReader()
			r.gate = make(chan struct{})
			r.conn.Watch(hall, ring, first(0, "first"), nil, catchUpTo(99))
			defer r.run(t)()
			for i := range 2 * fanout.RingFrames {
				ring.Publish(frame(i, i+1))
			}
			synctest.Wait()
			close(r.gate)
			expect(t, r, "first catch-up 0..99 "+framesText(99, 2*fanout.RingFrames))
		})
	})
	t.Run("ForgottenFramesAreNotSent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ring, r := fanout.NewRing(), newReader()
			r.gate = make(chan struct{})
			r.conn.Watch(hall, ring, first(0, "first"), nil, catchUpTo(2))
			defer r.run(t)()
			synctest.Wait()
			ring.Publish(&fanout.Frame{From: 0, To: 1, Data: []byte("a secret")})
			ring.Forget()
			ring.Publish(frame(1, 2))
			close(r.gate)
			expect(t, r, "first catch-up 0..2")
		})
	})
	t.Run("OwnMessagesComeBeforeLaterFrames", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			ring, r := fanout.NewRing(), newReader()
			r.conn.Watch(hall, ring, first(0, "first"), nil, catchUpTo(0))
			r.conn.Own([]byte("ack"))
			ring.Publish(frame(0, 1))
			defer r.run(t)()
			expect(t, r, "first ack 0..1")
		})
	})
	t.Run("ReplacedSubscriptionIsSilent", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			old, ring, r := fanout.NewRing(), fanout.NewRing(), newReader()
			r.conn.Watch(hall, old, first(0, "as moderator"), nil, catchUpTo(0))
			r.conn.Watch(hall, ring, first(0, "as attendee"), nil, catchUpTo(0))
			defer r.run(t)()
			old.Publish(frame(0, 1))
			expect(t, r, "as attendee")
			if old.Readers() != 0 || ring.Readers() != 1 {
				t.Errorf("readers: %d of the old ring, %d of the new", old.Readers(), ring.Readers())
			}
		})
	})
	t.Run("TooManyTopicsAreRefused", func(t *testing.T) {
		r := newReader()
		for i := range fanout.MaxSubs + 1 {
			topic := oplog.Topic(fmt.Sprintf("session/s%d", i))
			ok := r.conn.Watch(topic, fanout.NewRing(), first(0, ""), nil, nil)
			if want := i < fanout.MaxSubs; ok != want {
				t.Errorf("topic %d watched: %t, want %t", i, ok, want)
			}
		}
	})
}

func framesText(from, to int) string {
	var out []string
	for i := from; i < to; i++ {
		out = append(out, fmt.Sprintf("%d..%d", i, i+1))
	}
	return strings.Join(out, " ")
}

func TestConnEnds(t *testing.T) {
	t.Run("NotForTheSizeOfWhatItWatches", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			r := newReader()
			document := first(1, strings.Repeat("x", fanout.MaxOwn+1))
			for i := range fanout.MaxSubs {
				topic := oplog.Topic(fmt.Sprintf("session/s%d", i))
				r.conn.Watch(topic, fanout.NewRing(), document, []byte("mine"), catchUpTo(1))
			}
			defer r.run(t)()
			synctest.Wait()
			if got := len(r.got); got != fanout.MaxSubs {
				t.Errorf("%d of %d documents arrived", got, fanout.MaxSubs)
			}
		})
	})
	t.Run("WhenItIsCutWhileItIsNeverIdle", func(t *testing.T) {
		ring := fanout.NewRing()
		ctx, cut := context.WithCancel(t.Context())
		var conn *fanout.Conn
		writes := 0
		conn = fanout.NewConn(func(context.Context, oplog.Topic, *fanout.Frame, []byte) error {
			if writes++; writes == 3 {
				cut()
			}
			conn.Own([]byte("more"))
			return nil
		})
		conn.Watch(hall, ring, first(0, "first"), nil, catchUpTo(0))
		if err := conn.Run(ctx); !errors.Is(err, context.Canceled) || writes != 3 {
			t.Errorf("ended with %v after %d writes, want it cut after 3", err, writes)
		}
	})
	t.Run("WhenItLetsItsOwnMessagesPileUp", func(t *testing.T) {
		r := newReader()
		for range 5 {
			r.conn.Own(bytes.Repeat([]byte("x"), fanout.MaxOwn/4))
		}
		if err := r.conn.Run(t.Context()); !errors.Is(err, fanout.ErrOverflow) {
			t.Errorf("ended with %v, want %v", err, fanout.ErrOverflow)
		}
	})
	t.Run("WhenTheSinkFailsAndLeavesItsRings", func(t *testing.T) {
		ring, r := fanout.NewRing(), newReader()
		r.fail = errors.New("line cut")
		r.conn.Watch(hall, ring, first(0, "first"), nil, nil)
		if err := r.conn.Run(t.Context()); err == nil || err.Error() != "line cut" {
			t.Errorf("ended with %v, want the sink's error", err)
		}
		if ring.Readers() != 0 {
			t.Errorf("%d readers stayed in the ring", ring.Readers())
		}
	})
}

// TestManyReaders drives one ring with readers that come, lag and go. Whatever
// happens, what a reader was sent leads without a hole from the start to the
// end.
func TestManyReaders(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const frames, readers = 1000, 50
		ring := fanout.NewRing()
		var head sync.Mutex
		at := 0
		source := func(_ context.Context, from oplog.Offset) (*fanout.Frame, error) {
			head.Lock()
			defer head.Unlock()
			return frame(int(from), at), nil
		}
		all := make([]*reader, readers)
		for i := range all {
			all[i] = newReader()
			all[i].conn.Watch(hall, ring, first(0, "0..0"), nil, source)
			defer all[i].run(t)()
		}
		for i := range frames {
			head.Lock()
			at = i + 1
			head.Unlock()
			ring.Publish(frame(i, i+1))
		}
		synctest.Wait()
		for i, r := range all {
			if err := leads(r.got, frames); err != nil {
				t.Errorf("reader %d: %v", i, err)
			}
		}
	})
}

// leads checks that messages lead from 0 to an end without a hole.
func leads(got []string, end int) error {
	at := 0
	for _, g := range got {
		var from, to int
		if _, err := fmt.Sscanf(g, "%d..%d", &from, &to); err != nil {
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
