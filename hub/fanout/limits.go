package fanout

const (
	// RingFrames is how many frames a ring keeps: at one frame a tick of 100 ms
	// a reader may be 6 s behind before it needs a catch-up.
	RingFrames = 64
	// MaxSubs is how many topics one connection may watch: a session, its
	// programme, the conference, and one to spare while it changes rooms.
	MaxSubs = 4
	// MaxOwn is how many bytes for one connection alone may wait, without the
	// documents that answer a watch. A client that lets more pile up is not
	// reading; its commands are safe to send again.
	MaxOwn = 256 << 10
)
