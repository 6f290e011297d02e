package gateway

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"slices"
	"sync"
	"time"

	"majlis/hub/whisper"
)

// quota is a limit on what a person may do at all nodes together. Each node has
// buckets of its own and tells the others once a second what people have taken;
// those are charged. So over a while it is one rate; what a person gets beyond it
// is a burst at each node, once. Safe for concurrent use.
type quota struct {
	// static
	name    string
	buckets *Buckets
	least   int  // what a person must have taken in a second to be told of
	alone   bool // there is nobody to tell

	mu    sync.Mutex
	taken map[string]int // since it was told last
}

func newQuota(name string, rate float64, burst, least int, alone bool) *quota {
	return &quota{
		name: name, buckets: NewBuckets(rate, burst, MaxBucketEntries), least: least, alone: alone,
		taken: make(map[string]int),
	}
}

// Take takes one token of a person, as [Buckets.Take] does.
func (q *quota) Take(person string, now time.Time) (ok bool, retry time.Duration) {
	key := veil(person)
	if ok, retry = q.buckets.Take(key, now); ok && !q.alone {
		q.mu.Lock()
		if len(q.taken) < MaxBucketEntries {
			q.taken[key]++
		}
		q.mu.Unlock()
	}
	return ok, retry
}

// tell adds what has been taken to a word: of who took the most, if there are too
// many.
func (q *quota) tell(w *whisper.Word) {
	q.mu.Lock()
	taken := q.taken
	q.taken = make(map[string]int)
	q.mu.Unlock()
	maps.DeleteFunc(taken, func(_ string, n int) bool { return n < q.least })
	if len(taken) == 0 {
		return
	}
	if len(taken) > whisper.MaxSpent {
		keys := slices.Collect(maps.Keys(taken))
		slices.SortFunc(keys, func(a, b string) int { return cmp.Compare(taken[b], taken[a]) })
		for _, key := range keys[whisper.MaxSpent:] {
			delete(taken, key)
		}
	}
	if w.Spent == nil {
		w.Spent = make(map[string]map[string]int)
	}
	w.Spent[q.name] = taken
}

// hear charges what was taken at another node.
func (q *quota) hear(w *whisper.Word, now time.Time) {
	for key, n := range w.Spent[q.name] {
		q.buckets.Charge(key, n, now)
	}
}

// veil is a name for somebody that says nothing of who it is: it leaves the node.
// Persons are random ids, so it cannot be guessed back.
func veil(person string) string {
	sum := sha256.Sum256([]byte(person))
	return base64.RawStdEncoding.EncodeToString(sum[:12])
}
