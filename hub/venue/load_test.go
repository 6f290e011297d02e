package venue_test

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/metrics"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/pass"
	"majlis/hub/schedule"
	"majlis/hub/venue"
)

// TestNoPassIsGoodBeforeItsListIsKnown: a conference whose list of revoked
// passes could not be loaded lets nobody in.
func TestNoPassIsGoodBeforeItsListIsKnown(t *testing.T) {
	signer, err := pass.NewSigner(make([]byte, pass.SecretSize))
	if err != nil {
		t.Fatal(err)
	}
	v := venue.New(memlog.New(), signer, "http://127.0.0.1:8080")
	v.Folded("schedule/summit", schedule.New("schedule/summit"))
	if v.PassGood("summit", "01J00000000000000000000000") {
		t.Error("a pass is good, though nobody knows whether it was revoked")
	}
}

// TestInterruptedImportIsFinished: the process died between the programme and
// the conference's code.
func TestInterruptedImportIsFinished(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := memlog.New()
		v, stop := start(t, store)
		p, err := programme(time.Now()).Complete()
		if err != nil {
			t.Fatal(err)
		}
		parts, err := schedule.Parts(p, venue.NewULID(), func() string { return schedule.MakeCode(7) })
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range parts {
			if err := v.Say(t.Context(), "schedule/summit", venue.Person, oplog.System, c); err != nil {
				t.Fatal(err)
			}
		}
		stop()
		v, stop = start(t, store)
		defer stop()
		if code := v.Conferences()[0].Code; !schedule.ValidCode(code) {
			t.Errorf("the code is %q", code)
		}
	})
}

// fullStore takes nothing.
type fullStore struct{ *memlog.Log }

func (fullStore) Append(context.Context, oplog.Topic, oplog.Position, []oplog.Draft) (oplog.Appended, error) {
	return oplog.Appended{}, oplog.ErrFull
}

// TestImportIntoAFullStoreSaysSo and does not wait for room that may never come.
func TestImportIntoAFullStoreSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		signer, err := pass.NewSigner(make([]byte, pass.SecretSize))
		if err != nil {
			t.Fatal(err)
		}
		store := fullStore{memlog.New()}
		v := venue.New(store, signer, "http://127.0.0.1:8080")
		h := hub.New(hub.Config{
			Store: store, Kinds: venue.Kinds(), Observer: metrics.New("test"), Folded: v.Folded, Trouble: func(oplog.Topic, error) {},
		})
		v.Attach(h)
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- h.Run(ctx) }()
		patience, stop := context.WithTimeout(ctx, time.Hour)
		defer stop()
		var refused *venue.RefusedError
		if err := v.Bring(patience, programme(time.Now()), ""); !errors.As(err, &refused) || refused.Reason != oplog.StoreFull {
			t.Errorf("ended with %v", err)
		}
		cancel()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
}
