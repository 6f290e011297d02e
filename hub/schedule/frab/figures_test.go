package frab_test

import (
	"strings"
	"testing"
	"time"

	"majlis/hub/schedule/frab"
)

// figures of a real file, counted by others with other tools (see the README
// beside the data). Times are local to the zone.
type figures struct {
	file, format, id, zone   string
	days, rooms, talks       int
	first, last              string
	minutes                  int
	pastMidnight, overnight  int
	shortest, longest        int // minutes
	links, names             int // people: mentions, distinct
	overlaps                 int // pairs in one room
	warn                     []string
	zoneOption               string
	firstDay, lastDay        string
	longestTitle, noSpeakers int
	languages                map[string]int
}

func TestRealFiles(t *testing.T) {
	for _, want := range []figures{
		{
			file: "38c3.hub.xml", format: "frab-xml", id: "38c3", zone: "Europe/Berlin", days: 4, rooms: 72, talks: 1007,
			first: "2024-12-27 10:30", last: "2024-12-30 19:00", minutes: 76452, pastMidnight: 58, overnight: 26,
			shortest: 10, longest: 720, links: 1032, names: 567, overlaps: 2, firstDay: "2024-12-27", lastDay: "2024-12-30",
			longestTitle: 189, noSpeakers: 118,
			languages: map[string]int{"de": 460, "en": 329, "de, en": 129, "en, de": 45, "": 44},
		},
		{
			file: "debconf23.wafer.xml", format: "frab-xml", id: "debconf23", zone: "Asia/Kolkata", days: 8, rooms: 5, talks: 117,
			first: "2023-09-10 07:00", last: "2023-09-17 22:30", minutes: 8785, shortest: 20, longest: 510, links: 143, names: 87,
			firstDay: "2023-09-10", lastDay: "2023-09-17", noSpeakers: 32, warn: []string{`dated "2023-09-09"`, "8 times"},
		},
		{
			file: "froscon2013.frab.xml", format: "frab-xml", id: "froscon2013", zone: "UTC", days: 2, rooms: 14, talks: 123,
			first: "2013-08-24 09:30", last: "2013-08-25 19:30", minutes: 8860, shortest: 30, longest: 300, links: 142, names: 108,
			firstDay: "2013-08-24", lastDay: "2013-08-25", warn: []string{"names no time zone"},
		},
		{
			file: "froscon2013.frab.xml", format: "frab-xml", id: "froscon2013", zone: "Europe/Berlin", days: 2, rooms: 14, talks: 123,
			first: "2013-08-24 09:30", last: "2013-08-25 19:30", minutes: 8860, shortest: 30, longest: 300, links: 142, names: 108,
			firstDay: "2013-08-24", lastDay: "2013-08-25", zoneOption: "Europe/Berlin",
		},
		{
			file: "fosdem2018-partial.pentabarf.xml", format: "frab-xml", id: "fosdem-2018", zone: "UTC", days: 2, rooms: 8, talks: 102,
			first: "2018-02-03 10:30", last: "2018-02-04 16:55", minutes: 3360, shortest: 5, longest: 120, links: 108, names: 102,
			firstDay: "2018-02-03", lastDay: "2018-02-04", warn: []string{"names no time zone", "no guid"},
		},
		{
			file: "emf2022.frab.xml", format: "frab-xml", id: "emf2022", zone: "Etc/GMT-1", days: 4, rooms: 19, talks: 335,
			first: "2022-06-02 10:00", last: "2022-06-06 00:00", minutes: 23287, pastMidnight: 8, overnight: 4,
			shortest: 10, longest: 600, links: 335, names: 225, overlaps: 35, firstDay: "2022-06-02", lastDay: "2022-06-05",
			warn: []string{"names no time zone"},
		},
		{
			file: "cccamp2019.frab.json", format: "schedule-json", id: "camp2019", zone: "Europe/Berlin", days: 5, rooms: 2, talks: 79,
			first: "2019-08-21 11:00", last: "2019-08-25 18:30", minutes: 3750, overnight: 1, shortest: 30, longest: 180,
			links: 96, names: 90, firstDay: "2019-08-21", lastDay: "2019-08-25", languages: map[string]int{"de": 24, "en": 55},
		},
		{
			// The zone that it declares is kept for showing; every talk is +01:00.
			file: "democon.pretalx.json", format: "schedule-json", id: "democon", zone: "UTC", days: 3, rooms: 2, talks: 36,
			first: "2020-12-14 08:00", last: "2020-12-16 14:30", minutes: 1620, shortest: -1, links: 43, names: 27,
			firstDay: "2020-12-14", lastDay: "2020-12-16", warn: []string{"contradicts"},
		},
		{
			file: "hostile/winterchaos2022.invalid.json", format: "schedule-json", id: "winterchaos2022", zone: "Europe/Zurich",
			days: 1, rooms: 1, talks: 1, first: "2022-12-28 14:00", last: "2022-12-28 14:45", minutes: 45, shortest: 45, longest: 45,
			links: 1, names: 1, firstDay: "2022-12-28", lastDay: "2022-12-28",
			warn: []string{"a talk's id is a text", "a person's id is not a number", "schedule.rooms"},
		},
		{
			file: "hostile/duplicate-event-id.pentabarf.xml", format: "frab-xml", id: "testcon01", zone: "UTC", days: 2, rooms: 1, talks: 2,
			first: "2023-02-04 09:00", last: "2023-02-05 09:15", minutes: 30, shortest: 15, longest: 15, links: 3, names: 2,
			firstDay: "2023-02-04", lastDay: "2023-02-05", warn: []string{`"E001" stands at 2 talks`, "index"},
		},
		{
			file: "hostile/minimal-no-dates.pentabarf.xml", format: "frab-xml", id: "testcon01", zone: "UTC", days: 1, rooms: 1, talks: 1,
			first: "2023-02-04 09:00", last: "2023-02-04 09:15", minutes: 15, shortest: 15, longest: 15, links: 2, names: 2,
			firstDay: "2023-02-04", lastDay: "2023-02-04",
		},
		{
			file: "hostile/anyconf-null-guid.pretalx.json", format: "schedule-json", id: "anyconf-2024", zone: "Europe/Brussels", days: 2,
			rooms: 1, talks: 2, first: "2024-02-03 09:00", last: "2024-02-04 09:25", minutes: 50, shortest: 25, longest: 25, links: 4, names: 2,
			firstDay: "2024-02-03", lastDay: "2024-02-04",
		},
	} {
		t.Run(want.file+" "+want.zoneOption, func(t *testing.T) { want.check(t) })
	}
}

