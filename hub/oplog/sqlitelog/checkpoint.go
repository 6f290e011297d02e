package sqlitelog

import (
	"context"
	"time"
)

// tidy runs between transactions. It copies the WAL to the database when much
// has been written and nobody waits, or when very much has: never inside
// somebody's commit.
func (w *writer) tidy(waiting bool) {
	if w.log.Failure() != nil {
		return
	}
	if w.grown >= checkpointForce || w.grown >= checkpointBytes && !waiting {
		w.checkpoint("PASSIVE")
	}
}

// truncate empties the WAL, so that nothing that was taken out is left there.
func (w *writer) truncate() {
	if w.log.Failure() == nil {
		w.scrub = !w.checkpoint("TRUNCATE")
	}
}

// checkpoint reports whether all of the WAL was copied. A reader that stands on
// an old state prevents that; the next checkpoint goes on.
func (w *writer) checkpoint(mode string) (whole bool) {
	begun := time.Now()
	var busy, pages, copied int
	err := w.conn.QueryRowContext(context.Background(), "PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &pages, &copied)
	if err != nil {
		if broken(err) {
			w.log.fail(err)
		}
		w.grown = checkpointBytes / 2 // not again at once
		return false
	}
	w.grown = 0
	w.log.observer.Checkpointed(copied, pages-copied, time.Since(begun))
	return busy == 0 && pages == copied
}
