package frab_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"majlis/hub/schedule/frab"
)

// shared finds a directory of real data beside the repository.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		found := filepath.Join(append([]string{dir, "shared", "testdata"}, elem...)...)
		if _, err := os.Stat(found); err == nil {
			return found
		}
	}
	t.Skipf("shared/testdata/%s is not there: the real files are not part of the repository", filepath.Join(elem...))
	return ""
}

// read reads a file of the real data.
func read(t testing.TB, o frab.Options, elem ...string) (frab.Report, error) {
	t.Helper()
	f, err := os.Open(shared(t, append([]string{"schedules"}, elem...)...))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	return frab.Read(f, filepath.Base(f.Name()), o)
}

// readText reads a file that a test wrote.
func readText(text string) (frab.Report, error) {
	return frab.Read(strings.NewReader(text), "schedule", frab.Options{})
}

// told reports whether a warning says something.
func told(r frab.Report, what string) bool {
	for _, w := range r.Warnings {
		if strings.Contains(w.Text, what) {
			return true
		}
	}
	return false
}
