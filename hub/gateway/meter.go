package gateway

import "time"

// meter lets units through at a steady rate with a burst. It is the virtual
// scheduling form of the leaky bucket (GCRA, ITU-T I.371 annex A): all the
// state is one instant, and there are no fractions that could drift.
type meter struct {
	every time.Duration // what one unit costs
	depth time.Duration // how far one may run ahead: burst × every
}

func newMeter(perSecond float64, burst int) meter {
	every := time.Duration(float64(time.Second) / perSecond)
	return meter{every: every, depth: time.Duration(burst) * every}
}

// take asks for n units. until is the instant at which all debt is paid, zero
// at first; the new one is returned. When there is no room nothing is taken,
// and wait tells when there will be. More units than the burst never fit.
func (m meter) take(until time.Time, n int, now time.Time) (paid time.Time, wait time.Duration, ok bool) {
	debt := until.Sub(now)
	if until.IsZero() || debt < 0 {
		debt = 0
	}
	// More debt than can have been made means that the clock went back; nobody
	// is locked out for as long as it jumped.
	debt = min(debt, m.depth)
	after := debt + time.Duration(n)*m.every
	if after > m.depth {
		return now.Add(debt), after - m.depth, false
	}
	return now.Add(after), 0, true
}
