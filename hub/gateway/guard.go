package gateway

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	"majlis/hub/fanout"
	"majlis/hub/gateway/line"
	"majlis/hub/oplog"
)

// GuardError is why a guarded connection takes nothing more. Once Read has
// returned it, it returns nothing else; whoever owns the connection tells the
// peer and closes it.
type GuardError struct {
	// Reason is what the peer is told.
	Reason oplog.Reason
	// What was too much: frames, controls, bytes, slow or early. A closed set,
	// fit for a metric.
	What string
}

func (e *GuardError) Error() string {
	return fmt.Sprintf("the peer was cut off for what it sent: %s (%s)", e.What, e.Reason)
}

// What a guard finds.
var (
	errFrames   = &GuardError{oplog.TooFast, "frames"}
	errControls = &GuardError{oplog.TooFast, "controls"}
	errBytes    = &GuardError{oplog.TooFast, "bytes"}
	errSlow     = &GuardError{oplog.BadRequest, "slow"}
	errEarly    = &GuardError{oplog.BadRequest, "early"}
)

// The budgets of one connection.
var (
	frameMeter   = newMeter(FramesPerSecond, FrameBurst)
	controlMeter = newMeter(ControlsPerSecond, ControlBurst)
	byteMeter    = newMeter(BytesPerSecond, ByteBurst)
)

// Guard wraps a listener: its connections are [Conn]s, with bounded kernel
// buffers, and secured if there is a configuration for that.
func Guard(l net.Listener, secure *tls.Config) net.Listener { return &guarded{l, secure} }

type guarded struct {
	net.Listener
	secure *tls.Config
}

func (g *guarded) Accept() (net.Conn, error) {
	c, err := g.Listener.Accept()
	if err != nil {
		return nil, err
	}
	if tcp, ok := c.(*net.TCPConn); ok {
		tune(tcp)
	}
	if g.secure != nil {
		c = line.Secure(c, g.secure)
	}
	return &Conn{Conn: c}, nil
}

// Conn lies below everything else of a connection. While it speaks HTTP it lets
// bytes pass; net/http has limits of its own. Once it is [Conn.Upgraded] it
// counts frames and bytes on the raw stream, before any library sees them, and
// cuts off who sends more than the budgets in limits.go or leaves a message
// unfinished. Bytes are never changed. What is written goes to the socket, and
// from [Conn.Over] on through a [line.Line], for which nobody waits.
//
// Read must not be called concurrently with itself or with Upgraded. After the
// upgrade the read deadline belongs to the guard.
type Conn struct {
	// static
	net.Conn
	line *line.Line // nil before Over

	// owned by whoever reads
	failed *GuardError
	framed bool
	held   []byte // read from the socket, not handed on yet

	// while it speaks HTTP
	blank blankLine
	since int  // bytes handed on since the last empty line
	early byte // the first of them

	// once it is framed
	frames   framing
	armed    bool // a read deadline is set
	perFrame time.Time
	perCtl   time.Time
	perByte  time.Time
}

// Read reads from the connection. It fails with a *[GuardError] once the peer
// has overdone it.
//
// While it speaks HTTP one Read never goes beyond an empty line, so that
// net/http, which reads ahead, has no byte in its buffer that comes behind a
// request's header: where the header of an upgrade ends, frames begin.
func (c *Conn) Read(p []byte) (int, error) {
	if c.failed != nil {
		return 0, c.failed
	}
	if len(c.held) > 0 {
		n := copy(p, c.held)
		if !c.framed {
			n = c.pass(p[:n])
		}
		if c.held = c.held[n:]; len(c.held) == 0 {
			c.held = nil // an idle connection keeps no buffer
		}
		return c.judge(p[:n], nil)
	}
	n, err := c.Conn.Read(p)
	if !c.framed {
		all := p[:n]
		n = c.pass(all)
		c.held = append([]byte(nil), all[n:]...)
		return n, err
	}
	return c.judge(p[:n], err)
}

// pass returns how many of the bytes go through now.
func (c *Conn) pass(p []byte) int {
	n, blank := c.blank.end(p)
	switch {
	case blank:
		c.since = 0
	case n > 0:
		if c.since == 0 {
			c.early = p[0]
		}
		c.since += n
	}
	return n
}

// Upgraded tells the guard that the header which was read last has turned the
// connection into a WebSocket. It must be called before the first frame is read.
func (c *Conn) Upgraded() {
	if c.framed {
		return
	}
	c.framed = true
	switch c.since {
	case 0:
	case 1:
		// net/http always has one byte read ahead, to notice a peer that leaves;
		// a client that is quick has its first frame's first byte in there.
		_, _ = c.judge([]byte{c.early}, nil)
	default:
		c.failed = errEarly
	}
}

// Held reports whether something was read from the socket and not handed on.
func (c *Conn) Held() bool { return len(c.held) > 0 }

// Over puts a line over the connection: from now on everything is written through
// it. It must be called after Upgraded, before anybody writes. end is told why
// the fan-out will send nothing more.
func (c *Conn) Over(l *line.Line, forms *line.Forms, form fanout.Form, end func(error)) {
	l.Open(c.Conn, forms, form, end)
	c.line = l
}

// Write writes to the socket, or behind what the line has not sent.
func (c *Conn) Write(p []byte) (int, error) {
	if c.line != nil {
		return c.line.Write(p)
	}
	return c.Conn.Write(p)
}

// judge counts what was read.
func (c *Conn) judge(p []byte, err error) (int, error) {
	if !c.framed {
		return len(p), err
	}
	now := time.Now()
	if c.armed && errors.Is(err, os.ErrDeadlineExceeded) {
		return c.fail(errSlow)
	}
	seen := c.frames.feed(p)
	switch {
	case !spend(&c.perCtl, controlMeter, seen.controls, now):
		return c.fail(errControls)
	case !spend(&c.perFrame, frameMeter, seen.frames, now):
		return c.fail(errFrames)
	case !spend(&c.perByte, byteMeter, len(p), now):
		return c.fail(errBytes)
	}
	if err != nil {
		return len(p), err
	}
	return len(p), c.watch(seen.rested, now)
}

// watch sets a deadline for the message that is under way, and takes it away
// when there is none.
func (c *Conn) watch(rested bool, now time.Time) error {
	open := c.frames.open()
	if !open && !c.armed || open && c.armed && !rested {
		return nil
	}
	c.armed = open
	if !open {
		return c.Conn.SetReadDeadline(time.Time{})
	}
	return c.Conn.SetReadDeadline(now.Add(MessageTimeout))
}

func (c *Conn) fail(why *GuardError) (int, error) {
	c.failed = why
	return 0, why
}

func spend(paid *time.Time, m meter, n int, now time.Time) (ok bool) {
	*paid, _, ok = m.take(*paid, n, now)
	return ok
}
