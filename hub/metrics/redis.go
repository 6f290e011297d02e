package metrics

// Linked: the Redis can be relied on now, or not.
func (m *Metrics) Linked(up bool) { m.linked.set(number(up)) }

// Resubscribed: a subscription ended and is made anew.
func (m *Metrics) Resubscribed() { m.resubscribed.add(1) }

// Missed: a notification did not follow what was known.
func (m *Metrics) Missed() { m.missed.add(1) }

// FoundOut: a look at the log's end found what no notification had told.
func (m *Metrics) FoundOut() { m.foundOut.add(1) }

// Unconfirmed: too few replicas confirmed a write in time.
func (m *Metrics) Unconfirmed() { m.unconfirmed.add(1) }

func number(on bool) int64 {
	if on {
		return 1
	}
	return 0
}
