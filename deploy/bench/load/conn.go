package load

import (
	"errors"
	"fmt"
	"net/netip"
	"syscall"
	"unsafe"

	"golang.org/x/sys/unix"
)

// phase is how far a connection has come.
type phase uint8

const (
	idle phase = iota
	connecting
	upgrading
	open
)

// Conn is one connection of a [Pool].
type Conn struct {
	ID int
	// Extensions is what the server agreed to.
	Extensions string
	// Small makes the kernel keep as little as it can of what has arrived, as on
	// a phone that sleeps. Set it before dialling.
	Small bool

	pool    *Pool
	server  unix.SockaddrInet4
	h       Handler
	fd      int
	phase   phase
	stopped bool
	life    int // counts up when the socket is another one
	tries   int
	in      reader
	out     []byte // not taken by the kernel yet
}

var (
	errEnded = errors.New("the server closed the connection")
	errWrite = errors.New("the connection is not open")
)

const interest = unix.EPOLLIN | unix.EPOLLOUT | unix.EPOLLRDHUP | unix.EPOLLET

// Turn lets the connection go to another server when it is dialled next.
func (c *Conn) Turn(server netip.AddrPort) {
	c.server = unix.SockaddrInet4{Port: int(server.Port()), Addr: server.Addr().As4()}
}

// Dial opens a connection. Errors end the run.
func (p *Pool) Dial(c *Conn, h Handler) {
	if c.tries++; c.tries > maxTries {
		p.Fail(fmt.Errorf("connection %d was refused %d times", c.ID, maxTries))
		return
	}
	if err := p.dial(c, h); err != nil {
		c.Drop()
		p.Fail(fmt.Errorf("open connection %d: %w", c.ID, err))
	}
}

func (p *Pool) dial(c *Conn, h Handler) (err error) {
	c.Drop()
	c.h, c.phase, c.in, c.out = h, connecting, reader{}, nil
	c.fd, err = unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return fmt.Errorf("make a socket: %w", err)
	}
	_ = unix.SetsockoptInt(c.fd, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1)
	_ = unix.SetsockoptInt(c.fd, unix.IPPROTO_IP, unix.IP_BIND_ADDRESS_NO_PORT, 1)
	if c.Small {
		_ = unix.SetsockoptInt(c.fd, unix.SOL_SOCKET, unix.SO_RCVBUF, 4096)
	}
	from := unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, byte(2 + c.ID%sources)}}
	if err := unix.Bind(c.fd, &from); err != nil {
		return fmt.Errorf("bind to loopback: %w", err)
	}
	if err := unix.Connect(c.fd, &c.server); err != nil && err != unix.EINPROGRESS {
		return fmt.Errorf("connect: %w", err)
	}
	return p.watch(c)
}

func (p *Pool) watch(c *Conn) error {
	event := unix.EpollEvent{Events: interest, Fd: int32(c.ID)}
	return unix.EpollCtl(p.epoll, unix.EPOLL_CTL_ADD, c.fd, &event)
}

// Drop closes the connection at once, from our side; the handler is not told.
func (c *Conn) Drop() {
	if c.fd >= 0 {
		unix.Close(c.fd)
	}
	c.fd, c.phase, c.stopped = -1, idle, false
	c.life++
}

// Open says whether it is a WebSocket now.
func (c *Conn) Open() bool { return c.phase == open }

// Stop reads nothing any more.
func (c *Conn) Stop() {
	if c.fd >= 0 && !c.stopped {
		c.stopped = true
		_ = unix.EpollCtl(c.pool.epoll, unix.EPOLL_CTL_DEL, c.fd, nil)
	}
}

// Wake reads again.
func (c *Conn) Wake() {
	if c.fd >= 0 && c.stopped {
		c.stopped = false
		if err := c.pool.watch(c); err != nil {
			c.pool.Fail(fmt.Errorf("wake connection %d: %w", c.ID, err))
		}
	}
}

// Send sends frames as [AppendText] made them.
func (c *Conn) Send(frames []byte) {
	if c.phase != open {
		c.pool.Fail(fmt.Errorf("send on connection %d: %w", c.ID, errWrite))
		return
	}
	c.write(frames)
}

func (c *Conn) write(b []byte) {
	if len(c.out) > 0 {
		c.out = append(c.out, b...)
		return
	}
	n, err := unix.Write(c.fd, b)
	if err != nil && err != unix.EAGAIN {
		return // the read that follows says why
	}
	if n = max(n, 0); n < len(b) {
		c.out = append(c.out, b[n:]...)
	}
}

