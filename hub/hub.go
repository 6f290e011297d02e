package hub

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/whisper"
)

// ErrNoKind: a topic of a kind that this hub does not fold.
var ErrNoKind = errors.New("no machine for topics of this kind")

// ErrStopped: the hub does not run any more.
var ErrStopped = errors.New("hub has stopped")

// Store is what the hub needs of an embedded log.
type Store interface {
	oplog.Log
	oplog.Heads
	oplog.Keeper
	oplog.Snapshots
	oplog.Eraser
}

// Config is what a Hub is made of.
type Config struct {
	Store    Store
	Kinds    map[oplog.Kind]Kind
	Observer Observer
	// Shared says that other processes append to the store as well: topics then
	// follow what those write.
	Shared bool
	// Folded is called in a topic's loop after its state has changed (or has
	// been loaded), and must return at once. May be nil.
	Folded func(topic oplog.Topic, m Machine)
	// Left is called when a topic is served here no more, though the hub runs on. May
	// be nil.
	Left func(topic oplog.Topic)
	// Guard notes in a prepared command what the outside says of it, before it is
	// stored: a verdict on its texts, which the fold does not read. It may be
	// called by many at once. May be nil.
	Guard func(topic oplog.Topic, c *oplog.Command)
	// Spread draws how long a topic waits, below a limit, before it proposes what
	// other nodes propose as well. Nil: at random.
	Spread func(limit time.Duration) time.Duration
	// Trouble is told what nobody waits for: a snapshot that could not be
	// written, a text that could not be blanked.
	Trouble func(topic oplog.Topic, err error)
	// Whispers carries to the other nodes what is true only now; nil for a node that
	// is alone. Self is what they are told of this one; one without a name is nobody
	// and only listens.
	Whispers whisper.Bus
	Self     whisper.Node
}

// Hub holds the live topics of this node.
type Hub struct {
	cfg     Config
	crew    *fanout.Crew
	circle  *whisper.Circle
	starts  chan *Topic
	stopped chan struct{}
	kept    atomic.Int64 // bytes of the entries that the topics keep
	skew    skew

	mu     sync.Mutex
	topics map[oplog.Topic]*Topic
	// unserved are those that this node has left, with the reasons.
	unserved map[oplog.Topic]error
}

// New makes a hub that opens topics once it runs.
func New(cfg Config) *Hub {
	h := &Hub{
		cfg:     cfg,
		crew:    fanout.NewCrew(cfg.Observer),
		starts:  make(chan *Topic),
		stopped: make(chan struct{}),
		topics:  make(map[oplog.Topic]*Topic),

		unserved: make(map[oplog.Topic]error),
	}
	self := cfg.Self
	self.Rules = make(map[oplog.Kind]uint16, len(cfg.Kinds))
	for name, kind := range cfg.Kinds {
		self.Rules[name] = kind.Rules
	}
	h.circle = whisper.New(whisper.Config{Bus: cfg.Whispers, Self: self, Mute: self.Name == "", Observer: cfg.Observer})
	h.circle.Join(murmur{h})
	return h
}

// Run runs the fan-out, the circle and the loops of all topics until ctx is done, then waits
// for them. A topic that fails is out of service; the others go on.
func (h *Hub) Run(ctx context.Context) error {
	defer close(h.stopped)
	var loops errgroup.Group
	loops.Go(func() error { return h.crew.Run(ctx) })
	loops.Go(func() error { h.circle.Run(ctx); return nil })
	for {
		select {
		case <-ctx.Done():
			return loops.Wait()
		case t := <-h.starts:
			loops.Go(func() error {
				if err := t.run(ctx); err != nil {
					h.cfg.Trouble(t.name, err)
				}
				return nil
			})
		}
	}
}

// Open returns a topic, folded to the end of its log. It loads the topic when
// nobody has opened it yet. Whether there should be such a topic is the
// caller's to know.
func (h *Hub) Open(ctx context.Context, name oplog.Topic) (*Topic, error) {
	kind, ok := h.cfg.Kinds[name.Kind()]
	if !ok {
		return nil, fmt.Errorf("open %s: %w", name, ErrNoKind)
	}
	t, fresh, err := h.entry(name, kind)
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", name, err)
	}
	if fresh {
		select {
		case h.starts <- t:
		case <-h.stopped:
			return nil, ErrStopped
		}
	}
	select {
	case <-t.loaded:
		return t, t.loadErr
	case <-h.stopped:
		return nil, ErrStopped
	case <-ctx.Done():
		return nil, context.Cause(ctx)
	}
}

func (h *Hub) entry(name oplog.Topic, kind Kind) (t *Topic, fresh bool, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.retryLocked(name, PanicRetry)
	if why := h.unserved[name]; why != nil {
		return nil, false, fmt.Errorf("%w: %w", ErrUnserved, why)
	}
	if t, ok := h.topics[name]; ok {
		return t, false, nil
	}
	t = newTopic(h, name, kind)
	h.topics[name] = t
	return t, true, nil
}

// drop forgets a topic that could not be loaded, so that the next who opens it
// tries again.
func (h *Hub) drop(t *Topic) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.topics, t.name)
}

// Topics lists the topics that have been opened, in no order.
func (h *Hub) Topics() []*Topic {
	h.mu.Lock()
	defer h.mu.Unlock()
	out := make([]*Topic, 0, len(h.topics))
	for _, t := range h.topics {
		out = append(out, t)
	}
	return out
}
