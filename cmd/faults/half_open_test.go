//go:build faults

package faults_test

import (
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
	"unsafe"

	"majlis/cmd/faults"
)

// alone says that a process has a network of its own.
const alone = "FAULTS_ALONE"

// F38: the network goes away without a word, with sockets open. The node gives
// them up by itself. The test runs again in a network namespace, whose only link
// it then takes down.
func TestF38HalfOpen(t *testing.T) {
	if os.Getenv(alone) == "" {
		cmd := exec.Command(os.Args[0], "-test.run", "^TestF38HalfOpen$", "-test.v", "-test.timeout", "10m")
		cmd.Env = append(os.Environ(), alone+"=1")
		cmd.SysProcAttr = &syscall.SysProcAttr{
			Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET,
			UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
		}
		said, err := cmd.CombinedOutput()
		if cmd.Process == nil {
			t.Skipf("this system gives no process a network of its own: %v", err)
		}
		if err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		t.Logf("%s", said)
		return
	}
	link(t, true)
	h := faults.Open(t, faults.FileStore(t), 1)
	n := h.Nodes[0]
	const sockets = 20
	for range sockets {
		h.Watch(t, n.Addr())
	}
	connected(t, h, sockets)
	open := n.Files()
	link(t, false)
	gone := faults.Soon(t, "the node has given the sockets up", func() bool { return n.Files() <= open-sockets })
	link(t, true)
	// The line is silent for 20 s at most, and what is sent then is given up after 15.
	faults.Took(t, "F38", "network gone without a word → sockets are given up", gone, 40*time.Second)
}

// link takes the loopback device up or down.
func link(t *testing.T, up bool) {
	t.Helper()
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_DGRAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	request := struct {
		name  [16]byte
		flags uint16
		_     [22]byte
	}{name: [16]byte{'l', 'o'}}
	if up {
		request.flags = syscall.IFF_UP
	}
	if _, _, errno := syscall.Syscall(syscall.SYS_IOCTL, uintptr(fd), syscall.SIOCSIFFLAGS, uintptr(unsafe.Pointer(&request))); errno != 0 {
		t.Fatalf("link %v: %v", up, errno)
	}
}
