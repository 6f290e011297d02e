package gateway

import "time"

// What one connection may send once it is a WebSocket. These are counted on the
// raw bytes, below the WebSocket library: empty fragments and control frames
// never reach a limit on messages.
const (
	// FramesPerSecond and FrameBurst bound frames of any kind. A phone sends a
	// few a second when somebody taps wildly; a flood sends millions.
	FramesPerSecond = 200
	FrameBurst      = 200
	// ControlsPerSecond and ControlBurst bound pings, pongs and closes, each of
	// which may cost us an answer: 20 in 10 s. Browsers send none of their own
	// accord, proxies one in some seconds.
	ControlsPerSecond = 2
	ControlBurst      = 20
	// BytesPerSecond and ByteBurst bound the line. Eight of the largest messages
	// a second for ever, or a whole outbox at once after a reconnect.
	BytesPerSecond = 64 << 10
	ByteBurst      = 256 << 10
	// MessageTimeout is how long a message may take from its first byte to its
	// last. The largest one takes 2 s on a bad phone line; who needs longer
	// holds a buffer.
	MessageTimeout = 5 * time.Second
)

// What the kernel may keep for one connection.
const (
	// SendBuffer is SO_SNDBUF. The default grows to megabytes a connection, and
	// some hundred phones that have fallen asleep would eat the memory that the
	// machine has for all of TCP. Linux books twice this.
	SendBuffer = 64 << 10
	// UserTimeout is TCP_USER_TIMEOUT: how long sent bytes may stay
	// unacknowledged. The default gives up on a phone that left after 15 minutes.
	UserTimeout = 15 * time.Second
)

// How often one person or one place may ask, and how many are remembered.
const (
	// CommandRate and CommandBurst bound a person's commands per second: faster
	// than thumbs, with room for an outbox that was filled in a tunnel.
	CommandRate  = 5.0
	CommandBurst = 20
	// CommandTold is from how many commands in a second on the other nodes are told of
	// a person: most send one now and then. One who sends less at each of up to five
	// nodes stays below the rate.
	CommandTold = 2
	// AskRate and AskBurst bound a person's questions: six a minute. A moderator
	// reads every one of them.
	AskRate  = 6.0 / 60
	AskBurst = 6
	// AgainRate is how long a question that is sent again is known as the same: ten
	// minutes, which is longer than any line is bad in a hall where anybody stays.
	AgainRate = 1.0 / 600
	// WatchRate and WatchBurst bound how often one person is sent a document of up
	// to some hundred kilobytes. Thirty screens on one access link that come back
	// after a restart want three each.
	WatchRate  = 5.0
	WatchBurst = 100
	// ReactRate and ReactBurst bound a person's reactions: one for each tap, of which
	// one a second counts for each kind.
	ReactRate  = 4.0
	ReactBurst = 12
	// CodeRate and CodeBurst bound how many join codes one visitor tries: ten a
	// minute are typing errors, more is a search.
	CodeRate  = 10.0 / 60
	CodeBurst = 10
	// PlaceRate and PlaceBurst bound the same per network, whatever identity is
	// shown. A hall of thousands shares one address and scans its codes within
	// minutes, so this only stops a walk through all codes: at 300 a minute a
	// code of 30 bits lasts for years.
	PlaceRate  = 300.0 / 60
	PlaceBurst = 300
	// MaxBucketEntries is how many people or places are remembered: 12 MiB of them
	// at most. Beyond it the one that has been quiet for longest is forgotten.
	MaxBucketEntries = 1 << 16
)

