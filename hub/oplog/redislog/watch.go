package redislog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"majlis/hub/oplog"
)

// state is what is known of the servers, and of the way to them.
type state struct {
	mu     sync.Mutex
	level  oplog.Level // guarded by mu
	notes  []string    // guarded by mu: what an operator should know
	silent error       // guarded by mu: why the servers did not answer the last time
	unfit  error       // guarded by mu: why they cannot keep a log any more
	thin   error       // guarded by mu: why they cannot confirm what they keep
	since  time.Time   // guarded by mu: when they last did
}

// watch looks at the heads of what somebody waits for, and at the settings,
// until ctx is done. Notifications may be lost; this is what finds out.
func (l *Log) watch(ctx context.Context) {
	heads, passes, settings := time.NewTicker(tailEvery), time.NewTicker(passEvery), time.NewTicker(settingsEvery)
	defer heads.Stop()
	defer passes.Stop()
	defer settings.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-heads.C:
			l.answered(l.look(ctx, func(*topic) bool { return true }))
			l.saw.Linked(l.Health() == nil)
			pool := l.link.pool()
			l.saw.Pooled(int(pool.TotalConns), int(pool.IdleConns), pool.Timeouts)
		case <-passes.C:
			// What does not answer is found out by the look at all.
			_ = l.look(ctx, func(t *topic) bool { return t.name.Kind() == oplog.KindConference })
		case <-settings.C:
			l.judged(l.inspect(ctx))
		}
	}
}

// look wakes all who wait in some topics for entries that are there.
func (l *Log) look(ctx context.Context, of func(*topic) bool) error {
	topics := l.awaited(of)
	heads, err := l.heads(ctx, topics)
	if err != nil {
		return err
	}
	if len(topics) == 0 {
		return l.ping(ctx)
	}
	for i, t := range topics {
		if at, waits := t.waiting(); waits && (heads[i].Offset != at.Offset || heads[i].Position().Hash != at.Hash) {
			l.saw.FoundOut()
			t.forget()
			t.wake()
		}
	}
	return nil
}

func (l *Log) answered(err error) {
	l.state.mu.Lock()
	defer l.state.mu.Unlock()
	if l.state.silent = err; err == nil {
		l.state.since = time.Now()
	}
}

// judged takes over whether the servers are fit. What cannot be read now stays
// as it was: that they do not answer is found out by the heads.
func (l *Log) judged(err error) {
	if errors.Is(err, oplog.ErrUnavailable) || errors.Is(err, oplog.ErrUnknown) {
		return
	}
	l.state.mu.Lock()
	defer l.state.mu.Unlock()
	l.state.unfit = err
}

// Health is why the log cannot be relied on now; nil while it can: Redis does not
// answer, its settings have become such that Open would refuse it, fewer replicas
// follow than must confirm, or notifications do not come through.
func (l *Log) Health() error {
	now := time.Now()
	l.state.mu.Lock()
	silent, since, unfit := l.state.silent, l.state.since, cmp.Or(l.state.unfit, l.state.thin)
	l.state.mu.Unlock()
	if unfit != nil {
		return unfit
	}
	if now.Sub(since) > awayAfter {
		return fmt.Errorf("the Redis has not answered for %v: %w", now.Sub(since).Round(time.Second), errors.Join(silent, errSilent))
	}
	for _, s := range l.listeners {
		if heard := time.Unix(0, s.heard.Load()); now.Sub(heard) > deafAfter {
			return fmt.Errorf("notifications of partition %d do not come through: nothing was heard since %s", s.from, heard.UTC().Format(time.TimeOnly))
		}
	}
	return nil
}

var errSilent = errors.New("see that it runs and can be reached")
