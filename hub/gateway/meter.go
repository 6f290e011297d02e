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
	debt := m.debt(until, now)
	after := debt + time.Duration(n)*m.every
	if after > m.depth {
		return now.Add(debt), after - m.depth, false
	}
	return now.Add(after), 0, true
}

// charge takes n units that have been let through elsewhere, whether there is room
// or not: up to twice the burst, so that what goes through at several places is
// paid for at each.
func (m meter) charge(until time.Time, n int, now time.Time) (paid time.Time) {
	return now.Add(min(m.debt(until, now)+time.Duration(n)*m.every, 2*m.depth))
}

// debt is what is to be paid yet. More than can have been made means that the
// clock went back; nobody is locked out for as long as it jumped.
func (m meter) debt(until, now time.Time) time.Duration {
	debt := until.Sub(now)
	switch {
	case until.IsZero() || debt < 0:
		return 0
	case debt > 2*m.depth:
		return m.depth
	}
	return debt
}
