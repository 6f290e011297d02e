package hub_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/session"
	"majlis/hub/wire"
)

const opening = oplog.Topic("session/opening")

const (
	amina = "visitor:amina"
	boris = "visitor:boris"
	chair = "pass:chair"
)

func TestTopic(t *testing.T) {
	t.Run("QuestionReachesEveryPhoneAfterApproval", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			n.do(amina, oplog.Attendee, ask(1, "كيف؟"), "")
			n.agrees(p, oplog.Attendee)
			if _, shown := p.doc.Doc["question"]; shown {
				t.Error("a pending question was shown")
			}
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			time.Sleep(time.Second)
			n.agrees(p, oplog.Attendee)
			if got := string(p.doc.Doc["question"][ulid(1)]); !strings.Contains(got, "كيف؟") {
				t.Errorf("question is %q", got)
			}
		})
	})
	t.Run("AckComesWithTheOwnPartAndOwnerIsToldOfApproval", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			p, w, leave := n.phone(amina, oplog.Attendee, hub.Stand{})
			defer leave()
			reply := func(a hub.Answer, own []byte) {
				p.conn.Own([]byte(string(own) + "\n" + string(wire.AppendAck(nil, wire.Ack{ID: ulid(7), Topic: opening, Pos: a.Pos, Level: a.Level}))))
			}
			if err := n.topic.Send(t.Context(), n.command(amina, oplog.Attendee, ask(1, "Why?")), w, reply); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if got := string(p.mine.Doc["asked"][ulid(1)]); !strings.Contains(got, `"pending"`) || len(p.acks) != 1 {
				t.Errorf("own question is %q with %d acks", got, len(p.acks))
			}
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			synctest.Wait()
			if got := string(p.mine.Doc["asked"][ulid(1)]); !strings.Contains(got, `"live"`) {
				t.Errorf("own question is %q after approval", got)
			}
		})
	})
	t.Run("EverybodyWhomOneCommandConcernsIsTold", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			people := []string{amina, boris, "visitor:chen"}
			var phones []*phone
			var ids []string
			for i, who := range people {
				p, _, leave := n.phone(who, oplog.Attendee, hub.Stand{})
				defer leave()
				phones, ids = append(phones, p), append(ids, ulid(i+1))
				n.do(who, oplog.Attendee, ask(i+1, "Why?"), "")
			}
			n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"question.approve","ids":["%s"]}`, strings.Join(ids, `","`)), "")
			synctest.Wait()
			for i, p := range phones {
				if got := string(p.mine.Doc["asked"][ids[i]]); !strings.Contains(got, `"live"`) {
					t.Errorf("%s was told %q", people[i], got)
				}
			}
		})
	})
	t.Run("StormOfVotesIsAFewFrames", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			n.do(amina, oplog.Attendee, ask(1, "Why?"), "")
			n.do(chair, oplog.Moderator, on("question.approve", 1), "")
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			synctest.Wait()
			before := p.frames
			for i := range 500 {
				n.do(fmt.Sprintf("visitor:%d", i), oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(1)), "")
				time.Sleep(2 * time.Millisecond) // 500 votes in a second
			}
			time.Sleep(time.Second)
			n.agrees(p, oplog.Attendee)
			if got := string(p.doc.Doc["votes"][ulid(1)]); got != `{"n":500}` {
				t.Errorf("votes are %s", got)
			}
			if got := p.frames - before; got > 12 {
				t.Errorf("%d frames in a second, want at most 12", got)
			}
		})
	})
	t.Run("RefusalsChangeNothing", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			n.do(amina, oplog.Attendee, ask(1, "Too early?"), oplog.BoardClosed)
			n.do(amina, oplog.Attendee, `{"type":"board.open"}`, oplog.NotAllowed)
			at, err := n.topic.Position(t.Context())
			if err != nil || at.Offset != 0 {
				t.Errorf("the log holds %d entries, %v", at.Offset, err)
			}
		})
	})
}

// TestBatch: commands of one sender that share an append are judged one after
// the other, as if each had waited for the one before.
func TestBatch(t *testing.T) {
	simulate(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		n.do(amina, oplog.Attendee, ask(1, "Why?"), "")
		var got []oplog.Outcome
		send := func(person string, role oplog.Role, raw string) {
			reply := func(a hub.Answer, _ []byte) { got = append(got, a.Outcome) }
			if err := n.topic.Send(t.Context(), n.command(person, role, raw), nil, reply); err != nil {
				t.Fatal(err)
			}
		}
		vote := `{"type":"question.vote","id":%q,"on":%t}`
		create := fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Which?","kind":"single","options":["a","b"]}`, ulid(2))
		// The loop is held up, so that all of these are waiting when it goes on.
		if err := n.topic.Do(t.Context(), func(hub.Machine) {
			send(chair, oplog.Moderator, create)
			send(chair, oplog.Moderator, on("poll.open", 2))
			send(boris, oplog.Attendee, fmt.Sprintf(vote, ulid(1), true))
			send(boris, oplog.Attendee, fmt.Sprintf(vote, ulid(1), false))
		}); err != nil {
			t.Fatal(err)
		}
		p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
		defer leave()
		time.Sleep(time.Second)
		n.agrees(p, oplog.Attendee)
		for i, o := range got {
			if !o.Accepted() {
				t.Errorf("command %d was refused: %s", i, o.Reason)
			}
		}
		if got := string(p.doc.Doc["poll"][ulid(2)]); !strings.Contains(got, `"open"`) {
			t.Errorf("the poll is %q", got)
		}
		if got := string(p.doc.Doc["votes"][ulid(1)]); got != `{"n":0}` {
			t.Errorf("the vote that was taken back counts: %s", got)
		}
	})
}

