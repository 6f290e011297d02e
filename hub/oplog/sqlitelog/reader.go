package sqlitelog

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// reader is one connection that only reads, with its statements. Who took it
// from the pool owns it.
type reader struct {
	conn *conn

	topic, entries, private, freed, snapshot *sql.Stmt
}

func (l *Log) openReaders(ctx context.Context) error {
	settings := readerSettings()
	db, err := open(l.path, readers, settings)
	if err != nil {
		return err
	}
	l.read = db
	for range readers {
		conn, err := connect(ctx, db, settings)
		if conn == nil {
			return err
		}
		r := &reader{conn: conn}
		l.pool <- r
		l.opened++
		if err != nil {
			return err
		}
		if err := r.prepare(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *reader) prepare(ctx context.Context) error {
	return errors.Join(
		r.conn.prepare(ctx, &r.topic, `SELECT `+topicColumns+` FROM topics WHERE id = ?`),
		r.conn.prepare(ctx, &r.entries, `SELECT last, body FROM entries WHERE topic = ? AND last >= ? ORDER BY last`),
		r.conn.prepare(ctx, &r.private, `SELECT offset, salt, box FROM private WHERE topic = ? AND offset BETWEEN ? AND ? ORDER BY offset`),
		r.conn.prepare(ctx, &r.freed, `SELECT entry FROM freed WHERE topic = ? AND offset = ?`),
		r.conn.prepare(ctx, &r.snapshot, `SELECT offset, chain, epoch, version, state, sum FROM snapshots WHERE topic = ?`),
	)
}

// view runs look on one reader, all of it on one state of the store. ctx bounds
// the waiting for a reader; a page is short enough to be finished.
func (l *Log) view(ctx context.Context, look func(r *reader) error) error {
	if err := l.alive(); err != nil {
		return err
	}
	select {
	case r := <-l.pool:
		defer func() { l.pool <- r }()
		return r.view(look)
	case <-l.closing:
		return errClosed
	case <-ctx.Done():
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, ctx.Err())
	}
}

func (r *reader) view(look func(r *reader) error) error {
	ctx := context.Background()
	if _, err := r.conn.ExecContext(ctx, "BEGIN DEFERRED"); err != nil {
		return err
	}
	err := look(r)
	if _, endErr := r.conn.ExecContext(ctx, "ROLLBACK"); err == nil {
		err = endErr
	}
	return err
}

func (l *Log) alive() error {
	select {
	case <-l.closing:
		return errClosed
	default:
		return nil
	}
}

// closeReaders waits for those that are in use.
func (l *Log) closeReaders() error {
	var errs []error
	for range l.opened {
		errs = append(errs, (<-l.pool).conn.close())
	}
	return errors.Join(append(errs, l.read.Close())...)
}
