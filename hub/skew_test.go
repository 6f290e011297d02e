package hub_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
)

// TestF32ClockSkew: the store's clock is five minutes off from the nodes'. A poll
// takes answers, and closes, by the entries' time alone; and nobody fills the log
// with ticks that come too early.
func TestF32ClockSkew(t *testing.T) {
	for name, off := range map[string]time.Duration{"NodesAreBehind": 5 * time.Minute, "NodesAreAhead": -5 * time.Minute} {
		t.Run(name, func(t *testing.T) {
			simulate(t, func(t *testing.T) {
				store, said := memlog.New(), &loud{}
				store.Now = func() time.Time { return time.Now().Add(off) }
				node := func() *node {
					return begin(t, hub.Config{Store: store, Shared: true, Trouble: said.trouble})
				}
				n := node()
				defer n.stop()
				n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
				n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Tea?","kind":"yesno","secs":60}`, ulid(1)), "")
				opened := n.do(chair, oplog.Moderator, on("poll.open", 1), "")
				fresh := node() // knows nothing of the store's clock yet
				defer fresh.stop()
				choose := fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid(1))
				fresh.do("visitor:caro", oplog.Attendee, choose, "")
				time.Sleep(30 * time.Second)
				fresh.do(amina, oplog.Attendee, choose, "")
				time.Sleep(29 * time.Second)
				n.do(boris, oplog.Attendee, choose, "")
				before, _ := n.topic.Position(t.Context())
				if before.Offset > opened.Pos.Offset+4 {
					t.Errorf("the log has grown from %d to %d before the end", opened.Pos.Offset, before.Offset)
				}
				time.Sleep(6 * time.Second) // the end, the grace, and the nodes' turn
				synctest.Wait()
				n.do(chair, oplog.Attendee, choose, oplog.PollClosed)
				after, _ := n.topic.Position(t.Context())
				if after.Offset == before.Offset || after.Offset > before.Offset+2 {
					t.Errorf("closing has written %d entries", after.Offset-before.Offset)
				}
				if said.String() != "" {
					t.Errorf("trouble: %s", said)
				}
			})
		})
	}
}
