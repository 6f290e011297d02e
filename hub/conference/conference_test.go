package conference_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"majlis/hub"
	"majlis/hub/conference"
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

var _ hub.Machine = (*conference.Machine)(nil)

const topic = oplog.Topic("conference/summit")

var (
	organiser = oplog.Actor{ID: oplog.ActorID{1}, Role: oplog.Organiser}
	other     = oplog.Actor{ID: oplog.ActorID{2}, Role: oplog.Organiser}
	system    = oplog.Actor{ID: oplog.ActorID{3}, Role: oplog.System}
	moderator = oplog.Actor{ID: oplog.ActorID{4}, Role: oplog.Moderator}
	attendee  = oplog.Actor{ID: oplog.ActorID{5}, Role: oplog.Attendee}
)

// log drives a machine as its topic's loop does.
type log struct {
	t       testing.TB
	m       *conference.Machine
	key     *oplog.Key
	offset  oplog.Offset
	now     int64
	entries []oplog.Entry
	history []oplog.Command
}

func newLog(t testing.TB) *log {
	t.Helper()
	key, err := oplog.NewKey(make([]byte, oplog.KeySize))
	if err != nil {
		t.Fatal(err)
	}
	return &log{t: t, key: key, m: conference.New(topic), now: 1_700_000_000_000}
}

func (l *log) prepare(who oplog.Actor, raw string) oplog.Command {
	l.t.Helper()
	c, why := conference.Prepare(json.RawMessage(raw), l.key)
	if why != "" {
		l.t.Fatalf("Prepare refused %s: %s", raw, why)
	}
	c.Actor = who
	return c
}

func (l *log) do(who oplog.Actor, raw string) oplog.Outcome {
	l.t.Helper()
	return l.apply(l.prepare(who, raw))
}

func (l *log) apply(c oplog.Command) oplog.Outcome {
	l.t.Helper()
	if len(l.m.Passes()) > 50 { // a digest covers the whole state
		return l.fold(c)
	}
	before := l.m.Digest()
	dry := l.m.Check(&c, time.UnixMilli(l.now))
	if l.m.Digest() != before {
		l.t.Fatalf("the dry run of %s left a trace", c.Type)
	}
	o := l.fold(c)
	if dry.Reason != o.Reason || dry.Again != o.Again {
		l.t.Fatalf("%s: the dry run says %+v, the fold %+v", c.Type, dry, o)
	}
	if !o.Accepted() && l.m.Digest() != before {
		l.t.Fatalf("%s was refused and left a trace", c.Type)
	}
	return o
}

func (l *log) fold(c oplog.Command) oplog.Outcome {
	l.offset++
	e := oplog.Entry{Offset: l.offset, Time: l.now}
	l.entries, l.history = append(l.entries, e), append(l.history, c)
	return l.m.Apply(&e, &c)
}

func (l *log) want(why oplog.Reason, who oplog.Actor, raw string) {
	l.t.Helper()
	if o := l.do(who, raw); o.Reason != why || o.Again {
		l.t.Fatalf("%s: %+v, want %q", raw, o, why)
	}
}

func issue(id string, until int64) string {
	return fmt.Sprintf(`{"type":"pass.issue","id":%q,"role":"moderator","scope":"room/hall","label":"Ann","until":%d}`, id, until)
}

type document map[string]string

// reduce is what a client does with a patch.
func reduce(doc document, p entity.Patch) document {
	out := document{}
	maps.Copy(out, doc)
	for kind, all := range p {
		for id, v := range all {
			if string(v) == "null" {
				delete(out, kind+" "+id)
			} else {
				out[kind+" "+id] = string(v)
			}
		}
	}
	return out
}

func TestSettings(t *testing.T) {
	l := newLog(t)
	if got := reduce(nil, l.m.Since(oplog.Attendee, 0))["settings _"]; got != `{"code":"","autoopen":false}` {
		t.Errorf("at first: %s", got)
	}
	l.want(oplog.NotAllowed, organiser, `{"type":"settings.set","code":"ABC234"}`)
	l.want("", system, `{"type":"settings.set","code":"abc234"}`)
	l.want(oplog.Exists, system, `{"type":"settings.set","code":"XYZ234"}`)
	l.want(oplog.NotAllowed, moderator, `{"type":"settings.set","autoopen":true}`)
	l.want(oplog.NotAllowed, attendee, `{"type":"settings.set","autoopen":true}`)
	l.want("", organiser, `{"type":"settings.set","autoopen":true,"title":" The \u202esummit "}`)
	if l.m.Code() != "ABC234" || !l.m.AutoOpen() || l.m.Title() != "The summit" {
		t.Errorf("%q, %v, %q", l.m.Code(), l.m.AutoOpen(), l.m.Title())
	}
	if o := l.do(organiser, `{"type":"settings.set","autoopen":true}`); !o.Again {
		t.Errorf("%+v", o)
	}
	c := l.prepare(other, `{"type":"settings.set","autoopen":false}`)
	c.Seen = 2
	if o := l.apply(c); o.Reason != oplog.Changed {
		t.Errorf("overwrites what was not seen: %+v", o)
	}
}

