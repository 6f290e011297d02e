package gateway

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestMeterForgivesAClockThatGoesBack(t *testing.T) {
	m := newMeter(1, 3)
	later := time.Unix(100_000, 0)
	paid, _, _ := m.take(time.Time{}, 3, later)
	paid, wait, ok := m.take(paid, 1, later.Add(-24*time.Hour))
	if ok || wait != time.Second {
		t.Fatalf("a day earlier: ok %v, wait %s; want to wait a second, not a day", ok, wait)
	}
	if _, _, ok := m.take(paid, 1, later.Add(-24*time.Hour+time.Second)); !ok {
		t.Fatal("still locked out after the wait that was told")
	}
}

func TestMeterRefusesMoreThanTheBurst(t *testing.T) {
	m := newMeter(10, 5)
	if _, _, ok := m.take(time.Time{}, 6, time.Unix(1, 0)); ok {
		t.Fatal("six units out of a burst of five")
	}
	if _, _, ok := m.take(time.Time{}, 5, time.Unix(1, 0)); !ok {
		t.Fatal("the burst itself was refused")
	}
}

// What passes in any window is at most the burst and what the rate gives.
func TestMeterNeverLetsThroughMoreThanRateAndBurst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rate = 10
		burst := rapid.IntRange(1, 30).Draw(t, "burst")
		m := newMeter(rate, burst)
		start := time.Unix(1_000_000, 0)
		now, through := start, 0
		var paid time.Time
		for range rapid.IntRange(1, 200).Draw(t, "asks") {
			now = now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "pause")) * time.Millisecond)
			n := rapid.IntRange(1, 5).Draw(t, "n")
			var ok bool
			if paid, _, ok = m.take(paid, n, now); ok {
				through += n
			}
			if most := burst + int(now.Sub(start)/(time.Second/rate)); through > most {
				t.Fatalf("%d units in %s; want at most %d", through, now.Sub(start), most)
			}
		}
	})
}

// One who sends as fast as can be at several places that charge each other once a
// second gets the one rate, and a burst at each place once.
func TestChargesKeepTheRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const rate, burst, seconds = 5, 20, 120
		places := rapid.IntRange(1, 5).Draw(t, "places")
		m := newMeter(rate, burst)
		paid, taken := make([]time.Time, places), make([]int, places)
		now, through := time.Unix(1_000_000, 0), 0
		for range seconds {
			for range 50 {
				now = now.Add(20 * time.Millisecond)
				for i := range places {
					var ok bool
					if paid[i], _, ok = m.take(paid[i], 1, now); ok {
						taken[i]++
						through++
					}
				}
			}
			for i := range places {
				for j := range places {
					if i != j {
						paid[i] = m.charge(paid[i], taken[j], now)
					}
				}
			}
			clear(taken)
		}
		if most := rate*seconds + 2*burst*places; through > most {
			t.Fatalf("%d at %d places in %d s; want at most %d", through, places, seconds, most)
		}
	})
}

func TestChargeDoesNotLockOut(t *testing.T) {
	m := newMeter(5, 20)
	now := time.Unix(1, 0)
	paid := m.charge(time.Time{}, 1_000_000, now)
	if _, wait, ok := m.take(paid, 1, now); ok || wait > 5*time.Second {
		t.Fatalf("charged a million: ok %v, wait %v; want some seconds", ok, wait)
	}
}
