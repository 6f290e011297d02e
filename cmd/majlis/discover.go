package main

import (
	"context"
	"errors"
	"time"

	"majlis/hub"
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
	seen := map[oplog.Topic]bool{}
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
		h.openNew(ctx, topics, seen)
	}
}

// openNew opens the topics that have not been opened yet. One that cannot be opened
// now is tried again; that is told once, in seen.
func (h *house) openNew(ctx context.Context, topics []oplog.Topic, seen map[oplog.Topic]bool) {
	for _, topic := range topics {
		told, known := seen[topic]
		if known && !told {
			continue
		}
		_, err := h.hub.Open(ctx, topic)
		if failed := err != nil && !errors.Is(err, hub.ErrUnserved); failed && !told && ctx.Err() == nil {
			h.trouble(topic, err)
			seen[topic] = true
		} else if !failed {
			seen[topic] = false
		}
	}
}