func TestACommandThatComesLateIsKnown(t *testing.T) {
	l := newLog(t)
	send := func(n uint64, on bool) oplog.Outcome {
		c := l.prepare(organiser, fmt.Sprintf(`{"type":"settings.set","autoopen":%t}`, on))
		c.Device, c.N = oplog.Device{7}, n
		return l.apply(c)
	}
	send(2, true)
	if o := send(1, false); !o.Again || !l.m.AutoOpen() {
		t.Errorf("%+v", o)
	}
	if o := send(3, false); o.Again || l.m.AutoOpen() {
		t.Errorf("%+v", o)
	}
}

func TestPasses(t *testing.T) {
	t.Run("are seen by staff alone", func(t *testing.T) {
		l := newLog(t)
		l.want("", system, issue("p1", l.now+1000))
		for role, want := range map[oplog.Role]int{
			oplog.Attendee: 0, oplog.Screen: 0, oplog.Moderator: 1, oplog.Organiser: 1, oplog.Operator: 1,
		} {
			if got := len(l.m.Since(role, 0)["pass"]); got != want {
				t.Errorf("%s sees %d", role, got)
			}
		}
		if l.m.Since(oplog.Attendee, 0+1) != nil {
			t.Error("attendees hear of it")
		}
	})
	t.Run("are issued by the hub alone", func(t *testing.T) {
		l := newLog(t)
		l.want(oplog.NotAllowed, organiser, issue("p1", l.now+1000))
	})
	t.Run("are revoked for good", func(t *testing.T) {
		l := newLog(t)
		l.want("", system, issue("p1", l.now+1000))
		l.want(oplog.NotFound, organiser, `{"type":"pass.revoke","id":"p2"}`)
		l.want(oplog.NotAllowed, moderator, `{"type":"pass.revoke","id":"p1"}`)
		if known, revoked := l.m.Revoked("p1"); !known || revoked {
			t.Errorf("%v %v", known, revoked)
		}
		l.want("", organiser, `{"type":"pass.revoke","id":"p1"}`)
		if known, revoked := l.m.Revoked("p1"); !known || !revoked {
			t.Errorf("%v %v", known, revoked)
		}
		if o := l.do(organiser, `{"type":"pass.revoke","id":"p1"}`); !o.Again {
			t.Errorf("%+v", o)
		}
		if o := l.do(system, issue("p1", l.now+1000)); !o.Again {
			t.Errorf("%+v", o)
		}
		if _, revoked := l.m.Revoked("p1"); !revoked {
			t.Error("issuing it again made it good")
		}
		l.want(oplog.Exists, system, issue("p1", l.now+2000))
		if known, _ := l.m.Revoked("p9"); known {
			t.Error("an unknown pass is known")
		}
	})
	t.Run("leave when they have expired", func(t *testing.T) {
		l := newLog(t)
		l.want(oplog.BadTime, system, issue("p0", l.now))
		l.want("", system, issue("p1", l.now+1000))
		if at, ok := l.m.Deadline(); !ok || at.UnixMilli() != l.now+1000 {
			t.Errorf("the deadline is %v %v", at, ok)
		}
		l.want(oplog.WrongState, system, `{"type":"tick"}`)
		l.now += 1000
		l.want("", system, `{"type":"tick"}`)
		l.want(oplog.WrongState, system, `{"type":"tick"}`)
		if len(l.m.Passes()) != 0 {
			t.Error("it is still there")
		}
	})
	t.Run("make room when they have expired", func(t *testing.T) {
		l := newLog(t)
		for n := range conference.MaxPasses {
			l.apply(l.prepare(system, issue(fmt.Sprint("p", n), l.now+1000+int64(n))))
		}
		l.want(oplog.TooMany, system, issue("q", l.now+5000))
		l.now += 1001
		l.want("", system, issue("q", l.now+5000))
		if n := len(l.m.Passes()); n != conference.MaxPasses-1 {
			t.Errorf("%d passes", n)
		}
	})
}

