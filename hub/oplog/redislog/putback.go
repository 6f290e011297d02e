package redislog

import (
	"context"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// PutBack implements oplog.Log. Entries that are there already are passed
// over; what is left of them goes exactly onto the head, a script's measure at a
// time. Many nodes may do it at once: who finds that another was faster looks
// again what is left.
func (l *Log) PutBack(ctx context.Context, name oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	for i := range entries {
		if len(entries[i].Public) > maxPublic || len(entries[i].Sealed.Box) > maxPrivate {
			return fmt.Errorf("put back to %s: entry %d has %d public and %d private bytes: at most %d and %d can be stored",
				name, entries[i].Offset, len(entries[i].Public), len(entries[i].Sealed.Box), maxPublic, maxPrivate)
		}
	}
	head, err := l.headAt(ctx, t, at)
	if err != nil {
		return err
	}
	if err := oplog.CheckPutBack(name, head, entries); err != nil {
		return err
	}
	_, err = detach(ctx, l, func(ctx context.Context) (struct{}, error) {
		if err := t.enter(ctx); err != nil {
			return struct{}{}, err
		}
		defer t.leave()
		return struct{}{}, l.putBack(ctx, t, head, entries)
	})
	return err
}

// headAt is the head as it was at a position.
func (l *Log) headAt(ctx context.Context, t *topic, at oplog.Position) (oplog.Head, error) {
	if at.Offset == 0 && at.Hash != (oplog.Hash{}) {
		return oplog.Head{}, oplog.ErrFork
	}
	if at.Offset == 0 {
		if err := l.astray(ctx, t); !errors.Is(err, oplog.ErrFork) {
			return oplog.Head{}, err
		}
		return oplog.Start(t.name), nil
	}
	id := number(at.Offset) + "-0"
	list, err := l.stored(ctx, t, "XRANGE", t.keys.log, id, id)
	if err != nil {
		return oplog.Head{}, err
	}
	if len(list) == 0 || list[0].erased || list[0].Chain.Short() != at.Hash {
		return oplog.Head{}, l.astray(ctx, t)
	}
	return list[0].head(), nil
}

func (l *Log) putBack(ctx context.Context, t *topic, head oplog.Head, entries []oplog.Entry) error {
	for {
		var err error
		if head, entries, err = l.left(ctx, t, head, entries); err != nil || len(entries) == 0 {
			return err
		}
		n := measure(entries)
		w := write{
			topic: t, head: head, lag: -1, wrapped: t.sealedKey(),
			entries: entries[:n], epoch: epochAfter(head.Epoch, entries[:n]),
		}
		var r reply
		err = l.again(ctx, func(ctx context.Context) (err error) {
			r, err = l.write(ctx, &w)
			return err
		})
		switch {
		case err != nil:
			return err
		case r.what == "gone":
			return oplog.ErrGone
		case r.what == "done":
			t.written(w.epoch, clone(w.entries))
		} // head: another was faster, or an attempt whose answer was lost
	}
}

// measure is how many of the entries go into one script, at least one.
func measure(entries []oplog.Entry) int {
	size := 0
	for i := range entries {
		size += len(entries[i].Public) + len(entries[i].Sealed.Box)
		if i > 0 && (i >= putBackEntries || size > putBackBytes) {
			return i
		}
	}
	return len(entries)
}

// left finds out which of the entries behind head are not there yet. Another
// entry in the place of one of them is a fork.
func (l *Log) left(ctx context.Context, t *topic, head oplog.Head, entries []oplog.Entry) (oplog.Head, []oplog.Entry, error) {
	heads, err := l.heads(ctx, []*topic{t})
	if err != nil {
		return head, nil, err
	}
	if heads[0].Offset < head.Offset || heads[0].Offset == head.Offset && heads[0].Chain != head.Chain {
		return head, nil, oplog.ErrFork
	}
	there := min(len(entries), int(heads[0].Offset-head.Offset))
	if there == 0 {
		return head, entries, nil
	}
	last := &entries[there-1]
	switch ok, err := l.stands(ctx, t, last); {
	case err != nil:
		return head, nil, err
	case !ok:
		return head, nil, oplog.ErrFork
	}
	head = oplog.Head{Epoch: epochAfter(head.Epoch, entries[:there]), Offset: last.Offset, Time: last.Time, Chain: last.Chain}
	return head, entries[there:], nil
}
