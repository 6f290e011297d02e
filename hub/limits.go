package hub

import "time"

const (
	// MaxWaiting is how many commands of one topic wait for the log. Beyond it
	// senders are asked to come back: a queue that is longer than a second of
	// work only makes everybody late.
	MaxWaiting = 4096
	// DoorSize is how many commands stand at a topic's door before the loop has
	// seen them; whoever comes then waits outside. The loop empties it at every
	// turn. A conference has a thousand topics and each keeps this much room: 64
	// are 20 KiB.
	DoorSize = 64
	// MaxBatch is how many commands go into one append. A disk that needs a third
	// of a second for each still takes 3,000 a second; what a log cannot take at
	// once it divides itself.
	MaxBatch = 1024
	// ReadPage is how many entries are read at once when a topic is folded: some
	// hundred kilobytes, enough to keep decoder and fold busy.
	ReadPage = 4096
	// CrowdTick is the shortest time between two frames to attendees. A tally
	// that moves ten times a second reads as live.
	CrowdTick = 100 * time.Millisecond
	// StaffTick is the same for moderators and screens, who are few and wait.
	StaffTick = 50 * time.Millisecond
	// HeadsEvery is how often a head count that changed is told: a hall that fills
	// changes it with every phone.
	HeadsEvery = time.Second
	// ReactWindow is the time in which a person counts once for each feeling,
	// however fast they tap.
	ReactWindow = time.Second
	// PaceFor is how long somebody counts who found it too fast: what was said a
	// minute ago is about something else.
	PaceFor = time.Minute
	// MarkEvery is the least distance of two digests of a topic's state that nodes
	// compare, and marksADoubling how many there are, as a power of two, from one
	// offset to twice that: a digest of what 500,000 entries of 10,000 people left
	// takes some 60 ms, so each entry costs some microseconds.
	MarkEvery      = 64
	marksADoubling = 3
	// marksKept is how many of a node are remembered.
	marksKept = 8
	// markTold is in how many whole words a mark is told: one may be lost.
	markTold = 3
	// QuietFor is how long nothing must have come before the end of the log is
	// compared, and QuietMarkEvery how often that is done at most.
	QuietFor       = 2 * time.Second
	QuietMarkEvery = 20 * time.Second
	// DoubtFor is how long a node whose state another's is not equal to waits for the
	// others' before it decides: they tell theirs once a second.
	DoubtFor = 2 * time.Second
	// RestEvery is how often a topic does what can wait.
	RestEvery = time.Second
	// TickJitter spreads the ticks that several nodes propose for one deadline.
	TickJitter = 200 * time.Millisecond
	// SnapshotEvery is how many entries are folded between two snapshots: folding
	// that many again takes less than 100 ms.
	SnapshotEvery = 20_000
	// RetryAfter is when a command that could not be taken should come again.
	RetryAfter = 800 * time.Millisecond
	// LongestTick bounds by how much frames are spaced out when carrying them
	// takes long: everybody sees the same thing within a second.
	LongestTick = time.Second
	// ExactCatchUps is from how many places catch-ups begin exactly there. Beyond
	// it they begin at the multiple of CatchUpStride before, so that a crowd that
	// was cut off in the middle of a storm of votes shares a few.
	ExactCatchUps = 16
	CatchUpStride = 64
	// MaxCatchUps is how many catch-ups are kept until the next frame. One who
	// names many places on purpose gets each encoded anew.
	MaxCatchUps = 64
	// CatchUpWait is how long a node that is behind a client looks at the log's
	// tail before it answers.
	CatchUpWait = 2 * time.Second
	// TailEvery is how soon it looks again for somebody else. Whoever claims to know
	// more, wrongly or after a restore, does not come alone.
	TailEvery = 100 * time.Millisecond
	// MaxKept bounds the entries of one topic, in bytes, that a node of several
	// keeps to put them back into a store that lost them: a hall of 10,000 that
	// gives twenty votes each. MaxKeptByAll bounds those of all its topics: beyond it
	// those yield in which nothing has happened for YieldAfter, and others keep no more
	// than KeptAlways, a second of the largest storm.
	MaxKept      = 64 << 20
	MaxKeptByAll = 512 << 20
	KeptAlways   = 4 << 20
	YieldAfter   = 10 * time.Minute
	// keptOverhead is what an entry weighs beside its bytes.
	keptOverhead = 200
	// HoldAtMost is how long new commands wait while this node and the store are
	// brought together; then their senders are asked to come again.
	HoldAtMost = 2 * time.Second
	// SettleFor is how long they wait behind it where the store may have lost
	// something, so that a node that holds more has put that back. All nodes notice a store that is back within some 200 ms.
	SettleFor = 500 * time.Millisecond
	// CompareEvery is the pause before another comparison with a store that does
	// not answer, which has itself tried for two seconds.
	CompareEvery = 100 * time.Millisecond
	// TroubleEvery is the same where it does answer and something is wrong that lasts,
	// as when it is full: the comparison may fold the whole topic, and each is told.
	TroubleEvery = 5 * time.Second
	// ErasedEvery is how often a node looks whether an erased topic has come back
	// with an older store.
	ErasedEvery = 5 * time.Second
	// repairTries is how often a comparison begins anew because others write to
	// the topic: each time somebody has got further.
	repairTries = 10
	// PanicRetry is how soon a topic that could not be folded is tried again when
	// somebody wants it: its entry may have been left out meanwhile, and folding a
	// long log costs seconds.
	PanicRetry = 30 * time.Second
)
