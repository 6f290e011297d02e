package redislog

import (
	"sync"
	"time"
)

// clock tells a server's time between its answers, from the last one and this
// machine's monotonic clock. The answer has travelled, so it is behind the
// server's own by the way there, never ahead of it but for drift; the script
// refuses a time that is, and its answer sets the clock again.
type clock struct {
	mu   sync.Mutex
	told int64         // guarded by mu: milliseconds since 1970; 0 before the first answer
	at   time.Time     // guarded by mu: when that came
	trip time.Duration // guarded by mu: how long the way there and back took
}

func (c *clock) set(told int64, trip time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.told, c.at, c.trip = told, time.Now(), trip
}

// turn is how long the others must wait so that the next attempt comes through.
func (c *clock) turn() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return min(max(turnTime, 2*c.trip), turnMost)
}

func (c *clock) now() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.told == 0 {
		return 0
	}
	return c.told + time.Since(c.at).Milliseconds()
}
