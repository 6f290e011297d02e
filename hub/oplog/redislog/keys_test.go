package redislog_test

import (
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog/redistest"
)

// Whoever is the first to open a topic on a Redis that has lost everything gets
// the key that another node holds, else texts sealed under that could not be read.
func TestKeyOfAnEmptiedRedis(t *testing.T) {
	for name, start := range map[string]func() (string, *redistest.Server){
		"Alone":   func() (string, *redistest.Server) { s := redistest.Start(t); return s.URL(), s },
		"Cluster": func() (string, *redistest.Server) { c := redistest.StartCluster(t, 1); return c.URL(), c.Nodes[0] },
	} {
		t.Run(name, func(t *testing.T) {
			at, server := start()
			holder, second := open(t, at), open(t, at)
			defer holder.Close()
			defer second.Close()
			health(t, holder, true)
			want, err := holder.Key(t.Context(), topic)
			if err != nil {
				t.Fatal(err)
			}
			for range 5 {
				server.Do("FLUSHALL")
				first := open(t, at)
				got, err := first.Key(t.Context(), topic)
				if err != nil {
					t.Fatal(err)
				}
				if got.Pseudonym("x") != want.Pseudonym("x") {
					t.Fatal("another key was drawn while a node holds the topic's")
				}
				if err := first.Close(); err != nil {
					t.Fatal(err)
				}
			}
			// A topic that nobody has begun gets a new one, the same for all.
			fresh := oplog.MakeTopic(oplog.KindSession, "fresh")
			one, err := holder.Key(t.Context(), fresh)
			if err != nil {
				t.Fatal(err)
			}
			if two, err := second.Key(t.Context(), fresh); err != nil || two.Pseudonym("x") != one.Pseudonym("x") {
				t.Fatalf("two nodes have two keys (%v)", err)
			}
		})
	}
}
