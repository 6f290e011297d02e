package main

import (
	"errors"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"majlis/deploy/bench/process"
	"majlis/deploy/bench/report"
)

// trial is one thing that is measured.
type trial struct {
	name    string
	servers []string // who can take part; nil: all
	groups  func(*config) []group
	columns []report.Column
}

// group is what is measured at one start of a server.
type group struct {
	report.Case
	do func(b *bench, server string, round int) error
}

// one is the group of a case that is measured by f.
func one(c report.Case, f func(b *bench, bt *bout, c report.Case, round int) error, s setup) group {
	s.conns = c.Conns
	return group{c, func(b *bench, server string, round int) error {
		bt, err := b.enter(server, s)
		if err != nil {
			return err
		}
		return errors.Join(f(b, bt, c, round), bt.leave())
	}}
}

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
		{Title: "idle CPU µs/s·conn", Figure: "idle_cpu_us", Digits: 2},
	}
	loadColumns = []report.Column{
		{Title: "bytes", Figure: "bytes"},
		{Title: "generator µs", Figure: "generator_us", Digits: 2},
	}
	stoppedColumns = []report.Column{
		{Title: "p50 ms", Figure: "p50_ms", Digits: 1},
		{Title: "p99 ms", Figure: "p99_ms", Digits: 1},
		{Title: "÷ all reading", Figure: "p99_ratio", Digits: 2},
		{Title: "CPU µs/delivery", Figure: "cpu_us", Digits: 2},
		{Title: "RSS MiB at first", Figure: "rss_first_mib", Digits: 1},
		{Title: "at most", Figure: "rss_most_mib", Digits: 1},
		{Title: "at last", Figure: "rss_last_mib", Digits: 1},
		{Title: "kernel's TCP MiB", Figure: "kernel_tcp_mib", Digits: 1},
		{Title: "blocked", Figure: "blocked"},
		{Title: "cut off", Figure: "cut_off"},
		{Title: "exact after waking", Figure: "exact"},
		{Title: "after s", Figure: "wake_s", Digits: 2},
	}
	compressColumns = []report.Column{
		{Title: "deflate", Figure: "negotiated"},
		{Title: "bytes", Figure: "bytes"},
		{Title: "CPU µs/delivery", Figure: "cpu_us", Digits: 2},
		{Title: "p50 ms", Figure: "p50_ms", Digits: 1},
		{Title: "p99 ms", Figure: "p99_ms", Digits: 1},
		{Title: "RSS MiB", Figure: "rss_last_mib", Digits: 1},
		{Title: "behind s", Figure: "behind_s", Digits: 2},
	}
	voteColumns = []report.Column{
		{Title: "votes", Figure: "votes"},
		{Title: "acknowledged", Figure: "acks"},
		{Title: "ack p50 ms", Figure: "ack_p50_ms", Digits: 1},
		{Title: "p99 ms", Figure: "ack_p99_ms", Digits: 1},
		{Title: "final tally everywhere, ms after last ack", Figure: "tally_ms"},
		{Title: "frames/s, worst phone", Figure: "frames_per_s_most"},
		{Title: "server CPU s", Figure: "cpu_s", Digits: 2},
	}
	reconnectColumns = []report.Column{
		{Title: "all exact after s", Figure: "exact_s", Digits: 2},
		{Title: "half after s", Figure: "half_s", Digits: 2},
		{Title: "told to wait", Figure: "refused"},
		{Title: "versions", Figure: "versions"},
		{Title: "catch-ups encoded", Figure: "catchups_encoded"},
		{Title: "shared", Figure: "catchups_shared"},
		{Title: "log entries read", Figure: "entries_loaded"},
		{Title: "history lost", Figure: "history_lost"},
		{Title: "server CPU s", Figure: "cpu_s", Digits: 2},
	}
)

func join(parts ...[]report.Column) []report.Column { return slices.Concat(parts...) }

