package hub_test

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/session"
)

// TestCatchUpsAreSharedAndBounded: who comes from the same place gets the same
// bytes, and nobody can fill the memory by coming from many.
func TestCatchUpsAreSharedAndBounded(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		var places []oplog.Position
		for i := range 3 * hub.CatchUpStride {
			a := n.do(fmt.Sprintf("visitor:%d", i), oplog.Attendee, ask(i, "Why?"), "")
			places = append(places, a.Pos)
		}
		watch := func(at oplog.Position) (encoded int) {
			before := n.saw.encoded
			_, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{View: session.View, Pos: at})
			leave()
			synctest.Wait()
			return n.saw.encoded - before
		}
		if first, second := watch(places[0]), watch(places[0]); first != 1 || second != 0 {
			t.Errorf("encoded %d times for the first, %d for the second", first, second)
		}
		before := n.saw.encoded
		for _, at := range places {
			watch(at)
		}
		// The rest of them come from the round places before theirs.
		round := len(places)/hub.CatchUpStride + 1
		if got := n.saw.encoded - before; got > hub.ExactCatchUps+round {
			t.Errorf("encoded %d times for %d places", got, len(places))
		}
		if again := watch(places[len(places)-1]); again != 0 {
			t.Error("what leads from a round place is not shared")
		}
	})
}

// TestCatchUpIsNotOlderThanTheRing: what was made for one who came long ago does
// not serve who comes after the ring has gone on.
func TestCatchUpIsNotOlderThanTheRing(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		first, _, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
		defer leave()
		for i := range 2 * fanout.RingFrames {
			n.do(fmt.Sprintf("visitor:%d", i), oplog.Attendee, ask(i, "Why?"), "")
			time.Sleep(hub.CrowdTick)
		}
		late, _, leaveToo := n.phone(boris, oplog.Attendee, hub.Stand{})
		defer leaveToo()
		n.agrees(first, oplog.Attendee)
		n.agrees(late, oplog.Attendee)
		if first.frames < fanout.RingFrames {
			t.Fatalf("%d frames: the ring has not gone on", first.frames)
		}
	})
}
