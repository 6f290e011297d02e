package schedule_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/schedule"
)

func TestImport(t *testing.T) {
	t.Run("shows nothing before the commit, and all of it after", func(t *testing.T) {
		l := newLog(t, "summit")
		parts := l.parts(summit())
		for _, raw := range parts[:len(parts)-1] {
			l.must(system, string(raw))
		}
		if d := l.doc(); len(d) != 0 {
			t.Fatalf("half an import is seen: %v", d)
		}
		l.must(system, string(parts[len(parts)-1]))
		d := l.doc()
		if len(d["session"]) != 3 || len(d["room"]) != 2 || len(d["day"]) != 2 || d.get("conference", "_", "zone") != `"Europe/Berlin"` {
			t.Fatalf("not the programme: %v", d)
		}
		s, ok := l.m.Session("opening")
		if !ok || s.Abstract != "All of it." || s.URL != "https://example.org/1" || s.Speakers[0] != "Ada" {
			t.Errorf("the details are not there: %+v", s)
		}
	})
	t.Run("is refused as incomplete when a part is missing", func(t *testing.T) {
		l := newLog(t, "38c3")
		p := big(200)
		parts := l.parts(p)
		if len(parts) < 4 {
			t.Fatalf("want several parts, got %d", len(parts))
		}
		for i, raw := range parts[:len(parts)-1] {
			if i != 1 {
				l.must(system, string(raw))
			}
		}
		l.refused(oplog.Incomplete, system, string(parts[len(parts)-1]))
		if len(l.doc()) != 0 {
			t.Error("something was imported")
		}
		l.must(system, string(parts[1]))
		l.must(system, string(parts[len(parts)-1]))
		if n := len(l.m.Sessions()); n != 200 {
			t.Errorf("%d sessions", n)
		}
	})
	t.Run("says again to what comes again", func(t *testing.T) {
		l := newLog(t, "summit")
		parts := l.parts(summit())
		for range 2 {
			l.must(system, string(parts[0]))
		}
		l.must(system, string(parts[1]))
		for _, raw := range parts {
			if o := l.do(system, string(raw)); !o.Again {
				t.Errorf("%+v", o)
			}
		}
	})
	t.Run("drops what waited when another import begins", func(t *testing.T) {
		l := newLog(t, "summit")
		old := l.parts(summit())
		l.must(system, string(old[0]))
		l.bring(summit())
		l.refused(oplog.Incomplete, system, string(old[len(old)-1]))
	})
	t.Run("is not for moderators", func(t *testing.T) {
		l := newLog(t, "summit")
		for _, raw := range l.parts(summit()) {
			l.refused(oplog.NotAllowed, ann, string(raw))
			l.refused(oplog.NotAllowed, attendee, string(raw))
		}
	})
	t.Run("of the same file changes nothing", func(t *testing.T) {
		l := newLog(t, "summit")
		l.bring(summit())
		at := l.offset
		d, err := schedule.Diff(l.m, summit())
		if err != nil || d.Unchanged != 3 || len(d.Added)+len(d.Moved)+len(d.Edited)+len(d.Cancelled) != 0 {
			t.Errorf("%+v, %v", d, err)
		}
		l.bring(summit())
		if p := l.m.Since(oplog.Attendee, at); p != nil {
			t.Errorf("a patch tells of it: %v", p)
		}
	})
}

// big makes a programme of n sessions with texts.
func big(n int) schedule.Programme {
	p := summit()
	p.Conference.ID, p.Sessions = "38c3", nil
	for i := range n {
		p.Sessions = append(p.Sessions, schedule.Session{
			Key: ulid(uint64(i)), Title: "Talk", Start: time.UnixMilli(ms(1, 10, i%60)), End: time.UnixMilli(ms(1, 12, 0)),
			Room: "hall", Day: 1,
		})
		if n <= 500 {
			p.Sessions[i].Description = strings.Repeat("words ", 200)
		}
	}
	return p
}

