package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub"
	"majlis/hub/oplog/sqlitelog"
	"majlis/hub/venue"
)

func backupCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var to string
	set := c.flags("majlis backup", stderr, "store", "secret-file")
	set.StringVar(&to, "to", "", "new file of the backup; the topics' keys go to FILE.keys")
	return &ffcli.Command{
		Name:       "backup",
		ShortUsage: "majlis backup --to FILE [flags]",
		ShortHelp:  "Write a copy of a store to a file, also while servers use it, and verify it.",
		LongHelp: "Writes everything up to now to one file, for either kind of store, and folds it\n" +
			"once: `majlis replay` of the file prints the same digest. The topics' keys lie in\n" +
			"FILE.keys. Keep that apart, and only the newest: what was erased has no key any\n" +
			"more, and so nobody can read it in older backups either. The secret is in neither.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if to == "" {
				return usageError{errors.New("backup: --to names the file to write")}
			}
			return backup(ctx, &c, to, stdout)
		},
	}
}

// backup writes a backup and verifies it. An error leaves no file.
func backup(ctx context.Context, c *config, to string, stdout io.Writer) error {
	p, err := c.place()
	if err != nil {
		return err
	}
	if err := p.checkThere(); err != nil {
		return err
	}
	secret := p.secretFile(c)
	if _, err := os.Stat(secret); err != nil {
		return fmt.Errorf("backup needs the secret of the store: %w", err)
	}
	if to, err = filepath.Abs(to); err != nil {
		return err
	}
	for _, name := range []string{to, to + ".keys"} {
		if _, err := os.Lstat(name); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s is there already: give the backup a name that is new", name)
		}
	}
	if p.shared() {
		err = backupRedis(ctx, c, to, secret)
	} else {
		err = backupFile(ctx, c, p, to)
	}
	var r replayReport
	if err == nil {
		r, err = verifyBackup(ctx, to, secret)
	}
	_ = os.Remove(to + ".lock") // nobody has it open any more
	if err != nil {
		return errors.Join(fmt.Errorf("backup: %w", err), removeBackup(to))
	}
	_, err = fmt.Fprintf(stdout, "%d entries of %d topics in %s, their keys in %s.keys\ndigest %s\n", r.Entries, r.Topics, to, to, r.Digest)
	return err
}

// verifyBackup folds a backup that has just been written. A topic that was erased
// between its entries and the keys is erased in it too.
func verifyBackup(ctx context.Context, to, secret string) (r replayReport, err error) {
	c := &config{store: "sqlite:" + to, secret: secret}
	s, err := openStore(ctx, c)
	if err != nil {
		return r, err
	}
	keyless, err := s.(*sqlitelog.Log).Keyless(ctx)
	for _, topic := range keyless {
		err = errors.Join(err, s.Erase(ctx, topic))
	}
	if err = errors.Join(err, s.Close()); err != nil {
		return r, err
	}
	return replayStore(ctx, c, false)
}

func removeBackup(to string) error {
	var errs []error
	for _, suffix := range []string{"", "-wal", "-shm", ".keys", ".mark"} {
		if err := os.Remove(to + suffix); !errors.Is(err, os.ErrNotExist) {
			errs = append(errs, err)
		}
	}
	return errors.Join(errs...)
}

// backupFile has the server write it that holds the store, or does it here.
func backupFile(ctx context.Context, c *config, p place, to string) error {
	if conn, err := net.Dial("unix", p.socket()); err == nil {
		conn.Close()
		return remote{client: socketClient(p.socket())}.Backup(ctx, to)
	}
	s, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	return errors.Join(desk{store: s}.Backup(ctx, to), s.Close())
}

// backupRedis reads everything as one more node would. What is written meanwhile
// is in it or not, topic by topic without a gap.
func backupRedis(ctx context.Context, c *config, to, secret string) error {
	job, err := openCopy(ctx, c.store, "sqlite:"+to, secret)
	if err != nil {
		return err
	}
	_, err = job.topics(ctx, false)
	return errors.Join(err, job.from.Close(), job.to.Close())
}

// desk is the office of a server: its venue, and the store for what concerns all
// of it.
type desk struct {
	*venue.Venue
	store store
	hub   *hub.Hub
}

// Skip has an entry left out.
func (d desk) Skip(ctx context.Context, s skip) error { return d.hub.Skip(ctx, s.Topic, s.Offset) }

// Backup writes the store to a file, and its keys beside it: first the entries, so
// that no key is missing.
func (d desk) Backup(ctx context.Context, path string) error {
	log, ok := d.store.(*sqlitelog.Log)
	if !ok {
		return errors.New("only a store in a file is backed up by its server")
	}
	if err := log.Backup(ctx, path); err != nil {
		return err
	}
	if err := log.BackupKeys(path + ".keys"); err != nil {
		return errors.Join(err, removeBackup(path))
	}
	return nil
}
