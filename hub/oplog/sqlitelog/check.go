package sqlitelog

import (
	"context"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// Report is what a [Log.Check] has seen.
type Report struct {
	Topics  int
	Entries int
	Private int // private parts whose commitment was verified
	Blanked int // private parts that are gone, as a redact entry says
	// Problems are all that is wrong: *oplog.CorruptError where a topic is, plain
	// errors for the database's own structure.
	Problems []error
}

// Check verifies everything: SQLite's own structure, the chain of every topic,
// the commitment of every private part, and that what is missing was redacted.
// What is wrong stands in the report; the error is of the checking itself.
func (l *Log) Check(ctx context.Context) (Report, error) {
	var report Report
	if err := l.checkStructure(ctx, &report); err != nil {
		return report, err
	}
	var last oplog.Topic
	for {
		topics, err := l.Topics(ctx, last, pageEntries)
		if err != nil || len(topics) == 0 {
			return report, err
		}
		for _, topic := range topics {
			if err := l.checkTopic(ctx, topic, &report); err != nil {
				return report, err
			}
		}
		last = topics[len(topics)-1]
	}
}

// checkStructure runs on a connection of its own: it can take long.
func (l *Log) checkStructure(ctx context.Context, report *Report) error {
	db, err := open(l.path, 1, readerSettings())
	if err != nil {
		return err
	}
	defer db.Close()
	rows, err := db.QueryContext(ctx, "PRAGMA integrity_check")
	if err != nil {
		return l.structureError(err, report)
	}
	defer rows.Close()
	for rows.Next() {
		var line string
		if err := rows.Scan(&line); err != nil {
			return fmt.Errorf("check: %w", err)
		}
		if line != "ok" {
			report.Problems = append(report.Problems, fmt.Errorf("database structure: %s", line))
		}
	}
	return l.structureError(rows.Err(), report)
}

func (l *Log) structureError(err error, report *Report) error {
	switch {
	case err == nil:
		return nil
	case damaged(err):
		report.Problems = append(report.Problems, fmt.Errorf("database structure: %w", err))
		return nil
	}
	return fmt.Errorf("check: %w", err)
}

// checkTopic reads a topic to its end; the first wrong entry ends it, since
// nothing behind it can be trusted.
func (l *Log) checkTopic(ctx context.Context, topic oplog.Topic, report *Report) error {
	report.Topics++
	after, named, blanked := oplog.Position{}, map[oplog.Offset]bool{}, []oplog.Offset(nil)
	for {
		entries, _, err := l.Read(ctx, topic, after, pageEntries)
		var corrupt *oplog.CorruptError
		switch {
		case errors.As(err, &corrupt):
			report.Problems = append(report.Problems, err)
			return nil
		case errors.Is(err, oplog.ErrGone):
			return nil // erased meanwhile
		case err != nil:
			return fmt.Errorf("check %s: %w", topic, err)
		case len(entries) == 0:
			report.unexcused(topic, named, blanked)
			return nil
		}
		for i := range entries {
			blanked = report.count(&entries[i], named, blanked)
		}
		after = entries[len(entries)-1].Position("")
	}
}

func (r *Report) count(e *oplog.Entry, named map[oplog.Offset]bool, blanked []oplog.Offset) []oplog.Offset {
	r.Entries++
	for _, o := range oplog.RedactOf(e) {
		named[o] = true
	}
	switch {
	case e.Sealed.Blanked():
		r.Blanked++
		return append(blanked, e.Offset)
	case !e.Sealed.None():
		r.Private++
	}
	return blanked
}

// unexcused reports private parts that the store says may be missing although
// no redact entry names them.
func (r *Report) unexcused(topic oplog.Topic, named map[oplog.Offset]bool, blanked []oplog.Offset) {
	for _, o := range blanked {
		if !named[o] {
			r.Problems = append(r.Problems, &oplog.CorruptError{Topic: topic, Offset: o, Reason: "its private part is missing and no redact entry names it"})
		}
	}
}