// trials are what can be measured, in order.
var trials = []trial{
	{name: "broadcast", groups: broadcasts, columns: join(deliveryColumns, idleColumns, loadColumns)},
	{name: "sizes", groups: bySize, columns: join(deliveryColumns, loadColumns)},
	{name: "idle", groups: idling, columns: idleColumns},
	{name: "compress", servers: []string{majlis, "gws", "coder", "centrifuge"}, groups: compressed, columns: compressColumns},
	{name: "stopped", groups: stopping, columns: stoppedColumns},
	{name: "votes", servers: []string{majlis}, groups: voting, columns: voteColumns},
	{name: "reconnects", servers: []string{majlis}, groups: reconnecting, columns: reconnectColumns},
	{name: "nodes", servers: []string{majlis}, groups: manyNodes, columns: nodeColumns},
}

// trialNames are those of trials, which flags are read without.
var trialNames = []string{"broadcast", "sizes", "idle", "compress", "stopped", "votes", "reconnects", "nodes"}

// middle is how many connections trials have that vary something else.
func (c *config) middle() int { return c.conns[len(c.conns)/2] }

// broadcasts measure all numbers of changes at once at one start of a server.
func broadcasts(c *config) (out []group) {
	for _, conns := range c.conns {
		out = append(out, one(report.Case{Measure: "broadcast", Conns: conns}, (*bench).broadcast, setup{size: c.size}))
	}
	return out
}

func (b *bench) broadcast(bt *bout, c report.Case, round int) error {
	idle, err := bt.gather()
	if err != nil {
		return err
	}
	for _, c.Changes = range b.changes {
		figures, err := bt.run(b.pace(c.Conns, c.Changes), b.profiler(bt, c))
		if err != nil {
			return err
		}
		for k, v := range idle {
			figures[k] = v
		}
		wrong := bt.crowd.check()
		b.note(c, bt.server, round, figures, wrong)
		if wrong != nil {
			break // what it has lost it would lose again
		}
	}
	return nil
}

// smallestPoster is what a poll's frame has at least; below it changes are votes.
const smallestPoster = 512

// bySize varies the size of a message.
func bySize(c *config) (out []group) {
	for _, size := range c.sizes {
		s := setup{size: size, poster: true}
		if size < smallestPoster {
			s = setup{size: c.size}
		}
		out = append(out, one(report.Case{Measure: "sizes", Conns: c.middle(), Size: size}, (*bench).steady, s))
	}
	return out
}

// steady publishes one change at a time.
func (b *bench) steady(bt *bout, c report.Case, round int) error {
	if _, err := bt.gather(); err != nil {
		return err
	}
	figures, err := bt.run(b.pace(c.Conns, 1), b.profiler(bt, c))
	if err != nil {
		return err
	}
	b.note(c, bt.server, round, figures, bt.crowd.check())
	return nil
}

// pingRound is longer than servers leave a connection alone: Majlis says
// something after 20 s, centrifuge after 25.
const pingRound = 30 * time.Second

// idling measures connections that nobody says anything to.
func idling(c *config) (out []group) {
	for _, conns := range c.conns {
		out = append(out, one(report.Case{Measure: "idle", Conns: conns}, (*bench).idle, setup{size: c.size, silent: true}))
	}
	return out
}

func (b *bench) idle(bt *bout, c report.Case, round int) error {
	figures, err := bt.gather()
	if err != nil {
		return err
	}
	before, err := bt.used()
	if err != nil {
		return err
	}
	if err := bt.pool.Sleep(max(b.window, pingRound)); err != nil {
		return err
	}
	after, err := bt.used()
	if err != nil {
		return err
	}
	used := after.less(before)
	figures["idle_cpu_us"] = micros(used.cpu) / used.at.Seconds() / float64(bt.conns)
	b.note(c, bt.server, round, figures, bt.crowd.check())
	return nil
}

// compressSize is that of a question's text and its frame.
const compressSize = 1 << 10

