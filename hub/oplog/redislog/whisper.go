package redislog

import (
	"context"

	"github.com/redis/go-redis/v9"
)

// whispers is the channel of what is never written. It lies in the first
// partition, as on a cluster every channel has to lie in one.
func (l *Log) whispers() string { return tagged(l.prefix, 0, "whispers") }

// Whisper sends a message to all who use this Redis and overhear, this process
// too. It may be lost, and none is kept. The error is that of the contract.
func (l *Log) Whisper(ctx context.Context, message []byte) error {
	if _, err := l.publish(ctx, l.whispers(), string(message)); err != nil {
		return failure(err)
	}
	return nil
}

// Overhear calls hear with what is whispered, one message after the other, until
// ctx is done. A subscription that ends, or is silent for longer than nodes are,
// is made anew; what was said in between is not heard.
func (l *Log) Overhear(ctx context.Context, hear func(message []byte)) {
	for ctx.Err() == nil {
		l.overhear(ctx, hear)
		l.link.moved(ctx)
		pause(ctx, nil, 4*retryPause)
	}
}

// overhear is the life of one subscription.
func (l *Log) overhear(ctx context.Context, hear func(message []byte)) {
	sub, err := l.link.subscribe(ctx, l.whispers())
	if err != nil {
		return
	}
	defer sub.Close()
	defer context.AfterFunc(ctx, func() { sub.Close() })()
	for {
		switch m := receive(ctx, sub).(type) {
		case *redis.Subscription:
		case *redis.Message:
			hear([]byte(m.Payload))
		default: // cut, moved, or silent though this node itself speaks every second
			return
		}
	}
}
