package line

import "time"

const (
	// MaxTail is how many bytes of control frames wait behind the remainder: a
	// pong has 131 at most, and the guard lets through two pings a second.
	MaxTail = 4 << 10
	// StallTimeout is how long a peer may take nothing at all before it counts as
	// gone.
	StallTimeout = 10 * time.Second
	// Gather is up to how many bytes several messages are put together for one
	// send. What is longer costs more to copy than to send by itself.
	Gather = 16 << 10
	// CompressFrom is from how many bytes a frame is compressed: what is shorter
	// fits into one packet anyway.
	CompressFrom = 512
	// Record is how many bytes go into one TLS record (RFC 8446 §5.1 allows
	// 16 KiB).
	Record = 16 << 10
	// quick is up to how many bytes are handed to the kernel without telling the
	// scheduler, which would cost more than the call.
	quick = 16 << 10
)
