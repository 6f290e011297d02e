package sqlitelog

import (
	"context"
	"fmt"

	"majlis/hub/oplog"
)

// Check verifies everything: SQLite's own structure and all that
// [oplog.Audit] does. What is wrong stands in the report; the error is of the
// checking itself.
func (l *Log) Check(ctx context.Context) (oplog.Report, error) {
	var report oplog.Report
	if err := l.checkStructure(ctx, &report); err != nil {
		return report, err
	}
	return report, oplog.Audit(ctx, l, &report)
}

// checkStructure runs on a connection of its own: it can take long.
func (l *Log) checkStructure(ctx context.Context, report *oplog.Report) error {
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

func (l *Log) structureError(err error, report *oplog.Report) error {
	switch {
	case err == nil:
		return nil
	case damaged(err):
		report.Problems = append(report.Problems, fmt.Errorf("database structure: %w", err))
		return nil
	}
	return fmt.Errorf("check: %w", err)
}
