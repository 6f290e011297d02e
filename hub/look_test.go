package hub_test

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
)

// oddStore is one of whose appends nothing can be made: they come there, and what
// they bring has been spoilt on the way back.
type oddStore struct {
	*tardyStore
	odd bool
}

func (s *oddStore) Append(ctx context.Context, topic oplog.Topic, known oplog.Position, drafts []oplog.Draft) (oplog.Appended, error) {
	got, err := s.tardyStore.Append(ctx, topic, known, drafts)
	if s.odd && len(got.Entries) > 0 {
		got.Entries[0].Chain[0] ^= 1
	}
	return got, err
}

// TestAppendThatCannotBeFoldedIsNoLook: what an append brought and could not be
// folded tells this node nothing; who has seen more comes again.
func TestAppendThatCannotBeFoldedIsNoLook(t *testing.T) {
	simulate(t, func(t *testing.T) {
		log, said := newFrail(t), &loud{}
		store := &oddStore{tardyStore: &tardyStore{frail: log}}
		a, b := shared(t, log, said), shared(t, store, said)
		defer a.stop()
		defer b.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		time.Sleep(time.Second)
		store.way.Store(int64(time.Minute))
		store.odd = true
		seen := a.do(amina, oplog.Attendee, ask(1, "New"), "").Pos.Offset
		vote := b.command(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)))
		vote.Seen = seen
		var told hub.Answer
		send := func(c oplog.Command, reply func(hub.Answer, []byte)) {
			if err := b.topic.Send(t.Context(), c, nil, reply); err != nil {
				t.Fatal(err)
			}
		}
		send(vote, func(a hub.Answer, _ []byte) { told = a })
		send(b.command("visitor:chen", oplog.Attendee, ask(2, "Takes the odd append")), func(hub.Answer, []byte) {})
		time.Sleep(hub.CatchUpWait)
		synctest.Wait()
		if told.Retry == 0 {
			t.Errorf("told %+v by a node that does not know; want to come again", told)
		}
	})
}

// TestWhoWaitsForALookIsAnsweredWhenTheTopicIsLeft: an entry of newer rules comes with
// an append while somebody waits for a look.
func TestWhoWaitsForALookIsAnsweredWhenTheTopicIsLeft(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store, said := newFrail(t), &loud{}
		slow := &tardyStore{frail: store}
		a, b := shared(t, store, said), shared(t, slow, said)
		defer a.stop()
		defer b.stop()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		time.Sleep(time.Second)
		slow.way.Store(int64(time.Minute))
		newer := oplog.Command{Type: "tick", Actor: oplog.Actor{Role: oplog.System}, Args: []byte(`{}`)}
		at, err := b.topic.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := store.Append(t.Context(), opening, at, []oplog.Draft{{Rules: 1 << 15, Public: newer.EncodePublic()}}); err != nil {
			t.Fatal(err)
		}
		vote := b.command(boris, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)))
		vote.Seen = at.Offset + 2
		answers := 0
		count := func(hub.Answer, []byte) { answers++ }
		for _, c := range []oplog.Command{vote, b.command("visitor:chen", oplog.Attendee, ask(2, "Meets the newer one"))} {
			if err := b.topic.Send(t.Context(), c, nil, count); err != nil {
				t.Fatal(err)
			}
		}
		time.Sleep(5 * time.Minute)
		synctest.Wait()
		if answers != 2 {
			t.Errorf("%d of 2 were answered\n%s", answers, said)
		}
	})
}
