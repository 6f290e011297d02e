package sqlitelog

import (
	"context"
	"database/sql"
	"fmt"
)

// applicationID marks the file as ours ("Majl"), schemaVersion its tables.
const (
	applicationID = 0x4d616a6c
	schemaVersion = 1
)

// A row of entries holds a run of one topic's entries (see group.go); last is
// the offset of its last one. Private parts lie beside the log, since rows of
// entries never change. freed names the offsets that may be without theirs, and
// the redact entry that says so (0: it was put back without).
const schema = `
CREATE TABLE topics (
	id     INTEGER PRIMARY KEY,
	name   TEXT NOT NULL UNIQUE,
	epoch  TEXT NOT NULL,
	offset INTEGER NOT NULL,
	time   INTEGER NOT NULL,
	chain  BLOB NOT NULL,
	erased INTEGER NOT NULL,
	sum    BLOB NOT NULL
) STRICT;
CREATE TABLE entries (
	topic INTEGER NOT NULL,
	last  INTEGER NOT NULL,
	body  BLOB NOT NULL,
	UNIQUE (topic, last)
) STRICT;
CREATE TABLE private (
	topic  INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	salt   BLOB NOT NULL,
	box    BLOB NOT NULL,
	PRIMARY KEY (topic, offset)
) STRICT, WITHOUT ROWID;
CREATE TABLE freed (
	topic  INTEGER NOT NULL,
	offset INTEGER NOT NULL,
	entry  INTEGER NOT NULL,
	PRIMARY KEY (topic, offset)
) STRICT, WITHOUT ROWID;
CREATE TABLE snapshots (
	topic   INTEGER PRIMARY KEY,
	offset  INTEGER NOT NULL,
	chain   BLOB NOT NULL,
	epoch   TEXT NOT NULL,
	version INTEGER NOT NULL,
	state   BLOB NOT NULL,
	sum     BLOB NOT NULL
) STRICT;
CREATE TABLE meta (
	name  TEXT PRIMARY KEY,
	value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
`

// prepare makes the tables in an empty database and refuses one that is not
// ours or newer than this program.
func prepare(ctx context.Context, conn *sql.Conn) error {
	var id, version, tables int64
	err := conn.QueryRowContext(ctx, `SELECT
		(SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_schema)`).Scan(&id, &version, &tables)
	switch {
	case err != nil:
		return fmt.Errorf("look at the database: %w", err)
	case id == applicationID && version == schemaVersion:
		return nil
	case id == applicationID:
		return fmt.Errorf("the database has tables of version %d, this program knows version %d: use the program that wrote it, or a newer one", version, schemaVersion)
	case tables > 0:
		return fmt.Errorf("the file is a database of another program: give another path")
	}
	stamp := fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d;", applicationID, schemaVersion)
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE;"+schema+stamp+"COMMIT"); err != nil {
		return fmt.Errorf("make the tables: %w", err)
	}
	return nil
}
