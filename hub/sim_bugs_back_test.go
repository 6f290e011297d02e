//go:build bugs && !race

package hub_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestSimulationBugsBack brings each bug back and demands that its seed fails; where
// it does not, SIM_HUNT (1000) others are lived through until one does, which is named.
func TestSimulationBugsBack(t *testing.T) {
	for _, b := range simBugs() {
		t.Run(b.name, func(t *testing.T) {
			program := b.build(t)
			if b.test != "" {
				if said, failed := b.run(program, b.test, ""); !failed || !strings.Contains(said, "--- FAIL: "+b.test) {
					t.Errorf("%s passes with the bug\n%s", b.test, said)
				}
				return
			}
			seed := strconv.FormatUint(b.seed, 10)
			if said, failed := b.run(program, "TestSimulation", "SIM_SEED="+seed); failed {
				t.Logf("seed %s: %s", seed, firstRule(said))
				return
			}
			most := os.Getenv("SIM_HUNT")
			if most == "" {
				most = "1000"
			}
			said, _ := b.run(program, "TestSimulation", "SIM_HUNT="+most)
			if f := regexp.MustCompile(`seed (\d+) \(`).FindStringSubmatch(said); f != nil {
				t.Fatalf("seed %s does not find it any more; seed %s does: %s", seed, f[1], firstRule(said))
			}
			t.Fatalf("seed %s does not find it any more, nor does any of %s\n%s", seed, most, said)
		})
	}
}

// build builds the tests of this package with the bug in them.
func (b *simBug) build(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	program, file, overlay := filepath.Join(folder, "hub.test"), filepath.Join(folder, filepath.Base(b.file)), filepath.Join(folder, "overlay.json")
	here, err := filepath.Abs(b.file)
	if err == nil {
		err = os.WriteFile(file, []byte(b.broken(t)), 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	places, err := json.Marshal(map[string]any{"Replace": map[string]string{here: file}})
	if err == nil {
		err = os.WriteFile(overlay, places, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	if said, err := exec.Command("go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", program, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, said)
	}
	return program
}

func (b *simBug) run(program, test, how string) (said string, failed bool) {
	cmd := exec.Command(program, "-test.run", "^"+test+"$", "-test.timeout", "10m") // a bug may be one that hangs
	cmd.Env = append(slices.DeleteFunc(os.Environ(), func(e string) bool { return strings.HasPrefix(e, "SIM") }), how)
	out, err := cmd.CombinedOutput()
	return string(out), err != nil
}

// firstRule is the first line that tells of a rule that was broken.
func firstRule(said string) string {
	return regexp.MustCompile(`[A-Z]\d after .*|hub after .*|panic: .*`).FindString(said)
}
