package gateway

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
)

func TestAdmission(t *testing.T) {
	start := time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	// storm has so many come at once, and then when they were told to, and says how
	// long that took altogether.
	storm := func(a *admission, n int) (took time.Duration, most int) {
		due := map[time.Duration]int{0: n}
		for at := time.Duration(0); len(due) > 0; at += time.Millisecond {
			let := 0
			for range due[at] {
				wait, ok := a.enter(start.Add(at))
				if ok {
					let++
					continue
				}
				due[at+wait.Round(time.Millisecond)+time.Millisecond]++
			}
			if let > 0 {
				took = at
			}
			most = max(most, let)
			delete(due, at)
		}
		return took, most
	}
	t.Run("EverybodyIsInAfterTheTimeThatTheRateTakes", func(t *testing.T) {
		took, _ := storm(newAdmission(), 20_000)
		if least, limit := 2*time.Second, 4*time.Second; took < least || took > limit {
			t.Errorf("20,000 were in after %v; want %v to %v", took, least, limit)
		}
	})
	t.Run("NobodyIsToldWhatSendsThemAllAtOnce", func(t *testing.T) {
		if _, most := storm(newAdmission(), 20_000); most > AdmissionBurst {
			t.Errorf("%d came in one millisecond", most)
		}
	})
	t.Run("FewerAreLetInWhileTheHouseIsSlow", func(t *testing.T) {
		quick, slow := newAdmission(), newAdmission()
		for range 200 {
			slow.greeted(3 * AdmissionLag)
		}
		a, _ := storm(quick, 20_000)
		b, _ := storm(slow, 20_000)
		if b < 2*a {
			t.Errorf("%v when it is slow, %v when it is not", b, a)
		}
	})
	t.Run("AskingTakesNoPlaceAndIsToldAFairTime", func(t *testing.T) {
		a := newAdmission()
		if wait := a.ask(start); wait != 0 || !a.until.IsZero() {
			t.Errorf("while there is room one is told %v, and it costs until %v", wait, a.until)
		}
		for range AdmissionBurst {
			a.enter(start)
		}
		const phones = 15_000
		fair := AdmissionWaitMin + time.Duration(float64(phones)/AdmissionRate*float64(time.Second))
		for range phones {
			a.enter(start) // a browser cannot read the answer
			if wait := a.ask(start); wait < AdmissionWaitMin || wait > fair*11/10 {
				t.Fatalf("one is told %v; there is room for all after %v", wait, fair)
			}
		}
	})
	t.Run("WhenThereIsRoomAgainNobodyIsToldToComeLate", func(t *testing.T) {
		a := newAdmission()
		for range AdmissionBurst + 200_000 {
			a.enter(start)
		}
		later := start.Add(time.Second)
		for range AdmissionBurst {
			a.enter(later)
		}
		if wait, ok := a.enter(later); ok || wait > 2*AdmissionWaitMin {
			t.Errorf("told to come in %v", wait)
		}
	})
	t.Run("NobodyIsToldToComeTooLate", func(t *testing.T) {
		a := newAdmission()
		for range 200_000 {
			if wait, ok := a.enter(start); !ok && (wait > AdmissionWaitMax || wait < AdmissionWaitMin) {
				t.Fatalf("told to come in %v", wait)
			}
		}
	})
}

func TestWheel(t *testing.T) {
	var w wheel
	a, b, c := &client{}, &client{}, &client{}
	w.add(a, SweepEvery)
	w.add(b, SweepEvery)
	w.add(c, 3*SweepEvery)
	due := func() (n int) {
		for _, x := range w.turn() {
			if x == c {
				n += 10
			}
			n++
		}
		return n
	}
	w.remove(b)
	var got []int
	for range 5 {
		got = append(got, due())
	}
	if want := []int{0, 1, 0, 11, 0}; !slices.Equal(got, want) {
		t.Errorf("due at each turn: %v, want %v", got, want)
	}
	w.add(a, BeatEvery)
	w.add(b, BeatEvery) // has been removed for good
	if w.len() != 1 || len(w.all()) != 1 {
		t.Errorf("%d on the wheel, want 1", w.len())
	}
	for turn := 0; due() == 0; turn++ {
		if turn > wheelSlots {
			t.Fatal("who is put far ahead never comes")
		}
	}
}

// TestDoor: who comes too early is refused with a time, and so is the page that
// asks why its WebSocket was refused; everybody is while the server starts.
func TestDoor(t *testing.T) {
	g := &Gateway{admission: newAdmission(), cfg: Config{Observer: blind{}}}
	ask := func(may func(echo.Context) error) (status int, after string) {
		rec := httptest.NewRecorder()
		err := may(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/ws", nil), rec))
		var p Problem
		if errors.As(err, &p) {
			return p.Status, rec.Header().Get("Retry-After")
		}
		return http.StatusOK, ""
	}
	if status, after := ask(g.socket); status != http.StatusServiceUnavailable || after != "8" {
		t.Errorf("before it is ready: %d, come in %q s", status, after)
	}
	g.ready.Store(true)
	if status, _ := ask(g.socket); status != http.StatusUpgradeRequired {
		t.Errorf("without an upgrade: %d", status)
	}
	if status, _ := ask(g.letIn); status != http.StatusOK {
		t.Errorf("the first is answered %d", status)
	}
	g.admission.until = time.Now().Add(time.Hour) // as after a storm
	for _, c := range []struct {
		name string
		may  func(echo.Context) error
	}{{"question before anybody was told", g.socket}, {"connection", g.letIn}, {"question", g.socket}} {
		if status, after := ask(c.may); status != http.StatusServiceUnavailable || after != "1" && after != "2" {
			t.Errorf("a %s too many is answered %d, come in %q s", c.name, status, after)
		}
	}
}

// blind observes nothing that this test needs.
type blind struct{ Observer }

func (blind) Limited(string) {}
