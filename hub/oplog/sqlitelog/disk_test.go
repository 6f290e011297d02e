package sqlitelog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog/disktest"
)

// onDisk is a log whose disk does what a hook says.
func onDisk(t *testing.T, hook disktest.Hook) (*Log, *seen) {
	t.Helper()
	// The name of the directory is what is watched, and a test's own.
	dir := t.TempDir()
	t.Cleanup(disk(t).Watch(dir, hook))
	s := &seen{emptied: make(chan struct{}, 1)}
	log, err := Open(t.Context(), Config{Path: filepath.Join(dir, "majlis.db"), Secret: make([]byte, secretSize), Observer: s})
	if err != nil {
		t.Fatal(err)
	}
	return log, s
}

// TestF6BrokenDisk has one operation fail with an I/O error. Nothing is
// acknowledged any more, not even when the next would work; what was before is
// read on, and is there for the next process.
func TestF6BrokenDisk(t *testing.T) {
	checkpoint := func(log *Log) error {
		return betweenTransactions(log, func(w *writer) error { w.checkpoint("TRUNCATE"); return nil })
	}
	add := func(log *Log) error {
		_, err := log.Append(context.Background(), "session/a", oplog.Position{}, []oplog.Draft{{Public: []byte("lost or not")}})
		return err
	}
	for _, c := range []struct {
		name string
		kind disktest.Kind
		file string // its end
		do   func(*Log) error
	}{
		{"SyncOfACommit", disktest.Sync, "-wal", add},
		{"WriteOfACommit", disktest.Write, "-wal", add},
		{"SyncOfACheckpoint", disktest.Sync, ".db", checkpoint},
		{"WriteOfACheckpoint", disktest.Write, ".db", checkpoint},
		{"TruncationOfTheWAL", disktest.Truncate, "-wal", checkpoint},
	} {
		t.Run(c.name, func(t *testing.T) {
			var armed, fired atomic.Bool
			log, _ := onDisk(t, func(op disktest.Op) error {
				if op.Kind == c.kind && strings.HasSuffix(op.Path, c.file) && armed.CompareAndSwap(true, false) {
					fired.Store(true)
					return disktest.ErrBroken
				}
				return nil
			})
			defer log.Close()
			mustAppend(t, log, "session/a", "acknowledged")
			armed.Store(true)
			err := c.do(log)
			if !fired.Load() {
				t.Fatal("the disk was not asked")
			}
			if c.kind == disktest.Sync && c.file == "-wal" && !errors.Is(err, oplog.ErrUnknown) {
				t.Errorf("the append that met it: %v, want ErrUnknown", err)
			}
			select {
			case <-log.Failed():
			default:
				t.Fatal("the log does not say that the disk has failed")
			}
			for range 2 {
				if err := add(log); !errors.Is(err, oplog.ErrUnavailable) {
					t.Fatalf("an append after it: %v, want ErrUnavailable", err)
				}
			}
			if n := count(t, log, "session/a"); n < 2 {
				t.Fatalf("%d entries are read after it", n)
			}
			if err := log.Close(); err != nil {
				t.Log(err)
			}
			again, err := Open(t.Context(), Config{Path: log.path, Secret: make([]byte, secretSize)})
			if err != nil {
				t.Fatal(err)
			}
			defer again.Close()
			if n := count(t, again, "session/a"); n < 2 {
				t.Fatalf("the next process reads %d entries", n)
			}
			mustAppend(t, again, "session/a", "goes on")
		})
	}
}

// TestF7SlowDisk holds an fsync: what is there is read meanwhile, appends wait
// and can be given up, and once it is done they are all written.
func TestF7SlowDisk(t *testing.T) {
	var slow atomic.Bool
	syncing, release := make(chan struct{}, 1), make(chan struct{})
	log, _ := onDisk(t, func(op disktest.Op) error {
		if op.Kind == disktest.Sync && slow.CompareAndSwap(true, false) {
			syncing <- struct{}{}
			<-release
		}
		return nil
	})
	defer log.Close()
	mustAppend(t, log, "session/a", "before")
	slow.Store(true)
	var waiting sync.WaitGroup
	const appends = 50
	for range appends {
		waiting.Go(func() {
			if _, err := log.Append(context.Background(), "session/a", oplog.Position{}, []oplog.Draft{{}}); err != nil {
				t.Error(err)
			}
		})
	}
	<-syncing
	if n := count(t, log, "session/a"); n != 2 {
		t.Fatalf("%d entries are read while an fsync is under way, want the 2 that are on disk", n)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err := log.Append(ctx, "session/b", oplog.Position{}, []oplog.Draft{{}})
	if !errors.Is(err, oplog.ErrUnavailable) && !errors.Is(err, oplog.ErrUnknown) {
		t.Fatalf("an append that nobody waits for any more: %v", err)
	}
	close(release)
	waiting.Wait()
	if n := count(t, log, "session/a"); n != 2+appends {
		t.Fatalf("%d entries, want %d", n, 2+appends)
	}
}

// TestF8StarvedCheckpoint writes much while a reader stands on an old state: the
// appends go on, the observer is told what cannot be copied, and when the reader
// has gone the WAL is emptied.
func TestF8StarvedCheckpoint(t *testing.T) {
	log, s := opened(t)
	mustAppend(t, log, "session/b", "x")
	standing, leave, left := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		left <- log.view(context.Background(), func(r *reader) error {
			var n int
			err := r.conn.QueryRowContext(context.Background(), "SELECT count(*) FROM entries").Scan(&n)
			close(standing)
			<-leave
			return err
		})
	}()
	<-standing
	much := func() {
		t.Helper()
		for written := 0; written <= checkpointBytes; written += maxPublic {
			if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{Public: make([]byte, maxPublic)}}); err != nil {
				t.Fatal(err)
			}
		}
		// The checkpoint comes behind the last commit: wait for what follows it.
		if err := onWriter(log, func(*writer) (map[oplog.Topic]topicRow, error) { return nil, nil }); err != nil {
			t.Fatal(err)
		}
	}
	much()
	s.mu.Lock()
	heldBack := s.heldBack
	s.mu.Unlock()
	if heldBack == 0 {
		t.Error("nobody was told that the WAL grows")
	}
	if info, err := os.Stat(log.path + "-wal"); err != nil || info.Size() < checkpointBytes {
		t.Fatalf("the test needs a WAL that has grown: %v", err)
	}
	close(leave)
	if err := <-left; err != nil {
		t.Fatal(err)
	}
	for len(s.emptied) > 0 {
		<-s.emptied
	}
	much()
	s.wait(t)
}
