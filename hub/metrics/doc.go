// Package metrics counts what the hub and its edge do, for Prometheus and for
// the operators' own page.
//
// # Model
//
// A [Metrics] is an observer: hub.Observer and gateway.Observer by shape, so
// neither of them knows this package. What it is told ends up twice:
//
//	hub, gateway ──observer's methods──▶ Metrics ─┬─ Handler()   /metrics (OpenMetrics)
//	                                              └─ Snapshot()  numbers of the /ops page
//
// It has a registry of its own and no globals, so a test may make as many as it
// likes.
//
// # Promises
//
// Every method may be called by any goroutine and returns at once: counting is
// one atomic addition, a latency one short lock. Every series exists from the
// start, at zero, so that a rate over it is never empty. Labels hold values of
// closed sets alone; whatever else is passed counts as "other", so no client,
// session or path can add a series.
//
//	m := metrics.New("v1.4.0")
//	h, err := hub.New(hub.Config{Observer: m, …})
//	http.Handle("GET /metrics", m.Handler())
package metrics
