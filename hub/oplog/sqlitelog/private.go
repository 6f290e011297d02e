package sqlitelog

import (
	"context"
	"database/sql"
	"errors"

	"majlis/hub/oplog"
)

// attach gives the entries of a page their private parts and verifies them. One
// that is missing must have been freed.
func (r *reader) attach(s *scan) error {
	first, last := s.entries[0].Offset, s.at.Offset
	rows, err := r.private.Query(s.id, int64(first), int64(last))
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var offset int64
		var salt, box []byte
		if err := rows.Scan(&offset, &salt, &box); err != nil {
			return err
		}
		e := &s.entries[oplog.Offset(offset)-first]
		e.Sealed.Salt, e.Sealed.Box = salt, box
		if !e.Sealed.Valid() {
			return &oplog.CorruptError{Topic: s.topic, Offset: e.Offset, Reason: "its private part is not the one committed to"}
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return r.excuse(s)
}

// excuse looks for private parts that are missing and should not be.
func (r *reader) excuse(s *scan) error {
	for i := range s.entries {
		e := &s.entries[i]
		if !e.Sealed.Blanked() {
			continue
		}
		_, free, err := isFree(r.freed, s.id, e.Offset)
		if err != nil {
			return err
		}
		if !free {
			return &oplog.CorruptError{Topic: s.topic, Offset: e.Offset, Reason: "its private part is missing and no redact entry names it"}
		}
	}
	return nil
}

// isFree tells whether an offset may be without its private part, and which
// redact entry says so.
func isFree(freed *sql.Stmt, topic int64, o oplog.Offset) (by oplog.Offset, free bool, err error) {
	var entry int64
	err = freed.QueryRow(topic, int64(o)).Scan(&entry)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, false, nil
	}
	return oplog.Offset(entry), err == nil, err
}

// headAt is the head as it was at an offset that the topic holds.
func (l *Log) headAt(ctx context.Context, topic oplog.Topic, o oplog.Offset) (oplog.Head, error) {
	if o == 0 {
		return oplog.Start(topic), nil
	}
	t, head := l.lookup(topic), oplog.Head{}
	err := l.view(ctx, func(r *reader) (err error) {
		head, err = storedHead(r.entries, topic, t.id, o)
		return err
	})
	return head, readError(topic, o, err)
}

// storedHead reads the entry at an offset and what the next one must follow.
func storedHead(entries *sql.Stmt, topic oplog.Topic, id int64, o oplog.Offset) (oplog.Head, error) {
	var last int64
	var body []byte
	missing := &oplog.CorruptError{Topic: topic, Offset: o, Reason: "it is missing"}
	err := entries.QueryRow(id, int64(o)).Scan(&last, &body)
	if errors.Is(err, sql.ErrNoRows) {
		return oplog.Head{}, missing
	}
	if err != nil {
		return oplog.Head{}, err
	}
	row := openRow(body)
	for e := (oplog.Entry{}); row.next(&e); {
		if e.Offset == o {
			return oplog.Head{Offset: o, Time: e.Time, Chain: e.Chain}, nil
		}
	}
	return oplog.Head{}, missing
}
