package sqlitelog_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
	"majlis/hub/oplog/sqlitelog/disktest"
)

// roomOfAFullDisk is what the disk of TestF5FullDisk holds in all.
const roomOfAFullDisk = 2 << 20

// TestF5FullDisk appends to a disk of 2 MiB until there is no room: ErrFull,
// nothing half written, reads go on; when there is room again, so do appends.
func TestF5FullDisk(t *testing.T) {
	dir := t.TempDir()
	cmd := childOf("full", dir)
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{HostID: os.Getgid(), Size: 1}},
	}
	said, err := cmd.CombinedOutput()
	if cmd.Process == nil { // this system gives no process a file system of its own
		t.Logf("no file system of its own (%v): the disk below SQLite says that it is full", err)
		said, err = childOf("full", dir).CombinedOutput()
	}
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	t.Logf("%s", said)
}

// smallDisk makes dir one on which 1 MiB is free, and another once that is given.
// It goes with the process.
func smallDisk(dir string) (give func() error, err error) {
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", roomOfAFullDisk)); err == nil {
		filler := filepath.Join(dir, "filler")
		return func() error { return os.Remove(filler) }, os.WriteFile(filler, make([]byte, roomOfAFullDisk/2), 0o600)
	}
	disk, err := disktest.Install()
	if err != nil {
		return nil, err
	}
	var room atomic.Int64
	room.Store(roomOfAFullDisk / 2)
	var mu sync.Mutex
	sizes := map[string]int64{}
	disk.Watch(dir, func(op disktest.Op) error {
		mu.Lock()
		defer mu.Unlock()
		grows := op.At + int64(len(op.Data)) - sizes[op.Path]
		switch {
		case op.Kind == disktest.Write && grows > room.Load():
			return disktest.ErrFull
		case op.Kind == disktest.Truncate || op.Kind == disktest.Write && grows > 0:
			sizes[op.Path] += grows
			room.Add(-grows)
		}
		return nil
	})
	return func() error { room.Add(roomOfAFullDisk / 2); return nil }, nil
}

// childFull is alone with a small disk.
func childFull(dir string) error {
	giveRoom, err := smallDisk(dir)
	if err != nil {
		return err
	}
	path := filepath.Join(dir, "majlis.db")
	log, err := openChild(path)
	if err != nil {
		return err
	}
	ctx := context.Background()
	there := 0
	fill := func(until error) (err error) {
		for range 1000 {
			var a oplog.Appended
			a, err = log.Append(ctx, "session/a", oplog.Position{}, []oplog.Draft{{Public: make([]byte, 20<<10)}})
			if err != nil {
				break
			}
			there = int(a.Entries[len(a.Entries)-1].Offset)
		}
		if !errors.Is(err, until) {
			return fmt.Errorf("after %d entries: %w, want %w", there, err, until)
		}
		return nil
	}
	for range 3 {
		if err := fill(oplog.ErrFull); err != nil {
			return err
		}
	}
	if err := all(ctx, log, there); err != nil {
		return fmt.Errorf("while it is full: %w", err)
	}
	before := there
	if err := giveRoom(); err != nil {
		return err
	}
	if err := fill(oplog.ErrFull); err != nil {
		return err
	}
	if there < before+10 {
		return fmt.Errorf("%d entries fit when 1 MiB has been given free", there-before)
	}
	if err := log.Close(); err != nil {
		fmt.Println("close:", err)
	}
	if log, err = openChild(path); err != nil {
		return fmt.Errorf("open the full log again: %w", err)
	}
	defer log.Close()
	report, err := log.Check(ctx)
	if err != nil || len(report.Problems) > 0 {
		return fmt.Errorf("check: %w, %v", err, report.Problems)
	}
	fmt.Printf("%d entries until it was full, %d more when there was room, all there\n", before, there-before)
	return all(ctx, log, there)
}

// all reads a topic to its end, which must be at an offset.
func all(ctx context.Context, log *sqlitelog.Log, want int) error {
	var after oplog.Position
	for {
		page, _, err := log.Read(ctx, "session/a", after, 100)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		after = page[len(page)-1].Position("")
	}
	if int(after.Offset) != want {
		return fmt.Errorf("%d entries are read, %d were acknowledged", after.Offset, want)
	}
	return nil
}
