package sqlitelog

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"strconv"
	"strings"
)

// setting is one pragma: what it is set to and what it must read back.
type setting struct{ name, set, want string }

func writerSettings() []setting {
	return []setting{
		{"busy_timeout", ms(writerBusy.Milliseconds()), ms(writerBusy.Milliseconds())},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", "FULL", "2"}, // an ack means: on disk
		{"wal_autocheckpoint", "0", "0"},
		{"secure_delete", "ON", "1"}, // what was blanked is gone from the file
		{"trusted_schema", "OFF", "0"},
	}
}

func readerSettings() []setting {
	return []setting{
		{"busy_timeout", ms(readerBusy.Milliseconds()), ms(readerBusy.Milliseconds())},
		{"journal_mode", "WAL", "wal"},
		{"synchronous", "FULL", "2"},
		{"trusted_schema", "OFF", "0"},
		{"query_only", "ON", "1"},
	}
}

func ms(n int64) string { return strconv.FormatInt(n, 10) }

// open makes a pool of exactly n connections with the settings. Connections
// are taken with pool.Conn and kept, so none is ever made later without them.
func open(path string, n int, settings []setting) (*sql.DB, error) {
	query := url.Values{"_txlock": {"immediate"}, "_defensive": {"1"}, "_dqs": {"0"}}
	for _, s := range settings {
		query.Add("_pragma", s.name+"("+s.set+")")
	}
	name := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: query.Encode()}
	db, err := sql.Open("sqlite", name.String())
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db, nil
}

// verify reads the settings back: a driver or a file system that quietly does
// otherwise would make every acknowledgement a lie.
func verify(ctx context.Context, conn *sql.Conn, settings []setting) error {
	for _, s := range settings {
		var got string
		if err := conn.QueryRowContext(ctx, "PRAGMA "+s.name).Scan(&got); err != nil {
			return fmt.Errorf("read back %s: %w", s.name, err)
		}
		if !strings.EqualFold(got, s.want) {
			return fmt.Errorf("SQLite has %s = %s where %s was asked for: it cannot keep what an acknowledgement promises; "+
				"put the database on a local file system that supports shared memory and locks", s.name, got, s.want)
		}
	}
	return nil
}
