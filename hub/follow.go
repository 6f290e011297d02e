package hub

import (
	"context"
	"errors"
	"time"

	"majlis/hub/oplog"
)

// tailResult is what a look at the log's tail has found.
type tailResult struct {
	entries []oplog.Entry
	wait    <-chan struct{}
	err     error
}

// others is closed when other nodes may have written something. While an append
// is in flight nobody asks: it brings along what they wrote.
func (t *Topic) others() <-chan struct{} {
	if t.inFlight != nil {
		return nil
	}
	return t.news
}

// follow looks what other nodes have written, beside the loop: a store that does
// not answer must not hold it up. At most one look is under way.
func (t *Topic) follow(ctx context.Context) {
	t.news, t.reading = nil, true
	at := t.at.Position()
	go func() {
		var r tailResult
		r.entries, r.wait, r.err = t.hub.cfg.Store.Read(ctx, t.name, at, ReadPage)
		t.read <- r
	}()
}

// followed folds what a look has found, and looks on until there is no more. Some
// of it may have been folded meanwhile: own appends bring what others wrote.
func (t *Topic) followed(ctx context.Context, r tailResult) {
	t.reading = false
	for len(r.entries) > 0 && r.entries[0].Offset <= t.at.Offset {
		r.entries = r.entries[1:]
	}
	if r.err == nil && len(r.entries) > 0 {
		r.err = t.advance(ctx, r.entries)
	}
	switch {
	case errors.Is(r.err, oplog.ErrUnavailable):
		soon := make(chan struct{})
		time.AfterFunc(RetryAfter, func() { close(soon) })
		t.news = soon
	case r.err != nil:
		t.hub.cfg.Trouble(t.name, r.err)
	case r.wait != nil:
		t.news = r.wait
	default:
		t.follow(ctx)
	}
}