func TestLabelsAreBlanked(t *testing.T) {
	l := newLog(t)
	l.want("", system, issue("p1", l.now+1000))
	if o := l.do(organiser, `{"type":"redact","offsets":[1]}`); len(o.Blank) != 1 || l.m.Passes()[0].Label != "" {
		t.Errorf("%+v, %+v", o, l.m.Passes())
	}
	l.want(oplog.NotFound, organiser, `{"type":"redact","offsets":[2]}`)
}

func TestPrepareRefuses(t *testing.T) {
	l := newLog(t)
	for raw, want := range map[string]oplog.Reason{
		`{"type":"settings.set"}`:                                                         oplog.BadCommand,
		`{"type":"settings.set","autoopen":1}`:                                            oplog.BadCommand,
		`{"type":"settings.set","autoopen":true,"x":1}`:                                   oplog.BadCommand,
		`{"type":"settings.set","code":"a b"}`:                                            oplog.BadCommand,
		`{"type":"settings.set","title":" "}`:                                             oplog.BadText,
		`{"type":"settings.set","title":"` + strings.Repeat("x", 1001) + `"}`:             oplog.TooLong,
		`{"type":"pass.issue","id":"p","role":"attendee","until":5}`:                      oplog.BadCommand,
		`{"type":"pass.issue","id":"p","role":"system","until":5}`:                        oplog.BadCommand,
		`{"type":"pass.issue","id":"p q","role":"screen","until":5}`:                      oplog.BadCommand,
		`{"type":"pass.issue","id":"p","role":"screen","until":5,"scope":"planet/mars"}`:  oplog.BadCommand,
		`{"type":"pass.issue","id":"p","role":"screen"}`:                                  oplog.BadCommand,
		`{"type":"pass.revoke","id":""}`:                                                  oplog.BadCommand,
		`{"type":"board.open"}`:                                                           oplog.BadCommand,
		`{"type":"tick","pad":"` + strings.Repeat("x", conference.MaxCommandBytes) + `"}`: oplog.TooBig,
	} {
		if _, why := conference.Prepare(json.RawMessage(raw), l.key); why != want {
			t.Errorf("%.100s: %q, want %q", raw, why, want)
		}
	}
}

// For all s ≤ t, applying Since(s) at t to the document at s gives that at t;
// snapshots are exact; blanked texts change no state.
// TestWords: an organiser's words are told to nobody, whoever may see how many
// there are, and a part takes the place of the one that was there.
func TestWords(t *testing.T) {
	l := newLog(t)
	put := func(words string) string { return `{"type":"words.put","lang":"en","part":1,"words":` + words + `}` }
	l.want(oplog.NotAllowed, moderator, put(`["canary"]`))
	l.do(organiser, put(`["canary","buy now","CANARY"]`))
	list, at := l.m.Words()
	if len(list) != 2 || at != l.offset {
		t.Errorf("%v at %d, want two words at %d", list, at, l.offset)
	}
	for _, role := range []oplog.Role{oplog.Attendee, oplog.Screen, oplog.Moderator, oplog.Organiser} {
		doc, _ := json.Marshal(l.m.Since(role, 0))
		if strings.Contains(string(doc), "canary") || strings.Contains(string(doc), "words") != (role >= oplog.Moderator) {
			t.Errorf("%s sees %s", role, doc)
		}
	}
	l.do(organiser, put(`[]`))
	if list, _ := l.m.Words(); len(list) != 0 {
		t.Errorf("%v is left", list)
	}
	for raw, want := range map[string]oplog.Reason{
		put(`["."]`): oplog.BadText, put(`["` + strings.Repeat("x", conference.MaxWord+1) + `"]`): oplog.TooLong,
		`{"type":"words.put","lang":"EN","part":1,"words":["a"]}`: oplog.BadCommand,
		`{"type":"words.put","lang":"en","part":0,"words":["a"]}`: oplog.BadCommand,
	} {
		if _, why := conference.Prepare([]byte(raw), l.key); why != want {
			t.Errorf("%s: %q, want %q", raw, why, want)
		}
	}
}

