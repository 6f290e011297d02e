package gateway_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"majlis/hub/gateway"
)

// tokens is the dumb version: a level of tokens in 1/1000, for each key that is
// remembered, and the keys in the order of their last use.
type tokens struct {
	level map[string]int64
	at    map[string]time.Time
	used  []string
}

const modelBurst, modelMax = 3, 4

// take is at a rate of one token a second, with time in whole milliseconds.
func (m *tokens) take(key string, now time.Time) (bool, time.Duration) {
	if i := slices.Index(m.used, key); i >= 0 {
		m.used = slices.Delete(m.used, i, i+1)
	} else {
		m.level[key] = modelBurst * 1000
		m.at[key] = now
	}
	if len(m.used) == modelMax {
		m.used = m.used[1:]
	}
	m.used = append(m.used, key)
	m.level[key] = min(modelBurst*1000, m.level[key]+now.Sub(m.at[key]).Milliseconds())
	m.at[key] = now
	if m.level[key] < 1000 {
		return false, time.Duration(1000-m.level[key]) * time.Millisecond
	}
	m.level[key] -= 1000
	return true, 0
}

func TestBucketsAreTokenBuckets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := gateway.NewBuckets(1, modelBurst, modelMax)
		m := &tokens{level: map[string]int64{}, at: map[string]time.Time{}}
		now := time.Unix(1_700_000_000, 0)
		for range rapid.IntRange(1, 100).Draw(t, "takes") {
			now = now.Add(time.Duration(rapid.IntRange(0, 2000).Draw(t, "pause")) * time.Millisecond)
			key := rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}).Draw(t, "key")
			ok, retry := b.Take(key, now)
			wantOK, wantRetry := m.take(key, now)
			if ok != wantOK || retry != wantRetry {
				t.Fatalf("%s at %s: %v, %s; want %v, %s", key, now, ok, retry, wantOK, wantRetry)
			}
		}
	})
}

func TestBucketsKeepTheirRetryPromise(t *testing.T) {
	b := gateway.NewBuckets(gateway.AskRate, gateway.AskBurst, 10)
	now := time.Unix(1_700_000_000, 0)
	for range gateway.AskBurst {
		if ok, _ := b.Take("p", now); !ok {
			t.Fatal("refused within the burst")
		}
	}
	ok, retry := b.Take("p", now)
	if ok || retry != 10*time.Second {
		t.Fatalf("the seventh question: %v, retry in %s; want a refusal for 10 s", ok, retry)
	}
	if ok, _ := b.Take("p", now.Add(retry-time.Millisecond)); ok {
		t.Fatal("let through before its time")
	}
	if ok, _ := b.Take("p", now.Add(retry)); !ok {
		t.Fatal("refused at the very time that was told")
	}
}

func TestBucketsForgetTheQuietestAndServeNewcomers(t *testing.T) {
	const most = 4096
	b := gateway.NewBuckets(1, 1, most)
	now := time.Unix(1_700_000_000, 0)
	for i := range 20 * most {
		if ok, _ := b.Take(fmt.Sprint("stranger ", i), now); !ok {
			t.Fatalf("stranger %d was refused", i)
		}
		// A busy one is never forgotten, however many strangers come.
		if ok, _ := b.Take("busy", now); ok != (i == 0) {
			t.Fatalf("the busy one after %d strangers: %v", i, ok)
		}
	}
	if n := b.Len(); n > most {
		t.Fatalf("%d keys are remembered; want at most %d", n, most)
	}
}

func TestBucketsMayBeUsedByManyAtOnce(t *testing.T) {
	b := gateway.NewBuckets(1, 100, 2048)
	now := time.Unix(1_700_000_000, 0)
	var all sync.WaitGroup
	var mu sync.Mutex
	through := 0
	for g := range 8 {
		all.Go(func() {
			for i := range 1000 {
				b.Take(fmt.Sprint(g, i), now)
				if ok, _ := b.Take("shared", now); ok {
					mu.Lock()
					through++
					mu.Unlock()
				}
			}
		})
	}
	all.Wait()
	if through != 100 {
		t.Fatalf("%d tokens out of a bucket of 100", through)
	}
}
