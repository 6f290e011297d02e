// Seeds are lived through without the race detector, as all of the simulation.
//go:build !race

package hub_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// bug is one that was found and mended, and the way back to it: what stood in the
// code. Its seed fails with the bug, and not without; what the simulation cannot
// find has a short test of its own instead. The table is testdata/bugs.
type bug struct {
	name, says string
	seed       uint64
	test       string // instead of a seed
	edits      []edit
}

// edit is a text that stands once in a file, and what stood there with the bug.
type edit struct{ file, now, then string }

// everyBugs come back in every run of the tests; the others where SIM_BUGS=all.
var everyBugs = []string{"behind-refuses-for-good", "left-for-a-beginning"}

// bugs reads the table: a sentence, "seed N" or "test Name", and for each edit the
// two texts.
func bugs(t *testing.T) []bug {
	t.Helper()
	files, err := filepath.Glob("testdata/bugs/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no bugs: %v", err)
	}
	var all []bug
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := parseBug(string(text))
		if err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		b.name = strings.TrimSuffix(filepath.Base(file), ".txt")
		all = append(all, b)
	}
	return all
}

var bugMark = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func parseBug(text string) (b bug, err error) {
	marks := bugMark.FindAllStringSubmatchIndex(text, -1)
	if len(marks) == 0 || len(marks)%2 != 0 {
		return b, fmt.Errorf("want two texts for each edit, it has %d", len(marks))
	}
	var by string
	b.says, by, _ = strings.Cut(strings.TrimSpace(text[:marks[0][0]]), "\n")
	if seed, ok := strings.CutPrefix(by, "seed "); ok {
		if b.seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
			return b, fmt.Errorf("its seed: %w", err)
		}
	} else if b.test, ok = strings.CutPrefix(by, "test "); !ok {
		return b, fmt.Errorf("want a seed or a test behind its sentence, it has %q", by)
	}
	part := func(i int) (name, body string) {
		end := len(text)
		if i+1 < len(marks) {
			end = marks[i+1][0]
		}
		return text[marks[i][2]:marks[i][3]], text[marks[i][1]:end]
	}
	for i := 0; i < len(marks); i += 2 {
		file, now := part(i)
		instead, then := part(i + 1)
		if instead != "instead" {
			return b, fmt.Errorf("the second text of %s is named %q", file, instead)
		}
		b.edits = append(b.edits, edit{file, strings.TrimSuffix(now, "\n"), strings.TrimSuffix(then, "\n")})
	}
	return b, nil
}

// apply writes the files as they were with the bug to dir, and returns the
// overlay that has the compiler read them. The tree stays as it is.
func (b *bug) apply(dir string) (overlay string, err error) {
	texts := map[string]string{}
	for _, e := range b.edits {
		if texts[e.file] == "" {
			is, err := os.ReadFile(filepath.Join("..", e.file))
			if err != nil {
				return "", err
			}
			texts[e.file] = string(is)
		}
		if n := strings.Count(texts[e.file], e.now); n != 1 {
			return "", fmt.Errorf("%q stands %d times in %s, want once: mend testdata/bugs/%s.txt", e.now, n, e.file, b.name)
		}
		texts[e.file] = strings.Replace(texts[e.file], e.now, e.then, 1)
	}
	replace := map[string]string{}
	for i, file := range sortedKeys(texts) {
		from, err := filepath.Abs(filepath.Join("..", file))
		if err != nil {
			return "", err
		}
		replace[from] = filepath.Join(dir, fmt.Sprint(i, ".go"))
		if err := os.WriteFile(replace[from], []byte(texts[file]), 0o600); err != nil {
			return "", err
		}
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// bringBack builds the tests of this package with the bug.
func (b *bug) bringBack(t *testing.T) (program string) {
	t.Helper()
	dir := t.TempDir()
	overlay, err := b.apply(dir)
	if err != nil {
		t.Fatal(err)
	}
	program = filepath.Join(dir, "hub.test")
	cmd := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-c", "-overlay", overlay, "-o", program, ".")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the bug does not build: %v\n%s", err, out)
	}
	return program
}

