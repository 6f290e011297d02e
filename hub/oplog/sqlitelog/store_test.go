package sqlitelog_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
)

// edit changes a closed database behind the log's back.
func edit(t *testing.T, path, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

func TestF9TwoProcesses(t *testing.T) {
	path := filepath.Join(t.TempDir(), "majlis.db")
	log := open(t, path)
	cmd, out := child(t, "open", path)
	_, said := acks(t, out, 1)
	if err := cmd.Wait(); err == nil || !strings.Contains(strings.Join(said, "\n"), "in use by another process") {
		t.Fatalf("a second process: %v, it said %v", err, said)
	}
	if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{}}); err != nil {
		t.Fatalf("the first was harmed: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	cmd, out = child(t, "open", path)
	_, said = acks(t, out, 1)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("after the first has ended: %v, %v", err, said)
	}
}

// TestBrokenDisk: a write that fails with an I/O error ends all
// acknowledging, and what was acknowledged before is there.
func TestBrokenDisk(t *testing.T) {
	path := filepath.Join(t.TempDir(), "majlis.db")
	cmd, out := child(t, "limited", path)
	told, said := acks(t, out, 1<<30)
	if err := cmd.Wait(); err != nil {
		t.Fatalf("%v: %v", err, said)
	}
	text := strings.Join(said, "\n")
	if !strings.Contains(text, "first unknown true") || !strings.Contains(text, "then unavailable true") {
		t.Fatalf("the child said:\n%s", text)
	}
	log := open(t, path)
	defer log.Close()
	if len(told) == 0 {
		t.Fatal("nothing was acknowledged before")
	}
	if missing := missing(t, log, told); missing != "" {
		t.Fatal(missing)
	}
	wantHealthy(t, log)
}

// TestCloseLeavesNothingOpen looks for descriptors of the log's files that are
// still there, and for a WAL that was not copied.
func TestCloseLeavesNothingOpen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "majlis.db")
	log := open(t, path)
	if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{}}); err != nil {
		t.Fatal(err)
	}
	readAll(t, log, "session/a")
	wantHealthy(t, log)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, os.ErrNotExist) {
		t.Fatalf("the WAL is still there: %v", err)
	}
	descriptors, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skipf("this system does not list open files: %v", err)
	}
	for _, d := range descriptors {
		if name, err := os.Readlink("/proc/self/fd/" + d.Name()); err == nil && strings.HasPrefix(name, path) {
			t.Errorf("%s is still open", name)
		}
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	other := filepath.Join(dir, "other.db")
	edit(t, other, "CREATE TABLE mine (x)")
	newer := filepath.Join(dir, "newer.db")
	if err := open(t, newer).Close(); err != nil {
		t.Fatal(err)
	}
	edit(t, newer, "PRAGMA user_version = 99")
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		config sqlitelog.Config
		says   string
	}{
		{"NoPath", sqlitelog.Config{Secret: secret}, "needs the path"},
		{"ShortSecret", sqlitelog.Config{Path: filepath.Join(dir, "a.db"), Secret: secret[:16]}, "16 bytes, not 32"},
		{"NoDirectory", sqlitelog.Config{Path: filepath.Join(dir, "no", "a.db"), Secret: secret}, "does " + filepath.Join(dir, "no") + " exist"},
		{"AnotherProgramsDatabase", sqlitelog.Config{Path: other, Secret: secret}, "another program"},
		{"NewerTables", sqlitelog.Config{Path: newer, Secret: secret}, "version 99"},
		{"NoDatabase", sqlitelog.Config{Path: garbage, Secret: secret}, "not a database"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for range 2 { // the second time finds nothing left locked
				_, err := sqlitelog.Open(t.Context(), c.config)
				if err == nil || !strings.Contains(err.Error(), c.says) {
					t.Fatalf("error %v, want one that says %q", err, c.says)
				}
			}
		})
	}
}

func TestFilesArePrivate(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a dir?", "maj#lis%20.db")
	if err := os.Mkdir(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	log := open(t, path)
	defer log.Close()
	if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, nil); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 6 {
		t.Fatalf("files %v, %v; want the database, -wal, -shm, .lock, .keys, .mark", files, err)
	}
	for _, f := range files {
		info, err := f.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s has mode %v (%v), want 0600", f.Name(), info.Mode(), err)
		}
	}
}

