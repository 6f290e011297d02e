package schedule_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/schedule"
	"majlis/hub/schedule/frab"
)

var berlin = time.FixedZone("CET", 3600)

// log drives a machine as its topic's loop does.
type log struct {
	t       testing.TB
	m       *schedule.Machine
	key     *oplog.Key
	offset  oplog.Offset
	now     int64
	entries []oplog.Entry
	history []oplog.Command
}

func newLog(t testing.TB, conference string) *log {
	t.Helper()
	key, err := oplog.NewKey(make([]byte, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return &log{t: t, key: key, m: schedule.New(oplog.MakeTopic(oplog.KindSchedule, conference)), now: 1_700_000_000_000}
}

// who may act.
var (
	organiser = oplog.Actor{ID: oplog.ActorID{1}, Role: oplog.Organiser}
	system    = oplog.Actor{ID: oplog.ActorID{2}, Role: oplog.System}
	ann       = oplog.Actor{ID: oplog.ActorID{3}, Role: oplog.Moderator}
	bob       = oplog.Actor{ID: oplog.ActorID{4}, Role: oplog.Moderator}
	attendee  = oplog.Actor{ID: oplog.ActorID{5}, Role: oplog.Attendee}
	screen    = oplog.Actor{ID: oplog.ActorID{6}, Role: oplog.Screen}
)

func scoped(a oplog.Actor, scope string) oplog.Actor {
	a.Scope = scope
	return a
}

// prepare reads a command that must be well-formed.
func (l *log) prepare(who oplog.Actor, raw string) oplog.Command {
	l.t.Helper()
	c, why := schedule.Prepare(json.RawMessage(raw), l.key)
	if why != "" {
		l.t.Fatalf("Prepare refused %.200s: %s", raw, why)
	}
	c.Actor = who
	return c
}

// do gives one command, and checks that the dry run says the same.
func (l *log) do(who oplog.Actor, raw string) oplog.Outcome {
	l.t.Helper()
	return l.apply(l.prepare(who, raw))
}

func (l *log) apply(c oplog.Command) oplog.Outcome {
	l.t.Helper()
	small := len(l.m.Sessions()) < 50 // a digest covers the whole state
	var before [32]byte
	if small {
		before = l.m.Digest()
	}
	dry := l.m.Check(&c, time.UnixMilli(l.now))
	if small && l.m.Digest() != before {
		l.t.Fatalf("the dry run of %s left a trace", c.Type)
	}
	l.offset++
	e := oplog.Entry{Offset: l.offset, Time: l.now, Rules: schedule.Rules, Public: c.EncodePublic(), Sealed: l.key.Seal(c.Private)}
	o := l.m.Apply(&e, &c)
	if dry.Reason != o.Reason || dry.Again != o.Again {
		l.t.Fatalf("%s: the dry run says %+v, the fold %+v", c.Type, dry, o)
	}
	l.entries, l.history = append(l.entries, e), append(l.history, c)
	return o
}

// must gives a command that has to be accepted.
func (l *log) must(who oplog.Actor, raw string) {
	l.t.Helper()
	if o := l.do(who, raw); !o.Accepted() {
		l.t.Fatalf("refused %.200s: %s", raw, o.Reason)
	}
}

// refused gives a command that has to be refused.
func (l *log) refused(why oplog.Reason, who oplog.Actor, raw string) {
	l.t.Helper()
	if o := l.do(who, raw); o.Reason != why {
		l.t.Fatalf("%.200s: %+v, want %s", raw, o, why)
	}
}

// bring imports a programme.
func (l *log) bring(p schedule.Programme) {
	l.t.Helper()
	for _, raw := range l.parts(p) {
		l.must(system, string(raw))
	}
}

func (l *log) parts(p schedule.Programme) []json.RawMessage {
	l.t.Helper()
	n := uint64(l.offset) * 1_000_000_007
	parts, err := schedule.Parts(p, ulid(uint64(l.offset)+1), func() string { n += 97; return schedule.MakeCode(n) })
	if err != nil {
		l.t.Fatal(err)
	}
	return parts
}

// ulid makes an id of a number.
func ulid(n uint64) string { return fmt.Sprintf("01J%023d", n) }

// doc is the whole document.
func (l *log) doc() document { return reduce(nil, l.m.Since(oplog.Attendee, 0)) }

type document map[string]map[string]string

// reduce is what a client does with a patch.
func reduce(doc document, p entity.Patch) document {
	out := document{}
	for kind, all := range doc {
		out[kind] = map[string]string{}
		for id, v := range all {
			out[kind][id] = v
		}
	}
	for kind, all := range p {
		if out[kind] == nil {
			out[kind] = map[string]string{}
		}
		for id, v := range all {
			if string(v) == "null" {
				delete(out[kind], id)
			} else {
				out[kind][id] = string(v)
			}
		}
	}
	for kind := range out {
		if len(out[kind]) == 0 {
			delete(out, kind)
		}
	}
	return out
}

// get reads one field of an entity.
func (d document) get(kind, id, field string) string {
	var e map[string]json.RawMessage
	if json.Unmarshal([]byte(d[kind][id]), &e) != nil {
		return "gone"
	}
	return string(e[field])
}

// summit is a small programme: two days, two rooms, three sessions.
func summit() schedule.Programme {
	at := func(day, hour, min int) time.Time { return time.Date(2026, 12, day, hour, min, 0, 0, berlin) }
	return schedule.Programme{
		Conference: schedule.Conference{ID: "summit", Title: "Summit", Zone: "Europe/Berlin", Version: "1"},
		Days: []schedule.Day{
			{N: 1, Date: "2026-12-01", Start: at(1, 9, 0), End: at(1, 20, 0)},
			{N: 2, Date: "2026-12-02", Start: at(2, 9, 0), End: at(2, 20, 0)},
		},
		Rooms: []schedule.Room{{ID: "hall", Name: "Hall"}, {ID: "tent", Name: "Tent"}},
		Sessions: []schedule.Session{
			{ID: "opening", Title: "Opening", Start: at(1, 10, 0), End: at(1, 11, 0), Room: "hall", Day: 1, Speakers: []string{"Ada"}, Abstract: "All of it.", URL: "https://example.org/1"},
			{ID: "panel", Title: "Panel", Start: at(1, 11, 0), End: at(1, 12, 0), Room: "tent", Day: 1, Track: "Water"},
			{ID: "closing", Title: "Closing", Start: at(2, 16, 0), End: at(2, 17, 0), Room: "hall", Day: 2, Language: "ar"},
		},
	}
}

func ms(day, hour, min int) int64 {
	return time.Date(2026, 12, day, hour, min, 0, 0, berlin).UnixMilli()
}

// congress reads the programme of 38c3, where it is.
func congress(t testing.TB) schedule.Programme {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		f, err := os.Open(filepath.Join(dir, "shared", "testdata", "schedules", "38c3.hub.xml"))
		if err != nil {
			continue
		}
		defer f.Close()
		r, err := frab.Read(f, "38c3.hub.xml", frab.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return r.Programme
	}
	t.Skip("shared/testdata/schedules/38c3.hub.xml is not there: the real files are not part of the repository")
	return schedule.Programme{}
}