// What the HTTP server waits for, and for how long.
const (
	// ReadHeaderTimeout and ReadTimeout bound a request: a phone on a bad line
	// sends its headers in seconds, a programme of 16 MiB in half a minute.
	ReadHeaderTimeout = 5 * time.Second
	ReadTimeout       = 40 * time.Second
	// IdleTimeout keeps a phone's connection between two requests.
	IdleTimeout = 75 * time.Second
	// MaxHeaderBytes has room for the cookies with every pass that one may hold.
	MaxHeaderBytes = 16 << 10
	// WriteTimeout is how long some messages of an event stream may take to be
	// handed to the kernel: who takes nothing for so long has gone.
	WriteTimeout = 10 * time.Second
	// CloseTimeout bounds the closing handshake.
	CloseTimeout = time.Second
	// HelloTimeout is how long a socket may say nothing before its first frame.
	HelloTimeout = 10 * time.Second
	// BeatEvery is the longest silence towards a client. Proxies cut a line that
	// is idle for 60 s. With UserTimeout it is how long a socket lives on whose
	// network has gone without a word: 40 s are wanted.
	BeatEvery = 20 * time.Second
	// SweepEvery is how soon beats are due, and topics that are left are noticed.
	SweepEvery = time.Second
	// PassEvery is how soon the end of a pass is noticed. With the second in which
	// every node knows of a revocation, whatever it hears, the promised two are kept.
	PassEvery = 500 * time.Millisecond
	// DrainTimeout is how long clients may take to leave.
	DrainTimeout = 20 * time.Second
	// ByeGrace is how long a farewell may take before the line is cut.
	ByeGrace = 500 * time.Millisecond
	// ByeRetryMin and ByeRetryMax, in milliseconds, spread the return of a whole
	// hall, so that a restart does not end in a storm.
	ByeRetryMin = 500
	ByeRetryMax = 8000
)

// How connections are let in, and what each keeps once it is a WebSocket.
const (
	// AdmissionRate and AdmissionBurst bound new connections per second. Greeting
	// one takes 150 µs of a processor: at this rate more than one does nothing
	// else, and those who are in still want their frames. To be told to
	// come later costs a phone more than a short queue does, hence the burst.
	AdmissionRate  = 8000.0
	AdmissionBurst = 4000
	// AdmissionLag is how long a newcomer may wait for a document before half as
	// many are let in: a third at twice that, and so on.
	AdmissionLag = 250 * time.Millisecond
	// AdmissionWaitMin and AdmissionWaitMax are how soon and how late those who
	// come too early are told to come: later than that, they would rather be told
	// again.
	AdmissionWaitMin = time.Second
	AdmissionWaitMax = 30 * time.Second
	// UpgradedReadBuffer holds what a phone sends in one message.
	UpgradedReadBuffer = 256
	// UpgradedWriteBuffer holds the largest control frame whole, so that it is
	// one write: 2 bytes of header and 125 of payload (RFC 6455 §5.5).
	UpgradedWriteBuffer = 192
)

// What a request may bring and fetch.
const (
	// BodyLimit is the largest body of any request: a programme.
	BodyLimit = "17M"
	// MaxProgramme is the largest schedule file; the largest known congress has
	// 2.2 MB.
	MaxProgramme = 16 << 20
	// MaxPollFile is the largest file of polls: as many as a session takes, with the
	// longest texts.
	MaxPollFile = 1 << 20
	// MaxPassBody has room for a pass and a label.
	MaxPassBody = 8 << 10
	// MaxReactBody has room for a kind of reaction.
	MaxReactBody = 256
	// MaxPasses is how many passes one browser holds: a moderator of some rooms.
	// More would not fit into a cookie.
	MaxPasses = 6
	// MaxPassCookie is how many bytes they may have together: browsers drop a
	// cookie beyond 4,096 without a word (RFC 6265bis §5.6), its name included.
	MaxPassCookie = 3900
	// DefaultPage and MaxPage are how many items a list returns.
	DefaultPage = 100
	MaxPage     = 500
	// MaxStrikes is how many frames that make no sense a client may send.
	MaxStrikes = 20
	// VisitorAge is how long a browser stays the same visitor: over a conference
	// and its aftermath.
	VisitorAge = 90 * 24 * time.Hour
	// MaxSeats is how many connections one person may hold: the tabs of a
	// moderator, or all the screens of a congress on one access link.
	MaxSeats = 128
)
