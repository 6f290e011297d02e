package main

import (
	"fmt"

	"majlis/deploy/bench/report"
)

const (
	majlis = "majlis"
	// usualSize is what one small change has at Majlis, when nobody is there to
	// ask.
	usualSize = 175
)

// The columns of tables.
var (
	deliveryColumns = []report.Column{
		{Title: "CPU µs/delivery", Figure: "cpu_us", Digits: 2},
		{Title: "÷ sendloop", Figure: "cpu_us", To: "sendloop"},
		{Title: "÷ centrifuge", Figure: "cpu_us", To: "centrifuge"},
		{Title: "CPU µs/change·conn", Figure: "cpu_change_us", Digits: 2},
		{Title: "p50 ms", Figure: "p50_ms", Digits: 1},
		{Title: "p99 ms", Figure: "p99_ms", Digits: 1},
		{Title: "p99 ÷ sendloop", Figure: "p99_ms", To: "sendloop"},
		{Title: "p99 ÷ centrifuge", Figure: "p99_ms", To: "centrifuge"},
		{Title: "behind s", Figure: "behind_s", Digits: 2},
	}
	idleColumns = []report.Column{
		{Title: "RSS KiB/idle conn", Figure: "idle_rss_kib", Digits: 1},
		{Title: "before GC", Figure: "idle_rss_as_is_kib", Digits: 1},
		{Title: "connects/s", Figure: "connects_per_s"},
	}
	loadColumns = []report.Column{
		{Title: "bytes", Figure: "bytes"},
		{Title: "generator µs", Figure: "generator_us", Digits: 2},
	}
)

// trials are what can be measured, in order.
var trials = []trial{
	{name: "broadcast", groups: broadcasts, columns: join(deliveryColumns, idleColumns, loadColumns)},
}

func trialNames() []string { return []string{"broadcast"} }

func join(parts ...[]report.Column) []report.Column {
	var out []report.Column
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

func broadcasts(c *config) []group {
	var out []group
	for _, conns := range c.conns {
		out = append(out, group{fmt.Sprintf("broadcast to %d", conns), conns, func(b *bench, server string, round int) error {
			return b.broadcast(server, round, conns)
		}})
	}
	return out
}

// broadcast measures all numbers of changes at once at one start of a server.
func (b *bench) broadcast(server string, round, conns int) error {
	bt, err := b.enter(server, setup{conns: conns, size: b.size})
	if err != nil {
		return err
	}
	defer bt.leave()
	idle, err := bt.gather()
	if err != nil {
		return err
	}
	for _, changes := range b.changes {
		c := report.Case{Measure: "broadcast", Conns: conns, Changes: changes}
		figures, err := bt.run(b.pace(conns, changes), b.profiler(bt, c))
		if err != nil {
			return err
		}
		wrong := bt.crowd.check()
		for k, v := range idle {
			figures[k] = v
		}
		b.note(c, server, round, figures, wrong)
		if wrong != nil {
			break // what it has lost it would lose again
		}
	}
	return nil
}

// frameSize is how many bytes Majlis' message of one small change has.
func (b *bench) frameSize() (int, error) {
	bt, err := b.enter(majlis, setup{conns: 1})
	if err != nil {
		return 0, err
	}
	defer bt.leave()
	if err := bt.pool.Open(0, 1+bt.extra, window, bt.crowd, bt.crowd.ready, openWithin); err != nil {
		return 0, err
	}
	_, err = bt.run(pace{changes: 1, period: fastest, periods: 2}, nil)
	return bt.crowd.(*phones).size, err
}
