package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"

	"majlis/hub"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/venue"
)

// faint is a store that does not answer the first time that it is asked for a key.
type faint struct {
	*memlog.Log
	asked int
}

func (f *faint) Key(ctx context.Context, topic oplog.Topic) (*oplog.Key, error) {
	if f.asked++; f.asked == 1 {
		return nil, oplog.ErrUnavailable
	}
	return f.Log.Key(ctx, topic)
}

// TestDiscoverTriesAgain: a topic that another node began while the store was away
// for a moment is opened later, and what stood in the way is told.
func TestDiscoverTriesAgain(t *testing.T) {
	var told []error
	h := hub.New(hub.Config{
		Store: &faint{Log: memlog.New()}, Kinds: venue.Kinds(), Observer: metrics.New("test"), Shared: true,
		Trouble: func(_ oplog.Topic, err error) { told = append(told, err) },
	})
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- h.Run(ctx) }()
	house, seen := &house{hub: h, log: slog.New(slog.DiscardHandler)}, map[oplog.Topic]bool{}
	for range 3 {
		house.openNew(ctx, []oplog.Topic{"session/a"}, seen)
	}
	if open := h.Topics(); len(open) != 1 {
		t.Errorf("%d topics are open", len(open))
	}
	stop()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if len(told) != 1 || !errors.Is(told[0], oplog.ErrUnavailable) {
		t.Errorf("it was told: %v", told)
	}
}
