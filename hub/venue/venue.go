package venue

import (
	"context"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"majlis/hub"
	"majlis/hub/conference"
	"majlis/hub/oplog"
	"majlis/hub/pass"
	"majlis/hub/schedule"
	"majlis/hub/session"
)

// Kinds are the machines of all topics.
func Kinds() map[oplog.Kind]hub.Kind {
	return map[oplog.Kind]hub.Kind{
		oplog.KindSession: {
			New:     func(t oplog.Topic) hub.Machine { return session.New(t) },
			Prepare: session.Prepare, Rules: session.Rules, View: session.View, State: session.State,
		},
		oplog.KindSchedule: {
			New:     func(t oplog.Topic) hub.Machine { return schedule.New(t) },
			Prepare: schedule.Prepare, Rules: schedule.Rules, View: schedule.View, State: schedule.State,
		},
		oplog.KindConference: {
			New:     func(t oplog.Topic) hub.Machine { return conference.New(t) },
			Prepare: conference.Prepare, Rules: conference.Rules, View: conference.View, State: conference.State,
		},
	}
}

// Venue is the index, the office and the usher of one node.
type Venue struct {
	// static
	hub       *hub.Hub
	topics    oplog.Lister
	signer    *pass.Signer
	publicURL string

	mu       sync.RWMutex
	confs    map[string]*Conference
	sessions map[string]*Item
	live     map[string]bool
	opened   map[string]bool  // the board has been opened or closed by anybody
	words    map[string]words // by conference
}

// New makes an empty venue; Attach gives it the hub whose topics it follows.
func New(topics oplog.Lister, signer *pass.Signer, publicURL string) *Venue {
	return &Venue{
		topics: topics, signer: signer, publicURL: publicURL,
		confs:    make(map[string]*Conference),
		sessions: make(map[string]*Item),
		live:     make(map[string]bool),
		opened:   make(map[string]bool),
		words:    make(map[string]words),
	}
}

// Attach gives the venue its hub, once, before anything else: the hub's Folded
// hook is the venue's, so neither can be made with the other.
func (v *Venue) Attach(h *hub.Hub) { v.hub = h }

// Load opens every topic that the log holds, two at a time, so that the index is
// whole, and finishes what an import that was interrupted has left undone. A
// topic that cannot be read is told to trouble; the others go on.
func (v *Venue) Load(ctx context.Context, trouble func(oplog.Topic, error)) error {
	if err := v.open(ctx, trouble); err != nil {
		return err
	}
	for _, c := range v.Conferences() {
		if err := v.found(ctx, c.ID); err != nil {
			trouble(oplog.MakeTopic(oplog.KindConference, c.ID), fmt.Errorf("give the conference a code: %w", err))
		}
	}
	return nil
}

// open opens every topic that the log holds.
func (v *Venue) open(ctx context.Context, trouble func(oplog.Topic, error)) error {
	var group errgroup.Group
	group.SetLimit(loadAtOnce)
	for after := oplog.Topic(""); ; {
		page, err := v.topics.Topics(ctx, after, listPage)
		if err != nil {
			return fmt.Errorf("list topics: %w", err)
		}
		for _, t := range page {
			group.Go(func() error {
				if _, err := v.hub.Open(ctx, t); err != nil {
					trouble(t, err)
				}
				return nil
			})
			after = t
		}
		if len(page) < listPage {
			return group.Wait()
		}
	}
}

// Run is the usher: it opens boards ahead of the programme until ctx is done.
func (v *Venue) Run(ctx context.Context, trouble func(oplog.Topic, error)) error {
	tick := time.NewTicker(usherEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case now := <-tick.C:
			for _, topic := range v.due(now) {
				if err := v.submit(ctx, topic, Person, oplog.System, `{"type":"board.open"}`); err != nil {
					trouble(topic, fmt.Errorf("open the board: %w", err))
				}
			}
		}
	}
}

// due lists the sessions whose boards should be open by now and have never been
// touched: what a moderator closed stays closed.
func (v *Venue) due(now time.Time) []oplog.Topic {
	v.mu.RLock()
	defer v.mu.RUnlock()
	var out []oplog.Topic
	for _, c := range v.confs {
		if !c.autoOpen {
			continue
		}
		for _, it := range c.items {
			ahead := now.Add(OpenAhead).UnixMilli()
			if it.State == "planned" && it.Start <= ahead && now.UnixMilli() < it.End && !v.opened[it.ID] {
				out = append(out, oplog.MakeTopic(oplog.KindSession, it.ID))
			}
		}
	}
	return out
}
