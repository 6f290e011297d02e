package frab_test

import (
	"strings"
	"testing"

	"majlis/hub/schedule/frab"
)

func TestWhenATalkIs(t *testing.T) {
	ev := func(date, start, duration string) string {
		return `<event guid="g"><date>` + date + `</date><start>` + start + `</start><duration>` + duration + `</duration><title>T</title></event>`
	}
	for _, c := range []struct{ name, text, begins, ends string }{
		{"its date decides", xmlOf(ev("2026-12-01T10:00:00+01:00", "10:00", "0:45")), "2026-12-01T10:00+01:00", "2026-12-01T10:45+01:00"},
		{"its date in UTC decides", xmlOf(ev("2026-12-01T09:00:00Z", "10:00", "00:45")), "2026-12-01T10:00+01:00", "2026-12-01T10:45+01:00"},
		{"a date without offset is in the zone", xmlOf(ev("2026-06-01T10:00:00", "10:00", "1:00")), "2026-06-01T10:00+02:00", "2026-06-01T11:00+02:00"},
		{"a plain date and a start", xmlOf(ev("2026-12-02", "10:00", "1:00")), "2026-12-02T10:00+01:00", "2026-12-02T11:00+01:00"},
		{"the day's date and a start", xmlOf(ev("", "10:00", "1:00")), "2026-12-01T10:00+01:00", "2026-12-01T11:00+01:00"},
		{"after midnight it is the next date", xmlOf(ev("", "00:30", "1:00")), "2026-12-02T00:30+01:00", "2026-12-02T01:30+01:00"},
		{"before the day changes too", xmlOf(ev("", "03:59", "1:00")), "2026-12-02T03:59+01:00", "2026-12-02T04:59+01:00"},
		{"and not from then on", xmlOf(ev("", "04:00", "1:00")), "2026-12-01T04:00+01:00", "2026-12-01T05:00+01:00"},
		{"the file says when the day changes", strings.Replace(xmlOf(ev("", "08:30", "1:00")), "</title>", "</title><day_change>09:00:00</day_change>", 1), "2026-12-02T08:30+01:00", "2026-12-02T09:30+01:00"},
		{"a day that begins earlier changes earlier", strings.Replace(xmlOf(ev("", "03:30", "1:00")), `date="2026-12-01"`, `date="2026-12-01" start="2026-12-01T03:00:00+01:00"`, 1), "2026-12-01T03:30+01:00", "2026-12-01T04:30+01:00"},
		{"three parts are days, hours, minutes", xmlOf(ev("", "10:00", "1:02:30")), "2026-12-01T10:00+01:00", "2026-12-02T12:30+01:00"},
		{"unless they cannot be", xmlOf(ev("", "10:00", "00:45:00")), "2026-12-01T10:00+01:00", "2026-12-01T10:45+01:00"},
		{"no length is one timeslot", xmlOf(ev("", "10:00", "0:00")), "2026-12-01T10:00+01:00", "2026-12-01T10:05+01:00"},
		{"an end stands in for a length", jsonOf(`{"guid":"g","title":"T","date":"2026-12-01T10:00:00Z","end":"2026-12-01T10:20:00Z"}`), "2026-12-01T10:00Z", "2026-12-01T10:20Z"},
		{"over the change to winter time", strings.ReplaceAll(xmlOf(ev("", "23:00", "6:00")), "2026-12-01", "2026-10-24"), "2026-10-24T23:00+02:00", "2026-10-25T04:00+01:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := readText(c.text)
			if err != nil {
				t.Fatal(err)
			}
			const layout = "2006-01-02T15:04Z07:00"
			if got := r.First.Format(layout); got != c.begins {
				t.Errorf("begins %s, want %s", got, c.begins)
			}
			if got := r.Last.Format(layout); got != c.ends {
				t.Errorf("ends %s, want %s", got, c.ends)
			}
		})
	}
}

