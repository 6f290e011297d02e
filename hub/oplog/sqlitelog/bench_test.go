package sqlitelog_test

import (
	"fmt"
	"path/filepath"
	"sync"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
)

func vote() oplog.Draft {
	c := oplog.Command{
		Type: "question.vote", Actor: oplog.Actor{Role: oplog.Attendee}, N: 12, Seen: 90_000,
		Args: []byte(`{"id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","on":true}`),
	}
	return oplog.Draft{Rules: 1, Public: c.EncodePublic()}
}

func openBench(b *testing.B) *sqlitelog.Log {
	b.Helper()
	log, err := sqlitelog.Open(b.Context(), sqlitelog.Config{Path: filepath.Join(b.TempDir(), "majlis.db"), Secret: secret})
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { log.Close() })
	return log
}

// fill writes n votes, batch at a time: batch is how many a row holds.
func fill(b *testing.B, log *sqlitelog.Log, topic oplog.Topic, n, batch int) {
	b.Helper()
	drafts := make([]oplog.Draft, batch)
	for i := range drafts {
		drafts[i] = vote()
	}
	var known oplog.Position
	for range n / batch {
		a, err := log.Append(b.Context(), topic, known, drafts)
		if err != nil {
			b.Fatal(err)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
}

// BenchmarkRead reads and verifies a topic from its start, 4,096 entries a
// page. One op is the whole topic.
func BenchmarkRead(b *testing.B) {
	for _, c := range []struct{ entries, row int }{{500_000, 250}, {100_000, 16}, {20_000, 1}} {
		b.Run(fmt.Sprintf("%d-entries-%d-a-row", c.entries, c.row), func(b *testing.B) {
			log := openBench(b)
			fill(b, log, "session/a", c.entries, c.row)
			for b.Loop() {
				n := 0
				for after := (oplog.Position{}); ; {
					page, _, err := log.Read(b.Context(), "session/a", after, 4096)
					if err != nil {
						b.Fatal(err)
					}
					if len(page) == 0 {
						break
					}
					n, after = n+len(page), page[len(page)-1].Position("")
				}
				if n < c.entries {
					b.Fatalf("%d entries", n)
				}
			}
			b.ReportMetric(float64(c.entries)*float64(b.N)/b.Elapsed().Seconds(), "entries/s")
		})
	}
}

// BenchmarkAppend appends single votes, from one caller a topic at the same
// time: what waits shares an fsync.
func BenchmarkAppend(b *testing.B) {
	for _, callers := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprintf("%d-callers", callers), func(b *testing.B) {
			log := openBench(b)
			var group sync.WaitGroup
			each := b.N/callers + 1
			b.ResetTimer()
			for i := range callers {
				group.Go(func() {
					topic, known := oplog.Topic(fmt.Sprint("session/t", i)), oplog.Position{}
					for range each {
						a, err := log.Append(b.Context(), topic, known, []oplog.Draft{vote()})
						if err != nil {
							b.Error(err)
							return
						}
						known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
					}
				})
			}
			group.Wait()
			b.ReportMetric(float64(each*callers)/b.Elapsed().Seconds(), "appends/s")
		})
	}
}
