package memlog

import (
	"context"
	"fmt"
	"sync"
	"time"

	"majlis/hub/oplog"
)

// page is how many entries one Read or Append returns at most, as in the kinds
// that read from a disk.
const page = 4096

// Log is an oplog.Store in memory. Any goroutine may call its methods.
type Log struct {
	// Now is the clock that stamps entries. Set it before the first call.
	Now func() time.Time

	mu     sync.Mutex
	topics map[oplog.Topic]*topic
	closed bool
}

var _ oplog.Store = (*Log)(nil)

// topic is one topic's history and what lies beside it. Guarded by Log.mu.
type topic struct {
	head     oplog.Head
	entries  []oplog.Entry
	free     map[oplog.Offset]bool // may be without their private part
	key      *oplog.Key
	snapshot *oplog.Snapshot
	erased   bool
	wait     chan struct{} // closed at the next entry
}

// New makes an empty log.
func New() *Log {
	return &Log{Now: time.Now, topics: map[oplog.Topic]*topic{}}
}

// Level implements oplog.Log.
func (l *Log) Level() oplog.Level { return oplog.Memory }

// Close implements oplog.Store: it wakes all who wait, and later calls find the
// store unavailable.
func (l *Log) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	for _, t := range l.topics {
		t.wake()
	}
	return nil
}

// Append implements oplog.Log.
func (l *Log) Append(ctx context.Context, name oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if err := oplog.CheckDrafts(drafts); err != nil {
		return oplog.Appended{}, err
	}
	t, err := l.enter(ctx, name)
	if err != nil {
		return oplog.Appended{}, err
	}
	defer l.mu.Unlock()
	if !t.holds(known) {
		return oplog.Appended{}, oplog.ErrFork
	}
	now := l.Now().UnixMilli()
	if t.head.Offset == 0 {
		t.add(t.head.Place(oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch()), now))
	}
	for _, d := range drafts {
		t.add(t.head.Place(d, now))
	}
	t.wake()
	if t.head.Offset-known.Offset > page {
		return oplog.Appended{Epoch: t.head.Epoch, More: true}, nil
	}
	return oplog.Appended{Epoch: t.head.Epoch, Entries: clone(t.entries[known.Offset:])}, nil
}

// PutBack implements oplog.Log.
func (l *Log) PutBack(ctx context.Context, name oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	defer l.mu.Unlock()
	if !t.holds(at) {
		return oplog.ErrFork
	}
	head := t.headAt(name, at.Offset)
	if err := oplog.CheckPutBack(name, head, entries); err != nil {
		return err
	}
	there := min(len(entries), len(t.entries)-int(at.Offset))
	if there > 0 && entries[there-1].Chain != t.entries[int(at.Offset)+there-1].Chain {
		return oplog.ErrFork
	}
	for _, e := range clone(entries[there:]) {
		if err := t.head.Follow(name, &e); err != nil {
			return err
		}
		t.add(e)
	}
	t.wake()
	return nil
}

// Read implements oplog.Log.
func (l *Log) Read(ctx context.Context, name oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	defer l.mu.Unlock()
	if !t.holds(after) {
		return nil, nil, oplog.ErrFork
	}
	if limit <= 0 || limit > page {
		limit = page
	}
	rest := t.entries[after.Offset:]
	if len(rest) == 0 {
		return nil, t.wait, nil
	}
	return clone(rest[:min(limit, len(rest))]), nil, nil
}

// enter locks the log and finds a topic that can be worked with; the caller
// unlocks, unless there is an error.
func (l *Log) enter(ctx context.Context, name oplog.Topic) (*topic, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	}
	l.mu.Lock()
	t, err := l.find(name)
	if err == nil && t.erased {
		err = oplog.ErrGone
	}
	if err != nil {
		l.mu.Unlock()
		return nil, err
	}
	return t, nil
}

// find returns a topic, made where there is none yet. It needs mu.
func (l *Log) find(name oplog.Topic) (*topic, error) {
	if l.closed {
		return nil, fmt.Errorf("%w: it has been closed", oplog.ErrUnavailable)
	}
	t := l.topics[name]
	if t == nil {
		t = &topic{head: oplog.Start(name), free: map[oplog.Offset]bool{}, wait: make(chan struct{})}
		l.topics[name] = t
	}
	return t, nil
}
