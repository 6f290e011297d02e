package main

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestQuantile(t *testing.T) {
	ten := make([]time.Duration, 10)
	for i := range ten {
		ten[i] = time.Duration(i + 1)
	}
	for _, x := range []struct {
		of    []time.Duration
		share float64
		want  time.Duration
	}{
		{nil, 0.5, 0},
		{ten[:1], 0, 1},
		{ten[:1], 0.99, 1},
		{ten, 0, 1},
		{ten, 0.1, 1},
		{ten, 0.5, 5},
		{ten, 0.51, 6},
		{ten, 0.9, 9},
		{ten, 0.99, 10},
		{ten, 1, 10},
	} {
		if got := quantile(x.of, x.share); got != x.want {
			t.Errorf("%v of %d values is %d, want %d", x.share, len(x.of), got, x.want)
		}
	}
}

// TestAQuantileIsNotExceededByItsShare is the definition: at least that share of
// all is at most the value, and the value before would not do.
func TestAQuantileIsNotExceededByItsShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(0, 50), 1, 200).Draw(t, "values")
		percent := rapid.IntRange(1, 100).Draw(t, "percent")
		sorted := make([]time.Duration, len(values))
		for i, v := range values {
			sorted[i] = time.Duration(v)
		}
		slices.Sort(sorted)
		got := quantile(sorted, float64(percent)/100)
		below, upTo := 0, 0
		for _, v := range sorted {
			if v < got {
				below++
			}
			if v <= got {
				upTo++
			}
		}
		if 100*upTo < percent*len(sorted) || 100*below >= percent*len(sorted) {
			t.Fatalf("%d%% of %v is %d: %d are below, %d are not above", percent, sorted, got, below, upTo)
		}
	})
}

func TestLatencies(t *testing.T) {
	var l ledger
	l.note(8, 100)
	l.note(9, 150)
	got := l.latencies([]span{
		{7, 8, []time.Duration{110, 130}},      // 8 alone
		{8, 10, []time.Duration{200}},          // 9, and 10, which is not ours
		{7, 9, []time.Duration{160}},           // both at once
		{2, 7, []time.Duration{500, 501, 502}}, // before
	})
	if want := []time.Duration{10, 10, 30, 50, 60}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
