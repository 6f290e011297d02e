package hub_test

import (
	"crypto/sha256"
	"fmt"
	"hash"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
)

// A world is one run of the simulation: several hubs on one store, phones, and
// the ways between them, all of it drawn from one seed.
//
//	phone ──▶ request ──▶ line ──▶ hub ──▶ link ──▶ server (a memlog)
//	  ▲                             │        ▲         │
//	  └── message ◀── line ◀────────┘        └─ notice ┘
//
// Every arrow takes time, and every arrival has an instant of its own, so that
// the bubble comes to rest between any two. Each actor draws from a source of
// its own: what it does depends on the seed and on what it was told, not on who
// happened to run first.
type world struct {
	// static
	seed  uint64
	plan  simPlan
	began time.Time
	key   *oplog.Key

	mu sync.Mutex
	// guarded by mu
	taken  map[time.Duration]bool
	fired  [numPoints]int
	wrong  []string
	server *simServer
	nodes  []*simNode
	phones []*simPhone
	past   *simPast
	traces map[string]hash.Hash
	lines  []string // what happened, when it is told
	undone bool     // somebody took something back
	calm   bool     // no more faults
	over   bool
}

// simPlan is what a seed has in store.
type simPlan struct {
	nodes  int
	shared bool
	level  oplog.Level
	offers bool // phones offer again what was acknowledged in memory alone
	chaos  time.Duration
	rate   [numPoints]float64
	mutant mutant
	loud   bool
}

// drawPlan draws a plan. Of the points about half are in play, each at a rate of
// its own, so that some seeds have much of a little and others a little of all.
func drawPlan(seed uint64) simPlan {
	r := stream(seed, "plan")
	p := simPlan{
		nodes: 2 + r.IntN(3), shared: true, offers: r.IntN(2) == 0, chaos: 4*time.Second + draw(r, 0, 4*time.Second),
		level: []oplog.Level{oplog.RedisMemory, oplog.RedisMemory, oplog.RedisDisk, oplog.RedisReplicated}[r.IntN(4)],
	}
	if r.IntN(10) == 0 {
		p.nodes, p.shared, p.level = 1, false, oplog.Embedded
	}
	for i := range p.rate {
		if r.IntN(2) == 0 {
			p.rate[i] = points[i].rate * (0.3 + 2*r.Float64())
		}
	}
	return p
}

// stream is one actor's source of chance.
func stream(seed uint64, actor string) *rand.Rand {
	sum := sha256.Sum256([]byte(actor))
	var n uint64
	for _, b := range sum[:8] {
		n = n<<8 | uint64(b)
	}
	return rand.New(rand.NewPCG(seed, n))
}

// draw is a time from lo up to hi, to the nanosecond.
func draw(r *rand.Rand, lo, hi time.Duration) time.Duration {
	return lo + time.Duration(r.Int64N(int64(hi-lo)))
}

func newWorld(seed uint64, plan simPlan) *world {
	w := &world{
		seed: seed, plan: plan, began: time.Now(), taken: map[time.Duration]bool{},
		past: newPast(), traces: map[string]hash.Hash{},
	}
	var err error
	if w.key, err = oplog.NewKey(make([]byte, oplog.KeySize)); err != nil {
		panic(err)
	}
	w.server = newServer(w)
	return w
}

// at runs f, holding mu, at an instant that nothing else happens at. The caller
// holds mu.
func (w *world) at(after time.Duration, f func()) {
	time.AfterFunc(w.instant(after), func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		if !w.over {
			f()
		}
	})
}

// instant takes the first instant that is free, and returns how far it is. The
// caller holds mu.
func (w *world) instant(after time.Duration) time.Duration {
	now := time.Since(w.began)
	i := now + max(after, 1)
	for w.taken[i] {
		i++
	}
	w.taken[i] = true
	return i - now
}

