package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
	"majlis/deploy/bench/report"
)

const (
	// stormWindow is how many handshakes are under way in a storm: what a kernel
	// queues for a listener (net.core.somaxconn); more would only wait for TCP to
	// try again.
	stormWindow = 4096
	// stormWithin is when a storm must be over.
	stormWithin = 60 * time.Second
)

// voting is the storm of votes.
func voting(c *config) []group {
	return []group{one(report.Case{Measure: "votes", Conns: c.storm}, (*bench).votes, setup{silent: true})}
}

// ballots is what one storm of votes has come to.
type ballots struct {
	phones *phones
	sent   []time.Duration // by phone
	acks   []time.Duration // how long each took
	last   time.Duration   // when the last came
	retry  int
	began  time.Duration
	second []int // by phone: the second that it counts frames of
	frames []int // by phone: how many there were in it
	most   int
}

// choice is what a phone votes for.
func choice(id, polls, options int) (poll, option int) { return id % polls, id / polls % options }

const pollOptions = 4

func (v *ballots) vote(id int) {
	poll, option := choice(id, len(v.phones.hall.polls), pollOptions)
	v.phones.pool.Conn(id).Send(do(ulid(uint64(id)+1), device(id), 1, fmt.Sprintf(
		`{"type":"poll.vote","id":%q,"choice":[%d]}`, v.phones.hall.polls[poll], option+1)))
}

func (v *ballots) answered(c *load.Conn, a document.Answer) {
	switch a.Kind {
	case "ack":
		v.last = v.phones.pool.Now()
		v.acks = append(v.acks, v.last-v.sent[c.ID])
		v.phones.target = max(v.phones.target, a.Offset)
	case "retry":
		v.retry++
		v.phones.pool.After(time.Duration(a.After)*time.Millisecond, func() { v.vote(c.ID) })
	default:
		v.phones.pool.Fail(fmt.Errorf("a vote was refused: %s", a.Reason))
	}
}

// patched counts a phone's frames by the second.
func (v *ballots) patched(c *load.Conn) {
	second := int((v.phones.pool.Now() - v.began) / time.Second)
	if v.second[c.ID] != second {
		v.second[c.ID], v.frames[c.ID] = second, 0
	}
	v.frames[c.ID]++
	v.most = max(v.most, v.frames[c.ID])
}

// votes lets each phone vote once, within a second.
func (b *bench) votes(bt *bout, c report.Case, round int) error {
	if _, err := bt.gather(); err != nil {
		return err
	}
	p := bt.crowd.(*phones)
	v := &ballots{phones: p, sent: make([]time.Duration, bt.conns), second: make([]int, bt.conns), frames: make([]int, bt.conns)}
	p.onAnswer, p.onPatch = v.answered, v.patched
	before, err := bt.used()
	if err != nil {
		return err
	}
	v.began = bt.pool.Tick()
	order := rand.Perm(bt.conns)
	for i, id := range order {
		due := v.began + time.Duration(i)*time.Second/time.Duration(len(order))
		if err := bt.pool.Until(due); err != nil {
			return err
		}
		v.sent[id] = bt.pool.Tick()
		v.vote(id)
	}
	cast := bt.pool.Tick()
	done := func() bool { return len(v.acks) == bt.conns && p.settled() }
	ok, err := bt.pool.Run(v.began+stormWithin, done)
	if err != nil {
		return err
	}
	final := bt.pool.Tick()
	after, err := bt.used()
	if err != nil {
		return err
	}
	if !ok {
		err = fmt.Errorf("after %v only %d of %d votes were acknowledged, or not every phone had the final tally", stormWithin, len(v.acks), bt.conns)
	}
	slices.Sort(v.acks)
	b.note(c, bt.server, round, map[string]float64{
		"votes": float64(bt.conns), "acks": float64(len(v.acks)), "retries": float64(v.retry),
		"cast_s": (cast - v.began).Seconds(), "tally_ms": millis(max(0, final-v.last)),
		"ack_p50_ms": millis(quantile(v.acks, 0.5)), "ack_p99_ms": millis(quantile(v.acks, 0.99)),
		"frames_per_s_most": float64(v.most), "cpu_s": after.less(before).cpu.Seconds(),
	}, err, bt.crowd.check(), p.countVotes(p.host), b.crash(bt, p))
	return nil
}

// crash kills the server and counts again at one that starts from what it has
// left on disk.
func (b *bench) crash(bt *bout, p *phones) error {
	bt.process.Kill()
	run, at, err := b.hall.serve(bt.dir)
	if err != nil {
		return err
	}
	bt.process = run
	if err := p.countVotes(at.listen); err != nil {
		return fmt.Errorf("after a kill: %w", err)
	}
	return nil
}

