package metrics

import (
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
)

// namespace is the first part of all our names.
const namespace = "majlis"

// family is one metric with a series for every combination of its labels'
// values. It is complete when made, so reading it needs no lock; the numbers
// are ours, so that the page reads what Prometheus reads.
type family struct {
	sets []set
	at   map[labels]*atomic.Int64
}

// labels are the values of up to two labels.
type labels [2]string

// counters makes and registers a family that only grows; its name ends in
// _total.
func counters(r prometheus.Registerer, name, help string, sets ...set) family {
	return newFamily(sets, func(consts prometheus.Labels, read func() float64) {
		r.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Namespace: namespace, Name: name, Help: help, ConstLabels: consts,
		}, read))
	})
}

// gauges makes and registers a family that goes up and down.
func gauges(r prometheus.Registerer, name, help string, sets ...set) family {
	return newFamily(sets, func(consts prometheus.Labels, read func() float64) {
		r.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Namespace: namespace, Name: name, Help: help, ConstLabels: consts,
		}, read))
	})
}

func newFamily(sets []set, register func(prometheus.Labels, func() float64)) family {
	f := family{sets: sets, at: make(map[labels]*atomic.Int64)}
	for _, values := range combinations(sets) {
		n := new(atomic.Int64)
		consts := prometheus.Labels{}
		for i, s := range sets {
			consts[s.label] = values[i]
		}
		register(consts, func() float64 { return float64(n.Load()) })
		f.at[values] = n
	}
	return f
}

func combinations(sets []set) []labels {
	all := []labels{{}}
	for i, s := range sets {
		var longer []labels
		for _, l := range all {
			for _, v := range append([]string{other}, s.values...) {
				l[i] = v
				longer = append(longer, l)
			}
		}
		all = longer
	}
	return all
}

// add adds to the series of some values, or to "other".
func (f family) add(n int64, values ...string) { f.series(values).Add(n) }

// set sets the series of some values, or "other".
func (f family) set(n int64, values ...string) { f.series(values).Store(n) }

func (f family) series(values []string) *atomic.Int64 {
	var l labels
	for i, s := range f.sets {
		l[i] = s.bound(values[i])
	}
	return f.at[l]
}

// sum adds up all series.
func (f family) sum() (n int64) {
	for _, v := range f.at {
		n += v.Load()
	}
	return n
}

// by adds up the series by the label at an index.
func (f family) by(index int) map[string]int64 {
	out := make(map[string]int64)
	for l, v := range f.at {
		out[l[index]] += v.Load()
	}
	return out
}
