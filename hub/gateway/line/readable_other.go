//go:build !linux

package line

import "net"

// Readable reports whether it could wait until there is something to read from a
// connection. Away from Linux it cannot; a Read waits as well.
func Readable(net.Conn) bool { return false }
