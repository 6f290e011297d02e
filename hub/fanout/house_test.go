package fanout_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
)

const hall = oplog.Topic("session/hall")

// saw counts what the crew tells.
type saw struct {
	mu              sync.Mutex
	sent            int
	lagging, lagged int
}

func (*saw) Delivered(time.Duration) {}

func (s *saw) Broadcast(sent int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sent += sent
}

func (s *saw) Lagging(change int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.lagging += change; change > 0 {
		s.lagged++
	}
}

// house is a crew at work.
type house struct {
	t    *testing.T
	crew *fanout.Crew
	saw  saw
}

// open runs a test with a crew, in simulated time.
func open(t *testing.T, test func(t *testing.T, h *house)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		h := &house{t: t}
		h.crew = fanout.NewCrew(&h.saw)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.crew.Run(ctx) }()
		test(t, h)
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("the crew ended with %v", err)
		}
	})
}

// both runs a test for both ways to be served: by the crew, and by a goroutine
// of the connection's own.
func both(t *testing.T, test func(t *testing.T, h *house, dial func() *reader)) {
	t.Helper()
	t.Run("Crew", func(t *testing.T) {
		open(t, func(t *testing.T, h *house) { test(t, h, h.reader) })
	})
	t.Run("Stream", func(t *testing.T) {
		open(t, func(t *testing.T, h *house) {
			var streams []*reader
			test(t, h, func() *reader {
				r := h.stream()
				streams = append(streams, r)
				return r
			})
			for _, r := range streams {
				r.hang()
			}
		})
	})
}

// reader is a connection and its peer. While it is stuck, it takes one message,
// of which some remains, and then nothing.
type reader struct {
	conn   *fanout.Conn
	blocks bool // the line of a stream
	hang   func()
	saw    func() // is told of each message
	flaky  bool   // something remains of each message for a moment

	mu     sync.Mutex
	got    []string
	moving chan struct{} // closed: nothing is stuck
	rest   bool
	fail   error
	ended  error
}

func newReader(blocks bool) *reader {
	r := &reader{blocks: blocks, moving: make(chan struct{})}
	close(r.moving)
	return r
}

func (h *house) reader() *reader {
	r := newReader(false)
	r.conn = new(fanout.Conn)
	h.crew.Connect(r.conn, r)
	return r
}

func (h *house) stream() *reader {
	r := newReader(true)
	r.conn = fanout.NewStream(r)
	ctx, cancel := context.WithCancel(h.t.Context())
	ended := make(chan error, 1)
	go func() { ended <- r.conn.Run(ctx) }()
	r.hang = func() { cancel(); <-ended }
	return r
}

// stick makes the peer take nothing.
func (r *reader) stick() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.moving = make(chan struct{})
}

// move makes it take everything again.
func (r *reader) move() {
	r.mu.Lock()
	defer r.mu.Unlock()
	close(r.moving)
}

func (r *reader) stuck() bool {
	select {
	case <-r.moving:
		return false
	default:
		return true
	}
}

func (r *reader) Send(batch []fanout.Message) (taken int, clear bool, err error) {
	if r.blocks {
		<-r.moves()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, m := range batch {
		if r.fail != nil {
			return taken, false, r.fail
		}
		if r.rest {
			return taken, false, nil
		}
		r.take(m)
		taken++
		r.rest = r.stuck() || r.flaky
	}
	return taken, !r.rest, nil
}

func (r *reader) take(m fanout.Message) {
	text := string(m.Own)
	if m.Frame != nil {
		text = string(m.Frame.Data)
		if m.Own != nil {
			text += "+" + string(m.Own)
		}
	}
	r.got = append(r.got, text)
	if r.saw != nil {
		r.saw()
	}
}

func (r *reader) moves() <-chan struct{} {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.moving
}

func (r *reader) Wait(ctx context.Context) error {
	select {
	case <-r.moves():
	case <-ctx.Done():
		return context.Cause(ctx)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rest = false
	return r.fail
}

func (r *reader) End(why error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.ended = errors.Join(r.ended, why)
}

func (r *reader) why() error {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.ended
}

// watch subscribes, as a topic's loop and the reader's goroutine do together.
func (r *reader) watch(ring *fanout.Ring, f *fanout.Frame, own string, source fanout.Source) bool {
	var b []byte
	if own != "" {
		b = []byte(own)
	}
	ok := r.conn.Watch(hall, ring, f, b, source)
	r.conn.Push()
	return ok
}

func (r *reader) text() string {
	synctest.Wait()
	r.mu.Lock()
	defer r.mu.Unlock()
	return strings.Join(r.got, " ")
}

// reached reports whether the last message leads to an offset.
func (r *reader) reached(to int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return len(r.got) > 0 && strings.HasSuffix(r.got[len(r.got)-1], fmt.Sprintf("..%d", to))
}

func expect(t *testing.T, r *reader, want string) {
	t.Helper()
	if got := r.text(); got != want {
		t.Errorf("sent: %q\nwant: %q", got, want)
	}
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

// catchUps is a source that leads to where it is told.
type catchUps struct{ to func() int }

func catchUpTo(to int) catchUps { return catchUps{func() int { return to }} }

func (c catchUps) CatchUp(from oplog.Offset) (*fanout.Frame, error) {
	to := c.to()
	return &fanout.Frame{From: from, To: oplog.Offset(to), Data: fmt.Appendf(nil, "catch-up %d..%d", from, to)}, nil
}

type sourceFunc func(oplog.Offset) (*fanout.Frame, error)

func (f sourceFunc) CatchUp(from oplog.Offset) (*fanout.Frame, error) { return f(from) }
