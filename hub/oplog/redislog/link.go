package redislog

import (
	"context"
	"errors"
	"net"
	"sync"
	"time"

	"github.com/redis/go-redis/v9"
	"github.com/redis/go-redis/v9/maintnotifications"
)

// link is the way to the Redis of each partition. Commands always go to one
// server and are sent once: who retries is the caller, who knows what a second
// time means.
type link struct {
	single  *redis.Client        // standalone, or the master that the sentinels name
	cluster *redis.ClusterClient // nil unless it is one
}

func dial(p place, saw Observer) *link {
	switch {
	case p.cluster != nil:
		o := p.cluster
		o.MaxRetries, o.MaxRedirects = -1, -1
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = dialWait, replyWait, replyWait
		o.PoolTimeout, o.PoolSize, o.DialerRetries = poolWait, conns, 1
		o.ContextTimeoutEnabled, o.DisableIdentity, o.Protocol = true, true, 2
		o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		o.ClusterStateReloadInterval = settingsEvery
		o.NewClient = func(o *redis.Options) *redis.Client { return hooked(redis.NewClient(o), saw) }
		return &link{cluster: redis.NewClusterClient(o)}
	case p.sentinel != nil:
		o := p.sentinel
		o.MaxRetries = -1
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = dialWait, replyWait, replyWait
		o.PoolTimeout, o.PoolSize, o.DialerRetries = poolWait, conns, 1
		o.ContextTimeoutEnabled, o.DisableIdentity, o.Protocol = true, true, 2
		return &link{single: hooked(redis.NewFailoverClient(o), saw)}
	default:
		o := p.single
		o.MaxRetries = -1
		o.DialTimeout, o.ReadTimeout, o.WriteTimeout = dialWait, replyWait, replyWait
		o.PoolTimeout, o.PoolSize, o.DialerRetries = poolWait, conns, 1
		o.ContextTimeoutEnabled, o.DisableIdentity, o.Protocol = true, true, 2
		o.MaintNotificationsConfig = &maintnotifications.Config{Mode: maintnotifications.ModeDisabled}
		return &link{single: hooked(redis.NewClient(o), saw)}
	}
}

func (k *link) close() error {
	if k.cluster != nil {
		return k.cluster.Close()
	}
	return k.single.Close()
}

// node is the server that a partition's keys are written to.
func (k *link) node(ctx context.Context, key string) (*redis.Client, error) {
	if k.cluster == nil {
		return k.single, nil
	}
	node, err := k.cluster.MasterForKey(ctx, key)
	if err != nil {
		return nil, notSent{err}
	}
	return node, nil
}

// moved makes the next node look where the partitions lie now.
func (k *link) moved(ctx context.Context) {
	if k.cluster != nil {
		k.cluster.ReloadState(ctx)
	}
}

// ask sends a command that changes nothing to a server. While a partition moves,
// what is not there any more is asked of the one that has it already.
func (k *link) ask(ctx context.Context, node *redis.Client, args []any) (any, error) {
	said, err := node.Do(ctx, args...).Result()
	if addr, ok := redis.IsAskError(err); ok {
		if to := k.at(ctx, addr); to != nil {
			pipe := to.Pipeline()
			pipe.Do(ctx, "ASKING")
			answer := pipe.Do(ctx, args...)
			_, _ = pipe.Exec(ctx) // the command has its own error
			said, err = answer.Result()
		}
	}
	if errors.Is(err, redis.Nil) {
		err = nil
	}
	return said, err
}

// at is the server with an address, nil if it is not known (yet).
func (k *link) at(ctx context.Context, addr string) (found *redis.Client) {
	_ = k.nodes(ctx, func(_ context.Context, node *redis.Client) error { // it fails for the others
		if node.Options().Addr == addr {
			found = node
		}
		return nil
	})
	return found
}

// nodes calls do for every server that is written to, one after the other.
func (k *link) nodes(ctx context.Context, do func(context.Context, *redis.Client) error) error {
	if k.cluster == nil {
		return do(ctx, k.single)
	}
	var mu sync.Mutex
	return k.cluster.ForEachMaster(ctx, func(ctx context.Context, node *redis.Client) error {
		mu.Lock()
		defer mu.Unlock()
		return do(ctx, node)
	})
}

// subscribe listens to channels, on a cluster to those of one partition.
func (k *link) subscribe(ctx context.Context, channels ...string) (*redis.PubSub, error) {
	node, err := k.node(ctx, channels[0])
	if err != nil {
		return nil, err
	}
	if k.cluster != nil {
		return node.SSubscribe(ctx, channels...), nil
	}
	return node.Subscribe(ctx, channels...), nil
}

// publisher is the command that reaches those who subscribed.
func (k *link) publisher() string {
	if k.cluster != nil {
		return "SPUBLISH"
	}
	return "PUBLISH"
}

// notSent is an error of before anything was sent.
type notSent struct{ error }

func (e notSent) Unwrap() error { return e.error }

// pool is what the connections are doing, of all servers together.
func (k *link) pool() *redis.PoolStats {
	if k.cluster != nil {
		return k.cluster.PoolStats()
	}
	return k.single.PoolStats()
}

// hooked marks the errors of dialling, which no longer look like it when the
// sentinels had no answer, and has an observer told of each command.
func hooked(c *redis.Client, saw Observer) *redis.Client {
	c.AddHook(hook{saw})
	return c
}

type hook struct{ saw Observer }

func (hook) DialHook(next redis.DialHook) redis.DialHook {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := next(ctx, network, addr)
		if err != nil {
			return nil, notSent{err}
		}
		return conn, nil
	}
}

func (h hook) ProcessHook(next redis.ProcessHook) redis.ProcessHook {
	return func(ctx context.Context, cmd redis.Cmder) error {
		begun := time.Now()
		err := next(ctx, cmd)
		h.asked(cmd.Name(), begun, err)
		return err
	}
}

func (h hook) ProcessPipelineHook(next redis.ProcessPipelineHook) redis.ProcessPipelineHook {
	return func(ctx context.Context, cmds []redis.Cmder) error {
		begun := time.Now()
		err := next(ctx, cmds)
		h.asked(cmds[0].Name(), begun, err)
		return err
	}
}

// asked tells of a command; that there is nothing under a key is an answer.
func (h hook) asked(name string, begun time.Time, err error) {
	if errors.Is(err, redis.Nil) {
		err = nil
	}
	h.saw.Asked(name, time.Since(begun), err)
}
