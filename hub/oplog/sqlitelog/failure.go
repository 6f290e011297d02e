package sqlitelog

import (
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"majlis/hub/oplog"
)

func code(err error) int {
	var e *sqlite.Error
	if errors.As(err, &e) {
		return e.Code()
	}
	return 0
}

// full reports whether there was no room. Growing the shared memory file fails
// with an I/O error of its own when the disk is full.
func full(err error) bool {
	c := code(err)
	return c&0xff == sqlite3.SQLITE_FULL || c == sqlite3.SQLITE_IOERR_SHMSIZE
}

// broken reports whether the disk failed. After a failed fsync nobody knows
// what is on it, and a second fsync that succeeds proves nothing.
func broken(err error) bool { return code(err)&0xff == sqlite3.SQLITE_IOERR && !full(err) }

// damaged reports whether the file's own structure is wrong.
func damaged(err error) bool {
	c := code(err) & 0xff
	return c == sqlite3.SQLITE_CORRUPT || c == sqlite3.SQLITE_NOTADB
}

// refusal names an error of the store before a commit: nothing was written.
func refusal(err error) error {
	if full(err) {
		return fmt.Errorf("%w: %w", oplog.ErrFull, err)
	}
	return fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
}

// readError names what a reader met.
func readError(topic oplog.Topic, at oplog.Offset, err error) error {
	var corrupt *oplog.CorruptError
	switch {
	case err == nil || errors.As(err, &corrupt) || errors.Is(err, oplog.ErrFork) || errors.Is(err, oplog.ErrGone):
		return err
	case damaged(err):
		return &oplog.CorruptError{Topic: topic, Offset: at, Reason: err.Error()}
	}
	return fmt.Errorf("%w: %w", oplog.ErrUnavailable, err)
}

// Failed is closed when the disk has failed: nothing will be acknowledged any
// more, and the process should end so that a fresh one reads what is there.
func (l *Log) Failed() <-chan struct{} { return l.failed }

// Failure is why; nil before [Log.Failed] is closed.
func (l *Log) Failure() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.failure
}

// fail ends all acknowledging. Only the writer calls it.
func (l *Log) fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.failure == nil {
		l.failure = fmt.Errorf("the disk failed, nothing more can be acknowledged: %w", err)
		close(l.failed)
	}
}
