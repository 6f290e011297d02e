package redislog_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/oplogtest"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

var secret = []byte("0123456789abcdef0123456789abcdef")

func open(t *testing.T, url string) *redislog.Log {
	t.Helper()
	log, err := redislog.Open(t.Context(), redislog.Config{URL: url, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// conform runs the suite on one Redis. The suite closes what it opens.
func conform(t *testing.T, url string) {
	oplogtest.Run(t, func(t *testing.T) (oplog.Store, func() oplog.Store) {
		log := open(t, url)
		return log, func() oplog.Store {
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, url)
		}
	})
}

func TestLog(t *testing.T) { conform(t, redistest.Start(t).URL()) }

// TestLogThroughTwoNodes runs the suite on two logs that take turns: what one
// node has written, the other must see at once.
func TestLogThroughTwoNodes(t *testing.T) {
	url := redistest.Start(t).URL()
	oplogtest.Run(t, func(t *testing.T) (oplog.Store, func() oplog.Store) {
		p := &pair{nodes: [2]*redislog.Log{open(t, url), open(t, url)}}
		return p, func() oplog.Store {
			if err := p.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, url)
		}
	})
}

// pair is a store whose calls go to two nodes in turn.
type pair struct {
	nodes [2]*redislog.Log
	calls atomic.Uint64
}

func (p *pair) next() *redislog.Log { return p.nodes[p.calls.Add(1)%2] }

func (p *pair) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	return p.next().Append(ctx, topic, known, drafts)
}

func (p *pair) PutBack(ctx context.Context, topic oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	return p.next().PutBack(ctx, topic, at, entries)
}

func (p *pair) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	return p.next().Read(ctx, topic, after, limit)
}

func (p *pair) Heads(ctx context.Context, topics []oplog.Topic) ([]oplog.Position, error) {
	return p.next().Heads(ctx, topics)
}

func (p *pair) Topics(ctx context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error) {
	return p.next().Topics(ctx, after, limit)
}

func (p *pair) Key(ctx context.Context, topic oplog.Topic) (*oplog.Key, error) {
	return p.next().Key(ctx, topic)
}

func (p *pair) SaveSnapshot(ctx context.Context, topic oplog.Topic, s oplog.Snapshot) error {
	return p.next().SaveSnapshot(ctx, topic, s)
}

func (p *pair) LoadSnapshot(ctx context.Context, topic oplog.Topic) (oplog.Snapshot, bool, error) {
	return p.next().LoadSnapshot(ctx, topic)
}

func (p *pair) Blank(ctx context.Context, topic oplog.Topic, offsets []oplog.Offset) error {
	return p.next().Blank(ctx, topic, offsets)
}

func (p *pair) Erase(ctx context.Context, topic oplog.Topic) error { return p.next().Erase(ctx, topic) }

func (p *pair) Level() oplog.Level { return p.next().Level() }

func (p *pair) Close() error { return errors.Join(p.nodes[0].Close(), p.nodes[1].Close()) }
