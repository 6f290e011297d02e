package redislog

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"

	"github.com/redis/go-redis/v9"

	"majlis/hub/oplog"
)

// Key implements oplog.Keeper. The keys lie in Redis, wrapped by the server's
// secret, and open only in the nodes. Redis is asked each time: another node may
// have erased the topic.
func (l *Log) Key(ctx context.Context, name oplog.Topic) (*oplog.Key, error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return nil, err
	}
	wrapped, err := l.offer(ctx, t, nil)
	if err == nil && len(wrapped) == 0 {
		l.askAround(ctx, t)
		fresh := make([]byte, oplog.KeySize)
		rand.Read(fresh)
		wrapped, err = l.offer(ctx, t, l.wrap.Wrap(t.name, fresh))
	}
	if err != nil {
		return nil, err
	}
	return t.keep(l.wrap, wrapped)
}

// offer returns a topic's key as it is stored: the one offered, where there was
// none. It is empty if nothing was offered either.
func (l *Log) offer(ctx context.Context, t *topic, wrapped []byte) ([]byte, error) {
	said, err := l.change(ctx, t, l.scripts.key, []any{wrapped})
	if err != nil {
		return nil, err
	}
	text, _ := said[len(said)-1].(string)
	return []byte(text), nil
}

// TakeKey implements oplog.Mover.
func (l *Log) TakeKey(ctx context.Context, name oplog.Topic) ([]byte, error) {
	if _, err := l.Key(ctx, name); err != nil {
		return nil, err
	}
	t, err := l.enter(ctx, name)
	if err != nil {
		return nil, err
	}
	return l.wrap.Unwrap(name, t.sealedKey())
}

// GiveKey implements oplog.Mover.
func (l *Log) GiveKey(ctx context.Context, name oplog.Topic, secret []byte) error {
	if _, err := oplog.NewKey(secret); err != nil {
		return err
	}
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	wrapped, err := l.offer(ctx, t, l.wrap.Wrap(name, secret))
	if err != nil {
		return err
	}
	has, err := l.wrap.Unwrap(name, wrapped)
	if err == nil && !bytes.Equal(has, secret) {
		err = oplog.ErrOtherKey
	}
	return err
}

// keep opens a key, or gives the one that was opened before.
func (t *topic) keep(wrap *oplog.Wrapper, wrapped []byte) (*oplog.Key, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.key != nil && bytes.Equal(t.wrapped, wrapped) {
		return t.key, nil
	}
	secret, err := wrap.Unwrap(t.name, wrapped)
	if err != nil {
		return nil, err
	}
	key, err := oplog.NewKey(secret)
	if err != nil {
		return nil, err
	}
	t.key, t.wrapped = key, wrapped
	return key, nil
}

// sealedKey is the topic's key as it is stored, if it is known.
func (t *topic) sealedKey() []byte {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.wrapped
}

// change runs one of the scripts that may be repeated: {"gone"} or {"done", …}.
func (l *Log) change(ctx context.Context, t *topic, s script, args []any) ([]any, error) {
	return detach(ctx, l, func(ctx context.Context) (list []any, err error) {
		err = l.again(ctx, func(ctx context.Context) error {
			said, err := l.once(ctx, t, s, args)
			list, _ = said.([]any)
			return err
		})
		switch {
		case err != nil:
			return nil, err
		case len(list) == 0:
			return nil, fmt.Errorf("%w: the script's answer is none", oplog.ErrUnknown)
		case list[0] == "gone":
			return nil, oplog.ErrGone
		}
		return list, nil
	})
}

// checkSecret finds out whether the keys in Redis were wrapped under this
// secret, and leaves a sign for the next one to ask.
func (l *Log) checkSecret(ctx context.Context) error {
	key := tagged(l.prefix, 0, "secret")
	node, err := l.link.node(ctx, key)
	if err != nil {
		return err
	}
	found, err := node.SetArgs(ctx, key, l.wrap.Check(), redis.SetArgs{Mode: "NX", Get: true}).Result()
	switch {
	case errors.Is(err, redis.Nil), err == nil && found == l.wrap.Check():
		return nil
	case err == nil:
		return errors.New("what is in this Redis was written under another secret: start with the secret of the first node, or with another prefix=NAME in the Redis URL")
	}
	return failure(err)
}
