package gateway

import (
	"container/list"
	"hash/maphash"
	"sync"
	"time"
)

// Shards keep the lock of one busy bucket from being everybody's.
const (
	shardCount = 16
	// shardFrom is from how many entries on it is worth having shards.
	shardFrom = 1024
)

// Buckets are token buckets, one for each key: a person, a network. They hold
// at most so many keys: where one more comes, the one that was asked for longest
// ago is forgotten, and starts afresh when it returns. Safe for concurrent use.
type Buckets struct {
	// static
	meter  meter
	seed   maphash.Seed
	shards []shard
}

type shard struct {
	mu    sync.Mutex
	max   int
	byKey map[string]*list.Element // of *bucket
	byUse *list.List               // the latest in front
}

type bucket struct {
	key  string
	paid time.Time
}

// NewBuckets makes buckets that refill at rate tokens per second up to burst,
// for at most max keys. All three must be positive.
func NewBuckets(rate float64, burst, max int) *Buckets {
	n := 1
	if max >= shardFrom {
		n = shardCount
	}
	b := &Buckets{meter: newMeter(rate, burst), seed: maphash.MakeSeed(), shards: make([]shard, n)}
	for i := range b.shards {
		b.shards[i] = shard{max: max / n, byKey: make(map[string]*list.Element), byUse: list.New()}
	}
	return b
}

// Take takes one token from key's bucket. When there is none nothing is taken,
// and retry tells how long from now until there will be one.
func (b *Buckets) Take(key string, now time.Time) (ok bool, retry time.Duration) {
	s := &b.shards[maphash.String(b.seed, key)%uint64(len(b.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := s.entryLocked(key)
	entry.paid, retry, ok = b.meter.take(entry.paid, 1, now)
	return ok, retry
}

// Charge takes tokens that were taken elsewhere from key's bucket, also those that
// it does not have.
func (b *Buckets) Charge(key string, n int, now time.Time) {
	s := &b.shards[maphash.String(b.seed, key)%uint64(len(b.shards))]
	s.mu.Lock()
	defer s.mu.Unlock()
	entry := s.entryLocked(key)
	entry.paid = b.meter.charge(entry.paid, n, now)
}

// Len is how many keys are remembered.
func (b *Buckets) Len() int {
	n := 0
	for i := range b.shards {
		s := &b.shards[i]
		s.mu.Lock()
		n += s.byUse.Len()
		s.mu.Unlock()
	}
	return n
}

func (s *shard) entryLocked(key string) *bucket {
	if e, ok := s.byKey[key]; ok {
		s.byUse.MoveToFront(e)
		return e.Value.(*bucket)
	}
	if s.byUse.Len() >= s.max {
		oldest := s.byUse.Back()
		delete(s.byKey, oldest.Value.(*bucket).key)
		s.byUse.Remove(oldest)
	}
	entry := &bucket{key: key}
	s.byKey[key] = s.byUse.PushFront(entry)
	return entry
}
