package schedule_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/schedule"
)

var _ hub.Machine = (*schedule.Machine)(nil)

// history draws commands that meet each other.
type history struct {
	t       *rapid.T
	l       *log
	imports uint64
}

func (h *history) step() {
	who := rapid.SampledFrom([]oplog.Actor{organiser, system, ann, bob, scoped(bob, "room/hall"), scoped(ann, "session/panel"), attendee}).Draw(h.t, "who")
	h.l.now += int64(rapid.IntRange(0, 5_000).Draw(h.t, "passes"))
	if rapid.IntRange(0, 7).Draw(h.t, "import") == 0 {
		h.bring()
		return
	}
	c := h.l.prepare(who, h.command())
	if rapid.Bool().Draw(h.t, "counts") {
		c.Device[0], c.N = byte(rapid.IntRange(1, 2).Draw(h.t, "device")), uint64(rapid.IntRange(1, 9).Draw(h.t, "n"))
	}
	c.Seen = oplog.Offset(rapid.Uint64Range(0, uint64(h.l.offset)).Draw(h.t, "seen"))
	h.l.apply(c)
}

func (h *history) command() string {
	t := h.t
	id := rapid.SampledFrom([]string{"opening", "panel", "closing", "party", "nobody"}).Draw(t, "id")
	room := rapid.SampledFrom([]string{"hall", "tent", "cellar"}).Draw(t, "room")
	title := rapid.SampledFrom([]string{"Opening", "Panel", "A", "B"}).Draw(t, "title")
	note := ulid(uint64(rapid.IntRange(1, 4).Draw(t, "note")))
	switch rapid.IntRange(0, 9).Draw(t, "kind") {
	case 0, 1:
		start := ms(1, rapid.IntRange(9, 12).Draw(t, "hour"), 0)
		return fmt.Sprintf(`{"type":"session.move","id":%q,"start":%d,"room":%q}`, id, start, room)
	case 2:
		return fmt.Sprintf(`{"type":"session.cancel","id":%q,"on":%t}`, id, rapid.Bool().Draw(t, "on"))
	case 3:
		return fmt.Sprintf(`{"type":"session.rename","id":%q,"title":%q}`, id, title)
	case 4:
		return fmt.Sprintf(`{"type":"room.rename","id":%q,"name":%q}`, room, title)
	case 5:
		return fmt.Sprintf(`{"type":"announcement.post","id":%q,"text":%q,"until":%d}`, note, title, h.l.now+int64(rapid.IntRange(1, 9_000).Draw(t, "for")))
	case 6:
		return fmt.Sprintf(`{"type":"announcement.withdraw","id":%q}`, note)
	case 7:
		return fmt.Sprintf(`{"type":"conference.set","title":%q,"zone":"UTC"}`, title)
	case 8:
		return fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, rapid.IntRange(1, int(h.l.offset)+1).Draw(t, "offset"))
	}
	return `{"type":"tick"}`
}

// bring imports a variation of the programme, sometimes not to the end.
func (h *history) bring() {
	p := summit()
	keep := p.Sessions[:0]
	for _, s := range p.Sessions {
		if rapid.IntRange(0, 3).Draw(h.t, "keep") > 0 {
			s.Start = s.Start.Add(time.Duration(rapid.IntRange(0, 1).Draw(h.t, "later")) * time.Hour / 2)
			s.Title = rapid.SampledFrom([]string{s.Title, "A"}).Draw(h.t, "title")
			s.Track = rapid.SampledFrom([]string{s.Track, "T"}).Draw(h.t, "track")
			keep = append(keep, s)
		}
	}
	if p.Sessions = keep; rapid.Bool().Draw(h.t, "one room") {
		p.Rooms = p.Rooms[:1]
		for i := range p.Sessions {
			p.Sessions[i].Room = "hall"
		}
	}
	p.Conference.Start, p.Conference.End = p.Days[0].Start, p.Days[1].End
	h.imports++
	parts, err := schedule.Parts(p, ulid(1000+h.imports), func() string { return "222222" })
	if err != nil {
		h.t.Fatal(err)
	}
	for _, raw := range parts[:rapid.IntRange(1, len(parts)).Draw(h.t, "parts")] {
		h.l.do(system, string(raw))
	}
}

