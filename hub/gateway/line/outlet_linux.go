package line

import (
	"net"
	"syscall"
	"time"
	"unsafe"
)

// tcp is the outlet of a TCP socket. push goes around the runtime: a write
// through it waits behind any other write of the connection that is parked.
type tcp struct {
	// static
	conn *net.TCPConn
	raw  syscall.RawConn
	call func(fd uintptr) // send, made once

	// of the push under way; a line pushes under its mutex
	p     []byte
	n     int
	errno syscall.Errno
}

// over makes o the outlet of a bare connection, if that is a socket.
func over(o *tcp, c net.Conn) Outlet {
	conn, ok := c.(*net.TCPConn)
	if !ok {
		return piped{c}
	}
	raw, err := conn.SyscallConn()
	if err != nil {
		return piped{c} // it is closed: every push will say so
	}
	o.conn, o.raw = conn, raw
	o.call = o.send
	return o
}

func (o *tcp) push(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	o.p, o.n, o.errno = p, 0, 0
	err := o.raw.Control(o.call)
	o.p = nil
	switch {
	case err != nil:
		return 0, err
	case o.errno == syscall.EAGAIN:
		return o.n, nil
	case o.errno != 0:
		return o.n, o.errno
	}
	return o.n, nil
}

// send is send(2), with the socket left as it is and without a signal for a peer
// that has gone.
func (o *tcp) send(fd uintptr) {
	const flags = syscall.MSG_DONTWAIT | syscall.MSG_NOSIGNAL
	call := syscall.RawSyscall6
	if len(o.p) > quick {
		call = syscall.Syscall6
	}
	for {
		n, _, errno := call(syscall.SYS_SENDTO, fd, uintptr(unsafe.Pointer(unsafe.SliceData(o.p))), uintptr(len(o.p)), flags, 0, 0)
		if errno == syscall.EINTR {
			continue
		}
		if o.errno = errno; errno == 0 {
			o.n = int(n)
		}
		return
	}
}

func (o *tcp) flush() (clear, moved bool, err error) { return true, false, nil }

// wait parks the caller in the runtime's poller. That is told before each try,
// so room that comes in between is not missed.
func (o *tcp) wait(deadline time.Time, try func() bool) error {
	if err := o.conn.SetWriteDeadline(deadline); err != nil {
		return err
	}
	err := o.raw.Write(func(uintptr) bool { return try() })
	_ = o.conn.SetWriteDeadline(time.Time{})
	return err
}

// widen makes the send buffer so much larger. Linux books whole pages and tells
// twice what was asked for; what there is may be exceeded by a page or some.
func (o *tcp) widen(n int) {
	_ = o.raw.Control(func(fd uintptr) {
		booked, err := syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_SNDBUF)
		if err == nil {
			_ = syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_SNDBUF, booked+2*n)
		}
	})
}
