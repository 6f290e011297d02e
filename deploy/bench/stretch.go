package main

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/sys/unix"

	"majlis/deploy/bench/report"
)

const (
	// window is how many handshakes may be under way.
	window = 128
	// openWithin bounds the connecting of everybody.
	openWithin = 90 * time.Second
	// settleWithin is how long stragglers may take when the publishing is over.
	settleWithin = 30 * time.Second
	// warmups are bursts before the clock runs.
	warmups = 4
	// fastest is a period that is longer than Majlis' tick.
	fastest = 150 * time.Millisecond
)

// gather connects everybody and reads what an idle connection costs.
func (bt *bout) gather() (map[string]float64, error) {
	if err := bt.process.Collect(); err != nil {
		return nil, err
	}
	empty, err := bt.process.RSS()
	if err != nil {
		return nil, err
	}
	all := bt.conns + bt.extra
	began := bt.pool.Tick()
	if err := bt.pool.Open(0, all, window, bt.crowd, bt.crowd.ready, openWithin); err != nil {
		return nil, err
	}
	out := map[string]float64{
		"connects_per_s": float64(all) / (bt.pool.Tick() - began).Seconds(),
		"refused":        float64(bt.pool.Refused),
	}
	weigh := func(figure string) error {
		if err := bt.pool.Sleep(bt.rest); err != nil {
			return err
		}
		rss, err := bt.process.RSS()
		out[figure] = float64(rss-empty) / float64(all) / 1024
		return err
	}
	return out, errors.Join(weigh("idle_rss_as_is_kib"), bt.process.Collect(), weigh("idle_rss_kib"))
}

// pace is how changes are published.
type pace struct {
	changes int // at once
	period  time.Duration
	periods int
}

// run publishes at a pace and measures until everybody has everything. beside is
// what else goes on meanwhile, or nil.
func (bt *bout) run(p pace, beside func(time.Duration) error) (map[string]float64, error) {
	if err := bt.warmUp(p); err != nil {
		return nil, err
	}
	other := make(chan error, 1)
	if beside == nil {
		beside = func(time.Duration) error { return nil }
	}
	go func() { other <- beside(time.Duration(p.periods) * p.period) }()
	bt.crowd.mark()
	before, err := bt.used()
	if err != nil {
		return nil, err
	}
	began := bt.pool.Tick()
	var memory memory
	for i := range p.periods {
		if err := bt.crowd.publish(p.changes); err != nil {
			return nil, err
		}
		if err := bt.pool.Until(began + time.Duration(i+1)*p.period); err != nil {
			return nil, err
		}
		if err := memory.look(bt); err != nil {
			return nil, err
		}
	}
	over := bt.pool.Tick()
	all, err := bt.pool.Run(over+settleWithin, bt.crowd.settled)
	if err != nil {
		return nil, err
	}
	after, err := bt.used()
	if err != nil {
		return nil, err
	}
	out := bt.figures(after.less(before), float64(p.periods*p.changes))
	memory.figures(out)
	out["behind_s"] = (after.at - over).Seconds()
	if !all {
		out["behind_s"] = math.Round(settleWithin.Seconds())
	}
	return out, <-other
}

// memory is what a server has used in the course of a stretch, looked at once a
// second.
type memory struct {
	first, most, last int64
	at                time.Duration
}

func (m *memory) look(bt *bout) (err error) {
	if m.first > 0 && bt.pool.Now() < m.at+time.Second {
		return nil
	}
	m.at = bt.pool.Now()
	if m.last, err = bt.process.RSS(); m.first == 0 {
		m.first = m.last
	}
	m.most = max(m.most, m.last)
	return err
}

func (m *memory) figures(out map[string]float64) {
	const mib = 1 << 20
	out["rss_first_mib"], out["rss_most_mib"], out["rss_last_mib"] = float64(m.first)/mib, float64(m.most)/mib, float64(m.last)/mib
}

// figures are those of a stretch that used so much.
func (bt *bout) figures(used usage, changes float64) map[string]float64 {
	spans, book := bt.crowd.stretch()
	n := float64(deliveries(spans))
	times := book.latencies(spans)
	out := map[string]float64{
		"seconds": used.at.Seconds(), "changes": changes, "deliveries": n,
		"cpu_change_us": micros(used.cpu) / changes / float64(bt.conns),
	}
	if n > 0 {
		out["bytes"] = float64(used.bytes) / n
		out["cpu_us"] = micros(used.cpu) / n
		out["generator_us"] = micros(used.own) / n
		out["p50_ms"] = millis(quantile(times, 0.5))
		out["p99_ms"] = millis(quantile(times, 0.99))
		out["max_ms"] = millis(quantile(times, 1))
	}
	return out
}

func (bt *bout) warmUp(p pace) error {
	for range warmups {
		if err := bt.crowd.publish(p.changes); err != nil {
			return err
		}
		if err := bt.pool.Sleep(p.period); err != nil {
			return err
		}
	}
	_, err := bt.pool.Run(bt.pool.Tick()+settleWithin, bt.crowd.settled)
	return err
}

// usage is what was used up to a time.
type usage struct {
	at    time.Duration
	bytes int64         // read by the pool
	cpu   time.Duration // of the server
	own   time.Duration // of this process
}

func (bt *bout) used() (usage, error) {
	cpu, err := bt.process.CPU()
	u := usage{at: bt.pool.Tick(), bytes: bt.pool.Bytes, cpu: cpu}
	var self unix.Rusage
	if err == nil {
		err = unix.Getrusage(unix.RUSAGE_SELF, &self)
		u.own = time.Duration(self.Utime.Nano() + self.Stime.Nano())
	}
	return u, err
}

func (u usage) less(v usage) usage {
	return usage{u.at - v.at, u.bytes - v.bytes, u.cpu - v.cpu, u.own - v.own}
}

// profiler writes a CPU profile of a server while it is measured, if that was
// asked for.
func (b *bench) profiler(bt *bout, c report.Case) func(time.Duration) error {
	if b.profile == "" || bt.server == "sendloop" {
		return nil
	}
	return func(d time.Duration) error {
		return bt.process.Profile(filepath.Join(b.profile, fileName(bt.server, c)), d)
	}
}

func fileName(server string, c report.Case) string {
	name := []byte(server + "-" + c.String() + ".pprof")
	for i, ch := range name {
		if ch == ' ' || ch == ',' || ch == os.PathSeparator {
			name[i] = '-'
		}
	}
	return string(name)
}

func micros(d time.Duration) float64 { return float64(d) / float64(time.Microsecond) }
func millis(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }
