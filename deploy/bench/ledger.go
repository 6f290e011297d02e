package main

import (
	"math"
	"slices"
	"time"
)

// span is what one kind of frame brought: the changes after from, up to to, and
// when it arrived at each connection.
type span struct {
	from, to int64
	at       []time.Duration
}

// ledger remembers when each change was sent. Changes are known by a number that
// grows: an offset of the log, or a count.
type ledger struct{ sent map[int64]time.Duration }

func (l *ledger) note(change int64, at time.Duration) {
	if l.sent == nil {
		l.sent = make(map[int64]time.Duration)
	}
	l.sent[change] = at
}

// latencies lists, sorted, how long each change took to each connection. Changes
// that are not in the ledger were not ours to time.
func (l *ledger) latencies(spans []span) []time.Duration {
	var out []time.Duration
	for _, s := range spans {
		for change := s.from + 1; change <= s.to; change++ {
			sent, ok := l.sent[change]
			if !ok {
				continue
			}
			for _, at := range s.at {
				out = append(out, at-sent)
			}
		}
	}
	slices.Sort(out)
	return out
}

// deliveries counts frames that were received.
func deliveries(spans []span) int {
	n := 0
	for _, s := range spans {
		n += len(s.at)
	}
	return n
}

// quantile is the value that a share of sorted values does not exceed, by the
// nearest rank. It is 0 for none.
func quantile(sorted []time.Duration, share float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	rank := int(math.Ceil(share * float64(len(sorted))))
	return sorted[min(max(rank, 1), len(sorted))-1]
}
