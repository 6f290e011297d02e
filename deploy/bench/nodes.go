package main

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"majlis/deploy/bench/process"
	"majlis/deploy/bench/report"
)

// alone and killed are variants of what many nodes do.
const (
	alone  = "one node"
	killed = "kill -9 of one in a storm of votes"
)

// castRate is how many votes a second are cast in that storm: what this program
// and all nodes can take on two processors, so that a node is killed in the midst
// of it and not before a queue.
const castRate = 5_000

var nodeColumns = []report.Column{
	{Title: "nodes", Figure: "nodes"},
	{Title: "CPU µs/delivery", Figure: "cpu_us", Digits: 2},
	{Title: "÷ one node", Figure: "cpu_ratio", Digits: 2},
	{Title: "with Redis", Figure: "cpu_redis_us", Digits: 2},
	{Title: "p50 ms", Figure: "p50_ms", Digits: 1},
	{Title: "p99 ms", Figure: "p99_ms", Digits: 1},
	{Title: "max ms", Figure: "max_ms", Digits: 1},
	{Title: "bytes", Figure: "bytes"},
	{Title: "generator µs", Figure: "generator_us", Digits: 2},
	{Title: "votes", Figure: "votes"},
	{Title: "acknowledged", Figure: "acks"},
	{Title: "ack p99 ms", Figure: "ack_p99_ms"},
	{Title: "phones that moved", Figure: "moved"},
	{Title: "last of them back after s", Figure: "resumed_s", Digits: 2},
	{Title: "final tally everywhere, ms after last ack", Figure: "tally_ms"},
}

// manyNodes measures nodes on one Redis, each with so many phones in front of it,
// beside one node alone with as many.
func manyNodes(c *config) (out []group) {
	for i, per := range c.seats {
		alone1 := report.Case{Measure: "nodes", Conns: per, Variant: alone}
		all := report.Case{Measure: "nodes", Conns: per * c.nodes, Variant: fmt.Sprintf("%d nodes", c.nodes)}
		out = append(out,
			group{alone1, func(b *bench, _ string, round int) error { return b.onNodes(alone1, 1, per, round, false) }},
			group{all, func(b *bench, _ string, round int) error { return b.onNodes(all, c.nodes, per, round, i == 0) }})
	}
	return out
}

// cluster is some nodes on one Redis, and the crowd in front of each.
type cluster struct {
	hall  *hall
	redis *process.Process
	nodes []*process.Process
	hosts []string
	seats seats
	front *bout // who asks, at the first node
}

// onNodes measures one cluster.
func (b *bench) onNodes(c report.Case, nodes, per, round int, kill bool) (err error) {
	dir, err := os.MkdirTemp(b.dir, "nodes-")
	if err != nil {
		return err
	}
	cl := &cluster{}
	defer func() { err = errors.Join(err, cl.leave(), os.RemoveAll(dir)) }()
	if err := cl.start(b.config.majlis, dir, nodes, nodes*per+voterCount+questionCount); err != nil {
		return fmt.Errorf("start %d nodes: %w", nodes, err)
	}
	if err := cl.sit(per); err != nil {
		return err
	}
	figures, err := cl.ask(b, b.pace(max(c.Conns, b.seats[0]*b.nodes), 1))
	if err != nil {
		return err
	}
	figures["nodes"] = float64(nodes)
	if nodes == 1 {
		b.alone[[2]int{per, round}] = figures["cpu_us"]
	} else if one := b.alone[[2]int{per, round}]; one > 0 {
		figures["cpu_ratio"] = figures["cpu_us"] / one
	}
	b.note(c, majlis, round, figures, cl.check(cl.hosts))
	if !kill {
		return nil
	}
	if !fits(c.Conns/(nodes-1) + voterCount) {
		fmt.Fprintf(os.Stderr, "%s: the other nodes may not open files enough for the phones of one; none is killed\n", c)
		return nil
	}
	c.Variant = killed
	figures, faults := cl.kill(nodes/2, per)
	figures["nodes"] = float64(nodes)
	b.note(c, majlis, round, figures, faults)
	return nil
}

