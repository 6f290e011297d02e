package sqlitelog

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"majlis/hub/oplog"
)

// request is what a caller hands to the writer. Until done is closed the
// writer owns it, then the caller.
type request struct {
	topic  oplog.Topic
	drafts []oplog.Draft
	// alone is set for all that is no append: it has a transaction of its own,
	// and returns the topics that it changes.
	alone func(w *writer) (map[oplog.Topic]topicRow, error)
	// scrub: what this takes out must leave the WAL too.
	scrub bool

	base   oplog.Offset  // what the topic held before
	placed []oplog.Entry // with the genesis entry before them, if this wrote it
	epoch  string
	err    error
	done   chan struct{}
}

func (r *request) answer(err error) {
	if r.err == nil {
		r.err = err
	}
	close(r.done)
}

// writer is the one goroutine that writes, with the one connection that can.
// All fields are owned by it.
type writer struct {
	log   *Log
	conn  *conn
	mark  *mark
	store statements

	grown int  // bytes written since the last whole checkpoint, about
	scrub bool // a truncation of the WAL is due
}

// statements are those that run with every commit.
type statements struct {
	insertTopic, updateTopic, entries, private, freed *sql.Stmt
}

// openWriter returns what must be stopped, also with an error.
func (l *Log) openWriter(ctx context.Context) (*writer, error) {
	settings := writerSettings()
	db, err := open(l.path, 1, settings)
	if err != nil {
		return nil, err
	}
	l.write = db
	conn, err := connect(ctx, db, settings)
	if conn == nil {
		return nil, err
	}
	w := &writer{log: l, conn: conn}
	if err != nil {
		return w, err
	}
	if err := prepare(ctx, conn.Conn); err != nil {
		return w, err
	}
	return w, errors.Join(
		conn.prepare(ctx, &w.store.insertTopic, `INSERT INTO topics (name, epoch, offset, time, chain, erased, sum) VALUES (?, ?, ?, ?, ?, ?, ?)`),
		conn.prepare(ctx, &w.store.updateTopic, `UPDATE topics SET epoch = ?, offset = ?, time = ?, chain = ?, erased = ?, sum = ? WHERE id = ?`),
		conn.prepare(ctx, &w.store.entries, `INSERT INTO entries (topic, last, body) VALUES (?, ?, ?)`),
		conn.prepare(ctx, &w.store.private, `INSERT INTO private (topic, offset, salt, box) VALUES (?, ?, ?, ?)`),
		conn.prepare(ctx, &w.store.freed, `INSERT INTO freed (topic, offset, entry) VALUES (?, ?, ?)
			ON CONFLICT DO UPDATE SET entry = excluded.entry WHERE freed.entry = 0`),
	)
}

// run takes requests until the log closes. What it has taken it answers.
func (w *writer) run() {
	defer w.stop()
	var next *request
	for {
		if next == nil {
			next = w.receive()
		}
		if next == nil {
			return
		}
		if next.alone != nil {
			w.runAlone(next)
			next = nil
		} else {
			var group []*request
			group, next = w.gather(next)
			w.commitGroup(group)
		}
		w.tidy(next != nil)
	}
}

// receive waits for a request; nil when the log closes.
func (w *writer) receive() *request {
	for {
		var retry <-chan time.Time
		if w.scrub {
			retry = time.After(scrubRetry)
		}
		select {
		case r := <-w.log.requests:
			return r
		case <-w.log.closing:
			return nil
		case <-retry:
			w.truncate()
		}
	}
}

// gather takes the appends that wait now behind the first, and the request
// that ended them, if any.
func (w *writer) gather(first *request) (group []*request, next *request) {
	group = append(group, first)
	size := first.size()
	for len(group) < groupRequests && size < groupBytes {
		select {
		case r := <-w.log.requests:
			if r.alone != nil {
				return group, r
			}
			group = append(group, r)
			size += r.size()
		default:
			return group, nil
		}
	}
	return group, nil
}

func (r *request) size() (n int) {
	for i := range r.drafts {
		n += draftSize(&r.drafts[i])
	}
	return n
}

func (w *writer) exec(sql string, args ...any) error {
	_, err := w.conn.ExecContext(context.Background(), sql, args...)
	return err
}

// rollback ends a transaction that failed, also one that SQLite has rolled
// back itself.
func (w *writer) rollback() { _ = w.exec("ROLLBACK") }

func (w *writer) stop() {
	if w.mark != nil {
		w.mark.close()
	}
	_ = w.conn.close() // nothing is left to be lost by it
}
