package faults

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
)

// binaries is the directory of the programs, built at the first use.
var binaries = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "faults")
	if err != nil {
		return "", err
	}
	cmd := exec.Command("go", "build", "-trimpath", "-o", dir, "majlis/cmd/majlis", "majlis/cmd/swarm")
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := cmd.CombinedOutput(); err != nil {
		return dir, fmt.Errorf("build the programs: %w\n%s", err, out)
	}
	return dir, nil
})

// Main runs the tests, and removes the programs that were built for them.
func Main(m *testing.M) {
	code := m.Run()
	if dir, _ := binaries(); dir != "" {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// program is the path of one of them.
func program(t testing.TB, name string) string {
	t.Helper()
	dir, err := binaries()
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Join(dir, name)
}

// Run runs a command of majlis to its end and returns what it prints; the test
// fails if it does not succeed.
func Run(t testing.TB, args ...string) string {
	t.Helper()
	out, err := exec.Command(program(t, "majlis"), args...).CombinedOutput()
	if err != nil {
		t.Fatalf("majlis %v: %v\n%s", args, err, out)
	}
	return string(out)
}
