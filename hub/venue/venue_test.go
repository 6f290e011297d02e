package venue_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/pass"
	"majlis/hub/schedule"
	"majlis/hub/schedule/frab"
	"majlis/hub/venue"
)

// start runs a hub with a venue on a store, and a conference of two rooms that
// begins in an hour.
func start(t *testing.T, store *memlog.Log) (v *venue.Venue, stop func()) {
	t.Helper()
	signer, err := pass.NewSigner(bytes.Repeat([]byte{1}, pass.SecretSize))
	if err != nil {
		t.Fatal(err)
	}
	trouble := func(topic oplog.Topic, err error) { t.Errorf("%s in trouble: %v", topic, err) }
	v = venue.New(store, signer, "http://127.0.0.1:8080")
	h := hub.New(hub.Config{
		Store: store, Kinds: venue.Kinds(), Observer: metrics.New("test"), Folded: v.Folded, Trouble: trouble,
	})
	v.Attach(h)
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 2)
	go func() { ended <- h.Run(ctx) }()
	if err := v.Load(t.Context(), trouble); err != nil {
		t.Fatal(err)
	}
	go func() { ended <- v.Run(ctx, trouble) }()
	return v, func() {
		cancel()
		if err := errors.Join(<-ended, <-ended); err != nil {
			t.Errorf("ended with %v", err)
		}
	}
}

func programme(begin time.Time) schedule.Programme {
	p := schedule.Programme{
		Conference: schedule.Conference{ID: "summit", Title: "Summit", Zone: "UTC", Start: begin, End: begin.Add(8 * time.Hour)},
		Days:       []schedule.Day{{N: 1, Date: begin.Format(time.DateOnly), Start: begin, End: begin.Add(8 * time.Hour)}},
		Rooms:      []schedule.Room{{ID: "hall", Name: "Hall"}, {ID: "lab", Name: "Lab"}},
	}
	for i, room := range []string{"hall", "lab", "hall"} {
		at := begin.Add(time.Duration(i/2) * time.Hour)
		id := []string{"opening", "workshop", "closing"}[i]
		p.Sessions = append(p.Sessions, schedule.Session{
			Key: id, ID: id, Title: "The " + id, Start: at, End: at.Add(50 * time.Minute), Room: room, Day: 1,
		})
	}
	return p
}

func say(t *testing.T, v *venue.Venue, topic oplog.Topic, role oplog.Role, command string) {
	t.Helper()
	if err := v.Say(t.Context(), topic, "pass:chair", role, json.RawMessage(command)); err != nil {
		t.Fatalf("%s: %v", command, err)
	}
}

func live(v *venue.Venue) string {
	var out []string
	for _, it := range v.Sessions("summit") {
		if it.Live {
			out = append(out, it.ID)
		}
	}
	return strings.Join(out, " ")
}

// simulate runs a test in simulated time with the conference an hour ahead.
func simulate(t *testing.T, f func(t *testing.T, v *venue.Venue)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		v, stop := start(t, memlog.New())
		defer stop()
		if err := v.Bring(t.Context(), programme(time.Now().Add(time.Hour)), ""); err != nil {
			t.Fatal(err)
		}
		f(t, v)
	})
}

func TestUsher(t *testing.T) {
	const autoOpen = `{"type":"settings.set","autoopen":true}`
	t.Run("OpensBoardsTenMinutesAhead", func(t *testing.T) {
		simulate(t, func(t *testing.T, v *venue.Venue) {
			say(t, v, "conference/summit", oplog.Organiser, autoOpen)
			time.Sleep(49 * time.Minute)
			if got := live(v); got != "" {
				t.Errorf("11 minutes ahead these are open: %s", got)
			}
			time.Sleep(time.Minute + 5*time.Second)
			if got := live(v); got != "opening workshop" {
				t.Errorf("10 minutes ahead these are open: %s", got)
			}
		})
	})
	t.Run("LeavesThemAloneUnlessTheConferenceSaysSo", func(t *testing.T) {
		simulate(t, func(t *testing.T, v *venue.Venue) {
			time.Sleep(90 * time.Minute)
			if got := live(v); got != "" {
				t.Errorf("these are open: %s", got)
			}
		})
	})
	t.Run("LeavesClosedWhatAModeratorClosed", func(t *testing.T) {
		simulate(t, func(t *testing.T, v *venue.Venue) {
			say(t, v, "conference/summit", oplog.Organiser, autoOpen)
			say(t, v, "session/workshop", oplog.Moderator, `{"type":"board.open"}`)
			say(t, v, "session/workshop", oplog.Moderator, `{"type":"board.close"}`)
			time.Sleep(55 * time.Minute)
			if got := live(v); got != "opening" {
				t.Errorf("these are open: %s", got)
			}
		})
	})
}

func TestJoin(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		code := v.Conferences()[0].Code
		workshop, _ := v.Item("workshop")
		if f, ok := v.Join(" " + strings.ToLower(workshop.Code) + " "); !ok || f.Session != "workshop" {
			t.Errorf("the session's code opens %+v", f)
		}
		if f, ok := v.Join(code); !ok || f.Conference != "summit" || f.Session != "" {
			t.Errorf("with nothing live the conference's code opens %+v", f)
		}
		say(t, v, "session/opening", oplog.Moderator, `{"type":"board.open"}`)
		if f, _ := v.Join(code); f.Session != "opening" {
			t.Errorf("with one live session the conference's code opens %+v", f)
		}
		say(t, v, "session/workshop", oplog.Moderator, `{"type":"board.open"}`)
		if f, _ := v.Join(code); f.Session != "" {
			t.Errorf("with two live sessions the conference's code opens %+v", f)
		}
		if _, ok := v.Join("ZZZZZZ"); ok {
			t.Error("a code of nobody opens something")
		}
	})
}

