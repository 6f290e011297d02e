package redislog

import (
	"context"
	"errors"
	"strconv"

	"majlis/hub/oplog"
)

// Blank implements oplog.Eraser. Redis deletes the bytes at once from its
// memory; from an append-only file they go when Redis rewrites it.
func (l *Log) Blank(ctx context.Context, name oplog.Topic, offsets []oplog.Offset) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	args := make([]any, len(offsets))
	for i, o := range offsets {
		args[i] = number(o)
	}
	said, err := l.change(ctx, t, l.scripts.blank, args)
	if err != nil {
		return err
	}
	t.forget()
	if said[0] == "kept" {
		text, _ := said[1].(string)
		n, _ := strconv.ParseUint(text, 10, 63)
		return oplog.NotNamed(name, oplog.Offset(n))
	}
	return nil
}

// Erase implements oplog.Eraser: one script takes everything away, the key
// among it, and leaves the last entry.
func (l *Log) Erase(ctx context.Context, name oplog.Topic) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	_, err = detach(ctx, l, func(ctx context.Context) (struct{}, error) {
		ctx, cancel := context.WithTimeout(ctx, giveUp)
		defer cancel()
		if err := t.enter(ctx); err != nil {
			return struct{}{}, err
		}
		defer t.leave()
		_, _, err := l.put(ctx, write{topic: t, lag: maxLag, erase: true}, func(head oplog.Head, now int64) ([]oplog.Entry, string) {
			return []oplog.Entry{head.Place(oplog.ErasedDraft(), now)}, head.Epoch
		})
		if errors.Is(err, oplog.ErrGone) { // before, or by an attempt whose answer was lost
			err = nil
		}
		if err == nil {
			t.gone()
		}
		return struct{}{}, err
	})
	return err
}