// bugWithin ends a program that a bug has made hang.
const bugWithin = 10 * time.Minute

var simFound = regexp.MustCompile(`seed (\d+)( \(|:)[^\n]*\n[^\n]*`)

// finds runs a test of a program, and returns what it has found: "" for nothing.
func finds(t *testing.T, program, test, env string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), bugWithin)
	defer cancel()
	cmd := exec.CommandContext(ctx, program, "-test.run", "^"+test+"$", "-test.v")
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "SIM") }), env)
	out, err := cmd.CombinedOutput()
	switch found := simFound.FindString(string(out)); {
	case !strings.Contains(string(out), "=== RUN   "+test+"\n"):
		t.Fatalf("there is no %s: %v\n%s", test, err, out)
	case err == nil:
		return ""
	case found != "":
		return found
	}
	if test == "TestSimulation" {
		t.Fatalf("the simulation ended with %v and names no seed:\n%s", err, out)
	}
	return test
}

// TestSimulationNamedSeeds: what once was a bug is none now.
func TestSimulationNamedSeeds(t *testing.T) {
	for _, b := range bugs(t) {
		t.Run(b.name, func(t *testing.T) {
			if _, err := b.apply(t.TempDir()); err != nil {
				t.Error(err)
			}
			if b.test == "" {
				fails(t, live(t, b.seed, drawPlan(b.seed)))
			}
		})
	}
}

// TestSimulationFindsBugsThatComeBack: a named seed keeps its meaning. With the bug
// it must fail; where it does not any more, since something else is drawn, another
// one is hunted for.
func TestSimulationFindsBugsThatComeBack(t *testing.T) {
	ask, hunt := os.Getenv("SIM_BUGS"), os.Getenv("SIM_HUNT")
	if hunt == "" {
		hunt = "300"
	}
	known := false
	for _, b := range bugs(t) {
		if ask == "" && !slices.Contains(everyBugs, b.name) || ask != "" && ask != "all" && ask != b.name {
			continue
		}
		known = true
		t.Run(b.name, func(t *testing.T) {
			b.mustBeFound(t, hunt)
		})
	}
	if !known {
		t.Errorf("SIM_BUGS=%s names no bug", ask)
	}
}

// mustBeFound brings the bug back and runs what finds it.
func (b *bug) mustBeFound(t *testing.T, hunt string) {
	t.Helper()
	program := b.bringBack(t)
	if b.test != "" {
		if finds(t, program, b.test, "") == "" {
			t.Errorf("%s passes with the bug", b.test)
		}
		return
	}
	if found := finds(t, program, "TestSimulation", fmt.Sprint("SIM_SEED=", b.seed)); found != "" {
		t.Logf("%s\n%s", b.says, found)
		return
	}
	found := finds(t, program, "TestSimulation", "SIM_HUNT="+hunt)
	if found == "" {
		t.Errorf("seed %d does not find it any more, nor does any of %s: SIM_HUNT asks for more", b.seed, hunt)
		return
	}
	t.Errorf("seed %d does not find it any more; testdata/bugs/%s.txt needs:\nseed %s\nas this says: %s",
		b.seed, b.name, simFound.FindStringSubmatch(found)[1], found)
}

// hunt looks for a seed that fails each of five times.
func hunt(t *testing.T, most string) {
	t.Helper()
	n, err := strconv.ParseUint(most, 10, 64)
	if err != nil {
		t.Fatalf("SIM_HUNT: %v", err)
	}
	alone(t)
	for seed := range n {
		var w *world
		for range 5 {
			if w = live(t, seed, drawPlan(seed)); len(w.wrong) == 0 {
				break
			}
		}
		if len(w.wrong) > 0 {
			fails(t, w)
			return
		}
	}
}
