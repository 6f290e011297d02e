package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"majlis/hub/strict"
)

func TestQuantiles(t *testing.T) {
	var l latencies
	if l.quantile(0.5) != nil {
		t.Error("a quantile of nothing")
	}
	for i := 1; i <= 100; i++ {
		l.add(time.Duration(i) * time.Millisecond)
	}
	l.add(-time.Second)
	l.add(time.Hour)
	for q, want := range map[float64]float64{0.5: 50.25, 0.98: 98.25, 1: 30_000} {
		if got := *l.quantile(q); got < want-1 || got > want+1 {
			t.Errorf("quantile %v is %v ms, want %v", q, got, want)
		}
	}
}

func TestIDsAreULIDs(t *testing.T) {
	a, b := newID(t0), newID(t0)
	if a == b || !strict.ValidULID(a) || !strict.ValidULID(b) || a[:10] != b[:10] {
		t.Errorf("%s and %s", a, b)
	}
	if later := newID(t0.Add(time.Millisecond)); later[:10] <= a[:10] {
		t.Errorf("%s does not sort behind %s", later, a)
	}
}

func TestQuestionFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "q.tsv")
	write := func(s string) {
		if err := os.WriteFile(path, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("en\tWhy?\n\nar\tلماذا؟\r\n")
	got, err := readQuestions(path)
	if err != nil || len(got) != 2 || got[1] != (question{"ar", "لماذا؟"}) {
		t.Errorf("%v, %v", got, err)
	}
	for _, bad := range []string{"", "no tab\n", "en\t\n", "en\t\xff\n"} {
		write(bad)
		if got, err := readQuestions(path); err == nil {
			t.Errorf("%q was read as %v", bad, got)
		}
	}
	if _, err := readQuestions(path + ".not"); err == nil {
		t.Error("a file that is not there was read")
	}
	langs := map[string]bool{}
	for _, q := range builtIn() {
		langs[q.lang] = true
	}
	if len(langs) < 6 {
		t.Errorf("the built-in questions have %d languages", len(langs))
	}
}

func TestUsage(t *testing.T) {
	for name, args := range map[string][]string{
		"no session":     {},
		"bad session":    {"--session", "../x"},
		"no phones":      {"--session", "opening", "--phones", "0"},
		"bad address":    {"--session", "opening", "--url", "localhost:8080"},
		"rate too high":  {"--session", "opening", "--rate", "100"},
		"unknown flag":   {"--session", "opening", "--loud"},
		"stray argument": {"--session", "opening", "now"},
		"no questions":   {"--session", "opening", "--questions", "/nowhere/at/all.tsv"},
	} {
		var out, errs bytes.Buffer
		if code := run(t.Context(), args, &out, &errs); code != exitUsage || errs.Len() == 0 || out.Len() > 0 {
			t.Errorf("%s: exit code %d, %q, %q", name, code, out.String(), errs.String())
		}
	}
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"-h"}, &out, &errs); code != exitGood || !strings.Contains(errs.String(), "publish → received") {
		t.Errorf("help: exit code %d, %q", code, errs.String())
	}
}

func TestPassesAreTakenOutOfLinks(t *testing.T) {
	for _, link := range []string{"a.b.c", " a.b.c\n", "https://hall.example/enter#a.b.c"} {
		if got := bareToken(link); got != "a.b.c" {
			t.Errorf("%q gave %q", link, got)
		}
	}
}

func TestTheReportHasItsKeysAndNoFigureThatWasNotMeasured(t *testing.T) {
	var b bytes.Buffer
	if err := (report{Phones: 3}).write(&b, true); err != nil {
		t.Fatal(err)
	}
	want := `{"phones":3,"commands":0,"acked":0,"refused":0,"unknown":0,"reconnects":0,"lost":0,"twice":0,"diverged":0,"p50_ms":null,"p99_ms":null}`
	if got := strings.TrimSpace(b.String()); got != want || !json.Valid(b.Bytes()) {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	b.Reset()
	if err := (report{Lost: 1}).write(&b, false); err != nil || !strings.HasPrefix(b.String(), "FAILED") {
		t.Errorf("%v: %s", err, b.String())
	}
}
