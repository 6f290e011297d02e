package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"

	"golang.org/x/sync/errgroup"

	"majlis/hub"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/pass"
	"majlis/hub/venue"
	"majlis/hub/whisper"
)

// house is everything behind the listeners, wired: store, hub and venue.
type house struct {
	store   store
	shared  bool // other nodes use the store as well
	hub     *hub.Hub
	venue   *venue.Venue
	signer  *pass.Signer
	metrics *metrics.Metrics
	log     *slog.Logger
}

// openHouse opens the store and wires what stands on it.
func openHouse(ctx context.Context, c *config, publicURL string, log *slog.Logger) (*house, error) {
	p, err := c.place()
	if err != nil {
		return nil, err
	}
	observer := metrics.New(version)
	p.watch = observer
	store, secret, err := p.open(ctx, c)
	if err != nil {
		return nil, err
	}
	for _, note := range notes(store) {
		log.Warn(note)
	}
	signer, err := pass.NewSigner(secret)
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	h := &house{store: store, shared: p.shared(), signer: signer, metrics: observer, log: log}
	h.venue = venue.New(store, signer, publicURL)
	h.hub = hub.New(hub.Config{
		Store: store, Kinds: venue.Kinds(), Observer: h.metrics, Shared: p.shared(),
		Folded: h.venue.Folded, Left: h.venue.Left, Guard: h.venue.Guard, Trouble: h.trouble,
		Whispers: whispers(store), Self: whisper.Node{Name: c.node, Version: version},
	})
	h.venue.Attach(h.hub)
	return h, nil
}

// trouble logs what nobody waits for.
func (h *house) trouble(topic oplog.Topic, err error) {
	h.log.Error("topic in trouble", "topic", topic, "error", err)
}

// run runs the hub, and work beside it; when work returns, the hub is stopped,
// awaited, and the store closed.
func (h *house) run(ctx context.Context, work func(context.Context) error) error {
	hubCtx, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	var group errgroup.Group
	group.Go(func() error { return h.hub.Run(hubCtx) })
	err := h.loadAnd(ctx, work)
	stop()
	return errors.Join(err, group.Wait(), h.store.Close())
}

func (h *house) loadAnd(ctx context.Context, work func(context.Context) error) error {
	if err := h.venue.Load(ctx, h.trouble); err != nil {
		return fmt.Errorf("load the store: %w", err)
	}
	return work(ctx)
}
