package gateway

import "net/netip"

// How much of an address is one place: a carrier hands a household or a hall
// this much, so an attacker cannot step out of a bucket by counting up.
const (
	placeBits4 = 24
	placeBits6 = 56
)

// Place is the network that a peer comes from, as a key for [Buckets]. remote
// is the peer's own address, with or without a port; never one that a header
// claims. Behind a proxy everybody comes from one place.
func Place(remote string) string {
	addr, err := netip.ParseAddr(remote)
	if err != nil {
		// A Unix socket's peer has no address: then this stays the zero Addr.
		peer, _ := netip.ParseAddrPort(remote)
		addr = peer.Addr()
	}
	addr = addr.Unmap().WithZone("")
	bits := placeBits6
	if addr.Is4() {
		bits = placeBits4
	}
	prefix, err := addr.Prefix(bits)
	if err != nil || !prefix.IsValid() {
		return "elsewhere"
	}
	return prefix.String()
}
