package hub_test

import (
	"math/rand/v2"
	"time"

	"majlis/hub/oplog"
)

// point is a place at which something can go wrong.
type point int

const (
	appendLost point = iota
	appendUnanswered
	appendLate
	linkSlow
	catchUpSlow
	linkReset
	linkCut
	putBackLost
	putBackUnanswered
	blankLost
	newsDropped
	newsDoubled
	newsLate
	storeAway
	storeRestarted
	storeFull
	storeEmpty
	tailLost
	dumpRestored
	failoverBehind
	splitBrain
	clockJump
	crashBeforeAppend
	crashAfterAppend
	crashInFold
	crashInPutBack
	nodeCrash
	nodeStop
	snapshotBefore
	snapshotAfter
	lineCut
	lineStuck
	requestLost
	requestDoubled
	requestLate
	answerLost
	phoneReloads
	phoneHops
	replicasBehind
	numPoints
)

// points say how often each of them goes wrong where it is in play: of a
// thousand times that somebody comes by, or (a scheduled one) of a thousand times
// that the server or a node is looked at, every quarter of a second.
var points = [numPoints]struct {
	name string
	rate float64
}{
	appendLost:        {"append-lost", .02},
	appendUnanswered:  {"append-unanswered", .03},
	appendLate:        {"append-late", .02},
	linkSlow:          {"link-slow", .03},
	catchUpSlow:       {"catch-up-slow", .03},
	linkReset:         {"link-reset", .01},
	linkCut:           {"link-cut", .015},
	putBackLost:       {"put-back-lost", .1},
	putBackUnanswered: {"put-back-unanswered", .1},
	blankLost:         {"blank-lost", .3},
	newsDropped:       {"publish-dropped", .15},
	newsDoubled:       {"publish-duplicated", .15},
	newsLate:          {"publish-reordered", .15},
	storeAway:         {"store-away", .02},
	storeRestarted:    {"store-restarted", .02},
	storeFull:         {"store-full", .02},
	storeEmpty:        {"store-empty", .01},
	tailLost:          {"tail-lost", .03},
	dumpRestored:      {"dump-restored", .01},
	failoverBehind:    {"failover-behind", .03},
	splitBrain:        {"split-brain", .02},
	clockJump:         {"clock-jump", .03},
	crashBeforeAppend: {"crash-before-append", .005},
	crashAfterAppend:  {"crash-after-append-before-reply", .005},
	crashInFold:       {"crash-after-commit-before-ack", .002},
	crashInPutBack:    {"crash-in-put-back", .1},
	nodeCrash:         {"node-crash", .02},
	nodeStop:          {"node-stop", .01},
	snapshotBefore:    {"snapshot-before", .4},
	snapshotAfter:     {"snapshot-after", .4},
	lineCut:           {"line-cut", .02},
	lineStuck:         {"line-stuck", .02},
	requestLost:       {"request-lost", .08},
	requestDoubled:    {"request-duplicated", .1},
	requestLate:       {"request-reordered", .1},
	answerLost:        {"answer-lost", .08},
	phoneReloads:      {"client-reload", .01},
	phoneHops:         {"client-hop", .02},
	replicasBehind:    {"replicas-behind", .04},
}

// lookEvery is how often what comes over the server and the nodes by itself has
// its turn.
const lookEvery = 250 * time.Millisecond

// schedule has the faults come that nobody comes by for. The caller holds mu.
func (w *world) schedule() {
	r, replicas := stream(w.seed, "schedule"), stream(w.seed, "replicas")
	var look func()
	look = func() {
		if w.calm {
			return
		}
		w.ail(r)
		if w.plan.level == oplog.RedisReplicated && w.chance(replicas, replicasBehind) {
			w.server.trail(draw(replicas, 50*time.Millisecond, 6*time.Second))
		}
		for _, n := range w.nodes {
			w.ailNode(n)
		}
		w.at(draw(r, lookEvery/2, lookEvery*3/2), look)
	}
	w.at(time.Second, look) // let there be something to lose
}

// ail is what happens to the server. The caller holds mu.
func (w *world) ail(r *rand.Rand) {
	s := w.server
	if w.chance(r, storeAway) {
		s.leave(draw(r, 50*time.Millisecond, 4*time.Second))
	}
	if w.chance(r, storeRestarted) {
		s.leave(draw(r, 50*time.Millisecond, time.Second))
	}
	if w.chance(r, storeFull) {
		s.fill(draw(r, 50*time.Millisecond, 2*time.Second))
	}
	if w.chance(r, clockJump) {
		s.skew += draw(r, -2*time.Second, 2*time.Second)
	}
	if w.plan.shared {
		w.lose(r)
	}
}

// lose is what a shared store can lose. The caller holds mu.
func (w *world) lose(r *rand.Rand) {
	s := w.server
	head := int(s.head().Offset)
	if w.chance(r, tailLost) {
		s.keep(max(0, head-1-r.IntN(12)))
		s.leave(draw(r, time.Millisecond, time.Second))
	}
	if w.chance(r, storeEmpty) {
		s.keep(0)
		s.leave(draw(r, time.Millisecond, time.Second))
	}
	if r.IntN(8) == 0 {
		s.dump = s.entries()
	}
	if s.dump != nil && w.chance(r, dumpRestored) {
		s.become(s.dump)
		s.leave(draw(r, time.Millisecond, time.Second))
	}
	if w.chance(r, failoverBehind) {
		w.failOver(r, false)
	}
	if w.chance(r, splitBrain) {
		w.failOver(r, true)
	}
}

// failOver makes a replica the server. With replicated acknowledgements it has
// all that was confirmed. The old server goes, or stays a while for the nodes
// that have not heard of it. The caller holds mu.
func (w *world) failOver(r *rand.Rand, split bool) {
	old := w.server
	entries := old.entries()
	left := max(0, len(entries)-r.IntN(8))
	if w.plan.level == oplog.RedisReplicated {
		left = max(left, old.confirmed)
	}
	s := newServer(w)
	s.skew = old.skew
	s.become(entries[:left])
	s.confirmed = left
	w.past.copy(entries[:left])
	old.isolated, old.away = true, !split
	w.server = s
	w.note("world", "failover at %d with %d, split %t", len(entries), left, split)
	for _, n := range w.nodes {
		if l := n.link; n.up && l != nil {
			w.at(draw(r, time.Millisecond, 1500*time.Millisecond), func() {
				l.server = w.server
				w.forgotten()
			})
		}
	}
	w.forgotten()
}

// ailNode is what happens to a node that runs. The caller holds mu.
func (w *world) ailNode(n *simNode) {
	if !n.up {
		return
	}
	for _, l := range n.sorted() {
		if w.chance(l.rng, lineCut) {
			l.hang()
		}
		if w.chance(l.rng, lineStuck) {
			l.stick(draw(l.rng, 50*time.Millisecond, 3*time.Second))
		}
	}
	if l := n.link; w.chance(n.rng, linkCut) {
		l.cut = true
		w.note(n.name, "cut off the store")
		w.at(draw(n.rng, 50*time.Millisecond, 4*time.Second), func() { l.cut = false })
	}
	if w.chance(n.rng, linkReset) {
		n.link.reset()
	}
	if w.chance(n.rng, nodeCrash) {
		n.crash()
	} else if w.chance(n.rng, nodeStop) {
		n.stop()
	}
}
