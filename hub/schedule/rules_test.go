package schedule_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/schedule"
)

func ready(t testing.TB) *log {
	l := newLog(t, "summit")
	l.bring(summit())
	return l
}

func TestMove(t *testing.T) {
	t.Run("keeps the duration when only the start is said", func(t *testing.T) {
		l := ready(t)
		l.must(ann, fmt.Sprintf(`{"type":"session.move","id":"opening","start":%d}`, ms(1, 10, 15)))
		d := l.doc()
		if d.get("session", "opening", "end") != fmt.Sprint(ms(1, 11, 15)) {
			t.Errorf("ends at %s", d.get("session", "opening", "end"))
		}
		if got, want := d.get("session", "opening", "was"), fmt.Sprintf(`{"start":%d,"end":%d}`, ms(1, 10, 0), ms(1, 11, 0)); got != want {
			t.Errorf("was %s, want %s", got, want)
		}
	})
	t.Run("forgets what was when it goes back", func(t *testing.T) {
		l := ready(t)
		l.must(ann, `{"type":"session.move","id":"opening","room":"tent"}`)
		l.must(ann, `{"type":"session.move","id":"opening","room":"hall"}`)
		if got := l.doc().get("session", "opening", "was"); got != "" {
			t.Errorf("was %s", got)
		}
	})
	t.Run("to another day changes the day", func(t *testing.T) {
		l := ready(t)
		l.must(ann, fmt.Sprintf(`{"type":"session.move","id":"opening","start":%d}`, ms(2, 10, 0)))
		if got := l.doc().get("session", "opening", "day"); got != "2" {
			t.Errorf("day %s", got)
		}
	})
	t.Run("is confirmed by an import that says the same", func(t *testing.T) {
		l := ready(t)
		l.must(ann, `{"type":"session.move","id":"opening","room":"tent"}`)
		p := summit()
		p.Sessions[0].Room = "tent"
		l.bring(p)
		if got := l.doc().get("session", "opening", "was"); got != "" {
			t.Errorf("was %s", got)
		}
	})
	t.Run("is refused where it makes no sense", func(t *testing.T) {
		l := ready(t)
		l.refused(oplog.NotFound, ann, `{"type":"session.move","id":"nobody","room":"tent"}`)
		l.refused(oplog.NotFound, ann, `{"type":"session.move","id":"opening","room":"cellar"}`)
		l.refused(oplog.BadTime, ann, fmt.Sprintf(`{"type":"session.move","id":"opening","end":%d}`, ms(1, 9, 0)))
	})
	t.Run("again changes nothing", func(t *testing.T) {
		l := ready(t)
		l.must(ann, `{"type":"session.move","id":"opening","room":"tent"}`)
		if o := l.do(ann, `{"type":"session.move","id":"opening","room":"tent"}`); !o.Again {
			t.Errorf("%+v", o)
		}
	})
}

func TestACommandThatComesLateIsKnown(t *testing.T) {
	l := ready(t)
	send := func(n uint64, raw string) oplog.Outcome {
		c := l.prepare(ann, raw)
		c.Device, c.N = oplog.Device{9}, n
		return l.apply(c)
	}
	send(2, `{"type":"session.move","id":"opening","room":"tent"}`)
	if o := send(1, `{"type":"session.move","id":"opening","room":"hall"}`); !o.Again {
		t.Errorf("an older command of the same tab: %+v", o)
	}
	if o := send(3, `{"type":"session.cancel","id":"opening","on":true}`); !o.Accepted() || o.Again {
		t.Errorf("another register: %+v", o)
	}
	if got := l.doc().get("session", "opening", "room"); got != `"tent"` {
		t.Errorf("it is in %s", got)
	}
}

