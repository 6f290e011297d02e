package hub

import (
	"context"
	"time"

	"majlis/hub/oplog"
)

// asker waits for this node to know what a log has, that its sender has seen more
// of. An append or a look that began since it came tells; while that is on its way
// the loop goes on.
type asker struct {
	born time.Time
	from uint64 // looks that began before it came
	seen oplog.Offset
	do   func(known bool)
}

// look has do called, in the loop, when this node has folded as far as seen or
// knows that the log ends before; or, not known, in vain or after [CatchUpWait].
func (t *Topic) look(seen oplog.Offset, do func(known bool)) {
	if seen <= t.at.Offset {
		do(true)
		return
	}
	t.askers = append(t.askers, asker{born: time.Now(), from: t.looks, seen: seen, do: do})
	t.later(CatchUpWait)
}

// answerAskers calls who need wait no longer.
func (t *Topic) answerAskers() {
	if len(t.askers) == 0 {
		return
	}
	askers := t.askers
	t.askers = nil
	for i := range askers {
		a := &askers[i]
		switch known := a.seen <= t.at.Offset || t.looked > a.from; {
		case known || t.vain > a.from || t.repair.due || time.Since(a.born) >= CatchUpWait:
			a.do(known)
		default:
			t.askers = append(t.askers, *a)
		}
	}
}

// dropAskers tells who waits that this node will not know: the topic is left.
func (t *Topic) dropAskers() {
	for _, a := range t.askers {
		a.do(false)
	}
	t.askers = nil
}

// seek looks for who waits. Whoever claims to know more, wrongly or after a
// restore, does not come alone: they share a look.
func (t *Topic) seek(ctx context.Context) {
	if len(t.askers) == 0 || t.reading || t.repair.due {
		return
	}
	if wait := time.Until(t.sought.Add(TailEvery)); wait > 0 {
		t.later(wait)
		return
	}
	t.sought = time.Now()
	t.hub.cfg.Observer.TailRead()
	t.follow(ctx)
}

// nextLook numbers a look or an append that begins.
func (t *Topic) nextLook() uint64 {
	t.looks++
	return t.looks
}
