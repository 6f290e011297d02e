package line

import (
	"errors"
	"net"
	"os"
	"time"
)

// ErrStalled ends a line whose peer has taken nothing for [StallTimeout].
var ErrStalled = errors.New("the peer has taken nothing for too long")

// Outlet is where a line's bytes go.
type Outlet interface {
	// push hands over what is taken now and says how much that was.
	push(p []byte) (int, error)
	// flush hands over what an earlier push kept back. It reports whether
	// everything that push took has left the process, and whether some did now.
	flush() (clear, moved bool, err error)
	// wait calls try now and whenever there may be room, until it returns true or
	// the deadline has passed (os.ErrDeadlineExceeded).
	wait(deadline time.Time, try func() bool) error
	// widen makes the kernel take so many bytes more.
	widen(n int)
}

// piped is the outlet of what is no TCP socket, or not on Linux.
// It waits for as long as a stalled peer may.
type piped struct{ c net.Conn }

func (o piped) push(p []byte) (int, error) {
	if err := o.c.SetWriteDeadline(time.Now().Add(StallTimeout)); err != nil {
		return 0, err
	}
	n, err := o.c.Write(p)
	if errors.Is(err, os.ErrDeadlineExceeded) {
		err = ErrStalled
	}
	return n, err
}

func (piped) flush() (bool, bool, error)            { return true, false, nil }
func (piped) wait(_ time.Time, t func() bool) error { t(); return nil }
func (piped) widen(int)                             {}
