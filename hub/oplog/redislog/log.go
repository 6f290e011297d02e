package redislog

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"majlis/hub/oplog"
)

// Log is an oplog.Store in a Redis that many nodes may share. Any goroutine may
// call its methods.
type Log struct {
	// static
	link     *link
	prefix   string
	node     string // this process, drawn anew at every start
	replicas int
	saw      Observer
	wrap     *oplog.Wrapper
	scripts  scripts
	reads    chan struct{} // holds one token for each read under way
	closing  chan struct{}
	end      func() error
	stop     context.CancelFunc // of the loops
	loops    errgroup.Group
	work     sync.WaitGroup // calls that nobody waits for any more

	clocks    [partitions]clock
	state     state
	listeners []*listener // static after Open

	mu     sync.Mutex
	topics map[oplog.Topic]*topic // guarded by mu
	closed bool                   // guarded by mu
}

var (
	_ oplog.Store = (*Log)(nil)
	_ oplog.Mover = (*Log)(nil)
)

// Open connects to a Redis, checks that it can keep a log, and listens to what
// other nodes write; Close ends that. It refuses a Redis that is too old, that
// evicts keys or that was written under another secret, each with a sentence that
// says what to do. ctx bounds the opening only.
func Open(ctx context.Context, config Config) (*Log, error) {
	at, err := config.filled()
	if err != nil {
		return nil, err
	}
	wrap, err := oplog.NewWrapper(config.Secret, "redis")
	if err != nil {
		return nil, err
	}
	running, stop := context.WithCancel(context.Background())
	l := &Log{
		link: dial(at, config.observer()), prefix: at.prefix, node: strings.ToLower(rand.Text()), replicas: at.replicas,
		saw: config.observer(), wrap: wrap, scripts: loadScripts(), reads: make(chan struct{}, reads),
		closing: make(chan struct{}), stop: stop, topics: map[oplog.Topic]*topic{},
	}
	l.end = sync.OnceValue(l.close)
	if err := l.inspect(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the Redis log: %w", err), l.Close())
	}
	if err := l.checkSecret(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the Redis log: %w", err), l.Close())
	}
	l.listen(running)
	l.loops.Go(func() error { l.watch(running); return nil })
	return l, nil
}

// Close waits for what is under way, wakes all who wait and disconnects. Later
// calls find the store unavailable.
func (l *Log) Close() error { return l.end() }

func (l *Log) close() error {
	l.mu.Lock()
	l.closed = true
	topics := l.topics
	l.topics = map[oplog.Topic]*topic{}
	l.mu.Unlock()
	close(l.closing)
	l.work.Wait()
	l.stop()
	_ = l.loops.Wait() // they end without an error
	for _, t := range topics {
		t.wake()
	}
	if err := l.link.close(); err != nil {
		return fmt.Errorf("close the Redis log: %w", err)
	}
	return nil
}

var errClosed = fmt.Errorf("%w: the log has been closed", oplog.ErrUnavailable)

// begin counts a call that Close must wait for.
func (l *Log) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.closed {
		l.work.Add(1)
	}
	return !l.closed
}

// enter finds a topic that can be worked with.
func (l *Log) enter(ctx context.Context, name oplog.Topic) (*topic, error) {
	if _, err := oplog.ParseTopic(string(name)); err != nil {
		return nil, err
	}
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, errClosed
	}
	t := l.topics[name]
	if t == nil {
		t = newTopic(l.prefix, name)
		l.topics[name] = t
	}
	return t, nil
}

// known is a topic that somebody here has asked for; nil if nobody has.
func (l *Log) known(name oplog.Topic) *topic {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.topics[name]
}

// awaited are those of some topics that somebody waits for.
func (l *Log) awaited(of func(*topic) bool) (topics []*topic) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, t := range l.topics {
		if _, waits := t.waiting(); waits && of(t) {
			topics = append(topics, t)
		}
	}
	return topics
}
