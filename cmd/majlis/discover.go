package main

import (
	"context"
	"time"

	"majlis/hub/oplog"
)

// discoverEvery is how soon a node knows of a conference that another one has
// begun.
const discoverEvery = 2 * time.Second

// discover opens the topics that other nodes begin in a store that they share,
// until ctx is done: the index knows only what is open. What is open already
// follows by itself.
func (h *house) discover(ctx context.Context) error {
	tick := time.NewTicker(discoverEvery)
	defer tick.Stop()
	open := map[oplog.Topic]bool{}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		topics, err := allTopics(ctx, h.store.Topics)
		if err != nil {
			continue // the store's health is told elsewhere
		}
		for _, topic := range topics {
			if open[topic] {
				continue
			}
			if _, err := h.hub.Open(ctx, topic); err != nil && ctx.Err() == nil {
				h.trouble(topic, err)
			}
			open[topic] = true
		}
	}
}
