package redislog

import (
	"context"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// Read implements oplog.Log. What a notification has brought is given from
// memory; that there is nothing is always asked of Redis.
func (l *Log) Read(ctx context.Context, name oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return nil, nil, err
	}
	if (after.Offset == 0) != (after.Hash == oplog.Hash{}) {
		return nil, nil, oplog.ErrFork
	}
	if limit <= 0 || limit > pageEntries {
		limit = pageEntries
	}
	if recent := t.recent(after, limit); len(recent) > 0 {
		return recent, nil, nil
	}
	if !l.begin() {
		return nil, nil, errClosed
	}
	defer l.work.Done()
	wait := t.waiter(after) // before one looks
	entries, err := l.read(ctx, t, after, limit)
	if err != nil {
		return nil, nil, err
	}
	if len(entries) == 0 {
		return nil, wait, nil
	}
	return entries, nil, nil
}

// read reads a page from Redis and verifies it.
func (l *Log) read(ctx context.Context, t *topic, after oplog.Position, limit int) ([]oplog.Entry, error) {
	from, count := "-", limit
	if after.Offset > 0 {
		from, count = number(after.Offset)+"-0", limit+1
	}
	list, err := l.stored(ctx, t, "XRANGE", t.keys.log, from, "+", "COUNT", count)
	if err != nil {
		return nil, err
	}
	at := oplog.Start(t.name)
	switch {
	case len(list) > 0 && list[len(list)-1].erased:
		return nil, oplog.ErrGone
	case after.Offset == 0:
	case len(list) == 0 || list[0].Offset != after.Offset || list[0].Chain.Short() != after.Hash:
		return nil, l.astray(ctx, t)
	default:
		at, list = list[0].head(), list[1:]
	}
	if len(list) == 0 {
		return nil, nil
	}
	entries, err := verified(t.name, at, list)
	if err != nil {
		return nil, err
	}
	if err := l.attach(ctx, t, entries); err != nil {
		return nil, err
	}
	if last := &list[len(list)-1]; last.Offset > t.known().Offset {
		t.stand(last.head())
	}
	return entries, nil
}

// astray is why a position is not on the chain: the topic is gone, or has gone
// another way.
func (l *Log) astray(ctx context.Context, t *topic) error {
	last, err := l.stored(ctx, t, "XREVRANGE", t.keys.log, "+", "-", "COUNT", 1)
	switch {
	case err != nil:
		return err
	case len(last) > 0 && last[0].erased:
		return oplog.ErrGone
	}
	return oplog.ErrFork
}

// attach gives entries their private parts. They are read after the entries, and
// the store may have lost both in between, or have got back what somebody else
// has: one that is not there or does not fit is a broken log only if its entry
// stands where it was read, every time.
func (l *Log) attach(ctx context.Context, t *topic, entries []oplog.Entry) error {
	var unfit error
	for range attachTries {
		var odd *oplog.Entry
		var err error
		if odd, unfit, err = l.attachOnce(ctx, t, entries); err != nil || odd == nil {
			return err
		}
		if there, err := l.stands(ctx, t, odd); err != nil {
			return err
		} else if !there {
			return l.astray(ctx, t)
		}
	}
	return unfit
}

// attachOnce also returns the first entry whose private part does not fit, and why.
func (l *Log) attachOnce(ctx context.Context, t *topic, entries []oplog.Entry) (odd *oplog.Entry, unfit, err error) {
	var sealed, missing []int
	for i := range entries {
		if !entries[i].Sealed.None() {
			sealed = append(sealed, i)
		}
	}
	texts, err := l.fields(ctx, t, t.keys.private, entries, sealed)
	if err != nil {
		return nil, nil, err
	}
	for n, i := range sealed {
		text, there := texts[n].(string)
		if !there {
			entries[i].Sealed.Salt, entries[i].Sealed.Box = nil, nil // of an earlier try
			missing = append(missing, i)
			continue
		}
		if err := readPrivate(t.name, &entries[i], []byte(text)); err != nil {
			return &entries[i], err, nil
		}
	}
	free, err := l.fields(ctx, t, t.keys.freed, entries, missing)
	if err != nil {
		return nil, nil, err
	}
	for n, i := range missing {
		if free[n] == nil {
			return &entries[i], corrupt(t.name, entries[i].Offset, errMissing), nil
		}
	}
	return nil, nil, nil
}

var errMissing = errors.New("its private part is missing and no redact entry names it")

// fields reads what a hash has for some of the entries.
func (l *Log) fields(ctx context.Context, t *topic, key string, entries []oplog.Entry, which []int) ([]any, error) {
	if len(which) == 0 {
		return nil, nil
	}
	args := make([]any, 0, 2+len(which))
	args = append(args, "HMGET", key)
	for _, i := range which {
		args = append(args, number(entries[i].Offset))
	}
	said, err := l.query(ctx, t, args...)
	if err != nil {
		return nil, err
	}
	values, _ := said.([]any)
	if len(values) != len(which) {
		return nil, fmt.Errorf("%w: an answer of %d values, not %d", oplog.ErrUnavailable, len(values), len(which))
	}
	return values, nil
}

// stored reads entries of the stream.
func (l *Log) stored(ctx context.Context, t *topic, args ...any) ([]stored, error) {
	said, err := l.query(ctx, t, args...)
	if err != nil {
		return nil, err
	}
	return readAll(t.name, said)
}

// stands tells whether an entry is there.
func (l *Log) stands(ctx context.Context, t *topic, e *oplog.Entry) (bool, error) {
	id := number(e.Offset) + "-0"
	list, err := l.stored(ctx, t, "XRANGE", t.keys.log, id, id)
	return len(list) == 1 && list[0].Chain == e.Chain, err
}

// query asks the server of a topic something that changes nothing.
func (l *Log) query(ctx context.Context, t *topic, args ...any) (said any, err error) {
	select {
	case l.reads <- struct{}{}:
		defer func() { <-l.reads }()
	case <-ctx.Done():
		return nil, fmt.Errorf("%w: %w", oplog.ErrUnavailable, context.Cause(ctx))
	}
	err = l.again(ctx, func(ctx context.Context) error {
		node, err := l.link.node(ctx, t.keys.log)
		if err != nil {
			return reading(err)
		}
		said, err = l.link.ask(ctx, node, args)
		if moved(err) {
			l.link.moved(ctx)
		}
		return reading(err)
	})
	return said, err
}
