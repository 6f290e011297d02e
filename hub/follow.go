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
	look    uint64
}

// others is closed when other nodes may have written something. While an append
// is in flight nobody asks: it brings along what they wrote. Nor while heads are
// compared.
func (t *Topic) others() <-chan struct{} {
	if t.inFlight != nil || t.repair.due {
		return nil
	}
	return t.news
}

// follow looks what other nodes have written, beside the loop: a store that does
// not answer must not hold it up. At most one look is under way.
func (t *Topic) follow(ctx context.Context) {
	t.news, t.reading = nil, true
	at, r := t.at.Position(), tailResult{look: t.nextLook()}
	go func() {
		r.entries, r.wait, r.err = t.hub.cfg.Store.Read(ctx, t.name, at, ReadPage)
		t.read <- r
	}()
}

// followed folds what a look has found, and looks on until there is no more. Some
// of it may have been folded meanwhile: own appends bring what others wrote.
func (t *Topic) followed(ctx context.Context, r tailResult) {
	t.reading = false
	if r.err == nil {
		r.entries, r.err = t.beyond(r.entries)
	}
	if r.err == nil && len(r.entries) > 0 {
		r.err = t.advance(ctx, r.entries)
	}
	if r.err != nil {
		t.failed, t.vain = time.Now(), r.look
	}
	switch {
	case r.err == nil && t.repair.due: // the comparison goes on from here
	case r.err == nil && r.wait != nil:
		t.looked = max(t.looked, r.look)
		if t.hub.cfg.Shared { // else nobody else writes
			t.news = r.wait
		}
	case t.why != nil: // told when the topic is left
	case r.err == nil:
		t.follow(ctx)
	case !t.strayed(r.err):
		t.hub.cfg.Trouble(t.name, r.err)
	}
}

// followAgain follows a log again in which a look met something that nothing else
// here deals with: it may have been mended, or have been no more than a moment.
func (t *Topic) followAgain(ctx context.Context, now time.Time) {
	if t.hub.cfg.Shared && t.news == nil && !t.reading && !t.repair.due && now.Sub(t.failed) >= TroubleEvery {
		t.follow(ctx)
	}
}

// strayed deals with an error that tells that the store is away, has lost
// something, or went another way: heads are compared before anything is written.
// It reports whether the error was such.
func (t *Topic) strayed(err error) bool {
	switch {
	case !t.hub.cfg.Shared:
		return false
	case errors.Is(err, oplog.ErrFork):
		t.distrust(0)
	case errors.Is(err, oplog.ErrUnavailable), errors.Is(err, oplog.ErrUnknown):
		t.distrust(CompareEvery)
	case errors.Is(err, oplog.ErrGone):
		t.gone()
	default:
		return false
	}
	return true
}
