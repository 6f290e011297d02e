package sqlitelog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"sync"
	"time"

	"majlis/hub/oplog"
)

// Log is an oplog.Store in one SQLite database. Any goroutine may call its
// methods.
type Log struct {
	// Static after Open.
	path     string
	now      func() time.Time
	observer Observer
	lockFile *os.File
	keys     *keyring
	write    *sql.DB
	read     *sql.DB
	pool     chan *reader  // the readers that nobody uses
	opened   int           // how many readers there are in all
	requests chan *request // unbuffered: what was handed over will be answered
	closing  chan struct{}
	written  chan struct{} // closed when the writer has ended
	failed   chan struct{} // closed when the disk has failed

	close func() error

	mu      sync.Mutex
	topics  map[oplog.Topic]topicRow      // guarded by mu: what is committed
	waits   map[oplog.Topic]chan struct{} // guarded by mu
	failure error                         // guarded by mu
}

var (
	_ oplog.Store = (*Log)(nil)
	_ oplog.Mover = (*Log)(nil)
)

// Open opens the log, makes it if there is none, and starts its writer; Close
// ends and awaits it. It refuses a database that another process uses, one that
// has lost its end, settings that SQLite did not take, and a wrong secret, each
// with a sentence that says what to do. ctx bounds the opening only.
func Open(ctx context.Context, config Config) (*Log, error) {
	c, err := config.filled()
	if err != nil {
		return nil, err
	}
	l := &Log{
		path: c.Path, now: c.Now, observer: c.Observer,
		pool: make(chan *reader, readers), requests: make(chan *request),
		closing: make(chan struct{}), written: make(chan struct{}), failed: make(chan struct{}),
		waits: map[oplog.Topic]chan struct{}{},
	}
	l.close = sync.OnceValue(l.end)
	w, err := l.open(ctx, c)
	if err != nil {
		if w != nil {
			w.stop()
		}
		close(l.written) // no writer was started
		return nil, errors.Join(fmt.Errorf("open log: %w", err), l.Close())
	}
	go func() {
		defer close(l.written)
		w.run()
	}()
	return l, nil
}

// open returns a writer that must be stopped, also with an error.
func (l *Log) open(ctx context.Context, c Config) (w *writer, err error) {
	if l.lockFile, err = lock(c.Path); err != nil {
		return nil, err
	}
	if err := createPrivate(c.Path); err != nil {
		return nil, err
	}
	if w, err = l.openWriter(ctx); err != nil {
		return w, err
	}
	if err := l.openReaders(ctx); err != nil {
		return w, err
	}
	if l.topics, err = loadTopics(ctx, w.conn.Conn); err != nil {
		return w, err
	}
	if w.mark, err = openMark(c.Path, l.topics, l.headAt); err != nil {
		return w, err
	}
	if l.keys, err = openKeys(ctx, c.Path+".keys", c.Secret, w.conn.Conn); err != nil {
		return w, err
	}
	return w, l.keys.destroyGone(func(name oplog.Topic) bool { return l.lookup(name).erased })
}

// Level implements oplog.Log.
func (l *Log) Level() oplog.Level { return oplog.Embedded }

// Close answers what was handed over, wakes all who wait, and gives the
// database free. Later calls find the store unavailable.
func (l *Log) Close() error { return l.close() }

func (l *Log) end() error {
	close(l.closing)
	<-l.written
	l.mu.Lock()
	for name := range l.waits {
		l.wakeLocked(name)
	}
	l.mu.Unlock()
	var errs []error
	if l.read != nil {
		errs = append(errs, l.closeReaders())
	}
	if l.write != nil {
		errs = append(errs, l.write.Close())
	}
	if l.keys != nil {
		errs = append(errs, l.keys.close())
	}
	if l.lockFile != nil {
		errs = append(errs, l.lockFile.Close())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close log: %w", err)
	}
	return nil
}

var errClosed = fmt.Errorf("%w: the log has been closed", oplog.ErrUnavailable)
