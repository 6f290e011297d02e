package fanout

import "time"

const (
	// RingFrames is how many frames a ring keeps: 6 s at one a tick of 100 ms, in
	// which a catch-up must have been made and sent.
	RingFrames = 64
	// MaxForms is how many forms a frame is kept in: WebSocket, the same
	// compressed, server-sent events, and one to spare.
	MaxForms = 4
	// MaxSubs is how many topics one connection may watch: a session, its
	// programme, the conference, and one to spare while it changes rooms.
	MaxSubs = 4
	// MaxOwn is how many bytes for one connection alone may wait behind a line
	// that takes nothing, without the documents that answer a watch: the answers to
	// a whole outbox, and to what a person may send in the ten seconds until the
	// line counts as dead. Beyond that nobody reads them, and the commands are safe
	// to send again.
	MaxOwn = 32 << 10
	// MaxStreamOwn is the same for a stream, whose goroutine may have a lot to
	// write that came at once.
	MaxStreamOwn = 256 << 10
	// MaxBehind is how many frames a connection that lags is sent one by one.
	// Beyond it one catch-up with the present values is shorter.
	MaxBehind = 4
	// MaxSend is how many messages go out in one send: more are of no use to a
	// line that takes 64 KiB.
	MaxSend = 16
	// Stride is how many connections are served between two looks at whether
	// somebody more urgent waits: half a millisecond.
	Stride = 64
	// Span is how long one broadcast to all of a ring may take before its readers
	// are spread over one more worker. It costs little where a processor is idle,
	// and the last ones have their frame in half the time; a room of up to some two
	// thousand is served by one.
	Span = 20 * time.Millisecond
)
