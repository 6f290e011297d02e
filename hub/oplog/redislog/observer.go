package redislog

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
}

// nobody observes nothing.
type nobody struct{}

func (nobody) Linked(bool)   {}
func (nobody) Resubscribed() {}
func (nobody) Missed()       {}
func (nobody) FoundOut()     {}
func (nobody) Unconfirmed()  {}