func TestReimport(t *testing.T) {
	l := newLog(t, "summit")
	l.bring(summit())
	codes := map[string]string{}
	for _, s := range l.m.Sessions() {
		codes[s.ID] = s.Code
	}
	p := summit()
	p.Sessions = p.Sessions[:2] // closing is gone
	p.Sessions[0].Start, p.Sessions[0].End = p.Sessions[0].Start.Add(30*time.Minute), p.Sessions[0].End.Add(30*time.Minute)
	p.Sessions[1].Title, p.Sessions[1].Room = "The panel", "hall"
	p.Sessions = append(p.Sessions, schedule.Session{ID: "party", Title: "Party", Start: p.Sessions[0].End, End: p.Sessions[0].End.Add(time.Hour), Room: "tent", Day: 1})

	d, err := schedule.Diff(l.m, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Added) != 1 || d.Added[0].ID != "party" || len(d.Moved) != 1 || d.Moved[0].ID != "opening" ||
		len(d.RoomChanged) != 1 || d.RoomChanged[0].Was.Room != "Tent" || d.RoomChanged[0].Now.Room != "Hall" ||
		len(d.Renamed) != 1 || d.Renamed[0].Was != "Panel" || len(d.Cancelled) != 1 || d.Cancelled[0].ID != "closing" || d.Unchanged != 0 {
		t.Fatalf("%+v", d)
	}
	l.bring(p)
	doc := l.doc()
	if got := doc.get("session", "closing", "state"); got != `"cancelled"` {
		t.Errorf("closing is %s", got)
	}
	if got := doc.get("session", "panel", "was"); got != `{"room":"tent","title":"Panel"}` {
		t.Errorf("panel was %s", got)
	}
	for _, s := range l.m.Sessions() {
		if was := codes[s.ID]; was != "" && was != s.Code {
			t.Errorf("%s had the code %s, now %s", s.ID, was, s.Code)
		}
	}
	l.bring(p) // confirms
	if got := l.doc().get("session", "panel", "was"); got != "" {
		t.Errorf("a second import confirms, yet panel was %s", got)
	}
	if d, _ := schedule.Diff(l.m, summit()); len(d.Restored) != 1 || len(d.Cancelled) != 1 {
		t.Errorf("going back: %+v", d)
	}
	l.bring(summit())
	if got := l.doc().get("session", "closing", "state"); got != `"planned"` {
		t.Errorf("closing is %s after it came back", got)
	}
}

func TestEditedSessionsAreTold(t *testing.T) {
	l := newLog(t, "summit")
	l.bring(summit())
	for name, edit := range map[string]func(*schedule.Session){
		"speakers":    func(s *schedule.Session) { s.Speakers = append(s.Speakers, "Bo") },
		"description": func(s *schedule.Session) { s.Description = "More." },
		"track":       func(s *schedule.Session) { s.Track = "X" },
	} {
		p := summit()
		edit(&p.Sessions[0])
		if d, _ := schedule.Diff(l.m, p); len(d.Edited) != 1 || d.Unchanged != 2 {
			t.Errorf("%s: %+v", name, d)
		}
	}
}

func TestCodesAreUnique(t *testing.T) {
	l := newLog(t, "38c3")
	parts, err := schedule.Parts(big(100), ulid(1), func() string { return "222222" })
	if err != nil {
		t.Fatal(err)
	}
	for _, raw := range parts {
		l.must(system, string(raw))
	}
	seen := map[string]bool{}
	for _, s := range l.m.Sessions() {
		if seen[s.Code] || !schedule.ValidCode(s.Code) {
			t.Fatalf("the code %q stands twice or is none", s.Code)
		}
		seen[s.Code] = true
	}
}

func TestPartsKeepTheirLimits(t *testing.T) {
	p := big(60)
	for i := range p.Sessions {
		p.Sessions[i].Abstract = strings.Repeat("\"<&\n ü", 8000) // as bad as JSON gets
		p.Sessions[i].Title = strings.Repeat("\"", 4000)
		p.Sessions[i].Speakers = strings.Split(strings.Repeat(strings.Repeat("\"", 500)+",", 80), ",")
	}
	parts, err := schedule.Parts(p, ulid(1), func() string { return schedule.MakeCode(7) })
	if err != nil {
		t.Fatal(err)
	}
	l := newLog(t, "38c3")
	for _, raw := range parts {
		if len(raw) > schedule.MaxPartBytes {
			t.Fatalf("a part has %d bytes", len(raw))
		}
		l.prepare(system, string(raw))
	}
}

