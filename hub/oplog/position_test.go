package oplog_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
)

func TestHashComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h oplog.Hash
		fill(t, h[:])
		got, err := oplog.ParseHash(h.String())
		if err != nil || got != h {
			t.Fatalf("%v, %v, want %v", got, err, h)
		}
	})
	for _, bad := range []string{"0", "00000000000000", "zz00000000000000", strings.Repeat("0", 18)} {
		if _, err := oplog.ParseHash(bad); err == nil {
			t.Errorf("%q was read as a hash", bad)
		}
	}
}

func TestPositionOfNothingIsZero(t *testing.T) {
	h := oplog.Start(topic)
	if h.Position() != (oplog.Position{}) {
		t.Fatalf("%+v", h.Position())
	}
}

func TestDeviceComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var d oplog.Device
		fill(t, d[:])
		got, err := oplog.ParseDevice(d.String())
		if err != nil || got != d {
			t.Fatalf("%v, %v, want %v", got, err, d)
		}
	})
	for _, bad := range []string{"", "00", strings.Repeat("g", 32), strings.Repeat("0", 34)} {
		if _, err := oplog.ParseDevice(bad); err == nil {
			t.Errorf("%q was read as a device", bad)
		}
	}
}

func TestRoles(t *testing.T) {
	for r := oplog.Attendee; r <= oplog.Operator; r++ {
		if got, err := oplog.ParseRole(r.String()); err != nil || got != r {
			t.Errorf("%v comes back as %v, %v", r, got, err)
		}
		if r.Staff() != (r != oplog.Attendee) {
			t.Errorf("%v: staff %v", r, r.Staff())
		}
	}
	for _, bad := range []string{"", "system", "Moderator", "admin"} {
		if _, err := oplog.ParseRole(bad); err == nil {
			t.Errorf("%q was read as a role", bad)
		}
	}
}

func TestTopics(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, good := range []string{"session/a", "schedule/2026-summit", "conference/" + long} {
		got, err := oplog.ParseTopic(good)
		if err != nil || string(got.Kind())+"/"+got.ID() != good {
			t.Errorf("%q: %v, %v", good, got, err)
		}
	}
	for _, bad := range []string{"", "session", "session/", "room/a", "session/A", "session/-a", "session/a-", "session/a/b", "session/a b", "session/a\n", "session/" + long + "a"} {
		if got, err := oplog.ParseTopic(bad); err == nil {
			t.Errorf("%q was read as topic %q", bad, got)
		}
	}
}