func TestNobodyOverwritesWhatTheyHaveNotSeen(t *testing.T) {
	l := ready(t)
	seen := l.offset
	l.must(ann, `{"type":"session.move","id":"opening","room":"tent"}`)
	late := func(who oplog.Actor, raw string) oplog.Outcome {
		c := l.prepare(who, raw)
		c.Seen = seen
		return l.apply(c)
	}
	if o := late(bob, fmt.Sprintf(`{"type":"session.move","id":"opening","start":%d}`, ms(1, 10, 5))); o.Reason != oplog.Changed {
		t.Errorf("%+v", o)
	}
	if o := late(bob, `{"type":"session.rename","id":"opening","title":"Hello"}`); !o.Accepted() {
		t.Errorf("another field: %+v", o)
	}
	if o := late(ann, `{"type":"session.move","id":"opening","room":"hall"}`); !o.Accepted() {
		t.Errorf("one's own change: %+v", o)
	}
}

func TestReach(t *testing.T) {
	const move, post, rename = `{"type":"session.move","id":"opening","room":"tent"}`,
		`{"type":"announcement.post","id":"01ARZ3NDEKTSV4RRFFQ69G5FAV","text":"x"%s}`, `{"type":"room.rename","id":"hall","name":"Big hall"}`
	const cancel = `{"type":"session.cancel","id":"opening","on":true}`
	for _, c := range []struct {
		who  oplog.Actor
		raw  string
		want oplog.Reason
	}{
		{attendee, cancel, oplog.NotAllowed},
		{screen, cancel, oplog.NotAllowed},
		{scoped(attendee, "session/opening"), cancel, oplog.NotAllowed},
		{organiser, cancel, ""},
		{oplog.Actor{Role: oplog.Operator}, cancel, ""},
		{ann, cancel, ""},
		{scoped(ann, "conference/summit"), cancel, ""},
		{scoped(ann, "conference/other"), cancel, oplog.NotAllowed},
		{scoped(ann, "session/opening"), cancel, ""},
		{scoped(ann, "session/panel"), cancel, oplog.NotAllowed},
		{scoped(ann, "session/panel"), `{"type":"session.cancel","id":"nobody","on":true}`, oplog.NotAllowed},
		{scoped(ann, "room/hall"), cancel, ""},
		{scoped(ann, "room/tent"), cancel, oplog.NotAllowed},
		{scoped(ann, "room/hall"), move, oplog.NotAllowed},
		{scoped(ann, "session/opening"), move, ""},
		{scoped(ann, "room/hall"), rename, ""},
		{scoped(ann, "session/opening"), rename, oplog.NotAllowed},
		{scoped(ann, "room/hall"), fmt.Sprintf(post, ""), oplog.NotAllowed},
		{scoped(ann, "room/hall"), fmt.Sprintf(post, `,"room":"hall"`), ""},
		{scoped(ann, "room/hall"), fmt.Sprintf(post, `,"room":"tent"`), oplog.NotAllowed},
		{scoped(ann, "room/hall"), fmt.Sprintf(post, `,"session":"opening"`), ""},
		{scoped(ann, "session/opening"), fmt.Sprintf(post, `,"session":"opening"`), ""},
		{scoped(ann, "session/opening"), fmt.Sprintf(post, `,"session":"panel"`), oplog.NotAllowed},
		{ann, `{"type":"conference.set","title":"New"}`, ""},
		{scoped(ann, "room/hall"), `{"type":"conference.set","title":"New"}`, oplog.NotAllowed},
		{organiser, `{"type":"tick"}`, oplog.NotAllowed},
	} {
		l := ready(t)
		if o := l.do(c.who, c.raw); o.Reason != c.want {
			t.Errorf("%s of %q, %s: %q, want %q", c.who.Role, c.who.Scope, c.raw, o.Reason, c.want)
		}
	}
}

func post(n uint64, text string, until int64) string {
	b, _ := json.Marshal(map[string]any{"type": "announcement.post", "id": ulid(n), "text": text, "until": until})
	return string(b)
}

