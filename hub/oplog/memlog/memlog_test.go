package memlog_test

import (
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/oplog/oplogtest"
)

func TestLog(t *testing.T) {
	oplogtest.Run(t, func(*testing.T) (oplog.Store, func() oplog.Store) { return memlog.New(), nil })
}

func TestTimeNeverBackwardsWhenTheClockJumps(t *testing.T) {
	log := memlog.New()
	clock := time.UnixMilli(1_000_000)
	log.Now = func() time.Time { return clock }
	var last int64
	for _, jump := range []time.Duration{0, time.Hour, -2 * time.Hour, time.Minute} {
		clock = clock.Add(jump)
		a, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{Public: []byte("x")}})
		if err != nil {
			t.Fatal(err)
		}
		e := a.Entries[len(a.Entries)-1]
		if e.Time < last || e.Time < clock.UnixMilli() {
			t.Fatalf("stamped %d after %d, the clock says %d", e.Time, last, clock.UnixMilli())
		}
		last = e.Time
	}
}
