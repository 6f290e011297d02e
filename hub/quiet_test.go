package hub_test

import (
	"sync/atomic"
	"time"

	"majlis/hub/oplog"
)

// quiet observes little.
type quiet struct {
	lost    int
	encoded int // catch-ups

	putBack, forks, offered, changed, compared, unequal atomic.Int64
}

func (*quiet) Appended(int, time.Duration, error) {}
func (*quiet) Retried(int)                        {}
func (*quiet) Judged(oplog.Kind, oplog.Outcome)   {}
func (*quiet) Published(oplog.Role, int, int)     {}
func (q *quiet) HistoryLost()                     { q.lost++ }
func (*quiet) Loaded(int, time.Duration)          {}
func (*quiet) Delivered(time.Duration)            {}
func (*quiet) Broadcast(int)                      {}
func (*quiet) Lagging(int)                        {}
func (*quiet) Served(oplog.Role, bool)            {}
func (*quiet) TailRead()                          {}
func (*quiet) Nodes(int)                          {}
func (*quiet) Whispered(bool)                     {}
func (*quiet) Heard()                             {}
func (*quiet) Unserved(int)                       {}

func (q *quiet) Compared(equal bool) {
	q.compared.Add(1)
	if !equal {
		q.unequal.Add(1)
	}
}

func (q *quiet) PutBack(n int)            { q.putBack.Add(int64(n)) }
func (q *quiet) Forked(offered, left int) { q.forks.Add(1) }

func (q *quiet) Offered(o oplog.Outcome) {
	q.offered.Add(1)
	if !o.Accepted() {
		q.changed.Add(1)
	}
}

func (q *quiet) CaughtUp(_ oplog.Role, encoded bool) {
	if encoded {
		q.encoded++
	}
}
