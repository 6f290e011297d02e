package metrics

import "time"

// Delivered: a frame was sent so long after its oldest change had been folded; a
// sample.
func (m *Metrics) Delivered(age time.Duration) {
	m.delivery.Observe(age.Seconds())
	m.recentFan.observe(age, time.Now())
}

// Broadcast: what was published went to so many connections.
func (m *Metrics) Broadcast(sent int) { m.sent.add(int64(sent)) }

// Lagging: so many connections more, or fewer, are behind.
func (m *Metrics) Lagging(change int) {
	m.lagging.add(int64(change))
	if change > 0 {
		m.lagged.add(int64(change))
	}
}
