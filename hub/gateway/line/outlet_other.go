//go:build !linux

package line

import "net"

// tcp has nothing of its own here.
type tcp struct{}

// over returns the outlet of a bare connection. Away from Linux it waits for the
// kernel: good enough to develop on.
func over(_ *tcp, c net.Conn) Outlet { return piped{c} }