// start starts a Redis that writes everything to disk, and nodes on it.
func (cl *cluster) start(program, dir string, nodes, people int) error {
	port, err := process.FreePorts(1)
	if err != nil {
		return err
	}
	address := fmt.Sprintf("127.0.0.1:%d", port[0])
	cl.redis, err = process.Start(dir, "", "redis-server", "--port", fmt.Sprint(port[0]), "--bind", "127.0.0.1", "--dir", dir,
		"--appendonly", "yes", "--appendfsync", "always", "--save", "", "--maxmemory-policy", "noeviction")
	if err != nil {
		return err
	}
	err = cl.redis.WaitFor("listener at "+address, startWithin, func() bool {
		c, err := net.Dial("tcp", address)
		if err == nil {
			c.Close()
		}
		return err == nil
	})
	if err != nil {
		return err
	}
	cl.hall = &hall{
		program: program, dir: dir, shared: []string{"--store", "redis://" + address, "--secret-file", filepath.Join(dir, "secret")},
		http: &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 16, DisableCompression: true}},
	}
	for i := range nodes {
		home := filepath.Join(dir, fmt.Sprintf("node-%d", i+1))
		if err := os.Mkdir(home, 0o700); err != nil {
			return err
		}
		run, at, err := cl.hall.serve(home, []string{"--demo"}[min(i, 1):]...)
		if err != nil {
			return err
		}
		cl.nodes, cl.hosts = append(cl.nodes, run), append(cl.hosts, at.listen)
	}
	return cl.hall.fill(cl.hosts[0], people)
}

// sit puts so many phones in front of each node, and who asks in front of the
// first.
func (cl *cluster) sit(per int) error {
	for range cl.hosts {
		c, err := startSeat()
		if err != nil {
			return err
		}
		cl.seats = append(cl.seats, c)
	}
	_, err := cl.seats.all(func(i int) order {
		first := i * per
		o := order{Do: "open", Host: cl.hosts[i], First: first, Cookies: cl.hall.cookies[voterCount+first:][:per]}
		if i == len(cl.hosts)/2 {
			o.Others = slices.Concat(cl.hosts[:i], cl.hosts[i+1:])
		}
		return o
	})
	if err != nil {
		return err
	}
	p := newPhones(cl.hall, 0, &askers{})
	cl.front = &bout{server: majlis, process: cl.nodes[0], extra: voterCount, crowd: p}
	if err := cl.front.open(addresses{listen: cl.hosts[0]}); err != nil {
		return err
	}
	p.pool, p.host = cl.front.pool, cl.hosts[0]
	return cl.front.pool.Open(0, voterCount, window, p, func() int { return voterCount }, openWithin)
}

// ask publishes questions at the first node, and measures when everybody at all
// of them has each.
func (cl *cluster) ask(b *bench, p pace) (map[string]float64, error) {
	pool, front := cl.front.pool, cl.front.crowd.(*phones)
	if err := pool.Sleep(b.rest + 2*time.Second); err != nil {
		return nil, err
	}
	publish := func(periods int) error {
		began := pool.Tick()
		for i := range periods {
			if err := front.publish(p.changes); err != nil {
				return err
			}
			if err := pool.Until(began + time.Duration(i+1)*p.period); err != nil {
				return err
			}
		}
		_, err := pool.Run(pool.Tick()+settleWithin, front.settled)
		return err
	}
	if err := publish(2); err != nil {
		return nil, err
	}
	marked, err := cl.seats.all(same(order{Do: "mark"}))
	if err != nil {
		return nil, err
	}
	front.mark()
	before, err := cl.used()
	if err != nil {
		return nil, err
	}
	if err := publish(p.periods); err != nil {
		return nil, err
	}
	reached, err := cl.seats.all(same(order{Do: "reach", Offset: front.target}))
	if err != nil {
		return nil, err
	}
	after, err := cl.used()
	if err != nil {
		return nil, err
	}
	heard, err := cl.seats.all(same(order{Do: "stretch"}))
	if err != nil {
		return nil, err
	}
	var own time.Duration
	var bytes int64
	for i := range reached {
		own, bytes = own+reached[i].Own-marked[i].Own, bytes+reached[i].Bytes-marked[i].Bytes
	}
	return cl.figures(front, heard, after[0]-before[0], after[1]-before[1], own, bytes), nil
}

// used is the processor time of all nodes, and of Redis.
func (cl *cluster) used() (out [2]time.Duration, err error) {
	for _, n := range cl.nodes {
		cpu, err := n.CPU()
		if err != nil {
			return out, err
		}
		out[0] += cpu
	}
	out[1], err = cl.redis.CPU()
	return out, err
}

