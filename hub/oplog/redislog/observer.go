package redislog

import "time"

// Observer is told what happens between this node and its Redis. Its methods must
// return at once; any goroutine may call them.
type Observer interface {
	// Linked: the Redis can be relied on now, or not; told every two seconds.
	Linked(up bool)
	// Resubscribed: a subscription ended and is made anew.
	Resubscribed()
	// Missed: a notification did not follow what is known here, so the log is read.
	Missed()
	// FoundOut: a look at the heads found what no notification had told.
	FoundOut()
	// Unconfirmed: fewer replicas than were asked for have confirmed a write in time.
	Unconfirmed()
	// Notified: a notification came so long after the time of its last entry, by the
	// server's clock. Not told before this node has appended: until then it does not
	// know that.
	Notified(lag time.Duration)
	// Asked: a server answered a command, named in small letters, or a pipeline of
	// several, after a while, or not. err is the driver's.
	Asked(command string, took time.Duration, err error)
	// Pooled: so many connections are open and so many of them idle, and so many
	// times since the start somebody waited for one in vain; told every two seconds.
	Pooled(open, idle int, timeouts uint32)
}

// nobody observes nothing.
type nobody struct{}

func (nobody) Linked(bool)   {}
func (nobody) Resubscribed() {}
func (nobody) Missed()       {}
func (nobody) FoundOut()     {}
func (nobody) Unconfirmed()  {}

func (nobody) Notified(time.Duration)             {}
func (nobody) Asked(string, time.Duration, error) {}
func (nobody) Pooled(int, int, uint32)            {}
