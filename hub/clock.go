package hub

import (
	"math/rand/v2"
	"time"
)

// ticker lets the first change through at once, and then at most one a period.
type ticker struct {
	next  time.Time
	timer *time.Timer
	armed bool
}

func newTicker() *ticker {
	t := &ticker{timer: time.NewTimer(time.Hour)}
	t.timer.Stop()
	return t
}

// wait returns a channel that fires when a change may be published, nil while
// there is none.
func (t *ticker) wait(changed bool) <-chan time.Time {
	if !changed {
		return nil
	}
	if !t.armed {
		t.armed = true
		t.timer.Reset(time.Until(t.next))
	}
	return t.timer.C
}

// reset begins a period after a frame went out.
func (t *ticker) reset(period time.Duration) {
	t.armed = false
	t.next = time.Now().Add(period)
}

// alarm fires once a machine's deadline has passed, spread a little so that
// nodes do not all propose the same tick.
type alarm struct {
	at       time.Time
	earliest time.Time // it does not fire before this
	timer    *time.Timer
	spread   func(limit time.Duration) time.Duration
}

func newAlarm(spread func(limit time.Duration) time.Duration) *alarm {
	a := &alarm{timer: time.NewTimer(time.Hour), spread: spread}
	if spread == nil {
		a.spread = rand.N[time.Duration]
	}
	a.timer.Stop()
	return a
}

// set arms the alarm for a deadline, if it is another one than before.
func (a *alarm) set(at time.Time, ok bool) {
	if !ok {
		at = time.Time{}
	}
	if at.Equal(a.at) {
		return
	}
	a.at = at
	a.timer.Stop()
	if !ok {
		return
	}
	wait := time.Until(at)
	if wait > 0 {
		wait += a.spread(TickJitter)
	}
	a.timer.Reset(max(wait, time.Until(a.earliest), time.Millisecond))
}

// again lets the next set arm the alarm even for the same deadline, but not to
// fire before a while.
func (a *alarm) again(after time.Duration) {
	a.at, a.earliest = time.Time{}, time.Now().Add(after)
}

// C is where the alarm fires.
func (a *alarm) C() <-chan time.Time { return a.timer.C }
