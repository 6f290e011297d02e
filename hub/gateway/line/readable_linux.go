package line

import (
	"net"
	"syscall"
	"unsafe"
)

// Readable parks the caller, on a stack of a few frames, until there is
// something to read from a connection, its end included. It reports false when
// it cannot tell: then a Read waits as well.
func Readable(c net.Conn) bool {
	tcp, ok := c.(*net.TCPConn)
	if !ok {
		return false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return false
	}
	return raw.Read(somethingThere) == nil
}

// somethingThere looks at the next byte without taking it (recv(2), MSG_PEEK).
func somethingThere(fd uintptr) bool {
	var b [1]byte
	const flags = syscall.MSG_PEEK | syscall.MSG_DONTWAIT
	_, _, errno := syscall.RawSyscall6(syscall.SYS_RECVFROM, fd, uintptr(unsafe.Pointer(&b)), 1, flags, 0, 0)
	return errno != syscall.EAGAIN && errno != syscall.EINTR
}