// compressed offers permessage-deflate, and does not.
func compressed(c *config) []group {
	plain := report.Case{Measure: "compress", Conns: c.middle(), Size: compressSize, Variant: "not offered"}
	offered := plain
	offered.Variant = "offered"
	s := setup{size: compressSize, poster: true}
	with := s
	with.compress = true
	return []group{one(plain, (*bench).compress, s), one(offered, (*bench).compress, with)}
}

func (b *bench) compress(bt *bout, c report.Case, round int) error {
	if _, err := bt.gather(); err != nil {
		return err
	}
	figures, err := bt.run(b.pace(c.Conns, 1), b.profiler(bt, c))
	if err != nil {
		return err
	}
	figures["negotiated"] = 0
	if bt.pool.Conn(0).Extensions != "" {
		figures["negotiated"] = 1
	}
	b.note(c, bt.server, round, figures, bt.crowd.check())
	return nil
}

// stoppedSize is large enough that a reader that stops has filled its buffers
// within seconds, as a phone's do within minutes.
const stoppedSize = 2 << 10

// oneIn is which share of readers stops.
const oneIn = 10

// stopping stops some readers, for as long as was asked for.
func stopping(c *config) []group {
	return []group{one(report.Case{Measure: "stopped", Conns: c.middle(), Size: stoppedSize}, (*bench).stopped, setup{size: stoppedSize, poster: true})}
}

func (b *bench) stopped(bt *bout, c report.Case, round int) error {
	for id := 0; id < bt.conns; id += oneIn {
		bt.pool.Conn(id).Small = true
	}
	if _, err := bt.gather(); err != nil {
		return err
	}
	c.Variant = "all read"
	with, err := bt.run(b.pace(c.Conns, 1), b.profiler(bt, c))
	if err != nil {
		return err
	}
	b.note(c, bt.server, round, with, bt.crowd.check())
	c.Variant = fmt.Sprintf("one in %d stopped", oneIn)
	bt.stop(true)
	p := b.pace(c.Conns, 1)
	p.periods = max(2, int(b.duration/p.period))
	without, err := bt.run(p, b.profiler(bt, c))
	if err != nil {
		return err
	}
	without["p99_ratio"] = without["p99_ms"] / with["p99_ms"]
	wrong := bt.crowd.check()
	full, err := process.Blocked(netip.MustParseAddrPort(bt.host).Port())
	if err != nil {
		return err
	}
	kept, err := process.KernelTCP()
	if err != nil {
		return err
	}
	without["blocked"], without["kernel_tcp_mib"] = float64(full), float64(kept)/(1<<20)
	if err := bt.wake(without); err != nil {
		return err
	}
	if n := float64((bt.conns + oneIn - 1) / oneIn); bt.server == majlis && without["exact"] < n {
		wrong = errors.Join(wrong, fmt.Errorf("%.0f of %.0f that had stopped hold another document than the server", n-without["exact"], n))
	}
	b.note(c, bt.server, round, without, wrong)
	return nil
}

func (bt *bout) stop(on bool) {
	for id := 0; id < bt.conns; id += oneIn {
		bt.crowd.sleep(id, on)
		if c := bt.pool.Conn(id); on {
			c.Stop()
		} else {
			c.Wake()
		}
	}
}

// wake lets the stopped read again, and looks what has become of them.
func (bt *bout) wake(figures map[string]float64) error {
	began := bt.pool.Tick()
	bt.stop(false)
	if _, err := bt.pool.Run(began+settleWithin, bt.crowd.settled); err != nil {
		return err
	}
	figures["wake_s"] = (bt.pool.Tick() - began).Seconds()
	// What was cut off may come as the last thing.
	if err := bt.pool.Sleep(time.Second); err != nil {
		return err
	}
	_, err := bt.pool.Run(bt.pool.Tick()+settleWithin, bt.crowd.settled)
	figures["cut_off"], figures["exact"] = bt.crowd.woken(func(id int) bool { return id%oneIn == 0 })
	return err
}