func TestAnnouncements(t *testing.T) {
	t.Run("go when their time is over", func(t *testing.T) {
		l := ready(t)
		l.must(ann, post(1, "Soon", l.now+60_000))
		l.must(ann, post(2, "Later", l.now+120_000))
		at, ok := l.m.Deadline()
		if !ok || at.UnixMilli() != l.now+60_000 {
			t.Fatalf("the deadline is %v, %v", at, ok)
		}
		l.refused(oplog.WrongState, system, `{"type":"tick"}`)
		l.now += 60_000
		l.must(system, `{"type":"tick"}`)
		l.refused(oplog.WrongState, system, `{"type":"tick"}`)
		if d := l.doc(); len(d["announcement"]) != 1 || d["announcement"][ulid(2)] == "" {
			t.Errorf("%v", d["announcement"])
		}
	})
	t.Run("make room, the oldest first", func(t *testing.T) {
		l := ready(t)
		for n := range uint64(schedule.MaxAnnouncements + 3) {
			l.must(ann, fmt.Sprintf(`{"type":"announcement.post","id":%q,"text":"x"}`, ulid(n)))
		}
		d := l.doc()["announcement"]
		if len(d) != schedule.MaxAnnouncements || d[ulid(2)] != "" || d[ulid(3)] == "" {
			t.Errorf("%d announcements", len(d))
		}
	})
	t.Run("are posted once, and do not come back", func(t *testing.T) {
		l := ready(t)
		l.must(ann, post(1, "Hello", l.now+1000))
		if o := l.do(ann, post(1, "Hello", l.now+1000)); !o.Again {
			t.Errorf("%+v", o)
		}
		l.refused(oplog.Exists, bob, post(1, "Other", l.now+1000))
		l.must(bob, fmt.Sprintf(`{"type":"announcement.withdraw","id":%q}`, ulid(1)))
		if o := l.do(ann, post(1, "Hello", l.now+1000)); !o.Again {
			t.Errorf("%+v", o)
		}
		if len(l.doc()["announcement"]) != 0 {
			t.Error("it came back")
		}
	})
	t.Run("are refused for the past and for nobody", func(t *testing.T) {
		l := ready(t)
		l.refused(oplog.BadTime, ann, post(1, "x", l.now))
		l.refused(oplog.NotFound, ann, fmt.Sprintf(`{"type":"announcement.post","id":%q,"text":"x","room":"cellar"}`, ulid(2)))
	})
}

func TestRedact(t *testing.T) {
	l := ready(t)
	l.must(ann, post(1, "a telephone number", l.now+1000))
	at := l.offset
	l.refused(oplog.NotAllowed, ann, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at))
	l.refused(oplog.NotFound, organiser, `{"type":"redact","offsets":[999]}`)
	o := l.do(organiser, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at))
	if len(o.Blank) != 1 || o.Blank[0] != at {
		t.Fatalf("%+v", o)
	}
	if len(l.doc()["announcement"]) != 0 {
		t.Error("it is still there")
	}
	if o := l.do(organiser, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, at)); !o.Again {
		t.Errorf("%+v", o)
	}
	l.must(organiser, `{"type":"redact","offsets":[1]}`) // the import's part
	if got := l.doc().get("session", "opening", "title"); got != `""` {
		t.Errorf("the title is %s", got)
	}
	l.bring(summit())
	if got := l.doc().get("session", "opening", "title"); got != `"Opening"` {
		t.Errorf("after the next import the title is %s", got)
	}
}

func TestNowAndNext(t *testing.T) {
	l := ready(t)
	at := time.UnixMilli(ms(1, 11, 0))
	if now := l.m.Now(at, ""); len(now) != 1 || now[0].ID != "panel" {
		t.Errorf("now: %+v", now)
	}
	if now := l.m.Now(at, "hall"); len(now) != 0 {
		t.Errorf("now in the hall: %+v", now)
	}
	if next, ok := l.m.Next(at, "hall"); !ok || next.ID != "closing" {
		t.Errorf("next in the hall: %+v", next)
	}
	l.must(ann, `{"type":"session.cancel","id":"closing","on":true}`)
	if next, ok := l.m.Next(at, ""); ok {
		t.Errorf("next: %+v", next)
	}
}

