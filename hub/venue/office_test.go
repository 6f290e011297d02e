package venue_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/venue"
)

// TestMintKeepsToItsConference: an organiser of one conference gets no links
// into another, whatever scope is asked for.
func TestMintKeepsToItsConference(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		v, stop := start(t, memlog.New())
		defer stop()
		begin := time.Now().Add(time.Hour)
		other := programme(begin)
		other.Conference.ID = "other"
		for i := range other.Sessions {
			other.Sessions[i].ID = "other-" + other.Sessions[i].ID
		}
		for _, err := range []error{v.Bring(t.Context(), programme(begin), ""), v.Bring(t.Context(), other, "")} {
			if err != nil {
				t.Fatal(err)
			}
		}
		for _, scope := range []string{"session/other-opening", "conference/other", "session/nowhere", "room/nowhere", "session/", "hall"} {
			for _, role := range []oplog.Role{oplog.Moderator, oplog.Screen, oplog.Organiser} {
				link, err := v.Mint(t.Context(), venue.Wanted{Conference: "summit", Role: role, Scope: scope})
				if err == nil {
					t.Errorf("summit's organiser got a link as %s for %s: %+v", role, scope, link)
				}
			}
		}
		if link, err := v.Mint(t.Context(), venue.Wanted{Conference: "no id", Role: oplog.Moderator}); err == nil {
			t.Errorf("a conference that cannot be: %+v", link)
		}
		link, err := v.Mint(t.Context(), venue.Wanted{Role: oplog.Moderator, Scope: "session/other-opening"})
		if err != nil || !strings.Contains(link.Link, "/enter#") {
			t.Errorf("without a conference the session tells: %+v, %v", link, err)
		}
	})
}

// TestMintRefusesRolesBeyondTheirScope: who runs a conference runs all of it.
func TestMintRefusesRolesBeyondTheirScope(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		for _, role := range []oplog.Role{oplog.Organiser, oplog.Operator} {
			for _, scope := range []string{"session/opening", "room/hall"} {
				if _, err := v.Mint(t.Context(), venue.Wanted{Role: role, Scope: scope}); err == nil {
					t.Errorf("%s got a link for %s", role, scope)
				}
			}
			if _, err := v.Mint(t.Context(), venue.Wanted{Role: role}); err != nil {
				t.Errorf("%s: %v", role, err)
			}
		}
	})
}

// TestMintBoundsTheTime: no number of hours wraps around into a link.
func TestMintBoundsTheTime(t *testing.T) {
	simulate(t, func(t *testing.T, v *venue.Venue) {
		for _, hours := range []int{-1, venue.MaxLinkHours + 1, 5_124_096, 1 << 62} {
			if _, err := v.Mint(t.Context(), venue.Wanted{Role: oplog.Screen, Hours: hours}); err == nil {
				t.Errorf("a link for %d hours", hours)
			}
		}
		link, err := v.Mint(t.Context(), venue.Wanted{Role: oplog.Screen, Hours: 3})
		if want := time.Now().Add(3 * time.Hour).UnixMilli(); err != nil || link.Until != want {
			t.Errorf("until %d, want %d, %v", link.Until, want, err)
		}
	})
}
