package whisper

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"
)

// Bus carries messages between all who use a store, this one too. They may be
// lost, and none is kept.
type Bus interface {
	// Whisper sends a message. It returns an error when it was certainly not sent,
	// and within some seconds whatever happens.
	Whisper(ctx context.Context, message []byte) error
	// Overhear calls hear with one message after the other until ctx is done. What
	// hear gets is its own; it must not block.
	Overhear(ctx context.Context, hear func(message []byte))
}

// Voice is a part of the node that has something to tell.
type Voice interface {
	// Speak adds to the node's next word.
	Speak(w *Word)
	// Hear takes another node's word.
	Hear(w *Word)
	// Forget drops what the node of an id has said.
	Forget(id string)
}

// Observer is told what a circle does. Its methods must return at once.
type Observer interface {
	// Nodes: so many are in the circle, this one too.
	Nodes(n int)
	// Whispered: a word was said; lost: it could not be.
	Whispered(lost bool)
	// Heard: another node's word was heard.
	Heard()
}

// Config is what a Circle is made of.
type Config struct {
	Bus  Bus // nil: alone
	Self Node
	// Mute: it listens and is nobody. Commands that look into a store are.
	Mute     bool
	Observer Observer
}

// Circle is a node's place among the others.
type Circle struct {
	// static
	cfg Config
	id  string
	out chan []byte // holds one word that is to be said
	in  chan *Word

	// owned by the loop
	beats int

	mu     sync.Mutex
	voices []Voice
	nodes  map[string]heard // by id
}

// heard is a node as it last was.
type heard struct {
	Node
	at time.Time
}

// New makes a circle that speaks once it runs.
func New(cfg Config) *Circle {
	cfg.Self.ID = strings.ToLower(rand.Text())
	cfg.Self.Since = time.Now().UnixMilli()
	return &Circle{cfg: cfg, id: cfg.Self.ID, out: make(chan []byte, 1), in: make(chan *Word, hearing), nodes: make(map[string]heard)}
}

// Join adds a voice.
func (c *Circle) Join(v Voice) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.voices = append(c.voices, v)
}

// Run beats until ctx is done, and then says goodbye.
func (c *Circle) Run(ctx context.Context) {
	var others sync.WaitGroup
	defer others.Wait()
	if c.cfg.Bus != nil {
		others.Go(func() { c.cfg.Bus.Overhear(ctx, c.overheard) })
		others.Go(func() { c.say(ctx) })
	}
	beat := time.NewTicker(Beat)
	defer beat.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case w := <-c.in:
			c.hear(w, time.Now())
		case now := <-beat.C:
			c.fade(now)
			c.speak()
		}
	}
}

// speak gathers the node's word and has it said.
func (c *Circle) speak() {
	w := Word{Node: c.cfg.Self, Whole: c.beats%wholeEvery == 0}
	c.beats++
	for _, v := range c.all() {
		v.Speak(&w)
	}
	c.mu.Lock()
	c.cfg.Self = w.Node
	n := len(c.nodes)
	c.mu.Unlock()
	if !c.cfg.Mute {
		n++
	}
	c.cfg.Observer.Nodes(n)
	if c.cfg.Bus == nil || c.cfg.Mute || !w.Whole && w.empty() {
		return
	}
	b, err := encode(&w)
	if err != nil {
		c.cfg.Observer.Whispered(true)
		return
	}
	select {
	case c.out <- b:
	default: // the bus hangs; what is whole will be said again
		c.cfg.Observer.Whispered(true)
	}
}

// say carries words to the bus, until ctx is done; then a last one.
func (c *Circle) say(ctx context.Context) {
	for {
		select {
		case b := <-c.out:
			err := c.cfg.Bus.Whisper(ctx, b)
			c.cfg.Observer.Whispered(err != nil)
		case <-ctx.Done():
			c.leave(context.WithoutCancel(ctx))
			return
		}
	}
}

// leave says goodbye. Who does not hear it finds out by the silence.
func (c *Circle) leave(ctx context.Context) {
	if c.cfg.Mute {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, goodbyeWait)
	defer cancel()
	c.mu.Lock()
	w := Word{Node: c.cfg.Self, Gone: true}
	c.mu.Unlock()
	if b, err := encode(&w); err == nil {
		_ = c.cfg.Bus.Whisper(ctx, b)
	}
}

// overheard takes bytes off the bus.
func (c *Circle) overheard(message []byte) {
	w, err := decode(message)
	if err != nil || w.Node.ID == c.id {
		return
	}
	select {
	case c.in <- w:
	default: // somebody says too much
	}
}

func (c *Circle) hear(w *Word, now time.Time) {
	c.cfg.Observer.Heard()
	if w.Gone {
		c.forget(w.Node.ID)
		return
	}
	if !c.note(w, now) {
		return
	}
	for _, v := range c.all() {
		v.Hear(w)
	}
}

// note remembers the node that spoke. Beyond so many, others are not listened to.
func (c *Circle) note(w *Word, now time.Time) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, known := c.nodes[w.Node.ID]; !known && len(c.nodes) >= maxNodes {
		return false
	}
	c.nodes[w.Node.ID] = heard{w.Node, now}
	return true
}

// fade forgets the nodes of which nothing is heard any more.
func (c *Circle) fade(now time.Time) {
	c.mu.Lock()
	var silent []string
	for id, n := range c.nodes {
		if now.Sub(n.at) >= FadeAfter {
			silent = append(silent, id)
		}
	}
	c.mu.Unlock()
	for _, id := range silent {
		c.forget(id)
	}
}

func (c *Circle) forget(id string) {
	c.mu.Lock()
	delete(c.nodes, id)
	c.mu.Unlock()
	for _, v := range c.all() {
		v.Forget(id)
	}
}

func (c *Circle) all() []Voice {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.voices)
}

// Nodes lists the nodes by name, this one too unless it is mute.
func (c *Circle) Nodes() []Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out []Node
	if !c.cfg.Mute {
		out = append(out, c.cfg.Self)
	}
	for n := range maps.Values(c.nodes) {
		out = append(out, n.Node)
	}
	slices.SortFunc(out, func(a, b Node) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Since, b.Since), cmp.Compare(a.ID, b.ID))
	})
	return out
}

// Alone reports whether the node has nobody to talk to, for good.
func (c *Circle) Alone() bool { return c.cfg.Bus == nil }

// Knows reports whether the node with an id is heard of.
func (c *Circle) Knows(id string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	_, ok := c.nodes[id]
	return ok
}

// NameOf is the name of the node with an id, or that id if it is not known.
func (c *Circle) NameOf(id string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if n, ok := c.nodes[id]; ok && n.Name != "" {
		return n.Name
	}
	return id
}

// Eldest is when the first of some nodes was started, told apart by their ids; the
// empty id is this node's.
func (c *Circle) Eldest(ids []string) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	eldest := "~"
	for _, id := range ids {
		n, known := c.nodes[id]
		if id == "" {
			n.Node, known = c.cfg.Self, true
		}
		if known {
			eldest = min(eldest, fmt.Sprintf("%020d %s", n.Since, n.ID))
		}
	}
	return eldest
}

// Others lists the other nodes, in no order.
func (c *Circle) Others() []Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	out := make([]Node, 0, len(c.nodes))
	for n := range maps.Values(c.nodes) {
		out = append(out, n.Node)
	}
	return out
}
