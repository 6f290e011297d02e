//go:build !linux

package gateway

import "net"

// tune bounds what the kernel keeps for a connection. A socket that cannot be
// tuned is one that the peer has closed; the first Read says so.
func tune(c *net.TCPConn) { _ = c.SetWriteBuffer(SendBuffer) }
