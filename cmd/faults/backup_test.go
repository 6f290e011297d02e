package faults_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// F10: backups are written while an audience is busy. Each folds to the digest
// that it printed; the last one restores into either kind of store and serves at
// least what was there when it began.
func TestF10BackupUnderPhones(t *testing.T) {
	stores := map[string]func() string{
		"file":  func() string { return faults.FileStore(t) },
		"Redis": func() string { return redistest.Start(t).URL() },
	}
	for kind, store := range stores {
		t.Run(kind, func(t *testing.T) {
			h := faults.Open(t, store(), 1)
			crowd := load(h, faults.Sized(2*time.Second, 60*time.Second))
			dir := t.TempDir()
			var last string
			var before uint64
			var folded faults.Folded
			for n := range faults.Sized(2, 6) {
				crowd.Await(40)
				before, last = h.Offset(h.Nodes[0]), filepath.Join(dir, fmt.Sprint("backup", n))
				began := time.Now()
				digest := printed(t, h.Command("backup", "--to", last))
				faults.Noted(t, "F10", "a "+kind+" under load is backed up and folded", time.Since(began).Round(time.Millisecond).String())
				if folded = h.Fold("sqlite:" + last); folded.Digest != digest {
					t.Errorf("backup %d folds to %s, and printed %s", n, folded.Digest, digest)
				}
			}
			h.Judge(crowd)
			for _, to := range []string{faults.FileStore(t), redistest.Start(t).URL()} {
				h.On(to, "restore", "--from", last)
				if got := h.Fold(to); got != folded {
					t.Errorf("restored into %s: %+v, want %+v", to, got, folded)
				}
				n := h.Add("--store", to)
				if at := h.Offset(n); at < before {
					t.Errorf("restored into %s the session ends at %d, and %d was there when the backup began", to, at, before)
				}
				n.Kill()
			}
		})
	}
}

func printed(t *testing.T, out string) string {
	t.Helper()
	found := regexp.MustCompile(`digest (\w+)`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no digest in %s", out)
	}
	return found[1]
}