func TestResume(t *testing.T) {
	fill := func(n *node) {
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		for i := range 5 {
			n.do(amina, oplog.Attendee, ask(i, fmt.Sprintf("Question %d?", i)), "")
		}
	}
	t.Run("PatchFromTheOwnPosition", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			fill(n)
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			synctest.Wait()
			leave()
			n.do(amina, oplog.Attendee, ask(9, "Later?"), "")
			again, _, leave := n.resume(boris, oplog.Attendee, hub.Stand{View: session.View, Pos: p.doc.Pos}, p.doc)
			defer leave()
			n.agrees(again, oplog.Attendee)
			if n.saw.lost != 0 {
				t.Errorf("%d histories lost", n.saw.lost)
			}
		})
	})
	t.Run("WholeDocumentForAnotherHistory", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			n := start(t, memlog.New())
			defer n.stop()
			fill(n)
			at, _ := n.topic.Position(t.Context())
			at.Hash[0] ^= 1
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{View: session.View, Pos: at})
			defer leave()
			n.agrees(p, oplog.Attendee)
			if n.saw.lost != 1 {
				t.Errorf("%d histories lost, want it noticed once", n.saw.lost)
			}
		})
	})
	t.Run("AfterARestartFromTheSnapshot", func(t *testing.T) {
		simulate(t, func(t *testing.T) {
			store := memlog.New()
			n := start(t, store)
			fill(n)
			before, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			synctest.Wait()
			leave()
			n.stop()
			n = start(t, store)
			defer n.stop()
			has := hub.Stand{View: session.View, Pos: before.doc.Pos}
			again, _, leave := n.resume(boris, oplog.Attendee, has, before.doc)
			defer leave()
			n.agrees(again, oplog.Attendee)
			if again.whole != 0 || n.saw.lost != 0 {
				t.Errorf("who lacked nothing got %d whole documents, %d histories lost", again.whole, n.saw.lost)
			}
			n.do(amina, oplog.Attendee, ask(0, "Question 0?"), "")
			p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
			defer leave()
			n.agrees(p, oplog.Attendee)
			if got := len(p.doc.Doc["question"]); got != 5 {
				t.Errorf("%d questions after the restart", got)
			}
		})
	})
}

func TestRedact(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := memlog.New()
		n := start(t, store)
		n.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		n.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		a := n.do(amina, oplog.Attendee, ask(1, "my telephone number is"), "")
		p, _, leave := n.phone(boris, oplog.Attendee, hub.Stand{})
		n.do(chair, oplog.Moderator, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, a.Pos.Offset), "")
		time.Sleep(time.Second)
		n.agrees(p, oplog.Attendee)
		if got := string(p.doc.Doc["question"][ulid(1)]); strings.Contains(got, "telephone") {
			t.Errorf("the text is still shown: %s", got)
		}
		leave()
		n.stop()
		entries, _, err := store.Read(t.Context(), opening, oplog.Position{}, 100)
		if err != nil {
			t.Fatal(err)
		}
		if e := entries[a.Pos.Offset-1]; !e.Sealed.Blanked() {
			t.Error("the private part is still in the store")
		}
	})
}
