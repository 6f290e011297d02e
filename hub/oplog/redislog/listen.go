package redislog

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"time"

	"github.com/redis/go-redis/v9"
)

// listener is one subscription: all partitions of a standalone Redis, or one of a
// cluster, where each lies on a node of its own.
//
//	subscribe ▶ all confirmed ▶ look at the heads ▶ live ▶ (2 s silence ▶ probe)
//	    ▲                                            │  moved, cut, or deaf: the
//	    └────────────── pause ◀──────────────────────┘  probe did not come back
//
// It is never repaired, always made anew: whatever was missed in between is found
// by looking at the heads once it listens again.
type listener struct {
	log      *Log
	from, to int // partitions, to is not among them
	// heard is when the subscription last proved that it works, in nanoseconds
	// since 1970; 0 before the first time.
	heard atomic.Int64
}

// channel is where the entries of a partition are told of.
func (l *Log) channel(p int) string { return tagged(l.prefix, p, "news") }

// listen starts the listeners.
func (l *Log) listen(ctx context.Context) {
	step := partitions
	if l.link.cluster != nil {
		step = 1
	}
	for p := 0; p < partitions; p += step {
		s := &listener{log: l, from: p, to: p + step}
		l.listeners = append(l.listeners, s)
		l.loops.Go(func() error { s.run(ctx); return nil })
	}
}

// run listens until ctx is done.
func (s *listener) run(ctx context.Context) {
	for ctx.Err() == nil {
		s.session(ctx)
		if ctx.Err() == nil {
			s.log.saw.Resubscribed()
		}
		s.log.link.moved(ctx)
		pause(ctx, nil, 4*retryPause)
	}
}

// session is the life of one subscription.
func (s *listener) session(ctx context.Context) {
	probe := s.probe()
	channels := []string{probe}
	for p := s.from; p < s.to; p++ {
		channels = append(channels, s.log.channel(p))
	}
	sub, err := s.log.link.subscribe(ctx, channels...)
	if err != nil {
		return
	}
	defer sub.Close()
	defer context.AfterFunc(ctx, func() { sub.Close() })()
	for range channels {
		if _, ok := receive(ctx, sub).(*redis.Subscription); !ok {
			return
		}
	}
	s.live()
	if s.log.look(ctx, func(t *topic) bool { return s.from <= t.partition && t.partition < s.to }) != nil {
		return
	}
	for probed := false; ; {
		switch m := receive(ctx, sub).(type) {
		case *redis.Message:
			s.live()
			probed = false
			s.log.told(m.Payload)
		case silence:
			if probed {
				return
			}
			if _, err := s.log.publish(ctx, probe, ""); err != nil {
				return
			}
			probed = true
		default: // cut, or another node has the partition now
			return
		}
	}
}

// probe is the channel that only this process listens to.
func (s *listener) probe() string { return tagged(s.log.prefix, s.from, "probe:"+s.log.node) }

// listener is the one that hears of a partition.
func (l *Log) listener(p int) *listener {
	for _, s := range l.listeners {
		if s.from <= p && p < s.to {
			return s
		}
	}
	panic("redislog: a partition that nobody listens to")
}

func (s *listener) live() { s.heard.Store(time.Now().UnixNano()) }

// silence is that nothing came.
type silence struct{}

// receive waits for what comes next; nil is the end of the subscription.
func receive(ctx context.Context, sub *redis.PubSub) any {
	m, err := sub.ReceiveTimeout(ctx, quiet)
	var timeout net.Error
	switch {
	case err == nil:
		return m
	case ctx.Err() == nil && errors.As(err, &timeout) && timeout.Timeout():
		return silence{}
	}
	return nil
}

// publish sends something beside the log, and returns how many have heard it.
func (l *Log) publish(ctx context.Context, channel, text string) (int, error) {
	node, err := l.link.node(ctx, channel)
	if err != nil {
		return 0, err
	}
	return node.Do(ctx, l.link.publisher(), channel, text).Int()
}

// told takes in what came: a notification, a question, an answer, or a probe,
// which has done its work by coming.
func (l *Log) told(payload string) {
	if q, err := readQuestion([]byte(payload)); err == nil {
		if q.channel != "" {
			l.questioned(q)
		} else {
			l.answeredBy(q)
		}
		return
	}
	n, err := readNews([]byte(payload))
	if err != nil {
		return // the heads are looked at all the same
	}
	t := l.known(n.topic)
	if t == nil {
		return
	}
	if len(n.entries) == 0 {
		t.forget()
		t.wake()
		return
	}
	if now := l.clocks[t.partition].now(); now > 0 {
		l.saw.Notified(time.Duration(max(0, now-n.entries[len(n.entries)-1].Time)) * time.Millisecond)
	}
	if !t.follow(n.epoch, n.entries) {
		l.saw.Missed()
	}
}
