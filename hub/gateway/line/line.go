package line

import (
	"context"
	"errors"
	"net"
	"os"
	"sync"
	"time"

	"majlis/hub/fanout"
)

// Line is the writing end of one WebSocket. It is a [fanout.Line]; its methods
// may be called by any goroutine, once it is open. It must not be copied.
type Line struct {
	// static
	out   Outlet
	form  fanout.Form
	forms *Forms
	end   func(error)

	mu     sync.Mutex
	closed bool     // a close frame went out: nothing comes behind it
	rest   [][]byte // the remainder: of one message, then the library's
	tail   int      // bytes of it that the library wrote
	failed error

	tcp tcp // the outlet, mostly; it lies here with what is touched with it
}

// Open puts the line over a connection. Nobody else may write to it from now on.
// end is told why nothing more will be sent; it must neither block nor call the
// line's user back.
func (l *Line) Open(c net.Conn, forms *Forms, form fanout.Form, end func(error)) {
	if s, ok := c.(*Secured); ok {
		l.out = s.outlet()
	} else {
		l.out = over(&l.tcp, c)
	}
	l.forms, l.form, l.end = forms, form, end
}

// Send takes messages over without waiting. See [fanout.Line].
func (l *Line) Send(batch []fanout.Message) (taken int, clear bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if clear, err := l.clearLocked(); err != nil || !clear {
		return 0, false, err
	}
	if len(batch) == 1 && batch[0].Own == nil {
		return l.oneLocked(l.bytes(batch[0].Frame))
	}
	return l.someLocked(batch)
}

// clearLocked reports whether nothing remains.
func (l *Line) clearLocked() (bool, error) {
	switch {
	case l.failed != nil:
		return false, l.failed
	case l.closed:
		return false, net.ErrClosed
	case len(l.rest) > 0:
		return false, nil
	}
	clear, _, err := l.out.flush()
	return clear, l.noteLocked(err)
}

func (l *Line) noteLocked(err error) error {
	if err != nil && l.failed == nil {
		l.failed = err
	}
	return err
}

func (l *Line) bytes(f *fanout.Frame) []byte { return f.In(l.form, l.forms.maker(l.form)) }

// oneLocked is the way of nearly all: one shared frame.
func (l *Line) oneLocked(p []byte) (taken int, clear bool, err error) {
	n, err := l.out.push(p)
	if err != nil {
		return 0, false, l.noteLocked(err)
	}
	if n < len(p) {
		l.rest = append(l.rest, p[n:])
		return 1, false, nil
	}
	clear, _, err = l.out.flush()
	return 1, clear, l.noteLocked(err)
}

// piece is some bytes of a message of a batch.
type piece struct {
	b  []byte
	of int
}

// someLocked sends messages together, as long as all is taken.
func (l *Line) someLocked(batch []fanout.Message) (taken int, clear bool, err error) {
	pieces := l.pieces(batch)
	for at := 0; at < len(pieces); {
		run, size := gather(pieces[at:])
		sent, err := l.runLocked(pieces[at:at+run], size)
		if err != nil {
			return 0, false, l.noteLocked(err)
		}
		if sent < size {
			return l.keepLocked(pieces, at, sent), false, nil
		}
		at += run
	}
	clear, _, err = l.out.flush()
	return len(batch), clear, l.noteLocked(err)
}

// pieces are a batch's bytes in their order.
func (l *Line) pieces(batch []fanout.Message) []piece {
	out := make([]piece, 0, 2*len(batch))
	for i, m := range batch {
		if m.Frame != nil {
			out = append(out, piece{l.bytes(m.Frame), i})
		}
		if m.Own != nil {
			out = append(out, piece{textFrame(m.Own), i})
		}
	}
	return out
}

// gather counts the pieces that go out with one send: one at least.
func gather(pieces []piece) (run, size int) {
	for run < len(pieces) && (run == 0 || size+len(pieces[run].b) <= Gather) {
		size += len(pieces[run].b)
		run++
	}
	return run, size
}