// countVotes compares the tallies of a server, in the document and in the export,
// with what was voted.
func (p *phones) countVotes(host string) error {
	want := make([][]int, len(p.hall.polls))
	for i := range want {
		want[i] = make([]int, pollOptions)
	}
	for id := range p.watchers {
		poll, option := choice(id, len(want), pollOptions)
		want[poll][option]++
	}
	doc, err := p.hall.document(host)
	if err != nil {
		return err
	}
	body, err := p.hall.get(host, "/api/v1/sessions/"+sessionID+"/results.json", http.Header{"Authorization": {"Bearer " + p.hall.pass}})
	if err != nil {
		return err
	}
	exported, err := readResults(body)
	if err != nil {
		return err
	}
	var wrong []error
	for i, id := range p.hall.polls {
		var t struct{ Counts []int }
		if err := json.Unmarshal([]byte(doc.Entity("tally/"+id)), &t); err != nil || !slices.Equal(t.Counts, want[i]) {
			wrong = append(wrong, fmt.Errorf("the document counts %v for a poll, %v were given", t.Counts, want[i]))
		}
		if !slices.Equal(exported[id], want[i]) {
			wrong = append(wrong, fmt.Errorf("the export counts %v for a poll, %v were given", exported[id], want[i]))
		}
	}
	return errors.Join(wrong...)
}

// readResults reads the counts of each poll's options in the export.
func readResults(body []byte) (map[string][]int, error) {
	var r struct {
		Polls []struct {
			ID      string
			Options []struct{ Count int }
		}
	}
	if err := json.Unmarshal(body, &r); err != nil {
		return nil, fmt.Errorf("read results.json: %w", err)
	}
	out := make(map[string][]int)
	for _, p := range r.Polls {
		for _, o := range p.Options {
			out[p.ID] = append(out[p.ID], o.Count)
		}
	}
	return out, nil
}

// reconnecting is the storm of reconnects: of phones that have something, and of
// pages that were loaded anew.
func reconnecting(c *config) []group {
	resume := report.Case{Measure: "reconnects", Conns: c.storm, Variant: "each with its stand"}
	anew := report.Case{Measure: "reconnects", Conns: c.storm, Variant: "each with nothing"}
	return []group{one(resume, (*bench).reconnects, setup{}), one(anew, (*bench).reconnects, setup{})}
}

// counters are what a storm must not move.
var counters = map[string]string{
	"catchups_encoded": `majlis_catchups_total{role="attendee",source="encoded"}`,
	"catchups_shared":  `majlis_catchups_total{role="attendee",source="shared"}`,
	"entries_loaded":   "majlis_entries_loaded_total",
	"history_lost":     "majlis_history_lost_total",
}

// reconnects drops all phones at once and lets them come back, while a change
// comes every second.
func (b *bench) reconnects(bt *bout, c report.Case, round int) error {
	if _, err := bt.gather(); err != nil {
		return err
	}
	p := bt.crowd.(*phones)
	if err := bt.warmUp(pace{changes: 1, period: fastest}); err != nil {
		return err
	}
	metrics, err := bt.process.Metrics()
	if err != nil {
		return err
	}
	before, err := bt.used()
	if err != nil {
		return err
	}
	refused, target := bt.pool.Refused, p.target
	for id := range bt.conns {
		bt.pool.Conn(id).Drop()
		p.leave(bt.pool.Conn(id))
		if c.Variant == "each with nothing" {
			p.states[id] = nil
		}
	}
	half, ok, err := bt.comeBack(p)
	if err != nil {
		return err
	}
	after, err := bt.used()
	if err != nil {
		return err
	}
	used := after.less(before)
	figures := map[string]float64{
		"exact_s": used.at.Seconds(), "half_s": half.Seconds(), "cpu_s": used.cpu.Seconds(),
		"refused": float64(bt.pool.Refused - refused), "versions": float64(p.target - target + 1),
	}
	if !ok {
		err = fmt.Errorf("after %v only %d of %d phones were back", stormWithin, p.in-bt.extra, bt.conns)
	}
	later, failed := bt.process.Metrics()
	for name, counter := range counters {
		figures[name] = later[counter] - metrics[counter]
	}
	b.note(c, bt.server, round, figures, err, failed, bt.crowd.check())
	return nil
}

// comeBack dials all phones and waits until each has the latest document. half is
// when half of them had been answered.
func (bt *bout) comeBack(p *phones) (half time.Duration, ok bool, err error) {
	began := bt.pool.Tick()
	change := began
	dialled := 0
	ok, err = bt.pool.Run(began+stormWithin, func() bool {
		back := p.in - bt.extra
		for dialled < bt.conns && dialled-back-bt.pool.Waiting < stormWindow {
			bt.pool.Dial(bt.pool.Conn(dialled), p)
			dialled++
		}
		now := bt.pool.Tick()
		if half == 0 && 2*back >= bt.conns {
			half = now - began
		}
		if now >= change {
			if err := bt.crowd.publish(1); err != nil {
				bt.pool.Fail(err)
			}
			change += time.Second
		}
		return dialled == bt.conns && back == bt.conns && p.settled()
	})
	return half, ok, err
}
