package main

import (
	"sync"
	"sync/atomic"
	"time"
)

const (
	// latencyStep is how exact latencies are counted, latencySteps how many
	// steps there are: half a minute. What is slower counts as that.
	latencyStep  = 250 * time.Microsecond
	latencySteps = 120_000
)

// latencies counts durations. It may be used by any goroutine.
type latencies struct{ steps [latencySteps]atomic.Uint32 }

func (l *latencies) add(d time.Duration) {
	l.steps[min(max(d, 0)/latencyStep, latencySteps-1)].Add(1)
}

// quantile is the duration in milliseconds that a share of all does not exceed
// (to a step), nil if there are none.
func (l *latencies) quantile(q float64) *float64 {
	var total uint64
	for i := range l.steps {
		total += uint64(l.steps[i].Load())
	}
	if total == 0 {
		return nil
	}
	want := uint64(q*float64(total-1)) + 1
	var seen uint64
	for i := range l.steps {
		if seen += uint64(l.steps[i].Load()); seen >= want {
			ms := float64(i+1) * float64(latencyStep) / float64(time.Millisecond)
			return &ms
		}
	}
	return nil
}

// publications remembers when, and by whom, questions were made public.
type publications struct {
	mu  sync.RWMutex
	all map[string]publication
}

type publication struct {
	at time.Time
	by *line
}

// note remembers the last time: what was asked and had to wait becomes public
// when it is approved.
func (p *publications) note(id string, at time.Time, by *line) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.all == nil {
		p.all = make(map[string]publication)
	}
	p.all[id] = publication{at, by}
}

func (p *publications) find(id string) (publication, bool) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	x, ok := p.all[id]
	return x, ok
}
