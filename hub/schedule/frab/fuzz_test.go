package frab_test

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"majlis/hub/schedule/frab"
)

// FuzzReadXML and FuzzReadJSON: no file breaks the reader, and what it takes can
// be imported.
func FuzzReadXML(f *testing.F) {
	f.Add([]byte(xmlOf(event)))
	seed(f, "*.xml")
	f.Fuzz(func(t *testing.T, body []byte) { sound(t, body) })
}

func FuzzReadJSON(f *testing.F) {
	f.Add([]byte(jsonOf(`{"guid":"g","id":1,"date":"2026-12-01T10:00:00Z","duration":"0:30","title":"T","persons":[{"public_name":"P"}]}`)))
	seed(f, "*.json")
	f.Fuzz(func(t *testing.T, body []byte) { sound(t, body) })
}

// seed adds the small real files, where they are.
func seed(f *testing.F, pattern string) {
	dir, err := os.Getwd()
	if err != nil {
		f.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		files, _ := filepath.Glob(filepath.Join(dir, "shared", "testdata", "schedules", "hostile", pattern))
		for _, file := range files {
			if b, err := os.ReadFile(file); err == nil {
				f.Add(b)
			}
		}
	}
}

func sound(t *testing.T, body []byte) {
	r, err := frab.Read(bytes.NewReader(body), "fuzz", frab.Options{})
	var refusal *frab.Error
	if err != nil {
		if !errors.As(err, &refusal) || refusal.Reason == "" {
			t.Fatalf("not a refusal with a reason: %v", err)
		}
		return
	}
	if r.Sessions == 0 || r.Sessions != len(r.Programme.Sessions) || !r.First.Before(r.Last) {
		t.Fatalf("a programme of %d sessions from %v to %v", r.Sessions, r.First, r.Last)
	}
	if _, err := r.Programme.Complete(); err != nil {
		t.Fatalf("was read and cannot be imported: %v", err)
	}
}