func TestZones(t *testing.T) {
	bare := strings.Replace(xmlOf(event), "<time_zone_name>Europe/Berlin</time_zone_name>", "", 1)
	for _, c := range []struct{ name, text, option, zone string }{
		{"declared", xmlOf(event), "", "Europe/Berlin"},
		{"declared beats the option", xmlOf(event), "Asia/Tokyo", "Europe/Berlin"},
		{"the option where none is declared", bare, "Asia/Tokyo", "Asia/Tokyo"},
		{"the option where an unknown one is declared", strings.Replace(xmlOf(event), "Europe/Berlin", "Mars/Base", 1), "Asia/Tokyo", "Asia/Tokyo"},
		{"the offset", bare, "", "Etc/GMT-1"},
		{"half an hour's offset", strings.Replace(bare, "+01:00", "+05:30", 1), "", "Asia/Kolkata"},
		{"an offset west", strings.Replace(bare, "+01:00", "-05:00", 1), "", "Etc/GMT+5"},
		{"nothing", strings.Replace(bare, "T10:00:00+01:00", "", 1), "", "UTC"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := frab.Read(strings.NewReader(c.text), "x", frab.Options{Zone: c.option})
			if err != nil {
				t.Fatal(err)
			}
			if r.Zone != c.zone || r.Programme.Conference.Zone != c.zone {
				t.Errorf("zone %s, want %s", r.Zone, c.zone)
			}
		})
	}
	if _, err := frab.Read(strings.NewReader(bare), "x", frab.Options{Zone: "Nowhere/Else"}); err == nil {
		t.Error("an option that is no zone is taken")
	}
}

func TestNamesBecomeIDs(t *testing.T) {
	for acronym, id := range map[string]string{
		"Camp2019": "camp2019", "FOSDEM 2018": "fosdem-2018", "Übung--Ä!": "ubung-a", "-x-": "x",
		strings.Repeat("long", 30): strings.Repeat("long", 10),
	} {
		r, err := readText(strings.Replace(xmlOf(event), "<acronym>c<", "<acronym>"+acronym+"<", 1))
		if err != nil || r.Programme.Conference.ID != id {
			t.Errorf("%s became %s (%v), want %s", acronym, r.Programme.Conference.ID, err, id)
		}
	}
	r, err := readText(strings.Replace(strings.Replace(xmlOf(event), "<acronym>c<", "<acronym><", 1), "<title>C<", "<title>المؤتمر<", 1))
	if err != nil || !strings.HasPrefix(r.Programme.Conference.ID, "conference-") {
		t.Errorf("a title in another script became %q, %v", r.Programme.Conference.ID, err)
	}
}

func TestRoomsWithAlikeNamesStayApart(t *testing.T) {
	text := strings.Replace(xmlOf(event), `</room></day>`, `</room><room name="a">`+strings.Replace(event, `"g"`, `"h"`, 1)+`</room><room name="会場">`+strings.Replace(event, `"g"`, `"i"`, 1)+`</room></day>`, 1)
	r, err := readText(text)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, room := range r.Programme.Rooms {
		ids[room.ID] = true
	}
	if len(ids) != 3 {
		t.Errorf("three rooms share ids: %v", r.Programme.Rooms)
	}
}

func TestKeysTellTalksApart(t *testing.T) {
	two := func(a, b string) string { return xmlOf(a + b) }
	other := strings.Replace(event, ">T<", ">U<", 1)
	noGUID := func(s string) string { return strings.Replace(s, `guid="g" `, "", 1) }
	for name, text := range map[string]string{
		"a guid twice":             two(event, other),
		"an id twice":              two(noGUID(event), noGUID(other)),
		"the very same talk twice": two(event, event),
		"nothing at all":           two(strings.Replace(noGUID(event), `id="1"`, "", 1), strings.Replace(noGUID(other), `id="1"`, "", 1)),
	} {
		t.Run(name, func(t *testing.T) {
			r, err := readText(text)
			if err != nil {
				t.Fatal(err)
			}
			a, b := r.Programme.Sessions[0], r.Programme.Sessions[1]
			if a.Key == b.Key || a.Key == "" {
				t.Errorf("both have the key %q", a.Key)
			}
			if len(r.Warnings) == 0 {
				t.Error("nobody is told")
			}
		})
	}
}
