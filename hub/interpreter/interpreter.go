package interpreter

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"majlis/hub/oplog"
	"majlis/hub/session"
)

// Venue knows what is lacking, and takes what is brought.
type Venue interface {
	// Lacking lists up to most translations that live sessions lack.
	Lacking(ctx context.Context, most int) ([]session.Wanted, error)
	// Interpret gives a translation to its session. A refusal is an error: what
	// was refused would be refused again.
	Interpret(ctx context.Context, w session.Wanted, text string) error
}

// Config is all that an interpreter needs.
type Config struct {
	Venue     Venue
	Client    *Client
	PerMinute int // texts sent; 0: DefaultPerMinute
	// Trouble is told what went wrong with a topic; called by one goroutine.
	Trouble func(oplog.Topic, error)
}

// Interpreter is the loop.
type Interpreter struct {
	cfg Config

	// owned by Run
	sent   []time.Time // in the last minute
	failed map[key]rest
	done   chan result
	going  map[key]bool
}

// key tells one text in one language from another.
type key struct {
	topic        oplog.Topic
	id, to, text string
}

// rest is until when something is left alone, and how long it was.
type rest struct {
	until time.Time
	span  time.Duration
}

type result struct {
	key key
	err error
}

// New makes an interpreter.
func New(cfg Config) *Interpreter {
	if cfg.PerMinute == 0 {
		cfg.PerMinute = DefaultPerMinute
	}
	return &Interpreter{cfg: cfg, failed: make(map[key]rest), done: make(chan result), going: make(map[key]bool)}
}

// Run translates until ctx is done.
func (i *Interpreter) Run(ctx context.Context) error {
	group, inner := errgroup.WithContext(ctx)
	tick := time.NewTicker(Every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			for len(i.going) > 0 {
				delete(i.going, (<-i.done).key)
			}
			return group.Wait()
		case r := <-i.done:
			i.settle(r)
		case now := <-tick.C:
			i.look(inner, group, now)
		}
	}
}

// look sends what is lacking, as far as that may be.
func (i *Interpreter) look(ctx context.Context, group *errgroup.Group, now time.Time) {
	room := min(AtOnce-len(i.going), i.cfg.PerMinute-i.within(now))
	if room <= 0 {
		return
	}
	list, err := i.cfg.Venue.Lacking(ctx, room+len(i.going)+len(i.failed))
	if err != nil {
		if ctx.Err() == nil {
			i.cfg.Trouble("", fmt.Errorf("look for what is to be translated: %w", err))
		}
		return
	}
	for _, w := range list {
		k := key{w.Topic, w.ID, w.To, w.Text}
		if room == 0 || i.going[k] || now.Before(i.failed[k].until) {
			continue
		}
		room--
		i.going[k] = true
		i.sent = append(i.sent, now)
		group.Go(func() error {
			i.done <- result{k, i.translate(ctx, w)}
			return nil
		})
	}
}

// within counts what was sent in the last minute, and forgets the rest.
func (i *Interpreter) within(now time.Time) int {
	for len(i.sent) > 0 && now.Sub(i.sent[0]) >= time.Minute {
		i.sent = i.sent[1:]
	}
	return len(i.sent)
}

func (i *Interpreter) translate(ctx context.Context, w session.Wanted) error {
	text, err := i.cfg.Client.Translate(ctx, w.Text, w.From, w.To)
	if err != nil {
		return fmt.Errorf("translate into %s: %w", w.To, err)
	}
	if err := i.cfg.Venue.Interpret(ctx, w, text); err != nil {
		return fmt.Errorf("bring a translation into %s: %w", w.To, err)
	}
	return nil
}

// settle remembers what failed. That of one that was cut off is nobody's fault.
func (i *Interpreter) settle(r result) {
	delete(i.going, r.key)
	if r.err == nil || errors.Is(r.err, context.Canceled) {
		delete(i.failed, r.key)
		return
	}
	if len(i.failed) >= MaxFailed {
		clear(i.failed)
	}
	span := min(max(2*i.failed[r.key].span, FirstRest), LongestRest)
	i.failed[r.key] = rest{time.Now().Add(span), span}
	i.cfg.Trouble(r.key.topic, r.err)
}