func (l *Line) runLocked(run []piece, size int) (sent int, err error) {
	if len(run) == 1 {
		return l.out.push(run[0].b)
	}
	all := make([]byte, 0, size)
	for _, p := range run {
		all = append(all, p.b...)
	}
	return l.out.push(all)
}

// keepLocked makes what did not go out of a message the remainder: sent bytes went
// out of the pieces from a place on. A message of which nothing did is kept as
// well: only a remainder shows when there is room. It says how many are taken.
func (l *Line) keepLocked(pieces []piece, at, sent int) (taken int) {
	for len(pieces[at].b) <= sent {
		sent -= len(pieces[at].b)
		at++
	}
	of := pieces[at].of
	l.rest = append(l.rest, pieces[at].b[sent:])
	for _, p := range pieces[at+1:] {
		if p.of == of {
			l.rest = append(l.rest, p.b)
		}
	}
	return of + 1
}

// Wait blocks until nothing remains. It fails with [ErrStalled] when the peer
// takes nothing for [StallTimeout], and when the connection has been closed.
func (l *Line) Wait(ctx context.Context) error {
	for ctx.Err() == nil {
		var done bool
		var failed error
		deadline := time.Now().Add(StallTimeout)
		err := l.out.wait(deadline, func() bool {
			var moved bool
			done, moved, failed = l.flush()
			return done || moved || failed != nil
		})
		switch {
		case failed != nil:
			return failed
		case errors.Is(err, os.ErrDeadlineExceeded):
			if err := l.stalled(); err != nil {
				return err
			}
		case err != nil:
			return err
		case done:
			return nil
		}
	}
	return context.Cause(ctx)
}

// stalled fails if the kernel takes nothing even now. It tells of room only when
// a third of its buffer is free, which a slow reader may not reach for long.
func (l *Line) stalled() error {
	done, moved, err := l.flush()
	if err == nil && !done && !moved {
		return ErrStalled
	}
	return err
}

// flush pushes the remainder as far as it goes.
func (l *Line) flush() (done, moved bool, err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failed != nil {
		return false, false, l.failed
	}
	return l.flushLocked()
}

func (l *Line) flushLocked() (done, moved bool, err error) {
	for len(l.rest) > 0 {
		n, err := l.out.push(l.rest[0])
		if err != nil {
			return false, moved, l.noteLocked(err)
		}
		moved = moved || n > 0
		if n < len(l.rest[0]) {
			l.rest[0] = l.rest[0][n:]
			return false, moved, nil
		}
		l.rest = l.rest[1:]
	}
	l.rest, l.tail = nil, 0
	done, more, err := l.out.flush()
	return done, moved || more, l.noteLocked(err)
}

// Write takes a whole frame of the WebSocket library: it goes behind what
// remains. Behind a close frame of ours nothing is sent any more.
func (l *Line) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	switch {
	case l.closed:
		return len(p), nil
	case l.failed != nil:
		return 0, l.failed
	case l.tail+len(p) > MaxTail:
		return 0, l.noteLocked(fanout.ErrOverflow)
	}
	n := 0
	if len(l.rest) == 0 {
		var err error
		if n, err = l.out.push(p); err != nil {
			return 0, l.noteLocked(err)
		}
	}
	if n < len(p) {
		l.rest = append(l.rest, append([]byte(nil), p[n:]...)) // p is the library's
		l.tail += len(p) - n
	}
	return len(p), nil
}

// Close sends a close frame behind what remains. The kernel is made to take
// that even from a peer that reads nothing: when it wakes, it learns why it was
// left.
func (l *Line) Close(code uint16, reason string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed || l.failed != nil {
		return
	}
	l.closed = true
	clear, _, err := l.out.flush()
	if err != nil {
		return
	}
	if l.rest = append(l.rest, closeFrame(code, reason)); len(l.rest) > 1 || !clear {
		size := 0
		for _, p := range l.rest {
			size += len(p)
		}
		l.out.widen(size)
	}
	_, _, _ = l.flushLocked() // whoever waits goes on with what remains even now
}

// End is told by the fan-out that nothing more will be sent.
func (l *Line) End(why error) { l.end(why) }
