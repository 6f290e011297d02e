package redislog

import (
	"context"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// Append implements oplog.Log. It tries again by itself for as long as giveUp
// and still writes once: see [Log.put].
func (l *Log) Append(ctx context.Context, name oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if err := errors.Join(oplog.CheckDrafts(drafts), checkSizes(drafts)); err != nil {
		return oplog.Appended{}, fmt.Errorf("append to %s: %w", name, err)
	}
	t, err := l.enter(ctx, name)
	if err != nil {
		return oplog.Appended{}, err
	}
	if (known.Offset == 0) != (known.Hash == oplog.Hash{}) {
		return oplog.Appended{}, oplog.ErrFork
	}
	return detach(ctx, l, func(ctx context.Context) (oplog.Appended, error) {
		return l.append(ctx, t, known, drafts)
	})
}

// detach does work that a done context does not interrupt: who waited is then
// told that the outcome is unknown. Close waits for it.
func detach[T any](ctx context.Context, l *Log, do func(context.Context) (T, error)) (T, error) {
	type result struct {
		value T
		err   error
	}
	var none T
	if !l.begin() {
		return none, errClosed
	}
	done := make(chan result, 1)
	go func() {
		defer l.work.Done()
		value, err := do(context.WithoutCancel(ctx))
		done <- result{value, err}
	}()
	select {
	case r := <-done:
		return r.value, r.err
	case <-ctx.Done():
		return none, fmt.Errorf("%w: %w", oplog.ErrUnknown, context.Cause(ctx))
	}
}

// append writes drafts behind the head, whatever it is by now.
func (l *Log) append(ctx context.Context, t *topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	ctx, cancel := context.WithTimeout(ctx, giveUp)
	defer cancel()
	if err := t.enter(ctx); err != nil {
		return oplog.Appended{}, err
	}
	defer t.leave()
	genesis := oplog.EpochDraft(oplog.TypeGenesis, oplog.NewEpoch())
	w := write{topic: t, known: known, page: scriptPage, lag: maxLag}
	r, mine, err := l.put(ctx, w, func(head oplog.Head, now int64) (entries []oplog.Entry, epoch string) {
		if head.Offset == 0 {
			entries = append(entries, head.Place(genesis, now))
		}
		for _, d := range drafts {
			entries = append(entries, head.Place(d, now))
		}
		return entries, head.Epoch
	})
	if err != nil {
		return oplog.Appended{}, err
	}
	epoch := epochAfter(r.head.Epoch, mine)
	t.written(epoch, mine)
	if r.more {
		return oplog.Appended{Epoch: epoch, More: true}, nil
	}
	return oplog.Appended{Epoch: epoch, Entries: clone(append(r.others, mine...))}, nil
}

// epochAfter is the epoch behind some entries.
func epochAfter(epoch string, entries []oplog.Entry) string {
	for i := range entries {
		if named, ok := oplog.EpochOf(&entries[i]); ok {
			epoch = named
		}
	}
	return epoch
}

// placing makes entries that follow a head, and names the epoch behind them.
type placing func(head oplog.Head, now int64) (entries []oplog.Entry, epoch string)

// put writes what place makes of a head until it stands behind the head of all;
// place is called again when somebody else was faster. It returns the answer and
// the entries as they were written.
//
// An attempt whose outcome is open is harmless to repeat: its entries fit behind
// one head only, and when that head has moved on the chain tells whether it was
// they that came there. So nothing is written twice, and ErrUnknown is left for a
// Redis that stays away until ctx is done.
func (l *Log) put(ctx context.Context, w write, place placing) (r reply, mine []oplog.Entry, err error) {
	a := attempts{head: w.topic.known()}
	for {
		w.head = a.head
		clock := &l.clocks[w.topic.partition]
		w.entries, w.epoch = place(a.head, clock.now())
		// Who has far to go would lose until it gives up.
		if w.turn = clock.turn(); w.turn == turnTime && a.lost < turnAfter {
			w.turn = 0
		}
		r, err = l.write(ctx, &w)
		limit := retryPause
		switch {
		case err != nil:
			if a.failed(err, w.entries); lasting(err) {
				return r, nil, a.verdict(err)
			}
		case r.what == "done":
			return r, w.entries, nil
		case r.what == "gone":
			return r, nil, oplog.ErrGone
		case r.what == "fork":
			return r, nil, oplog.ErrFork
		case r.what == "head":
			w.topic.stand(r.head)
			entries, ok, err := l.landed(ctx, w.topic, &a, &r)
			if err != nil || ok && r.open == nil {
				return r, entries, err
			}
			if !ok {
				a.head = r.head
				a.lost++
				continue
			}
			a.failed(r.open, nil) // replicas may not have it: ask again
		case r.what == "time":
			continue // the answer has set the clock
		case r.what == "turn":
			limit = turnPause
		}
		if !pause(ctx, l.closing, limit) {
			return r, nil, a.verdict(err)
		}
	}
}

// attempts is what a put has tried so far.
type attempts struct {
	head  oplog.Head
	lost  int             // how often somebody else was faster
	open  error           // of the first attempt whose outcome is not known
	tried [][]oplog.Entry // those attempts
}

func (a *attempts) failed(err error, entries []oplog.Entry) {
	if errors.Is(err, oplog.ErrUnknown) {
		if a.open == nil { // later ones may only have been cut short
			a.open = err
		}
		if len(entries) > 0 {
			a.tried = append(a.tried, entries)
		}
	}
}

// verdict is what a put says that gives up.
func (a *attempts) verdict(last error) error {
	switch {
	case a.open != nil:
		return a.open
	case last != nil:
		return last
	}
	return fmt.Errorf("%w: others write to the topic without a pause", oplog.ErrUnavailable)
}

// landed finds out whether an open attempt came there before the head that an
// answer names. If so the answer's entries end before it.
func (l *Log) landed(ctx context.Context, t *topic, a *attempts, r *reply) ([]oplog.Entry, bool, error) {
	for _, entries := range a.tried {
		last := &entries[len(entries)-1]
		if last.Offset > r.head.Offset {
			continue
		}
		there, err := l.stands(ctx, t, last)
		if err != nil {
			return nil, false, a.open
		}
		if !there {
			continue
		}
		for i := range r.others {
			if r.others[i].Offset == entries[0].Offset {
				r.others = r.others[:i]
				break
			}
		}
		return entries, true, nil
	}
	return nil, false, nil
}
