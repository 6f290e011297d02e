package faults

import (
	"fmt"
	"os"
	"testing"
	"time"
)

// Full is whether everything runs at full size: with the build tag faults, as
// `make faults` does. Tests that are too long for every day are in files with that
// tag.
const Full = full

// Sized is a number for a short run, or one for a full one.
func Sized[T any](short, full T) T {
	if Full {
		return full
	}
	return short
}

// Took is a time that was measured, and the longest that is promised.
func Took(t testing.TB, row, what string, got, promise time.Duration) {
	t.Helper()
	tell(t, row, what, "≤ "+promise.String(), got.Round(time.Millisecond).String(), got <= promise)
}

// Counted is a number that was measured, and the largest that is promised.
func Counted(t testing.TB, row, what string, got, promise int) {
	t.Helper()
	tell(t, row, what, fmt.Sprintf("≤ %d", promise), fmt.Sprint(got), got <= promise)
}

// Noted is what was measured where nothing is promised.
func Noted(t testing.TB, row, what, got string) {
	t.Helper()
	tell(t, row, what, "–", got, true)
}

func tell(t testing.TB, row, what, promise, got string, kept bool) {
	t.Helper()
	word := "kept"
	if !kept {
		word = "NOT KEPT"
	}
	t.Logf("%s · %s · promised %s · measured %s", row, what, promise, got)
	if !kept && Full {
		t.Errorf("%s, %s: measured %s, promised %s", row, what, got, promise)
	}
	name := os.Getenv("FAULTS_OUT")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Fprintf(f, "%s\t%s\t%s\t%s\t%s\n", row, what, promise, got, word); err != nil {
		t.Fatal(err)
	}
}
