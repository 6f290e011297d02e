package oplog

import (
	"context"
	"errors"
	"fmt"
)

// What a Log answers when it cannot do what was asked.
var (
	// ErrFork: the given position is not on the topic's chain.
	ErrFork = errors.New("position is not on the chain")
	// ErrUnknown: the entries may or may not be there. Read on from the last
	// known position, fold, and let the fold judge.
	ErrUnknown = errors.New("outcome unknown")
	// ErrFull: nothing was written, the store has no room.
	ErrFull = errors.New("store is full")
	// ErrGone: nothing was written, the topic has been erased.
	ErrGone = errors.New("topic has been erased")
	// ErrUnavailable: nothing was written, the store does not answer.
	ErrUnavailable = errors.New("store is unavailable")
)

// CorruptError names the entry at which a stored topic stops being the one
// that was written.
type CorruptError struct {
	Topic  Topic
	Offset Offset
	Reason string
}

func (e *CorruptError) Error() string {
	return fmt.Sprintf("corrupt log: %s at offset %d: %s", e.Topic, e.Offset, e.Reason)
}

// Level is what an acknowledgement of the log promises.
type Level string

// The levels.
const (
	Memory          Level = "memory"           // tests: gone with the process
	Embedded        Level = "embedded"         // on disk (fsync), one node
	RedisMemory     Level = "redis-memory"     // in Redis' memory
	RedisDisk       Level = "redis-disk"       // AOF, fsync always
	RedisReplicated Level = "redis-replicated" // confirmed by replicas
)

// Appended is what an Append tells.
type Appended struct {
	// Epoch of the history, now.
	Epoch string
	// Entries are all entries after the known position, in order: what others
	// wrote meanwhile, then the drafts. Nil with More set when there are more
	// than a page: read on.
	Entries []Entry
	More    bool
}

// Log keeps the entries of many topics.
type Log interface {
	// Append writes drafts contiguously, all or none, behind whatever the topic
	// holds now, if known is still on its chain (else ErrFork). The first Append
	// to a topic writes its genesis entry before them. It returns every entry
	// after known, with offset, time and chain. A done context stops the waiting
	// only (then ErrUnknown), never a commit under way. Errors: ErrFork,
	// ErrUnknown, ErrFull, ErrGone, ErrUnavailable.
	Append(ctx context.Context, topic Topic, known Position, drafts []Draft) (Appended, error)

	// PutBack writes entries as they are, only onto exactly the head at (else
	// ErrFork). Repair, copy and restore use it. Entries that are already there,
	// byte for byte, are no error: it is idempotent.
	PutBack(ctx context.Context, topic Topic, at Position, entries []Entry) error

	// Read returns up to max entries after a position, in order, without a gap,
	// verified against the chain. If there are none yet it returns a channel that
	// is closed when there may be. A topic that was never written has none.
	// Errors: ErrFork (after is not on the chain), ErrGone, ErrUnavailable,
	// *CorruptError.
	Read(ctx context.Context, topic Topic, after Position, max int) ([]Entry, <-chan struct{}, error)

	// Level is what an Append that returned nil promises.
	Level() Level
}

// Heads tells where topics end, many at once. A topic that was never written
// ends at the zero Position.
type Heads interface {
	Heads(ctx context.Context, topics []Topic) ([]Position, error)
}

// Lister lists the topics in order, after one of them.
type Lister interface {
	Topics(ctx context.Context, after Topic, max int) ([]Topic, error)
}

// Keeper has the topics' keys. Key makes one where there is none yet; it
// returns ErrGone for an erased topic.
type Keeper interface {
	Key(ctx context.Context, topic Topic) (*Key, error)
}

// Mover hands topics' keys from one store to another, in the clear: whoever
// copies a topic must give it its own key, else its texts are lost and its people
// are others. Kinds that keep keys beyond a process have it.
type Mover interface {
	// TakeKey returns the 32 bytes of a topic's key, made where there is none yet.
	// ErrGone for an erased topic.
	TakeKey(ctx context.Context, topic Topic) ([]byte, error)
	// GiveKey makes them the topic's key. One that has another is refused with
	// ErrOtherKey; giving the same again is no error.
	GiveKey(ctx context.Context, topic Topic, secret []byte) error
	// Erased lists the topics that were erased, in order, after one of them: a copy
	// must not let them begin anew.
	Erased(ctx context.Context, after Topic, max int) ([]Topic, error)
}

// ErrOtherKey: a topic has another key already.
var ErrOtherKey = errors.New("the topic has another key already")

// Snapshot is a machine's state as of one entry: a cache. A wrong one is
// ignored and folded anew.
type Snapshot struct {
	Offset  Offset
	Chain   Chain
	Epoch   string
	Version uint32 // of the machine's state format
	State   []byte // sealed by the caller
}

// Snapshots keeps the newest snapshot of a topic.
type Snapshots interface {
	SaveSnapshot(ctx context.Context, topic Topic, s Snapshot) error
	// LoadSnapshot returns the newest snapshot whose checksum and chain are
	// right; ok is false if there is none.
	LoadSnapshot(ctx context.Context, topic Topic) (s Snapshot, ok bool, err error)
}

// Eraser takes things out of the store.
type Eraser interface {
	// Blank deletes salt and box at offsets that a redact entry of the topic
	// names (else an error), and every snapshot of the topic.
	Blank(ctx context.Context, topic Topic, offsets []Offset) error
	// Erase leaves one last entry of type "erased" and destroys the topic's key.
	Erase(ctx context.Context, topic Topic) error
}

// Store is everything that an embedded log offers.
type Store interface {
	Log
	Heads
	Lister
	Keeper
	Snapshots
	Eraser
	Close() error
}
