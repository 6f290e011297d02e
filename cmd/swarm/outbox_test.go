package main

import (
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/wire"
)

var t0 = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func newBox() *outbox { return &outbox{device: newDevice(), topic: "session/opening"} }

func numbers(cs []*command) []uint64 {
	out := []uint64{}
	for _, c := range cs {
		out = append(out, c.n)
	}
	return out
}

func TestACommandIsWrittenAtOnceAndNotAgainBeforeItsTime(t *testing.T) {
	b := newBox()
	c := b.add(vote("Q", true), 7, t0)
	if got := b.due(t0); len(got) != 1 || got[0] != c || !c.sent.Equal(t0) {
		t.Fatalf("due %v, want the command", numbers(got))
	}
	if got := b.due(t0.Add(answerWithin - 1)); len(got) != 0 {
		t.Errorf("written again too early: %v", numbers(got))
	}
	if at := b.next(); !at.Equal(t0.Add(answerWithin)) {
		t.Errorf("next at %v, want %v", at, t0.Add(answerWithin))
	}
	if got := b.due(t0.Add(answerWithin)); len(got) != 1 || !c.sent.Equal(t0) {
		t.Errorf("not written again, or taken for new: %v, %v", numbers(got), c.sent)
	}
}

func TestAfterAReconnectEverythingOpenIsWrittenInOrderAsItWas(t *testing.T) {
	b := newBox()
	for i := range 5 {
		b.add(vote("Q", i%2 == 0), oplog.Offset(i), t0)
	}
	var before [][]byte
	for _, c := range b.due(t0) {
		before = append(before, b.frame(c))
	}
	b.ack(b.all[0].id)
	b.refuse(b.all[2].id, oplog.PollClosed)
	b.up(t0.Add(time.Second))
	got := b.due(t0.Add(time.Second))
	if n := numbers(got); len(n) != 3 || n[0] != 2 || n[1] != 4 || n[2] != 5 {
		t.Fatalf("written again %v, want 2 4 5", n)
	}
	for _, c := range got {
		if again := b.frame(c); string(again) != string(before[c.n-1]) {
			t.Errorf("written again differently:\n%s\n%s", before[c.n-1], again)
		}
	}
}

func TestARetryWaitsAsLongAsTheServerSays(t *testing.T) {
	b := newBox()
	c := b.add(vote("Q", true), 0, t0)
	b.due(t0)
	b.retry(c.id, t0.Add(800*time.Millisecond))
	if got := b.due(t0.Add(799 * time.Millisecond)); len(got) != 0 {
		t.Errorf("written too early: %v", numbers(got))
	}
	if got := b.due(t0.Add(800 * time.Millisecond)); len(got) != 1 {
		t.Errorf("not written in time: %v", numbers(got))
	}
}

func TestAnAnswerCountsOnce(t *testing.T) {
	b := newBox()
	c := b.add(vote("Q", true), 0, t0)
	if b.ack(c.id) != c || b.ack(c.id) != nil || b.refuse(c.id, oplog.NotFound) != nil || c.fate != acked {
		t.Errorf("fate %d: only the first answer counts", c.fate)
	}
	if b.retry(c.id, t0) != nil || b.ack("unknown") != nil || !b.next().IsZero() {
		t.Error("something is still to be written")
	}
}

func TestCommandsAreFramesThatTheServerTakes(t *testing.T) {
	b := newBox()
	q := newID(t0)
	for _, c := range []command{
		ask(q, question{"ar", "متى ستُنشر \"الشرائح\"؟"}), ask(q, question{"", "x"}), vote(q, true), vote(q, false),
		answer(q, []int{1, 3}), answer(q, nil), order("board.open", "", nil), order("question.approve", q, nil),
		order("settings.set", "", map[string]any{"qa": "open"}),
	} {
		added := b.add(c, 12, t0)
		frame, reason := wire.DecodeClient(b.frame(added))
		do, ok := frame.(wire.Do)
		if !ok {
			t.Fatalf("%s: %q", b.frame(added), reason)
		}
		if do.ID != added.id || do.Device != b.device || do.N != added.n || do.Seen != 12 || wire.CommandType(do.Cmd) != c.kind {
			t.Errorf("%+v is not what was asked for: %s", do, b.frame(added))
		}
	}
}