func (want *figures) check(t *testing.T) {
	r, err := read(t, frab.Options{Zone: want.zoneOption}, strings.Split(want.file, "/")...)
	if err != nil {
		t.Fatal(err)
	}
	same := func(what string, got, want any) {
		t.Helper()
		if got != want {
			t.Errorf("%s: %v, want %v", what, got, want)
		}
	}
	same("format", r.Format, want.format)
	same("id", r.Programme.Conference.ID, want.id)
	same("zone", r.Zone, want.zone)
	same("days", r.Days, want.days)
	same("rooms", r.Rooms, want.rooms)
	same("talks", r.Sessions, want.talks)
	same("first", r.First.Format("2006-01-02 15:04"), want.first)
	same("last", r.Last.Format("2006-01-02 15:04"), want.last)
	got := count(r)
	same("minutes", got.minutes, want.minutes)
	same("talks past midnight", got.pastMidnight, want.pastMidnight)
	same("talks across midnight", got.overnight, want.overnight)
	same("mentions of people", got.links, want.links)
	same("people", got.names, want.names)
	same("overlaps", got.overlaps, want.overlaps)
	same("first day", r.Programme.Days[0].Date, want.firstDay)
	same("last day", r.Programme.Days[len(r.Programme.Days)-1].Date, want.lastDay)
	if want.shortest >= 0 {
		same("shortest", got.shortest, want.shortest)
		same("longest", got.longest, want.longest)
	}
	if want.noSpeakers > 0 {
		same("talks without people", got.noSpeakers, want.noSpeakers)
	}
	if want.longestTitle > 0 {
		same("longest title", got.longestTitle, want.longestTitle)
	}
	for lang, n := range want.languages {
		same("language "+lang, got.languages[lang], n)
	}
	for _, w := range want.warn {
		if !told(r, w) {
			t.Errorf("no warning says %q: %v", w, r.Warnings)
		}
	}
	if want.warn == nil && strings.HasPrefix(want.file, "38c3") && len(r.Warnings) > 0 {
		t.Errorf("a good file is warned about: %v", r.Warnings)
	}
}

func count(r frab.Report) figures {
	f := figures{shortest: 1 << 30, languages: map[string]int{}}
	dates, people := map[int]string{}, map[string]bool{}
	for _, d := range r.Programme.Days {
		dates[d.N] = d.Date
	}
	for i, s := range r.Programme.Sessions {
		minutes := int(s.End.Sub(s.Start) / time.Minute)
		f.minutes += minutes
		f.shortest, f.longest = min(f.shortest, minutes), max(f.longest, minutes)
		if s.Start.Format(time.DateOnly) != dates[s.Day] {
			f.pastMidnight++
		}
		if s.Start.Format(time.DateOnly) != s.End.Add(-1).Format(time.DateOnly) {
			f.overnight++
		}
		for _, name := range s.Speakers {
			f.links++
			people[name] = true
		}
		if len(s.Speakers) == 0 {
			f.noSpeakers++
		}
		f.longestTitle = max(f.longestTitle, len([]rune(s.Title)))
		f.languages[s.Language]++
		for _, o := range r.Programme.Sessions[:i] {
			if o.Room == s.Room && o.Start.Before(s.End) && s.Start.Before(o.End) {
				f.overlaps++
			}
		}
	}
	f.names = len(people)
	return f
}

// The instants of DemoCon are those of its offsets, whatever zone it declares.
func TestTheInstantIsWhatCounts(t *testing.T) {
	r, err := read(t, frab.Options{}, "democon.pretalx.json")
	if err != nil {
		t.Fatal(err)
	}
	want, _ := time.Parse(time.RFC3339, "2020-12-14T09:00:00+01:00")
	if !r.First.Equal(want) {
		t.Errorf("the first talk begins at %v, want %v", r.First, want)
	}
}

func TestHTMLBecomesPlainText(t *testing.T) {
	r, err := read(t, frab.Options{}, "fosdem2018-partial.pentabarf.xml")
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range r.Programme.Sessions {
		for _, text := range []string{s.Abstract, s.Description} {
			if strings.Contains(text, "<p>") || strings.Contains(text, "</a>") {
				t.Fatalf("%s: markup is left in %.200q", s.Title, text)
			}
		}
	}
}
