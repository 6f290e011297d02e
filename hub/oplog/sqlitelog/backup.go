package sqlitelog

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"

	"majlis/hub/oplog"
)

// Backup writes a copy of the log as of now to a new file, while the log goes
// on. Keys are not in it: their file is kept, and destroyed, apart. An error
// leaves no file.
func (l *Log) Backup(ctx context.Context, path string) error {
	if err := l.alive(); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("backup: %w (give a path that does not exist yet, in a directory that does)", err)
	}
	defer f.Close()
	if err := l.vacuumInto(ctx, path); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), os.Remove(path))
	}
	if err := f.Sync(); err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), os.Remove(path))
	}
	return syncDir(path)
}

// BackupKeys writes a copy of the key file as of now to a new file. Make it after
// the backup it belongs to, keep it apart from that, and only the newest: a key
// that an older copy holds opens what was erased.
func (l *Log) BackupKeys(path string) error {
	if err := l.alive(); err != nil {
		return err
	}
	if err := l.keys.copyTo(path); err != nil {
		return fmt.Errorf("backup of the keys: %w", err)
	}
	return nil
}

// Keyless lists the topics that have entries and no key in the key file, in
// order: those of a backup whose keys have been destroyed since.
func (l *Log) Keyless(ctx context.Context) ([]oplog.Topic, error) {
	all, err := l.Topics(ctx, "", math.MaxInt)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, l.keys.has), nil
}

// vacuumInto uses a connection of its own: it reads for long, and the readers
// may not write, not even elsewhere.
func (l *Log) vacuumInto(ctx context.Context, path string) error {
	db, err := open(l.path, 1, []setting{{"busy_timeout", ms(readerBusy.Milliseconds()), ""}})
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, "VACUUM INTO ?", path)
	return errors.Join(err, db.Close())
}