func (cl *cluster) figures(front *phones, heard []answer, nodes, redis, own time.Duration, bytes int64) map[string]float64 {
	zero := monotonic() - int64(front.pool.Tick())
	var spans []span
	for _, a := range heard {
		for _, one := range a.Spans {
			s := span{from: one.From, to: one.To}
			for _, at := range one.At {
				s.at = append(s.at, time.Duration(at-zero))
			}
			spans = append(spans, s)
		}
	}
	_, book := front.stretch()
	times, n := book.latencies(spans), float64(deliveries(spans))
	return map[string]float64{
		"deliveries": n, "changes": float64(len(book.sent)), "bytes": float64(bytes) / n,
		"cpu_us": micros(nodes) / n, "cpu_redis_us": micros(nodes+redis) / n, "generator_us": micros(own) / n,
		"p50_ms": millis(quantile(times, 0.5)), "p99_ms": millis(quantile(times, 0.99)), "max_ms": millis(quantile(times, 1)),
	}
}

// kill lets every phone vote and kills a node meanwhile.
func (cl *cluster) kill(which, per int) (map[string]float64, error) {
	votes := len(cl.seats) * per
	within := time.Second * time.Duration(votes) / castRate
	timer := time.AfterFunc(within/2, cl.nodes[which].Kill)
	defer timer.Stop()
	voted, err := cl.seats.all(same(order{Do: "storm", Polls: cl.hall.polls, Within: within}))
	out := map[string]float64{"votes": float64(votes)}
	var acks []time.Duration
	var last int64
	var offset int64
	for _, a := range voted {
		for _, ns := range a.Acks {
			acks = append(acks, time.Duration(ns))
		}
		last, offset = max(last, a.Last), max(offset, a.Offset)
		out["moved"] += float64(a.Moved)
		out["resumed_s"] = max(out["resumed_s"], a.Resumed.Seconds())
	}
	slices.Sort(acks)
	out["acks"], out["ack_p50_ms"], out["ack_p99_ms"] = float64(len(acks)), millis(quantile(acks, 0.5)), millis(quantile(acks, 0.99))
	if err != nil {
		return out, err
	}
	if _, err := cl.seats.all(same(order{Do: "reach", Offset: offset})); err != nil {
		return out, err
	}
	out["tally_ms"] = millis(time.Duration(max(0, monotonic()-last)))
	if out["moved"] < float64(per) {
		err = fmt.Errorf("only %.0f of %d phones had to go to another node: it was killed too early or too late", out["moved"], per)
	}
	alive := slices.Concat(cl.hosts[:which], cl.hosts[which+1:])
	err = errors.Join(err, cl.check(alive))
	count := newPhones(cl.hall, votes, nobody{})
	for _, host := range alive {
		err = errors.Join(err, count.countVotes(host))
	}
	return out, err
}

// check compares every phone's document with its node's, and the nodes' with
// each other.
func (cl *cluster) check(alive []string) error {
	_, wrong := cl.seats.all(same(order{Do: "check"}))
	first, err := cl.hall.document(alive[0])
	if err != nil {
		return errors.Join(wrong, err)
	}
	for _, host := range alive[1:] {
		other, err := cl.hall.document(host)
		if err == nil && other.Place != first.Place {
			err = fmt.Errorf("two nodes stand at %+v and at %+v", first.Place, other.Place)
		}
		if err == nil {
			if diff := first.Diff(other); diff != "" {
				err = fmt.Errorf("two nodes hold different documents at offset %d: %s", first.Offset, diff)
			}
		}
		wrong = errors.Join(wrong, err)
	}
	return wrong
}

// leave ends everything that was started, the last first.
func (cl *cluster) leave() (err error) {
	if cl.front != nil && cl.front.pool != nil {
		cl.front.pool.Close()
	}
	cl.seats.close()
	for _, n := range cl.nodes {
		if !n.Ended() {
			err = errors.Join(err, n.Stop())
		}
	}
	if cl.redis != nil {
		err = errors.Join(err, cl.redis.Stop())
	}
	if cl.hall != nil {
		cl.hall.http.CloseIdleConnections()
	}
	return err
}

// fits says whether a node may have so many connections.
func fits(conns int) bool {
	var limit unix.Rlimit
	return unix.Getrlimit(unix.RLIMIT_NOFILE, &limit) == nil && uint64(conns+spareFiles) <= limit.Max
}
