package schedule_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/schedule"
)

func TestAStagedImport(t *testing.T) {
	t.Run("is in the snapshot", func(t *testing.T) {
		l := newLog(t, "summit")
		parts := l.parts(summit())
		l.must(system, string(parts[0]))
		b, err := l.m.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		l.m = schedule.New("schedule/summit")
		if err := l.m.Restore(b); err != nil {
			t.Fatal(err)
		}
		if o := l.do(system, string(parts[0])); !o.Again {
			t.Errorf("a part that was there: %+v", o)
		}
		l.must(system, string(parts[1]))
		if got := l.doc().get("session", "opening", "title"); got != `"Opening"` {
			t.Errorf("the title is %s", got)
		}
	})
	t.Run("is incomplete when its counts are others", func(t *testing.T) {
		for _, change := range [][2]string{{`"parts":1`, `"parts":2`}, {`"parts":1`, `"parts":0`}, {`"rooms":2`, `"rooms":3`}, {`"sessions":3`, `"sessions":2`}} {
			l := newLog(t, "summit")
			parts := l.parts(summit())
			l.must(system, string(parts[0]))
			l.refused(oplog.Incomplete, system, strings.Replace(string(parts[1]), change[0], change[1], 1))
			l.must(system, string(parts[1]))
		}
	})
	t.Run("is refused when a part comes with other content", func(t *testing.T) {
		l := newLog(t, "summit")
		part := string(l.parts(summit())[0])
		l.must(system, part)
		l.refused(oplog.Exists, system, strings.Replace(part, "Opening", "Other", 1))
	})
	t.Run("loses its texts to a redact, until the next import", func(t *testing.T) {
		l := newLog(t, "summit")
		parts := l.parts(summit())
		l.must(system, string(parts[0]))
		l.must(organiser, fmt.Sprintf(`{"type":"redact","offsets":[%d]}`, l.offset))
		l.must(system, string(parts[1]))
		if got := l.doc().get("session", "opening", "title"); got != `""` {
			t.Errorf("the title is %s", got)
		}
		at := l.offset
		l.bring(summit())
		if p := l.m.Since(oplog.Attendee, at); len(p["session"]) != 3 {
			t.Errorf("nobody is told that the texts are back: %v", p)
		}
	})
}

func TestDeadlineOfNothing(t *testing.T) {
	if at, ok := ready(t).m.Deadline(); ok {
		t.Errorf("%v", at)
	}
}

func TestSessionIDsAreStable(t *testing.T) {
	p := big(3)
	a, err := p.Complete()
	if err != nil {
		t.Fatal(err)
	}
	p.Sessions[0], p.Sessions[2] = p.Sessions[2], p.Sessions[0]
	p.Sessions[0].Start = p.Sessions[0].Start.Add(time.Minute)
	b, err := p.Complete()
	if err != nil {
		t.Fatal(err)
	}
	if a.Sessions[0].ID != b.Sessions[2].ID || !oplog.ValidID(a.Sessions[0].ID) || a.Sessions[0].ID == a.Sessions[1].ID {
		t.Errorf("%s, %s", a.Sessions[0].ID, b.Sessions[2].ID)
	}
}
