package metrics

import (
	"math"
	"sync"
	"time"
)

const (
	// recentSpan is how long one of the two windows of a [recent] gathers: what
	// it reports is of the last 30 to 60 s, steady enough to read and quick to
	// follow a change.
	recentSpan = 30 * time.Second
	// From recentLeast on each bucket is a tenth wider than the one before, so a
	// quantile is at most a tenth too high, up to 75 s.
	recentLeast   = 50 * time.Microsecond
	recentGrowth  = 1.1
	recentBuckets = 150
)

// Latency is what durations were lately. Milliseconds; zero without samples.
type Latency struct {
	P50     float64 `json:"p50"`
	P99     float64 `json:"p99"`
	Samples int     `json:"samples"`
}

// recent gathers durations of the last minute. Prometheus does this better,
// from the histograms; this is for the page of a hub that has none.
type recent struct {
	mu     sync.Mutex
	now    [recentBuckets]int
	before [recentBuckets]int
	since  time.Time // when now began
}

func (r *recent) observe(d time.Duration, at time.Time) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnLocked(at)
	r.now[recentBucket(d)]++
}

func (r *recent) latency(at time.Time) Latency {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turnLocked(at)
	var both [recentBuckets]int
	samples := 0
	for i := range both {
		both[i] = r.now[i] + r.before[i]
		samples += both[i]
	}
	return Latency{
		P50: recentQuantile(both[:], samples, 0.50), P99: recentQuantile(both[:], samples, 0.99), Samples: samples,
	}
}

func (r *recent) turnLocked(at time.Time) {
	switch age := at.Sub(r.since); {
	case age >= 2*recentSpan:
		r.now, r.before, r.since = [recentBuckets]int{}, [recentBuckets]int{}, at
	case age >= recentSpan:
		r.now, r.before, r.since = [recentBuckets]int{}, r.now, r.since.Add(recentSpan)
	}
}

// recentBucket is the first bucket whose bound is not below d.
func recentBucket(d time.Duration) int {
	if d <= recentLeast {
		return 0
	}
	i := math.Ceil(math.Log(float64(d)/float64(recentLeast)) / math.Log(recentGrowth))
	return min(int(i), recentBuckets-1)
}

// recentQuantile is the bound, in milliseconds, that a share of the samples
// does not exceed.
func recentQuantile(buckets []int, samples int, share float64) float64 {
	if samples == 0 {
		return 0
	}
	need := int(math.Ceil(share * float64(samples)))
	for i, n := range buckets {
		if need -= n; need <= 0 {
			bound := float64(recentLeast) * math.Pow(recentGrowth, float64(i))
			return bound / float64(time.Millisecond)
		}
	}
	return 0
}
