package hub_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
)

// TestVotersAreToldAlone: who has answered learns how the poll stands, at most
// once a second however many others answer; who has not learns nothing; and when
// the poll closes all learn it together.
func TestVotersAreToldAlone(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, fmt.Sprintf(
			`{"type":"poll.create","id":%q,"title":"Tea?","kind":"yesno","results":"voted"}`, ulid(1)), "")
		n.do(chair, oplog.Moderator, on("poll.open", 1), "")
		voter, _, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
		defer leave()
		other, _, leaveToo := n.phone(boris, oplog.Attendee, hub.Stand{})
		defer leaveToo()
		choose := func(who string, option int) {
			n.do(who, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[%d]}`, ulid(1), option), "")
		}
		choose(amina, 1)
		before := voter.owns()
		for i := range 50 {
			choose(fmt.Sprint("visitor:", i), 2)
			time.Sleep(time.Second / 50)
		}
		time.Sleep(2 * hub.RestEvery)
		synctest.Wait()
		if got := voter.result(); got != `{"people":51,"counts":[1,50,0]}` {
			t.Errorf("who has answered is told %s", got)
		}
		if told := voter.owns() - before; told > 3 {
			t.Errorf("%d frames in a little more than a second", told)
		}
		if got := other.result(); got != "" {
			t.Errorf("who has not answered is told %s", got)
		}
		n.agrees(other, oplog.Attendee)
		if got := string(other.doc.Doc["tally"][ulid(1)]); got != `{"people":51}` {
			t.Errorf("the hall reads %s", got)
		}
		n.do(chair, oplog.Moderator, on("poll.close", 1), "")
		time.Sleep(2 * hub.RestEvery)
		synctest.Wait()
		if got := voter.result(); got != "" {
			t.Errorf("it is closed, and who has answered still holds %s alone", got)
		}
		if got := string(other.doc.Doc["tally"][ulid(1)]); got != `{"people":51,"counts":[1,50,0]}` {
			t.Errorf("the hall reads %s", got)
		}
	})
}

// TestPollsCloseByThemselves: two seconds behind the time that people were shown.
func TestPollsCloseByThemselves(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, fmt.Sprintf(
			`{"type":"poll.create","id":%q,"title":"Tea?","kind":"yesno","secs":30}`, ulid(1)), "")
		n.do(chair, oplog.Moderator, on("poll.open", 1), "")
		hall, _, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
		defer leave()
		state := func() string {
			synctest.Wait()
			var p struct{ State string }
			if err := json.Unmarshal(hall.doc.Doc["poll"][ulid(1)], &p); err != nil {
				t.Fatal(err)
			}
			return p.State
		}
		choose := fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid(1))
		time.Sleep(31 * time.Second)
		if got := state(); got != "open" {
			t.Errorf("within the grace it is %s", got)
		}
		n.do(amina, oplog.Attendee, choose, "")
		time.Sleep(2 * time.Second)
		n.do(boris, oplog.Attendee, choose, oplog.PollClosed)
		if got := state(); got != "closed" {
			t.Errorf("behind the grace it is %s", got)
		}
	})
}

// result is what a phone is told alone of the one poll, empty for nothing.
func (p *phone) result() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return string(p.mine.Doc["result"][ulid(1)])
}

// owns is how many frames of its own part a phone got.
func (p *phone) owns() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.own
}

// TestClocksOfNodesDecideNothing: a node whose clock is ahead of the log's does not
// refuse what the log still takes.
func TestClocksOfNodesDecideNothing(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := memlog.New()
		store.Now = func() time.Time { return time.Now().Add(-5 * time.Minute) }
		n := begin(t, hub.Config{Store: store, Shared: true})
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, fmt.Sprintf(
			`{"type":"poll.create","id":%q,"title":"Tea?","kind":"yesno","secs":30}`, ulid(1)), "")
		n.do(chair, oplog.Moderator, on("poll.open", 1), "")
		time.Sleep(20 * time.Second)
		n.do(boris, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[1]}`, ulid(1)), "")
		time.Sleep(20 * time.Second)
		n.do(boris, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[2]}`, ulid(1)), oplog.PollClosed)
	})
}
