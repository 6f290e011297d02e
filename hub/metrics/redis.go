package metrics

import (
	"errors"
	"net"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

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

// Notified: a notification came so long after its entries' time.
func (m *Metrics) Notified(lag time.Duration) { m.busLag.Observe(lag.Seconds()) }

// Asked: a Redis answered a command, or did not.
func (m *Metrics) Asked(command string, took time.Duration, err error) {
	m.asked[redisCommands.bound(command)].Observe(took.Seconds())
	if err != nil {
		m.askedInVain.add(1, redisErrorKind(err))
	}
}

// Pooled: how many connections to Redis are open and idle, and how often one was
// waited for in vain since the start.
func (m *Metrics) Pooled(open, idle int, timeouts uint32) {
	m.pool.set(int64(idle), "idle")
	m.pool.set(int64(open-idle), "used")
	m.poolTimeouts.set(int64(timeouts))
}

// Committed: the store of this node alone wrote a transaction; appends tell how
// long that took.
func (m *Metrics) Committed(int, int, time.Duration) {}

// Checkpointed: pages of its WAL were copied, and so many could not be.
func (m *Metrics) Checkpointed(_, left int, _ time.Duration) { m.walLeft.set(int64(left)) }

// commandTimes makes a histogram for each command that is worth its own.
func commandTimes(r prometheus.Registerer) map[string]prometheus.Observer {
	all := prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Namespace: namespace, Name: "redis_command_duration_seconds", Buckets: redisBuckets,
		Help: "How long a Redis took to answer, by command; a pipeline goes by its first.",
	}, []string{redisCommands.label})
	r.MustRegister(all)
	by := map[string]prometheus.Observer{}
	for _, name := range append([]string{other}, redisCommands.values...) {
		by[name] = all.WithLabelValues(name)
	}
	return by
}

// redisErrorKind is what went wrong on the way to a Redis.
func redisErrorKind(err error) string {
	var timeout net.Error
	var op *net.OpError
	switch {
	case errors.As(err, &timeout) && timeout.Timeout():
		return "timeout"
	case errors.As(err, &op):
		return "network"
	}
	return other
}

func number(on bool) int64 {
	if on {
		return 1
	}
	return 0
}