func TestProgrammesBeyondTheLimitsAreRefused(t *testing.T) {
	for name, spoil := range map[string]func(*schedule.Programme){
		"sessions":        func(p *schedule.Programme) { *p = big(schedule.MaxSessions + 1) },
		"rooms":           func(p *schedule.Programme) { p.Rooms = make([]schedule.Room, schedule.MaxRooms+1) },
		"days":            func(p *schedule.Programme) { p.Days = make([]schedule.Day, schedule.MaxDays+1) },
		"no id":           func(p *schedule.Programme) { p.Conference.ID = "Über" },
		"no zone":         func(p *schedule.Programme) { p.Conference.Zone = "" },
		"no such room":    func(p *schedule.Programme) { p.Sessions[0].Room = "cellar" },
		"no such day":     func(p *schedule.Programme) { p.Sessions[0].Day = 7 },
		"end before":      func(p *schedule.Programme) { p.Sessions[0].End = p.Sessions[0].Start },
		"an id twice":     func(p *schedule.Programme) { p.Sessions[0].ID = p.Sessions[1].ID },
		"a room id twice": func(p *schedule.Programme) { p.Rooms[0].ID = p.Rooms[1].ID },
	} {
		p := summit()
		spoil(&p)
		if _, err := schedule.Parts(p, ulid(1), func() string { return "222222" }); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// The programme of 38c3, through the whole way.
func TestCongress(t *testing.T) {
	p := congress(t)
	l := newLog(t, "38c3")
	parts := l.parts(p)
	largest := 0
	for _, raw := range parts {
		largest = max(largest, len(raw))
		l.must(system, string(raw))
	}
	doc, err := json.Marshal(l.m.Since(oplog.Attendee, 0))
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d commands, the largest %d bytes; document %d bytes", len(parts), largest, len(doc))
	if len(doc) > 400_000 {
		t.Errorf("the document has %d bytes", len(doc))
	}
	if d := l.doc(); len(d["session"]) != 1007 || len(d["room"]) != 72 || len(d["day"]) != 4 {
		t.Errorf("%d sessions, %d rooms, %d days", len(d["session"]), len(d["room"]), len(d["day"]))
	}
	for _, s := range l.m.Sessions() {
		if !oplog.ValidID(s.ID) || !strings.HasPrefix(s.ID, "38c3-") {
			t.Fatalf("%q is no id", s.ID)
		}
	}
	at := l.offset
	if d, err := schedule.Diff(l.m, p); err != nil || d.Unchanged != 1007 {
		t.Errorf("the same file: %d unchanged of 1007, %v", d.Unchanged, err)
	}
	l.bring(p)
	if patch := l.m.Since(oplog.Attendee, at); patch != nil {
		t.Errorf("the same file again is told: %d kinds", len(patch))
	}
	edited(t, l, p)
}

// edited imports a copy of the file with known changes.
func edited(t *testing.T, l *log, p schedule.Programme) {
	p.Sessions = append([]schedule.Session(nil), p.Sessions...)
	for i := range 5 {
		p.Sessions[i].Start, p.Sessions[i].End = p.Sessions[i].Start.Add(10*time.Minute), p.Sessions[i].End.Add(10*time.Minute)
	}
	for i := 5; i < 8; i++ {
		p.Sessions[i].Title += " (new)"
	}
	p.Sessions[8].Room = p.Rooms[len(p.Rooms)-1].ID
	added := p.Sessions[9]
	added.Key = "guid:new"
	p.Sessions = append(p.Sessions[:1005], added) // two gone, one new
	d, err := schedule.Diff(l.m, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Moved) != 5 || len(d.Renamed) != 3 || len(d.RoomChanged) != 1 || len(d.Added) != 1 || len(d.Cancelled) != 2 || d.Unchanged != 1005-9 {
		t.Errorf("moved %d, renamed %d, rooms %d, added %d, cancelled %d, unchanged %d",
			len(d.Moved), len(d.Renamed), len(d.RoomChanged), len(d.Added), len(d.Cancelled), d.Unchanged)
	}
	at := l.offset
	l.bring(p)
	if n := len(l.m.Since(oplog.Attendee, at)["session"]); n != 5+3+1+1+2 {
		t.Errorf("the patch tells of %d sessions", n)
	}
}
