package gateway_test

import (
	"net"
	"syscall"
	"testing"

	"majlis/hub/gateway"
)

func TestGuardBoundsWhatTheKernelKeeps(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	peer, err := net.Dial("tcp", l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer peer.Close()
	c, err := gateway.Guard(l, nil).Accept()
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	raw, err := c.(*gateway.Conn).Conn.(*net.TCPConn).SyscallConn()
	if err != nil {
		t.Fatal(err)
	}
	var buffer, timeout int
	if err := raw.Control(func(fd uintptr) {
		buffer, _ = syscall.GetsockoptInt(int(fd), syscall.SOL_SOCKET, syscall.SO_SNDBUF)
		timeout, _ = syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, 0x12)
	}); err != nil {
		t.Fatal(err)
	}
	if buffer != 2*gateway.SendBuffer {
		t.Errorf("send buffer of %d bytes; want %d, which Linux doubles", buffer, gateway.SendBuffer)
	}
	if timeout != int(gateway.UserTimeout.Milliseconds()) {
		t.Errorf("user timeout of %d ms; want %s", timeout, gateway.UserTimeout)
	}
}
