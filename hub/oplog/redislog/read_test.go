package redislog_test

import (
	"errors"
	"fmt"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog/redistest"
)

// A Redis that is emptied between the two questions of one read, and gets back
// what it had or something else, has not got a broken log.
func TestReadWhileRedisIsEmptied(t *testing.T) {
	for name, c := range map[string]struct {
		back func(t *testing.T, log oplog.Store, entries []oplog.Entry)
		want error
	}{
		"Empty":   {func(*testing.T, oplog.Store, []oplog.Entry) {}, oplog.ErrFork},
		"PutBack": {putBackAll, nil},
		"Others": {func(t *testing.T, log oplog.Store, _ []oplog.Entry) {
			if _, err := log.Append(t.Context(), topic, oplog.Position{}, texts(t, log, "of others", 5)); err != nil {
				t.Error(err)
			}
		}, oplog.ErrFork},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := redistest.Start(t, "--appendonly", "no")
			proxy := redistest.NewProxy(t, server)
			near, reader := open(t, server.URL()), open(t, proxy.URL())
			defer near.Close()
			defer reader.Close()
			if _, err := near.Append(t.Context(), topic, oplog.Position{}, texts(t, near, "text", 5)); err != nil {
				t.Fatal(err)
			}
			had := whole(t, near, topic)
			emptied := false
			proxy.Before("HMGET", func() {
				emptied = true
				server.Do("FLUSHALL")
				c.back(t, near, had)
			})
			got, _, err := reader.Read(t.Context(), topic, oplog.Position{}, 100)
			if !emptied {
				t.Fatal("the read asked for no private parts")
			}
			if !errors.Is(err, c.want) {
				t.Fatalf("read: %v, want %v", err, c.want)
			}
			if err == nil && len(got) != len(had) {
				t.Errorf("%d entries read, want %d", len(got), len(had))
			}
		})
	}
}

// putBackAll gives a log the entries that it had.
func putBackAll(t *testing.T, log oplog.Store, entries []oplog.Entry) {
	if err := log.PutBack(t.Context(), topic, oplog.Position{}, entries); err != nil {
		t.Error(err)
	}
}

// texts are drafts with a private part each.
func texts(t *testing.T, log oplog.Store, text string, n int) (drafts []oplog.Draft) {
	t.Helper()
	key, err := log.Key(t.Context(), topic)
	if err != nil {
		t.Error(err)
		return nil
	}
	for i := range n {
		d := vote(fmt.Sprint(text, " ", i))
		d.Sealed = key.Seal(fmt.Appendf(nil, "%s %d", text, i))
		drafts = append(drafts, d)
	}
	return drafts
}