// chance reports whether a fault comes about. The caller holds mu.
func (w *world) chance(r *rand.Rand, p point) bool {
	// Drawn in any case, so that a point that is out of play shifts nothing.
	if hit := r.Float64() < w.plan.rate[p]; !hit || w.calm {
		return false
	}
	w.hit(p)
	return true
}

// hit counts a fault that comes about. The caller holds mu.
func (w *world) hit(p point) { w.fired[p]++ }

// note adds to the trace of one actor. It holds nothing that was drawn outside of
// the seed: no hash, no salt, no pseudonym. The caller holds mu.
func (w *world) note(actor, format string, args ...any) {
	h := w.traces[actor]
	if h == nil {
		h = sha256.New()
		w.traces[actor] = h
	}
	line := fmt.Sprintf("%12d %s %s\n", time.Since(w.began).Nanoseconds(), actor, fmt.Sprintf(format, args...))
	h.Write([]byte(line))
	if w.plan.loud {
		w.lines = append(w.lines, line)
	}
}

// digest is that of all traces.
func (w *world) digest() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	all := sha256.New()
	for _, actor := range sortedKeys(w.traces) {
		fmt.Fprintf(all, "%s %x\n", actor, w.traces[actor].Sum(nil))
	}
	return fmt.Sprintf("%x", all.Sum(nil)[:8])
}

// violated notes that a rule was broken. The caller holds mu.
func (w *world) violated(rule, format string, args ...any) {
	text := fmt.Sprintf("%s after %v: %s", rule, time.Since(w.began).Round(time.Microsecond), fmt.Sprintf(format, args...))
	if len(w.wrong) < 20 {
		w.wrong = append(w.wrong, text)
	}
	if w.plan.loud {
		w.lines = append(w.lines, "!!! "+text+"\n")
	}
}

// run lives through a whole seed: chaos, a heal, and the checks. What was wrong
// is in w.wrong.
func (w *world) run() {
	w.mu.Lock()
	for i := range w.plan.nodes {
		n := &simNode{w: w, name: fmt.Sprint("node", i), offered: map[simKey]bool{}, lines: map[*simLine]bool{}}
		n.rng = stream(w.seed, n.name)
		w.nodes = append(w.nodes, n)
		n.start()
	}
	for i, who := range simCast {
		w.phones = append(w.phones, newPhone(w, i, who))
	}
	w.schedule()
	w.mu.Unlock()
	time.Sleep(w.plan.chaos)
	w.heal()
	time.Sleep(healWithin)
	w.check()
	w.end()
}

// healWithin is how long everything may take to be alike again (I3, I4).
const healWithin = hub.TroubleEvery + 3*time.Second

// heal ends all faults.
func (w *world) heal() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calm = true
	w.note("world", "heal")
	s := w.server
	s.away, s.full, s.skew = false, false, 0
	s.overtaken()
	for _, n := range w.nodes {
		if n.link != nil {
			n.link.server, n.link.cut = s, false
		}
		if !n.up {
			n.start()
		}
		for _, l := range n.sorted() {
			l.release()
		}
	}
	for _, p := range w.phones {
		p.wake()
	}
}

// end stops everything; the bubble then waits until nothing runs.
func (w *world) end() {
	w.mu.Lock()
	w.over = true
	for _, n := range w.nodes {
		if n.up {
			n.halt()
		}
	}
	all := slices.Clone(w.nodes)
	w.mu.Unlock()
	for _, n := range all {
		n.ends.Wait()
	}
}

// troubled is told what a hub reports, also while it stops in order.
func (w *world) troubled(n *simNode, l *simLink, err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if !w.over && !l.gone() {
		n.troubled(err)
	}
}

func (w *world) kinds(n *simNode, gen int) map[oplog.Kind]hub.Kind {
	all := kinds()
	k := all[oplog.KindSession]
	inner := k.New
	k.New = func(t oplog.Topic) hub.Machine {
		m := inner(t)
		return &simMachine{Machine: w.plan.mutant.machine(m), Hall: m.(hub.Hall), node: n, gen: gen}
	}
	all[oplog.KindSession] = k
	return all
}
