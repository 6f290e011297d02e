package sqlitelog

import (
	"context"
	"slices"

	"majlis/hub/oplog"
)

// Heads implements oplog.Heads, from memory.
func (l *Log) Heads(_ context.Context, topics []oplog.Topic) ([]oplog.Position, error) {
	if err := l.alive(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	heads := make([]oplog.Position, len(topics))
	for i, name := range topics {
		t := l.topics[name]
		heads[i] = t.head.Position()
	}
	return heads, nil
}

// Topics implements oplog.Lister: those that were written and not erased.
func (l *Log) Topics(_ context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	return l.list(after, limit, false)
}

// Erased implements oplog.Mover.
func (l *Log) Erased(_ context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	return l.list(after, limit, true)
}

func (l *Log) list(after oplog.Topic, limit int, erased bool) ([]oplog.Topic, error) {
	if err := l.alive(); err != nil {
		return nil, err
	}
	l.mu.Lock()
	var names []oplog.Topic
	for name, t := range l.topics {
		if name > after && t.erased == erased {
			names = append(names, name)
		}
	}
	l.mu.Unlock()
	slices.Sort(names)
	return names[:min(len(names), max(limit, 0))], nil
}

// Key implements oplog.Keeper.
func (l *Log) Key(_ context.Context, topic oplog.Topic) (*oplog.Key, error) {
	if err := l.alive(); err != nil {
		return nil, err
	}
	if _, err := oplog.ParseTopic(string(topic)); err != nil {
		return nil, err
	}
	return l.keys.key(topic, func() bool { return l.lookup(topic).erased })
}

// TakeKey implements oplog.Mover.
func (l *Log) TakeKey(ctx context.Context, topic oplog.Topic) ([]byte, error) {
	if _, err := l.Key(ctx, topic); err != nil {
		return nil, err
	}
	return l.keys.secret(topic)
}

// GiveKey implements oplog.Mover.
func (l *Log) GiveKey(_ context.Context, topic oplog.Topic, secret []byte) error {
	if err := l.alive(); err != nil {
		return err
	}
	if _, err := oplog.ParseTopic(string(topic)); err != nil {
		return err
	}
	return l.keys.give(topic, secret, func() bool { return l.lookup(topic).erased })
}
