package frab_test

import (
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"

	"majlis/hub/schedule/frab"
)

func TestOtherFormatsAreRefusedByName(t *testing.T) {
	for file, what := range map[string]string{
		"emf2022.ics":                            "iCalendar",
		"lca2020.ics":                            "iCalendar",
		"kielux2020.ics":                         "iCalendar",
		"emf2022.emf.json":                       "Electromagnetic Field",
		"coscup2023.opass.json":                  "OPass",
		"sotm2022-v1.pretalx-widget.json":        "pretalx's schedule widget",
		"sotm2022-v2.pretalx-widget.json":        "pretalx's schedule widget",
		"38c3-excerpt.schedule2.json":            "schedule2",
		"hostile/emf2020-is-an-html-page.ics":    "HTML page",
		"ics-edge/icalendar-bom_calendar.ics":    "iCalendar",
		"ics-scripts/china-holidays-chinese.ics": "iCalendar",
	} {
		t.Run(file, func(t *testing.T) {
			_, err := read(t, frab.Options{}, strings.Split(file, "/")...)
			var refusal *frab.Error
			if !errors.As(err, &refusal) {
				t.Fatalf("want a refusal, got %v", err)
			}
			if !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "Majlis reads") {
				t.Errorf("the refusal does not name %q and what is read: %v", what, err)
			}
		})
	}
}

func TestNoRealFileBreaksTheReader(t *testing.T) {
	root := shared(t, "schedules")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		r, err := read(t, frab.Options{}, strings.Split(rel, string(filepath.Separator))...)
		if (err == nil) == (r.Sessions == 0) {
			t.Errorf("%s: %d sessions and the error %v", rel, r.Sessions, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

const event = `<event guid="g" id="1"><date>2026-12-01T10:00:00+01:00</date><start>10:00</start><duration>0:30</duration><title>T</title></event>`

func xmlOf(inner string) string {
	return `<schedule><conference><acronym>c</acronym><title>C</title><time_zone_name>Europe/Berlin</time_zone_name></conference>` +
		"\n" + `<day index="1" date="2026-12-01"><room name="A">` + inner + `</room></day></schedule>`
}

func jsonOf(events string) string {
	return `{"schedule":{"conference":{"acronym":"c","title":"C","days":[` + "\n" +
		`{"index":1,"date":"2026-12-01","rooms":{"A":[` + events + `]}}]}}}`
}

func TestRefusals(t *testing.T) {
	deep := strings.Repeat("<a>", 80)
	for _, c := range []struct {
		name, text, why string
		kind            frab.Kind
	}{
		{"an empty file", "", "empty", frab.Empty},
		{"blanks", " \n\t", "empty", frab.Empty},
		{"a text", "hello", "is not a programme", frab.OtherFormat},
		{"a DOCTYPE", `<!DOCTYPE schedule [<!ENTITY a "b">]>` + xmlOf(event), "DOCTYPE", frab.Broken},
		{"a DOCTYPE that names a file", `<?xml version="1.0"?><!DOCTYPE schedule SYSTEM "file:///etc/passwd">` + xmlOf(event), "DOCTYPE", frab.Broken},
		{"an entity of its own", xmlOf(strings.Replace(event, ">T<", ">&bomb;<", 1)), "entity", frab.Broken},
		{"another charset", `<?xml version="1.0" encoding="ISO-8859-1"?>` + xmlOf(event), "UTF-8", frab.Encoding},
		{"bytes of another charset", xmlOf(strings.Replace(event, ">T<", ">\xe4<", 1)), "UTF-8", frab.Encoding},
		{"UTF-16", "\xff\xfe<\x00s\x00", "UTF-16", frab.Encoding},
		{"a cut XML file", xmlOf(event)[:200], "well-formed", frab.Broken},
		{"elements without end", xmlOf(deep), "nested", frab.TooMuch},
		{"another root", `<pentabarf><x/></pentabarf>`, "root element", frab.OtherFormat},
		{"a news feed", `<?xml version="1.0"?><rss/>`, "feed", frab.OtherFormat},
		{"an endless text", xmlOf(strings.Replace(event, ">T<", ">"+strings.Repeat("x", 70<<10)+"<", 1)), "64 KiB", frab.TooMuch},
		{"no talk", xmlOf(""), "no talks", frab.Empty},
		{"a talk without time", xmlOf(`<event guid="g"><duration>1:00</duration><title>T</title></event>`), "no date", frab.NoTime},
		{"a talk without length", xmlOf(`<event guid="g"><start>10:00</start><title>T</title></event>`), "duration", frab.NoTime},
		{"a length that is none", xmlOf(strings.Replace(event, "0:30", "half an hour", 1)), "duration", frab.NoTime},
		{"a conference without name", `<schedule><day date="2026-12-01"><room name="A">` + event + `</room></day></schedule>`, "neither an acronym nor a title", frab.NoName},
		{"a cut JSON file", jsonOf("{}")[:60], "too early", frab.Broken},
		{"broken JSON", jsonOf("{]"), "not JSON", frab.Broken},
		{"a member twice", jsonOf(`{"id":1,"id":2}`), "twice", frab.Broken},
		{"something behind the document", jsonOf("") + "{}", "follows", frab.Broken},
		{"JSON too deep", strings.Repeat("[", 100) + strings.Repeat("]", 100), "nested", frab.TooMuch},
		{"rooms that are a list", `{"schedule":{"conference":{"title":"C","days":[{"rooms":[]}]}}}`, "rooms of a day", frab.Shape},
		{"talks that are no list", `{"schedule":{"conference":{"title":"C","days":[{"rooms":{"A":{}}}]}}}`, "not a list", frab.Shape},
		{"a title that is an object", jsonOf(`{"title":{"en":"T"}}`), "want a text", frab.Shape},
		{"a schedule without conference", `{"schedule":{"version":"1"}}`, "schedule.conference", frab.OtherFormat},
		{"any document", `{"a":1}`, "no schedule", frab.OtherFormat},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readText(c.text)
			var refusal *frab.Error
			if !errors.As(err, &refusal) || !strings.Contains(err.Error(), c.why) {
				t.Fatalf("want a refusal with %q, got %v", c.why, err)
			}
			if refusal.Kind != c.kind {
				t.Errorf("%v is of the kind %q; want %q", err, refusal.Kind, c.kind)
			}
		})
	}
}

func TestARefusalNamesTheLine(t *testing.T) {
	for name, text := range map[string]string{
		"XML":  xmlOf("\n\n" + `<event guid="g"><start>10:00</start><title>T</title></event>`),
		"JSON": jsonOf("\n\n" + `{"guid":"g","start":"10:00","title":"T"}`),
	} {
		t.Run(name, func(t *testing.T) {
			_, err := readText(text)
			var refusal *frab.Error
			if !errors.As(err, &refusal) || refusal.Line != 4 {
				t.Errorf("want line 4, got %v", err)
			}
		})
	}
}

func TestTooManyElementsAreRefused(t *testing.T) {
	for name, text := range map[string]string{
		"XML":  xmlOf(strings.Repeat("<a/>", frab.MaxNodes)),
		"JSON": fmt.Sprintf("[%s0]", strings.Repeat("0,", frab.MaxNodes)),
		"size": strings.Repeat(" ", frab.MaxFile+1),
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := readText(text); err == nil || !strings.Contains(err.Error(), "more than") && !strings.Contains(err.Error(), "larger than") {
				t.Errorf("want a limit, got %v", err)
			}
		})
	}
}