func (c *Conn) flush() {
	b := c.out
	c.out = nil
	c.write(b)
}

// handle takes what epoll says about a connection.
func (p *Pool) handle(c *Conn, events uint32) {
	if c.fd < 0 || c.stopped {
		return // an event of before
	}
	if c.phase == connecting && events&(unix.EPOLLOUT|unix.EPOLLERR|unix.EPOLLHUP) != 0 {
		if n, err := unix.GetsockoptInt(c.fd, unix.SOL_SOCKET, unix.SO_ERROR); err != nil || n != 0 {
			p.Fail(fmt.Errorf("connect connection %d: %w", c.ID, syscall.Errno(n)))
			return
		}
		c.phase = upgrading
		c.write(c.h.Request(c))
	}
	if len(c.out) > 0 && events&unix.EPOLLOUT != 0 {
		c.flush()
	}
	if events&(unix.EPOLLIN|unix.EPOLLRDHUP|unix.EPOLLERR|unix.EPOLLHUP) != 0 {
		p.read(c, events&^(unix.EPOLLIN|unix.EPOLLOUT) != 0)
	}
}

// read reads until there is nothing left: events come at edges, and the edge of
// the end comes with that of the last bytes.
func (p *Pool) read(c *Conn, end bool) {
	for life := c.life; c.life == life && !c.stopped; {
		// A read that cannot block needs no word with the scheduler.
		r, _, errno := syscall.RawSyscall6(unix.SYS_RECVFROM, uintptr(c.fd), uintptr(unsafe.Pointer(&p.buf[0])), readBuffer, unix.MSG_DONTWAIT, 0, 0)
		n := int(r)
		switch {
		case errno == unix.EAGAIN:
			return
		case errno == unix.EINTR:
			continue
		case errno != 0:
			c.end(fmt.Errorf("read: %w", errno))
			return
		case n == 0:
			c.end(errEnded)
			return
		}
		p.Tick()
		p.Bytes += int64(n)
		if err := c.take(p.buf[:n]); err != nil {
			p.Fail(fmt.Errorf("connection %d: %w", c.ID, err))
			return
		}
		if n < readBuffer && !end {
			return // the queue was empty: what comes later makes an edge of its own
		}
	}
}

// end tells the handler that the server ended the connection.
func (c *Conn) end(why error) {
	h := c.h
	c.Drop()
	h.Closed(c, why)
}

// take handles bytes that have arrived.
func (c *Conn) take(b []byte) error {
	if c.phase == upgrading {
		return c.upgraded(b)
	}
	c.in.feed(b)
	for life := c.life; c.life == life; {
		m, ok, err := c.in.next()
		if !ok || err != nil {
			return err
		}
		switch m.op {
		case opPing:
			c.write(AppendFrame(nil, opPong, m.data))
		case opPong:
		case opClose:
			c.end(closeError(m.data))
		default:
			c.pool.Read++
			c.h.Message(c, m.data, m.compressed)
		}
	}
	return nil
}

// CloseError is a close frame.
type CloseError struct {
	Code   int
	Reason string
}

func (e *CloseError) Error() string {
	return fmt.Sprintf("the server closed the connection: %d %s", e.Code, e.Reason)
}

func closeError(b []byte) error {
	if len(b) < 2 {
		return &CloseError{Code: 1005}
	}
	return &CloseError{int(b[0])<<8 | int(b[1]), string(b[2:])}
}

// upgraded handles bytes before the connection is a WebSocket.
func (c *Conn) upgraded(b []byte) error {
	if len(c.in.rest) > 0 {
		c.in.rest = append(c.in.rest, b...)
		b = c.in.rest
	}
	a, n, err := readAnswer(b)
	if err != nil {
		return err
	}
	if n == 0 {
		c.in.rest = append([]byte(nil), b...)
		return nil
	}
	if a.status != 101 {
		return c.refused(a)
	}
	c.in.rest = nil
	c.phase, c.tries, c.Extensions = open, 0, a.extensions
	c.h.Opened(c)
	if n < len(b) {
		return c.take(b[n:])
	}
	return nil
}

// refused comes again when the server said when.
func (c *Conn) refused(a answer) error {
	if a.retry == 0 && a.status != 503 && a.status != 429 {
		return fmt.Errorf("the upgrade was answered by %d", a.status)
	}
	c.pool.Refused++
	c.pool.Waiting++
	h := c.h
	c.Drop()
	c.pool.After(backoff(a.retry), func() { c.pool.Waiting--; c.pool.Dial(c, h) })
	return nil
}
