package hub

import (
	"encoding/json"
	"time"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// Machine folds one topic's log. It is pure: no clock, I/O, goroutine, logger
// or randomness; the same entries give the same state on every node and in
// every replay. It is touched by its topic's loop alone; what leaves it is
// immutable.
type Machine interface {
	// Apply folds one entry. It is total: it never panics, whatever the log
	// holds.
	Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome
	// Check tells what Apply would say now, without effect: the same rules.
	Check(c *oplog.Command, at time.Time) oplog.Outcome
	// Since is what a role must be told to come from an offset to now: nil for
	// nothing; from 0 the whole document.
	Since(role oplog.Role, n oplog.Offset) entity.Patch
	// Mine is the same for what belongs to one person.
	Mine(who oplog.ActorID, n oplog.Offset) entity.Patch
	// Deadline is when the runner should propose a tick.
	Deadline() (time.Time, bool)
	// Digest is equal on two machines that folded the same entries, blanked or
	// not: it covers commitments, never texts.
	Digest() [32]byte
	// Snapshot encodes the whole state; Restore takes a fresh machine there.
	Snapshot() ([]byte, error)
	Restore(state []byte) error
}

// Mover is a Machine in which people's own parts also change by what others do,
// often and for many at once: who answered a poll is told how it stands. They are
// told at most once a second.
type Mover interface {
	// Moved are the people whose own part may have changed so since an offset.
	Moved(n oplog.Offset) []oplog.ActorID
}

// Kind is how topics of one kind are folded.
type Kind struct {
	// New makes the machine of a topic before its first entry.
	New func(topic oplog.Topic) Machine
	// Prepare turns a command as a client sent it into one that can be stored:
	// strictly decoded, texts normalised, measured and moved to the private part.
	// It sets Type, Args and Private. The key serves to compare texts that the
	// fold must not read.
	Prepare func(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason)
	// Rules is the version of the rules that entries written now are judged by;
	// View that of the projection; State that of the snapshot's format.
	Rules uint16
	View  int
	State uint32
}
