package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"majlis/deploy/bench/report"
)

// TestMain is also the program itself when it calls itself as a seat.
func TestMain(m *testing.M) {
	if args := os.Args[1:]; len(args) == 1 && args[0] == seatName {
		os.Exit(run(args))
	}
	os.Exit(m.Run())
}

// build runs a compiler in a folder.
func build(t *testing.T, dir string, command ...string) {
	t.Helper()
	cmd := exec.Command(command[0], command[1:]...)
	cmd.Dir, cmd.Env = dir, append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", command, err, out)
	}
}

// TestOneSmallRound measures the real program, a peer and the send loop, with so
// few connections that the figures mean nothing; what is checked is what must
// hold at any size.
func TestOneSmallRound(t *testing.T) {
	dir := t.TempDir()
	build(t, "../..", "go", "build", "-o", filepath.Join(dir, majlis), "./cmd/majlis")
	build(t, ".", "go", "build", "-o", filepath.Join(dir, "gws"), "./peers/gws")
	build(t, ".", "gcc", "-o", filepath.Join(dir, "sendloop"), "peers/sendloop/sendloop.c")
	runtime.LockOSThread() // children die with their thread
	defer runtime.UnlockOSThread()
	out := filepath.Join(dir, "out")
	code := run([]string{
		"--majlis", filepath.Join(dir, majlis), "--peers", dir, "--out", out, "--servers", "majlis,sendloop,gws",
		"--conns", "40", "--storm", "60", "--changes", "3", "--sizes", "1024", "--rounds", "1", "--window", "1s", "--period", "150ms", "--rest", "10ms",
		"--only", "broadcast,sizes,votes,reconnects,nodes", "--nodes", "3", "--per-node", "30",
	})
	if code != 0 {
		t.Fatalf("exit code %d", code)
	}
	checkShown(t, dir, out)
	files, err := filepath.Glob(filepath.Join(out, "*.json"))
	if err != nil || len(files) != 1 {
		t.Fatalf("%q, %v", files, err)
	}
	f, err := report.Read(files[0])
	if err != nil {
		t.Fatal(err)
	}
	var seen []string
	for _, r := range f.Runs {
		seen = append(seen, r.Measure+" "+r.Server)
		if len(r.Faults) > 0 {
			t.Errorf("%s at %s: %q", r.Case, r.Server, r.Faults)
		}
		checkFigures(t, r)
	}
	want := []string{
		"broadcast majlis", "broadcast sendloop", "broadcast gws", "sizes majlis", "sizes sendloop", "sizes gws",
		"votes majlis", "reconnects majlis", "reconnects majlis", "nodes majlis", "nodes majlis", "nodes majlis",
	}
	if !slices.Equal(seen, want) {
		t.Errorf("measured %q, want %q", seen, want)
	}
}

// checkShown draws and prints what was measured.
func checkShown(t *testing.T, dir, out string) {
	t.Helper()
	files, _ := filepath.Glob(filepath.Join(out, "*.json"))
	readme := filepath.Join(dir, "README.md")
	if err := os.WriteFile(readme, []byte(beginMark+endMark), 0o600); err != nil {
		t.Fatal(err)
	}
	if code := run([]string{"--show", strings.Join(files, ","), "--readme", readme}); code != 0 {
		t.Fatalf("--show: exit code %d", code)
	}
	text, err := os.ReadFile(readme)
	if err != nil || !strings.Contains(string(text), "votes, 60 connections") || !strings.Contains(string(text), "| sendloop |") {
		t.Errorf("%v\n%s", err, text)
	}
}

func checkFigures(t *testing.T, r report.Run) {
	t.Helper()
	n := r.Figures["deliveries"]
	all := r.Figures["changes"] * float64(r.Conns)
	switch {
	case r.Measure == "broadcast" && r.Server == majlis && (n == 0 || n > all), // it may join changes
		(r.Measure == "sizes" || r.Measure == "broadcast" && r.Server != majlis) && n != all:
		t.Errorf("%s at %s: %v deliveries of %v", r.Case, r.Server, n, all)
	case r.Measure == "votes" && r.Figures["acks"] != 60:
		t.Errorf("%v votes were acknowledged", r.Figures["acks"])
	case r.Measure == "nodes" && r.Variant == killed && (r.Figures["acks"] != 90 || r.Figures["moved"] != 30):
		t.Errorf("%v of 90 votes were acknowledged, %v phones moved", r.Figures["acks"], r.Figures["moved"])
	case r.Measure == "nodes" && r.Variant != killed && n != all:
		t.Errorf("%v deliveries of %v", n, all)
	case r.Measure == "reconnects" && r.Figures["exact_s"] <= 0:
		t.Error("nobody came back")
	}
}
