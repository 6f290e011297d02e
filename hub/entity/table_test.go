package entity_test

import (
	"encoding/json"
	"testing"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

const (
	staff = entity.Roles(1<<oplog.Moderator | 1<<oplog.Organiser)
	all   = staff | 1<<oplog.Attendee | 1<<oplog.Screen
)

// project says at which call an entity was projected, which is all a Table
// needs to be tested.
func project(kind, id string, role oplog.Role) any { return kind + id + role.String() }

func text(p entity.Patch) string {
	b, err := json.Marshal(p)
	if err != nil {
		panic(err)
	}
	return string(b)
}

func TestSinceOfOneEntity(t *testing.T) {
	const seen, gone, nothing = `{"q":{"1":"q1attendee"}}`, `{"q":{"1":null}}`, `null`
	for _, tt := range []struct {
		name    string
		touches func(*entity.Table, *entity.Item)
		want    map[oplog.Offset]string // since → patch for attendees
	}{
		{"NotNamedWhileHidden", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, staff, entity.Everybody)
			tb.Touch(it, 6, 0, entity.Everybody)
		}, map[oplog.Offset]string{0: `{}`, 4: nothing, 5: nothing, 6: nothing}},
		{"ToldOnceItIsShown", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, staff, entity.Everybody)
			tb.Touch(it, 7, all, 0)
		}, map[oplog.Offset]string{0: seen, 5: seen, 6: seen, 7: nothing}},
		{"GoneOnlyForThoseWhoMaySawIt", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, all, 0)
			tb.Touch(it, 8, staff, 0)
		}, map[oplog.Offset]string{0: `{}`, 4: gone, 7: gone, 8: nothing}},
		{"GoneStaysGoneWhateverHappensToOthers", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, all, 0)
			tb.Touch(it, 8, staff, 0)
			tb.Touch(it, 9, staff, entity.Everybody)
		}, map[oplog.Offset]string{7: gone, 8: nothing}},
		{"BackAgain", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, all, 0)
			tb.Touch(it, 8, staff, 0)
			tb.Touch(it, 9, all, 0)
		}, map[oplog.Offset]string{0: seen, 5: seen, 8: seen, 9: nothing}},
		{"NothingWhenOnlyOthersSeeADifference", func(tb *entity.Table, it *entity.Item) {
			tb.Touch(it, 5, all, 0)
			tb.Touch(it, 8, all, staff)
		}, map[oplog.Offset]string{4: seen, 5: nothing}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var tb entity.Table
			it := tb.Item("q", "1")
			tt.touches(&tb, it)
			for n, want := range tt.want {
				if got := text(tb.Since(oplog.Attendee, n, project)); got != want {
					t.Errorf("since %d: %s, want %s", n, got, want)
				}
			}
		})
	}
}

func TestSinceIsNilForNothing(t *testing.T) {
	var tb entity.Table
	tb.Touch(tb.Item("q", "1"), 5, all, 0)
	if p := tb.Since(oplog.Attendee, 5, project); p != nil {
		t.Errorf("a patch %v where there is nothing to tell", p)
	}
	if p := tb.Since(oplog.System, 0, project); p == nil || len(p) != 0 {
		t.Errorf("the whole document of nothing is %v, want an empty one", p)
	}
}

// TestAnUntouchedEntityEndsNoWalk: one that nobody ever saw must not hide what
// changed before it was added.
func TestAnUntouchedEntityEndsNoWalk(t *testing.T) {
	var tb entity.Table
	tb.Touch(tb.Item("q", "1"), 5, all, 0)
	tb.Touch(tb.Item("q", "2"), 6, 0, 0)
	if got := text(tb.Since(oplog.Attendee, 4, project)); got != `{"q":{"1":"q1attendee"}}` {
		t.Errorf("%s, want the first", got)
	}
}

// TestSinceStopsAtTheOldest: the walk ends at the first entity that did not
// change, so its cost is that of the change.
func TestSinceStopsAtTheOldest(t *testing.T) {
	var tb entity.Table
	var items []*entity.Item
	for i := range 1000 {
		it := tb.Item("q", string(rune('a'+i)))
		tb.Touch(it, oplog.Offset(i+1), all, 0)
		items = append(items, it)
	}
	tb.Touch(items[3], 2000, all, entity.Everybody)
	tb.Touch(items[7], 2001, all, entity.Everybody)
	tb.Touch(items[3], 2002, all, entity.Everybody)
	projected := 0
	p := tb.Since(oplog.Attendee, 1999, func(kind, id string, role oplog.Role) any {
		projected++
		return project(kind, id, role)
	})
	if projected != 2 || len(p["q"]) != 2 {
		t.Errorf("%d projected, %d told, want the 2 that changed", projected, len(p["q"]))
	}
}

func TestSaveAndLoad(t *testing.T) {
	var tb entity.Table
	a, b := tb.Item("q", "1"), tb.Item("q", "2")
	tb.Touch(a, 1, all, 0)
	tb.Touch(b, 2, staff, 0)
	tb.Touch(a, 3, staff, 0)
	has := func(_, id string) bool { return id == "1" || id == "2" }
	loaded, err := entity.Load(tb.Save(), entity.Veil{}, has)
	if err != nil {
		t.Fatal(err)
	}
	for n := range oplog.Offset(5) {
		for _, role := range []oplog.Role{oplog.Attendee, oplog.Moderator} {
			if got, want := text(loaded.Since(role, n, project)), text(tb.Since(role, n, project)); got != want {
				t.Errorf("%s since %d: %s, want %s", role, n, got, want)
			}
		}
	}
	loaded.Touch(loaded.Item("q", "2"), 4, all, 0)
	if got := text(loaded.Since(oplog.Attendee, 3, project)); got != `{"q":{"2":"q2attendee"}}` {
		t.Errorf("after a change: %s", got)
	}
	if _, err := entity.Load(append(tb.Save(), tb.Save()[0]), entity.Veil{}, has); err == nil {
		t.Error("an item that stands twice is taken")
	}
	if _, err := entity.Load(tb.Save(), entity.Veil{}, func(_, id string) bool { return id == "1" }); err == nil {
		t.Error("an item of nothing is taken")
	}
}
