package metrics

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestRecentQuantilesAreAtMostATenthTooHigh(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := time.Unix(1_700_000_000, 0)
		micros := rapid.SliceOfN(rapid.IntRange(50, 60_000_000), 1, 200).Draw(t, "microseconds")
		var r recent
		for _, us := range micros {
			r.observe(time.Duration(us)*time.Microsecond, at)
		}
		slices.Sort(micros)
		got := r.latency(at)
		exact := func(percent int) float64 {
			return float64(micros[(percent*len(micros)+99)/100-1]) / 1000
		}
		for _, q := range []struct{ got, want float64 }{{got.P50, exact(50)}, {got.P99, exact(99)}} {
			if q.got < q.want*0.999999 || q.got > q.want*1.100001 {
				t.Fatalf("%g ms; want %g to a tenth more", q.got, q.want)
			}
		}
		if got.Samples != len(micros) {
			t.Fatalf("%d samples; want %d", got.Samples, len(micros))
		}
	})
}

func TestRecentForgets(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	var r recent
	r.observe(time.Second, at)
	for _, row := range []struct {
		after   time.Duration
		samples int
	}{{29 * time.Second, 1}, {59 * time.Second, 1}, {60 * time.Second, 0}, {time.Hour, 0}} {
		if got := r.latency(at.Add(row.after)).Samples; got != row.samples {
			t.Errorf("%s later: %d samples; want %d", row.after, got, row.samples)
		}
	}
	r.observe(time.Second, at.Add(2*time.Hour))
	if got := r.latency(at.Add(2*time.Hour + 29*time.Second)); got.Samples != 1 {
		t.Errorf("after a pause: %d samples; want 1", got.Samples)
	}
}

func TestRecentHoldsWhatIsOutOfItsRange(t *testing.T) {
	at := time.Unix(1_700_000_000, 0)
	var r recent
	r.observe(-time.Second, at)
	r.observe(0, at)
	r.observe(time.Hour, at)
	got := r.latency(at)
	if got.Samples != 3 || got.P50 != 0.05 || got.P99 < 60_000 {
		t.Errorf("got %+v; want the lowest and the highest bound", got)
	}
}
