package redislog

import "time"

// The limits of this package, each with its reason.
const (
	// partitions is how many hash tags the topics are spread over. Keys of one
	// partition share a slot, and so a script, a connection for notifications and a
	// node of a cluster. It is part of every key: a store keeps the number that it
	// was begun with.
	partitions = 64

	// maxPublic and maxPrivate bound one entry, as in the other kinds of log.
	maxPublic  = 1 << 20
	maxPrivate = 1 << 20
	// maxDrafts and maxAppendBytes bound one Append, which is one script and must
	// be all or none: Redis serves nobody else while it runs. The hub sends at most
	// 1,024 votes, which take under ten milliseconds with the way there and back.
	maxDrafts      = 4096
	maxAppendBytes = 4 << 20
	// putBackEntries and putBackBytes divide a PutBack, which need not be all or
	// none, into scripts of a few milliseconds.
	putBackEntries = 512
	putBackBytes   = 512 << 10

	// pageEntries bounds what one Read returns: enough that the cost of a page is
	// its entries; Redis serves nobody else while it gathers them.
	pageEntries = 1024
	// attachTries is how many times private parts are read that do not fit their
	// entries, which a store does at most once that loses all and gets it back.
	attachTries = 3
	// scriptPage bounds the entries of others that the append script brings along:
	// they are copied inside Redis. Who is further behind is told to read on.
	scriptPage = 512

	// tailEntries and tailBytes bound the newest entries of a topic that are kept
	// in memory, so that who follows is served from the notification alone.
	tailEntries = 256
	tailBytes   = 128 << 10

	// newsBytes bounds a notification that carries its entries; a longer one only
	// says that there are some. Redis cuts a subscriber that is 8 MiB behind.
	newsBytes = 32 << 10

	// maxSnapshot bounds a machine's sealed state: one value that Redis copies in
	// one piece while nobody else is served.
	maxSnapshot = 16 << 20

	// dialWait, replyWait and poolWait bound one attempt: a Redis that hangs must
	// not hold its callers for longer than giveUp.
	dialWait  = time.Second
	replyWait = 1500 * time.Millisecond
	poolWait  = 500 * time.Millisecond
	// giveUp is how long a call tries again before it says that the store is
	// unavailable or the outcome unknown.
	giveUp = 2 * time.Second
	// lastAttempt is how much of that must be left for another attempt.
	lastAttempt = 200 * time.Millisecond
	// retryPause is the longest pause before another attempt; it is drawn at
	// random, so that those who failed together do not come back together.
	retryPause = 50 * time.Millisecond

	// conns bounds the connections to each Redis, and reads how many of them may
	// read pages at the same time: who catches up must not hold up who appends.
	conns = 64
	reads = 16

	// maxLag is how far behind Redis' clock an entry's time may be when the entry
	// is written. Normally it is the way there and back; it must be more than
	// replyWait, else a slow network could never write.
	maxLag = 2 * time.Second
	// turnAfter is how many times in a row an append may find that somebody else
	// was faster before it asks for a turn; turnTime how long the others then wait
	// for it: many times the way to Redis, and no pause that anyone sees when the
	// one whose turn it is has died. Who is further from Redis asks at once, and for
	// twice its way there and back, turnMost at most, which is as long as it waits
	// for an answer.
	turnAfter = 3
	turnTime  = 100 * time.Millisecond
	turnMost  = replyWait
	// turnPause is the longest pause of who waits for another's turn to end.
	turnPause = 4 * time.Millisecond

	// replicaWait is how long replicas may take to confirm.
	replicaWait = 500 * time.Millisecond
	// markTime is how long the key stays that is written for their sake.
	markTime = time.Minute

	// answerWait is how long a node that finds no key for a topic waits for the
	// others' answers: many times the way there and back. A node that does not
	// answer in that time may hold the key all the same.
	answerWait = 500 * time.Millisecond
	// maxAnswers bounds the answers that wait to be counted: more nodes than one
	// Redis can serve.
	maxAnswers = 1024

	// tailEvery is how often the heads of topics that somebody waits for are
	// looked at, whatever the notifications say.
	tailEvery = 2 * time.Second
	// passEvery is the same for conferences, which hold who has been revoked: that
	// must be known everywhere within two seconds, also by a node that hears nothing.
	passEvery = time.Second
	// quiet is how long a subscription may be silent before it is probed, and then
	// how long the probe may take before the subscription is taken for deaf.
	quiet = 2 * time.Second
	// awayAfter is how old the last answer may be: the heads are looked at every
	// tailEvery, for as long as giveUp.
	awayAfter = tailEvery + giveUp
	// deafAfter is when the log is no longer healthy: a probe and one new
	// subscription came to nothing.
	deafAfter = 5 * time.Second
	// settingsEvery is how often the servers' settings are read again, which decide
	// what an acknowledgement promises: five small questions, and an operator who
	// has made a mistake is told at once.
	settingsEvery = 5 * time.Second
)