func TestTimeNeverBackwardsWhenTheClockJumps(t *testing.T) {
	var mu sync.Mutex
	clock := time.UnixMilli(1_000_000)
	path := filepath.Join(t.TempDir(), "majlis.db")
	config := sqlitelog.Config{Path: path, Secret: secret, Now: func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		return clock
	}}
	var last int64
	for _, jump := range []time.Duration{0, time.Hour, -2 * time.Hour, time.Minute} {
		log, err := sqlitelog.Open(t.Context(), config)
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		clock = clock.Add(jump)
		mu.Unlock()
		if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{}}); err != nil {
			t.Fatal(err)
		}
		entries := readAll(t, log, "session/a")
		e := entries[len(entries)-1]
		if e.Time < last || e.Time < clock.UnixMilli() {
			t.Fatalf("stamped %d after %d, the clock says %d", e.Time, last, clock.UnixMilli())
		}
		last = e.Time
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestDoneContextStopsOnlyTheWaiting holds the writer in its clock while the
// caller gives up: the commit goes on.
func TestDoneContextStopsOnlyTheWaiting(t *testing.T) {
	entered, release := make(chan struct{}), make(chan struct{})
	config := sqlitelog.Config{Path: filepath.Join(t.TempDir(), "majlis.db"), Secret: secret, Now: func() time.Time {
		entered <- struct{}{}
		<-release
		return time.UnixMilli(1)
	}}
	log, err := sqlitelog.Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	ctx, cancel := context.WithCancel(t.Context())
	_, wait, err := log.Read(t.Context(), "session/a", oplog.Position{}, 1)
	if err != nil {
		t.Fatal(err)
	}
	answered := make(chan error)
	go func() {
		_, err := log.Append(ctx, "session/a", oplog.Position{}, []oplog.Draft{{Public: []byte("x")}})
		answered <- err
	}()
	<-entered
	cancel()
	if err := <-answered; !errors.Is(err, oplog.ErrUnknown) || !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want ErrUnknown", err)
	}
	close(release)
	<-wait
	if entries := readAll(t, log, "session/a"); len(entries) != 2 {
		t.Fatalf("%d entries, want the genesis and the one whose caller gave up", len(entries))
	}
}

func TestLimits(t *testing.T) {
	log := open(t, filepath.Join(t.TempDir(), "majlis.db"))
	defer log.Close()
	for name, drafts := range map[string][]oplog.Draft{
		"Public": {{}, {Public: make([]byte, 1<<20+1)}},
		"Many":   make([]oplog.Draft, 4097),
		"Bytes":  slabs(17, 1<<20),
	} {
		if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, drafts); err == nil || errors.Is(err, oplog.ErrUnknown) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := log.Append(t.Context(), "no topic", oplog.Position{}, nil); err == nil {
		t.Error("a name that is no topic was taken")
	}
	a, err := log.Append(t.Context(), "session/a", oplog.Position{}, slabs(15, 1<<20))
	if err != nil || len(a.Entries) != 16 {
		t.Fatalf("large entries: %d, %v", len(a.Entries), err)
	}
	if all := readAll(t, log, "session/a"); len(all) != 16 {
		t.Fatalf("%d large entries are read, want 16", len(all))
	}
}

func slabs(n, size int) []oplog.Draft {
	drafts := make([]oplog.Draft, n)
	for i := range drafts {
		drafts[i].Public = bytes.Repeat([]byte{byte(i)}, size)
	}
	return drafts
}

// TestF10BackupUnderLoad copies the log while it is written to.
func TestF10BackupUnderLoad(t *testing.T) {
	dir := t.TempDir()
	log := open(t, filepath.Join(dir, "majlis.db"))
	defer log.Close()
	key, err := log.Key(t.Context(), "session/a")
	if err != nil {
		t.Fatal(err)
	}
	stop, copied := make(chan struct{}), filepath.Join(dir, "copy.db")
	var writing sync.WaitGroup
	writing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
			}
			draft := oplog.Draft{Public: []byte(fmt.Sprint(i)), Sealed: key.Seal([]byte("text"))}
			if _, err := log.Append(context.Background(), "session/a", oplog.Position{}, []oplog.Draft{draft}); err != nil {
				t.Error(err)
				return
			}
		}
	})
	before, wait, err := log.Read(t.Context(), "session/a", oplog.Position{}, 100)
	if len(before) == 0 && err == nil {
		<-wait
	}
	err = log.Backup(t.Context(), copied)
	close(stop)
	writing.Wait()
	if err != nil {
		t.Fatal(err)
	}
	if err := log.Backup(t.Context(), copied); err == nil {
		t.Fatal("a backup was written over another one")
	}
	if _, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: copied, Secret: secret}); err == nil || !strings.Contains(err.Error(), "missing") {
		t.Fatalf("the backup opens without its keys: %v", err)
	}
	keys, err := os.ReadFile(filepath.Join(dir, "majlis.db.keys"))
	if err == nil {
		err = os.WriteFile(copied+".keys", keys, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	again := open(t, copied)
	defer again.Close()
	if r := wantHealthy(t, again); r.Entries < len(before) || r.Private != r.Entries-1 {
		t.Fatalf("the backup holds %+v, %d entries were there before it", r, len(before))
	}
}
