package redislog

import (
	"context"
	"errors"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog/redistest"
)

// TestPutBackEndsAtAForkOfTheSameLength: a store that goes another way while
// something is put back, and ends where that begins, is a fork, not somebody who
// was faster.
func TestPutBackEndsAtAForkOfTheSameLength(t *testing.T) {
	log, err := Open(t.Context(), Config{URL: redistest.Start(t).URL(), Secret: make([]byte, secretSize)})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	const name = oplog.Topic("session/a")
	if _, err := log.Append(t.Context(), name, oplog.Position{}, []oplog.Draft{{Public: []byte("theirs")}}); err != nil {
		t.Fatal(err)
	}
	mine := oplog.Start(name)
	mine.Place(oplog.EpochDraft(oplog.TypeGenesis, "e"), 1)
	mine.Place(oplog.Draft{Public: []byte("mine")}, 1)
	at := mine
	entries := []oplog.Entry{mine.Place(oplog.Draft{Public: []byte("behind mine")}, 1)}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if err := log.putBack(ctx, log.known(name), at, entries); !errors.Is(err, oplog.ErrFork) {
		t.Errorf("put back: %v, want a fork", err)
	}
}
