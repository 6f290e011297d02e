package sqlitelog_test

import (
	"path/filepath"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/oplogtest"
	"majlis/hub/oplog/sqlitelog"
)

var secret = []byte("0123456789abcdef0123456789abcdef")

func open(t *testing.T, path string) *sqlitelog.Log {
	t.Helper()
	log, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	return log
}

func TestLog(t *testing.T) {
	oplogtest.Run(t, func(t *testing.T) (oplog.Store, func() oplog.Store) {
		path := filepath.Join(t.TempDir(), "majlis.db")
		log := open(t, path)
		return log, func() oplog.Store {
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			return open(t, path)
		}
	})
}
