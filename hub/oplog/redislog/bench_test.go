package redislog_test

import (
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

// vote is a draft as most of them are.
func vote(text string) oplog.Draft {
	c := oplog.Command{Type: "question.vote", Actor: oplog.Actor{Role: oplog.Attendee}, N: 7, Args: fmt.Appendf(nil, "{%q:1}", text)}
	return oplog.Draft{Rules: 1, Public: c.EncodePublic()}
}

// BenchmarkAppend is the time of one script by its size: nobody else is served
// by Redis meanwhile.
func BenchmarkAppend(b *testing.B) {
	log := openBench(b, redistest.Start(b, "--appendonly", "no"))
	for _, size := range []int{1, 64, 256, 1024} {
		b.Run(fmt.Sprint(size, "Drafts"), func(b *testing.B) {
			topic := oplog.MakeTopic(oplog.KindSession, fmt.Sprint("append-", size))
			batch := make([]oplog.Draft, size)
			for i := range batch {
				batch[i] = vote("01J00000000000000000000000")
			}
			var known oplog.Position
			for b.Loop() {
				a, err := log.Append(b.Context(), topic, known, batch)
				if err != nil {
					b.Fatal(err)
				}
				known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
			}
			b.ReportMetric(float64(b.N*size)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// BenchmarkNodes is how fast several nodes write to one topic, each one append
// after the other: every success makes the others come again.
func BenchmarkNodes(b *testing.B) {
	server := redistest.Start(b, "--appendonly", "no")
	for _, nodes := range []int{1, 2, 5} {
		b.Run(fmt.Sprint(nodes, "Nodes"), func(b *testing.B) {
			topic := oplog.MakeTopic(oplog.KindSession, fmt.Sprint("nodes-", nodes))
			var left atomic.Int64
			left.Store(int64(b.N))
			var group sync.WaitGroup
			for range nodes {
				log := openBench(b, server)
				group.Go(func() {
					var known oplog.Position
					for left.Add(-1) >= 0 {
						a, err := log.Append(b.Context(), topic, known, []oplog.Draft{vote("01J00000000000000000000000")})
						if err != nil {
							b.Error(err)
							return
						}
						known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "appends/s")
		})
	}
}

func openBench(b *testing.B, server *redistest.Server) *redislog.Log {
	b.Helper()
	log, err := redislog.Open(b.Context(), redislog.Config{URL: server.URL(), Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { log.Close() })
	return log
}
