package memlog

import (
	"bytes"
	"context"
	"crypto/rand"
	"slices"

	"majlis/hub/oplog"
)

// Heads implements oplog.Heads.
func (l *Log) Heads(_ context.Context, names []oplog.Topic) ([]oplog.Position, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	heads := make([]oplog.Position, len(names))
	for i, name := range names {
		t, err := l.find(name)
		if err != nil {
			return nil, err
		}
		heads[i] = t.head.Position()
	}
	return heads, nil
}

// Topics implements oplog.Lister: those that were written and not erased.
func (l *Log) Topics(_ context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var names []oplog.Topic
	for name, t := range l.topics {
		if name > after && t.head.Offset > 0 && !t.erased {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names[:min(len(names), max(limit, 0))], nil
}

// Key implements oplog.Keeper.
func (l *Log) Key(ctx context.Context, name oplog.Topic) (*oplog.Key, error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return nil, err
	}
	defer l.mu.Unlock()
	if t.key == nil {
		secret := make([]byte, oplog.KeySize)
		rand.Read(secret)
		if t.key, err = oplog.NewKey(secret); err != nil {
			return nil, err
		}
	}
	return t.key, nil
}

// SaveSnapshot implements oplog.Snapshots.
func (l *Log) SaveSnapshot(ctx context.Context, name oplog.Topic, s oplog.Snapshot) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	defer l.mu.Unlock()
	if s.Offset >= t.lastRedact() {
		s.State = bytes.Clone(s.State)
		t.snapshot = &s
	}
	return nil
}

// LoadSnapshot implements oplog.Snapshots.
func (l *Log) LoadSnapshot(ctx context.Context, name oplog.Topic) (oplog.Snapshot, bool, error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return oplog.Snapshot{}, false, err
	}
	defer l.mu.Unlock()
	s := t.snapshot
	if s == nil || s.Offset == 0 || s.Offset > t.head.Offset || t.entries[s.Offset-1].Chain != s.Chain {
		return oplog.Snapshot{}, false, nil
	}
	found := *s
	found.State = bytes.Clone(s.State)
	return found, true, nil
}

// lastRedact is the newest redact entry: a snapshot of before it may hold a
// text that had to go.
func (t *topic) lastRedact() oplog.Offset {
	for i := len(t.entries) - 1; i >= 0 && len(t.free) > 0; i-- {
		if len(oplog.RedactOf(&t.entries[i])) > 0 {
			return t.entries[i].Offset
		}
	}
	return 0
}

// Blank implements oplog.Eraser.
func (l *Log) Blank(ctx context.Context, name oplog.Topic, offsets []oplog.Offset) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	defer l.mu.Unlock()
	for _, o := range offsets {
		if !t.free[o] {
			return oplog.NotNamed(name, o)
		}
	}
	for _, o := range offsets {
		t.entries[o-1].Sealed.Salt, t.entries[o-1].Sealed.Box = nil, nil
	}
	t.snapshot = nil
	return nil
}

// Erase implements oplog.Eraser.
func (l *Log) Erase(_ context.Context, name oplog.Topic) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	t, err := l.find(name)
	if err != nil || t.erased {
		return err
	}
	last := t.head.Place(oplog.ErasedDraft(), l.Now().UnixMilli())
	t.entries, t.erased = []oplog.Entry{last}, true
	t.free, t.key, t.snapshot = nil, nil, nil
	t.wake()
	return nil
}