func TestHistories(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		l := newLog(t)
		docs := map[oplog.Offset]document{0: reduce(nil, l.m.Since(oplog.Moderator, 0))}
		cut := rapid.IntRange(0, 19).Draw(rt, "cut")
		var restored *conference.Machine
		for i := range 20 {
			l.now += int64(rapid.IntRange(0, 900).Draw(rt, "passes"))
			c := l.prepare(rapid.SampledFrom([]oplog.Actor{system, organiser, moderator}).Draw(rt, "who"), command(rt, l))
			if rapid.Bool().Draw(rt, "counts") {
				c.Device, c.N = oplog.Device{1}, uint64(rapid.IntRange(1, 5).Draw(rt, "n"))
			}
			c.Seen = oplog.Offset(rapid.IntRange(0, int(l.offset)).Draw(rt, "seen"))
			l.apply(c)
			docs[l.offset] = reduce(nil, l.m.Since(oplog.Moderator, 0))
			if restored != nil {
				restored.Apply(&l.entries[i], &l.history[i])
			}
			if i == cut {
				restored = copyOf(rt, l.m)
			}
		}
		now := docs[l.offset]
		for s, doc := range docs {
			if s == 0 {
				continue // from 0 it is the whole document
			}
			if got := reduce(doc, l.m.Since(oplog.Moderator, s)); !maps.Equal(got, now) {
				rt.Fatalf("from %d: %v, want %v", s, got, now)
			}
		}
		blank := conference.New(topic)
		for i := range l.entries {
			c := l.history[i]
			c.Private = nil
			blank.Apply(&l.entries[i], &c)
		}
		if restored.Digest() != l.m.Digest() || blank.Digest() != l.m.Digest() {
			rt.Fatal("another state after a replay")
		}
	})
}

func command(t *rapid.T, l *log) string {
	id := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "id")
	switch rapid.IntRange(0, 6).Draw(t, "kind") {
	case 6:
		words := rapid.SampledFrom([]string{`[]`, `["a"]`, `["a","b c"]`}).Draw(t, "words")
		return fmt.Sprintf(`{"type":"words.put","lang":"en","part":%d,"words":%s}`, rapid.IntRange(1, 2).Draw(t, "part"), words)
	case 0:
		return fmt.Sprintf(`{"type":"settings.set","autoopen":%t}`, rapid.Bool().Draw(t, "on"))
	case 1:
		return fmt.Sprintf(`{"type":"settings.set","title":%q,"code":"ABC234"}`, rapid.SampledFrom([]string{"A", "B"}).Draw(t, "title"))
	case 2:
		return fmt.Sprintf(`{"type":"pass.revoke","id":%q}`, id)
	case 3:
		return fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, rapid.IntRange(1, int(l.offset)+1).Draw(t, "offset"))
	case 4:
		return `{"type":"tick"}`
	}
	return issue(id, l.now+int64(rapid.IntRange(1, 3000).Draw(t, "for")))
}

func copyOf(t *rapid.T, m *conference.Machine) *conference.Machine {
	b, err := m.Snapshot()
	if err != nil {
		t.Fatal(err)
	}
	out := conference.New(topic)
	if err := out.Restore(b); err != nil {
		t.Fatal(err)
	}
	if again, _ := out.Snapshot(); string(again) != string(b) {
		t.Fatalf("a restored machine has another snapshot:\n%s\n%s", b, again)
	}
	return out
}

// FuzzApply: no log breaks the machine, and a refused entry leaves no trace.
func FuzzApply(f *testing.F) {
	l := newLog(f)
	for _, raw := range []string{issue("p", 2_000_000_000_000), `{"type":"settings.set","code":"ABC234","title":"x"}`, `{"type":"tick"}`, `{"type":"pass.revoke","id":"a"}`, `{"type":"redact","offsets":[1]}`, `{"type":"words.put","lang":"en","part":1,"words":["a"]}`} {
		c := l.prepare(system, raw)
		f.Add(c.Type, []byte(c.Args), []byte(c.Private))
	}
	f.Fuzz(func(t *testing.T, kind string, args, private []byte) {
		l := newLog(t)
		l.do(system, issue("a", l.now+1000))
		l.apply(oplog.Command{Type: kind, Actor: system, Args: args, Private: private})
		if b, err := l.m.Snapshot(); err != nil || conference.New(topic).Restore(b) != nil {
			t.Fatalf("the snapshot does not restore: %v", err)
		}
	})
}

// FuzzPrepare: no message breaks Prepare.
func FuzzPrepare(f *testing.F) {
	l := newLog(f)
	f.Add([]byte(issue("p", 5)))
	f.Add([]byte(`{"type":"settings.set","code":"ABC234","title":"x","autoopen":true}`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if c, why := conference.Prepare(raw, l.key); (why == "") != (c.Type != "") {
			t.Fatalf("%q with the type %q", why, c.Type)
		}
	})
}