func TestCancelledSessionsMakeRoom(t *testing.T) {
	l := newLog(t, "38c3")
	l.bring(big(3000))
	p := big(5000)
	p.Sessions = p.Sessions[1000:]
	l.bring(p)
	if n := len(l.m.Sessions()); n != 5000 {
		t.Fatalf("%d sessions", n)
	}
	for i := range p.Sessions {
		p.Sessions[i].Key += "x"
	}
	l.bring(p)
	if n := len(l.m.Sessions()); n != schedule.MaxSessions {
		t.Errorf("%d sessions", n)
	}
}

func TestPrepareRefuses(t *testing.T) {
	l := newLog(t, "summit")
	for raw, want := range map[string]oplog.Reason{
		`{"type":"session.move","id":"a","start":1,"x":1}`:                                              oplog.BadCommand,
		`{"type":"session.move","id":"a"}`:                                                              oplog.BadCommand,
		`{"type":"session.move","id":"A B","room":"r"}`:                                                 oplog.BadCommand,
		`{"type":"session.move","id":"a","start":-5}`:                                                   oplog.BadTime,
		`{"type":"session.move","id":"a","start":1.5}`:                                                  oplog.BadCommand,
		`{"type":"session.move","id":"a","start":"10:00"}`:                                              oplog.BadCommand,
		`{"type":"session.cancel","id":"a"}`:                                                            oplog.BadCommand,
		`{"type":"session.rename","id":"a","title":" \u202e "}`:                                         oplog.BadText,
		`{"type":"session.rename","id":"a","title":"` + strings.Repeat("x", 1001) + `"}`:                oplog.TooLong,
		`{"type":"announcement.post","id":"` + ulid(1) + `","text":"` + strings.Repeat("é", 501) + `"}`: oplog.TooLong,
		`{"type":"announcement.post","id":"short","text":"x"}`:                                          oplog.BadCommand,
		`{"type":"conference.set"}`:                                                                     oplog.BadCommand,
		`{"type":"conference.set","zone":"Nowhere; drop"}`:                                              oplog.BadCommand,
		`{"type":"session.nonsense"}`:                                                                   oplog.BadCommand,
		`{"type":"tick"} {}`:                                                                            oplog.BadCommand,
		`{"type":"tick","pad":"` + strings.Repeat("x", 9000) + `"}`:                                     oplog.TooBig,
		`{"type":"import.part","import":"` + ulid(1) + `","part":0}`:                                    oplog.BadCommand,
		`{"type":"redact","offsets":[]}`:                                                                oplog.BadCommand,
	} {
		if _, why := schedule.Prepare(json.RawMessage(raw), l.key); why != want {
			t.Errorf("%.120s: %q, want %q", raw, why, want)
		}
	}
}

func TestTextsStayOutOfThePublicPart(t *testing.T) {
	l := newLog(t, "summit")
	raws := []string{`{"type":"session.rename","id":"a","title":"Secret"}`, post(1, "Secret", 5_000), `{"type":"conference.set","title":"Secret"}`}
	p := summit()
	p.Sessions[0].Title, p.Sessions[0].Speakers, p.Conference.Title, p.Rooms[0].Name = "Secret", []string{"Secret"}, "Secret", "Secret"
	for _, raw := range l.parts(p) {
		raws = append(raws, string(raw))
	}
	for _, raw := range raws {
		c := l.prepare(ann, raw)
		if strings.Contains(string(c.Args), "Secret") || !strings.Contains(string(c.Private), "Secret") {
			t.Errorf("%s: args %.200s", c.Type, c.Args)
		}
	}
}