func TestReach(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		for _, c := range []struct {
			scope string
			topic oplog.Topic
			want  bool
		}{
			{"conference/summit", "session/opening", true},
			{"room/hall", "session/opening", true},
			{"room/hall", "session/closing", true},
			{"room/lab", "session/opening", false},
			{"session/opening", "session/opening", true},
			{"session/opening", "session/closing", false},
			{"session/opening", "schedule/summit", true},
			{"planet/earth", "session/opening", false},
		} {
			if got := v.Covers("summit", c.scope, c.topic); got != c.want {
				t.Errorf("%s reaches %s: %t", c.scope, c.topic, got)
			}
		}
		if v.Covers("other", "conference/other", "session/opening") {
			t.Error("a pass of another conference reaches")
		}
		say(t, v, "session/closing", oplog.Moderator, `{"type":"board.open"}`)
		door := v.Door(pass.Claims{Role: oplog.Moderator, Conference: "summit", Scope: "room/hall"})
		if door != "/m/closing" {
			t.Errorf("a room's moderator comes to %s, not to what is live there", door)
		}
	})
}

func TestMint(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		link, err := v.Mint(t.Context(), venue.Wanted{Role: oplog.Moderator, Scope: "session/opening", Label: "Stage"})
		if err != nil || !strings.HasPrefix(link.Link, "http://127.0.0.1:8080/enter#") {
			t.Fatalf("%+v, %v", link, err)
		}
		if !v.PassGood("summit", link.ID) {
			t.Error("a fresh access link is not good")
		}
		if err := v.Revoke(t.Context(), link.ID); err != nil || v.PassGood("summit", link.ID) {
			t.Errorf("revoked: %v, still good: %t", err, v.PassGood("summit", link.ID))
		}
		for name, w := range map[string]venue.Wanted{
			"no such session":    {Role: oplog.Moderator, Scope: "session/nowhere"},
			"no such room":       {Role: oplog.Moderator, Conference: "summit", Scope: "room/nowhere"},
			"no such conference": {Role: oplog.Moderator, Scope: "conference/nowhere"},
			"part of a whole":    {Role: oplog.Organiser, Scope: "session/opening"},
			"for ever":           {Role: oplog.Moderator, Hours: 10 * 365 * 24},
		} {
			if link, err := v.Mint(t.Context(), w); err == nil {
				t.Errorf("%s: got a link %+v", name, link)
			}
		}
	})
}

// TestListTellsWhatWasOpened: a session that was over before its time has results.
func TestListTellsWhatWasOpened(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		say(t, v, "session/opening", oplog.Moderator, `{"type":"board.open"}`)
		say(t, v, "session/opening", oplog.Moderator, `{"type":"board.close"}`)
		for _, it := range v.Sessions("summit") {
			if it.Live || it.Opened != (it.ID == "opening") {
				t.Errorf("%s: live %t, opened %t", it.ID, it.Live, it.Opened)
			}
		}
	})
}

func TestExport(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		say(t, v, "schedule/summit", oplog.Organiser, `{"type":"announcement.post","id":"01J00000000000000000000001","text":"Lunch is late"}`)
		say(t, v, "session/opening", oplog.Moderator, `{"type":"board.open"}`)
		all, err := v.Export(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		b, err := json.Marshal(all)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range []string{"Lunch is late", `"name":"Lab"`, "The closing", `"live":true`} {
			if !strings.Contains(string(b), want) {
				t.Errorf("the export lacks %s", want)
			}
		}
	})
}

const file = `<schedule><version>1</version><conference><acronym>summit</acronym><title>Summit</title>
<start>2026-12-01</start><end>2026-12-01</end><time_zone_name>UTC</time_zone_name></conference>
<day index="1" date="2026-12-01"><room name="Hall"><event id="1" guid="g-1">
<date>2026-12-01T09:00:00+00:00</date><start>09:00</start><duration>01:00</duration><title>A talk</title>
</event></room></day></schedule>`

func TestImport(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, stop := start(t, memlog.New())
		defer stop()
		up := venue.Upload{File: "summit.xml", Body: []byte(file), Dry: true}
		r, err := v.Import(t.Context(), up)
		if err != nil || r.Sessions != 1 || len(r.Diff.Added) != 1 || r.Applied {
			t.Fatalf("dry: %+v, %v", r, err)
		}
		if len(v.Conferences()) != 0 {
			t.Fatal("a dry run made a conference")
		}
		up.Dry = false
		if r, err = v.Import(t.Context(), up); err != nil || !r.Applied || len(v.Sessions("summit")) != 1 {
			t.Fatalf("import: %+v, %v", r, err)
		}
		code := v.Sessions("summit")[0].Code
		up.Body = []byte(strings.Replace(file, ">A talk<", ">Another title<", 1))
		if r, err = v.Import(t.Context(), up); err != nil || len(r.Diff.Renamed) != 1 {
			t.Fatalf("again: %+v, %v", r.Diff, err)
		}
		if it := v.Sessions("summit")[0]; it.Code != code || it.Title != "Another title" {
			t.Errorf("after the second import: %+v, code was %s", it, code)
		}
		up.Body = []byte(file[:200])
		var refused *frab.Error
		if _, err := v.Import(t.Context(), up); !errors.As(err, &refused) || refused.Line == 0 {
			t.Errorf("half a file: %v", err)
		}
		if it := v.Sessions("summit")[0]; it.Title != "Another title" {
			t.Errorf("half a file changed %+v", it)
		}
	})
}
