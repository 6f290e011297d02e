package sqlitelog

import (
	"context"
	"fmt"

	"majlis/hub/oplog"
)

// Append implements oplog.Log. Appends that wait together become one
// transaction with one fsync.
func (l *Log) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	if err := checkDrafts(topic, drafts); err != nil {
		return oplog.Appended{}, err
	}
	if err := l.knows(ctx, topic, known); err != nil {
		return oplog.Appended{}, err
	}
	r := &request{topic: topic, drafts: drafts}
	if err := l.hand(ctx, r); err != nil {
		return oplog.Appended{}, err
	}
	return l.appended(ctx, r, known), nil
}

// hand gives a request to the writer and waits for its answer, or until ctx is
// done. Then the request stays with the writer.
func (l *Log) hand(ctx context.Context, r *request) error {
	r.done = make(chan struct{})
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	}
	select {
	case l.requests <- r:
	case <-l.closing:
		return errClosed
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, ctx.Err())
	}
	select {
	case <-r.done:
		return r.err
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", oplog.ErrUnknown, ctx.Err())
	}
}

// appended gathers all entries after known. If others wrote more than a page
// meanwhile, or what they wrote cannot be read now, the caller reads on.
func (l *Log) appended(ctx context.Context, r *request, known oplog.Position) oplog.Appended {
	between := int(r.base - known.Offset)
	if between == 0 {
		return oplog.Appended{Epoch: r.epoch, Entries: r.placed}
	}
	more := oplog.Appended{Epoch: r.epoch, More: true}
	if between+len(r.placed) > pageEntries {
		return more
	}
	entries, _, err := l.Read(ctx, r.topic, known, between)
	if err != nil || len(entries) != between {
		return more
	}
	return oplog.Appended{Epoch: r.epoch, Entries: append(entries, r.placed...)}
}

// knows says ErrFork if a position is not on what is committed of the topic.
// That is looked at before the writer is asked: what is on a chain stays there.
func (l *Log) knows(ctx context.Context, topic oplog.Topic, p oplog.Position) error {
	t := l.lookup(topic)
	switch {
	case t.erased:
		return oplog.ErrGone
	case p.Offset > t.head.Offset:
		return oplog.ErrFork
	case p.Offset == 0 || p.Offset == t.head.Offset:
		return sameHash(p, t.head.Chain)
	}
	at, err := l.headAt(ctx, topic, p.Offset)
	if err != nil {
		return err
	}
	return sameHash(p, at.Chain)
}

// sameHash compares a position with the chain at its offset. The hash decides;
// it covers the genesis entry and so the epoch.
func sameHash(p oplog.Position, chain oplog.Chain) error {
	if p.Offset == 0 && p.Hash == (oplog.Hash{}) || p.Offset != 0 && p.Hash == chain.Short() {
		return nil
	}
	return oplog.ErrFork
}

func checkDrafts(topic oplog.Topic, drafts []oplog.Draft) error {
	if err := checkSizes(topic, drafts); err != nil {
		return err
	}
	return oplog.CheckDrafts(drafts)
}

func checkSizes(topic oplog.Topic, drafts []oplog.Draft) error {
	if _, err := oplog.ParseTopic(string(topic)); err != nil {
		return err
	}
	if len(drafts) > maxDrafts {
		return fmt.Errorf("%d drafts at once: give at most %d", len(drafts), maxDrafts)
	}
	total := 0
	for i := range drafts {
		d := &drafts[i]
		if len(d.Public) > maxPublic || len(d.Sealed.Box) > maxPrivate {
			return fmt.Errorf("draft %d has %d public and %d private bytes: at most %d and %d can be stored",
				i, len(d.Public), len(d.Sealed.Box), maxPublic, maxPrivate)
		}
		total += draftSize(d)
	}
	if total > maxAppendBytes {
		return fmt.Errorf("%d bytes of drafts at once: give at most %d", total, maxAppendBytes)
	}
	return nil
}

// draftSize is about what a draft takes in the WAL.
func draftSize(d *oplog.Draft) int {
	const perEntry = 96
	return perEntry + len(d.Public) + len(d.Sealed.Box)
}
