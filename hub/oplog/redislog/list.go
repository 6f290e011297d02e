package redislog

import (
	"context"
	"fmt"
	"slices"

	"github.com/redis/go-redis/v9"

	"majlis/hub/oplog"
)

// Heads implements oplog.Heads, with one trip to each server.
func (l *Log) Heads(ctx context.Context, names []oplog.Topic) ([]oplog.Position, error) {
	topics := make([]*topic, len(names))
	for i, name := range names {
		t, err := l.enter(ctx, name)
		if err != nil {
			return nil, err
		}
		topics[i] = t
	}
	heads, err := l.heads(ctx, topics)
	if err != nil {
		return nil, err
	}
	positions := make([]oplog.Position, len(heads))
	for i := range heads {
		positions[i] = heads[i].Position()
	}
	return positions, nil
}

func (l *Log) heads(ctx context.Context, topics []*topic) ([]oplog.Head, error) {
	all := make([]command, len(topics))
	for i, t := range topics {
		all[i] = command{t.keys.log, []any{"XREVRANGE", t.keys.log, "+", "-", "COUNT", 1}}
	}
	said, err := l.ask(ctx, all)
	if err != nil {
		return nil, err
	}
	heads := make([]oplog.Head, len(topics))
	for i, t := range topics {
		list, err := readAll(t.name, said[i])
		if err != nil {
			return nil, err
		}
		if heads[i] = oplog.Start(t.name); len(list) > 0 {
			heads[i] = list[0].head()
		}
	}
	return heads, nil
}

// Topics implements oplog.Lister. Each partition keeps a list of its own.
func (l *Log) Topics(ctx context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	return l.list(ctx, "topics", after, limit)
}

// Erased implements oplog.Mover.
func (l *Log) Erased(ctx context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	return l.list(ctx, "erased", after, limit)
}

// list merges the lists of a kind that the partitions keep.
func (l *Log) list(ctx context.Context, what string, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	from := "-"
	if after != "" {
		from = "(" + string(after)
	}
	limit = max(limit, 0)
	all := make([]command, partitions)
	for p := range all {
		key := tagged(l.prefix, p, what)
		all[p] = command{key, []any{"ZRANGEBYLEX", key, from, "+", "LIMIT", 0, limit}}
	}
	said, err := l.ask(ctx, all)
	if err != nil {
		return nil, err
	}
	var names []oplog.Topic
	for _, s := range said {
		list, _ := s.([]any)
		for _, name := range list {
			text, _ := name.(string)
			topic, err := oplog.ParseTopic(text)
			if err != nil {
				return nil, fmt.Errorf("list of topics in Redis: %w", err)
			}
			names = append(names, topic)
		}
	}
	slices.Sort(names)
	return names[:min(len(names), limit)], nil
}

// command is one that changes nothing, for the server of a key.
type command struct {
	key  string
	args []any
}

// ask sends many commands, with one trip to each server.
func (l *Log) ask(ctx context.Context, all []command) (said []any, err error) {
	if !l.begin() {
		return nil, errClosed
	}
	defer l.work.Done()
	err = l.again(ctx, func(ctx context.Context) error {
		said, err = l.askOnce(ctx, all)
		if moved(err) {
			l.link.moved(ctx)
		}
		return reading(err)
	})
	return said, err
}

func (l *Log) askOnce(ctx context.Context, all []command) ([]any, error) {
	pipes := map[*redis.Client]redis.Pipeliner{}
	nodes, answers := make([]*redis.Client, len(all)), make([]*redis.Cmd, len(all))
	for i, c := range all {
		node, err := l.link.node(ctx, c.key)
		if err != nil {
			return nil, err
		}
		if pipes[node] == nil {
			pipes[node] = node.Pipeline()
		}
		nodes[i], answers[i] = node, pipes[node].Do(ctx, c.args...)
	}
	for _, pipe := range pipes {
		_, _ = pipe.Exec(ctx) // each command has its own error
	}
	said := make([]any, len(all))
	for i := range answers {
		var err error
		said[i], err = answers[i].Result()
		if _, moves := redis.IsAskError(err); moves {
			said[i], err = l.link.ask(ctx, nodes[i], all[i].args)
		}
		if err != nil {
			return nil, err
		}
	}
	return said, nil
}