// For all s ≤ t: applying Since(s) at t to the document at s gives that at t. A
// machine restored from a snapshot goes on as if nothing had been, and one that
// folds the log with its texts blanked is in the same state.
func TestHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		h := &history{t: rt, l: newLog(t, "summit")}
		docs := map[oplog.Offset]document{0: {}}
		cut := rapid.IntRange(0, 20).Draw(rt, "cut")
		var restored *schedule.Machine
		for i := range 25 {
			h.step()
			docs[h.l.offset] = h.l.doc()
			if i == cut {
				restored = copyOf(rt, h.l.m)
				from := int(h.l.offset)
				defer func() { replay(rt, h.l, restored, from, false) }()
			}
		}
		now := h.l.doc()
		for s, doc := range docs {
			if got := reduce(doc, h.l.m.Since(oplog.Moderator, s)); !same(got, now) {
				rt.Fatalf("from %d to %d: %v\nwant %v", s, h.l.offset, got, now)
			}
		}
		if n := len(h.l.m.Since(oplog.Attendee, h.l.offset)); n != 0 {
			rt.Fatalf("there is news of nothing: %d", n)
		}
		replay(rt, h.l, schedule.New(oplog.MakeTopic(oplog.KindSchedule, "summit")), 0, true)
	})
}

func same(a, b document) bool {
	return maps.EqualFunc(a, b, func(x, y map[string]string) bool { return maps.Equal(x, y) })
}

func copyOf(t *rapid.T, m *schedule.Machine) *schedule.Machine {
	b, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	out := schedule.New(oplog.MakeTopic(oplog.KindSchedule, "summit"))
	if err := out.Restore(b); err != nil {
		t.Fatal(err)
	}
	again, err := out.Snapshot()
	if err != nil || string(again) != string(b) {
		t.Fatalf("a restored machine has another snapshot: %v\n%s\n%s", err, b, again)
	}
	return out
}

// replay folds what came after an offset into another machine, and compares.
func replay(t *rapid.T, l *log, m *schedule.Machine, from int, blank bool) {
	for i := from; i < len(l.entries); i++ {
		c := l.history[i]
		if blank {
			c.Private = nil
		}
		m.Apply(&l.entries[i], &c)
	}
	if m.Digest() != l.m.Digest() {
		t.Fatal("another state after a replay")
	}
	if blank {
		return
	}
	a, _ := json.Marshal(m.Since(oplog.Attendee, 0))
	b, _ := json.Marshal(l.m.Since(oplog.Attendee, 0))
	if string(a) != string(b) {
		t.Fatalf("another document after a replay: %s\nwant %s", a, b)
	}
}

// FuzzApply: no log breaks the machine, and a refused entry leaves no trace.
func FuzzApply(f *testing.F) {
	l := newLog(f, "summit")
	p := summit()
	p.Conference.Start, p.Conference.End = p.Days[0].Start, p.Days[1].End
	for _, raw := range l.parts(p) {
		c := l.prepare(system, string(raw))
		f.Add(c.Type, []byte(c.Args), []byte(c.Private))
	}
	for _, raw := range []string{
		`{"type":"session.move","id":"opening","room":"tent"}`, `{"type":"session.rename","id":"opening","title":"x"}`,
		post(1, "x", 2_000_000_000_000), `{"type":"tick"}`, `{"type":"redact","offsets":[1]}`, `{"type":"conference.set","zone":"UTC"}`,
	} {
		c := l.prepare(system, raw)
		f.Add(c.Type, []byte(c.Args), []byte(c.Private))
	}
	f.Fuzz(func(t *testing.T, kind string, args, private []byte) {
		l := ready(t)
		before := l.m.Digest()
		c := oplog.Command{Type: kind, Actor: system, Args: args, Private: private}
		o := l.apply(c)
		if !o.Accepted() && l.m.Digest() != before {
			t.Fatalf("refused (%s), and yet another state", o.Reason)
		}
		l.bring(summit())
		l.m.Since(oplog.Attendee, 0)
		if b, err := l.m.Snapshot(); err != nil || schedule.New("schedule/summit").Restore(b) != nil {
			t.Fatalf("the snapshot does not restore: %v", err)
		}
	})
}

// FuzzPrepare: no message breaks Prepare, and what it takes it takes again.
func FuzzPrepare(f *testing.F) {
	l := newLog(f, "summit")
	for _, raw := range l.parts(summit()) {
		f.Add([]byte(raw))
	}
	f.Add([]byte(`{"type":"session.move","id":"opening","start":1,"end":2,"room":"tent"}`))
	f.Add([]byte(post(1, "x", 5)))
	f.Add([]byte(`{"type":"conference.set","title":"x","zone":"UTC"}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		c, why := schedule.Prepare(raw, l.key)
		if (why == "") != (c.Type != "") {
			t.Fatalf("%q with the type %q", why, c.Type)
		}
		if again, _ := schedule.Prepare(raw, l.key); string(again.Args) != string(c.Args) || string(again.Private) != string(c.Private) {
			t.Fatal("the same message gives other bytes")
		}
	})
}

// FuzzRestore: no snapshot breaks the machine.
func FuzzRestore(f *testing.F) {
	b, err := ready(f).m.Snapshot()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(b)
	f.Fuzz(func(t *testing.T, state []byte) {
		m := schedule.New("schedule/summit")
		if m.Restore(state) == nil {
			m.Since(oplog.Attendee, 0)
			m.Sessions()
			m.Digest()
		}
	})
}
