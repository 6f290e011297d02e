package sqlitelog

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"majlis/hub/oplog"
)

// These tests stand inside the package: they drive the writer by hand, or
// need something that only it can do.

type seen struct {
	mu       sync.Mutex
	commits  []string
	emptied  chan struct{} // a token for every checkpoint that left nothing
	heldBack int
}

func (s *seen) Committed(requests, entries int, _ time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commits = append(s.commits, fmt.Sprintf("%d requests, %d entries", requests, entries))
}

func (s *seen) Checkpointed(_, left int, _ time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if left != 0 {
		s.heldBack++
		return
	}
	select {
	case s.emptied <- struct{}{}:
	default:
	}
}

// wait waits until the WAL has been copied whole.
func (s *seen) wait(t *testing.T) {
	t.Helper()
	select {
	case <-s.emptied:
	case <-time.After(time.Minute):
		t.Fatal("the WAL is still not copied")
	}
}

func opened(t *testing.T) (*Log, *seen) {
	t.Helper()
	s := &seen{emptied: make(chan struct{}, 1)}
	config := Config{Path: filepath.Join(t.TempDir(), "majlis.db"), Secret: make([]byte, secretSize), Observer: s}
	log, err := Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	return log, s
}

// onWriter runs something in a transaction of the writer.
func onWriter(log *Log, do func(w *writer) (map[oplog.Topic]topicRow, error)) error {
	return log.hand(context.Background(), &request{topic: "session/a", alone: do})
}

func mustAppend(t *testing.T, log *Log, topic oplog.Topic, public string) []oplog.Entry {
	t.Helper()
	a, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{{Public: []byte(public)}})
	if err != nil {
		t.Fatal(err)
	}
	return a.Entries
}

func count(t *testing.T, log *Log, topic oplog.Topic) int {
	t.Helper()
	entries, _, err := log.Read(t.Context(), topic, oplog.Position{}, pageEntries)
	if err != nil {
		t.Fatal(err)
	}
	return len(entries)
}

// TestGroupIsOneTransaction gives the writer a group of requests, of which one
// cannot be done.
func TestGroupIsOneTransaction(t *testing.T) {
	log, s := opened(t)
	mustAppend(t, log, "session/gone", "x")
	if err := log.Erase(t.Context(), "session/gone"); err != nil {
		t.Fatal(err)
	}
	var group []*request
	for _, topic := range []oplog.Topic{"session/b", "session/gone", "session/c", "session/b"} {
		group = append(group, &request{topic: topic, drafts: make([]oplog.Draft, 2), done: make(chan struct{})})
	}
	s.commits = nil
	// A request that does not end keeps the loop away from the writer.
	held, release := make(chan *writer), make(chan struct{})
	var holding sync.WaitGroup
	holding.Go(func() {
		err := onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
			if err := w.exec("COMMIT"); err != nil {
				return nil, err
			}
			held <- w
			<-release
			return nil, w.exec("BEGIN")
		})
		if err != nil {
			t.Error(err)
		}
	})
	w := <-held
	w.commitGroup(group)
	close(release)
	holding.Wait()
	for i, r := range group {
		<-r.done
		if want := map[bool]error{true: oplog.ErrGone}[i == 1]; !errors.Is(r.err, want) {
			t.Fatalf("request %d: %v", i, r.err)
		}
	}
	if b, c := count(t, log, "session/b"), count(t, log, "session/c"); b != 5 || c != 3 {
		t.Fatalf("%d and %d entries, want 5 and 3", b, c)
	}
	if len(s.commits) != 1 || s.commits[0] != "4 requests, 8 entries" {
		t.Fatalf("commits %v, want one for all", s.commits)
	}
	if group[3].base != 3 || group[3].placed[0].Offset != 4 {
		t.Fatalf("the second request of a topic was placed at %+v", group[3].placed)
	}
}

// TestFullStoreRecovers limits the database's pages.
func TestFullStoreRecovers(t *testing.T) {
	log, _ := opened(t)
	mustAppend(t, log, "session/a", "before")
	limit := func(pages int) {
		err := onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
			return nil, w.exec(fmt.Sprint("PRAGMA max_page_count = ", pages))
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	limit(1) // SQLite takes the present size
	large := []oplog.Draft{{Public: make([]byte, 200<<10)}}
	for range 3 {
		if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, large); !errors.Is(err, oplog.ErrFull) {
			t.Fatalf("error %v, want ErrFull", err)
		}
	}
	if n := count(t, log, "session/a"); n != 2 {
		t.Fatalf("%d entries after refused appends, want 2", n)
	}
	select {
	case <-log.Failed():
		t.Fatal("a full store counts as a broken disk")
	default:
	}
	limit(1 << 30)
	if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, large); err != nil {
		t.Fatalf("there is room again: %v", err)
	}
	if n := count(t, log, "session/a"); n != 3 {
		t.Fatalf("%d entries, want 3", n)
	}
}

// TestFailedCommitIsUnknown makes a COMMIT fail after the transaction has
// reached the disk, and once before.
func TestFailedCommitIsUnknown(t *testing.T) {
	for name, end := range map[string]string{"ButThere": "COMMIT", "NotThere": "ROLLBACK"} {
		t.Run(name, func(t *testing.T) {
			log, _ := opened(t)
			entries := mustAppend(t, log, "session/a", "before")
			_, wait, err := log.Read(t.Context(), "session/a", entries[1].Position(""), 1)
			if err != nil {
				t.Fatal(err)
			}
			err = onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
				b := batch{byName: map[oplog.Topic]*pending{}}
				if err := b.add(log, &request{topic: "session/a", drafts: make([]oplog.Draft, 1)}, 1); err != nil {
					return nil, err
				}
				changed, err := w.writeBatch(&b)
				return changed, errors.Join(err, w.exec(end))
			})
			if !errors.Is(err, oplog.ErrUnknown) {
				t.Fatalf("error %v, want ErrUnknown", err)
			}
			<-wait // who waits must look
			want := map[string]int{"ButThere": 3, "NotThere": 2}[name]
			if n := count(t, log, "session/a"); n != want {
				t.Fatalf("%d entries, want %d", n, want)
			}
			mustAppend(t, log, "session/a", "after")
			if n := count(t, log, "session/a"); n != want+1 {
				t.Fatalf("%d entries, want %d", n, want+1)
			}
		})
	}
}

func TestSettingsAreInForce(t *testing.T) {
	log, _ := opened(t)
	err := onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
		return nil, verify(t.Context(), w.conn.Conn, writerSettings())
	})
	if err != nil {
		t.Fatal(err)
	}
	err = log.view(t.Context(), func(r *reader) error {
		if err := verify(t.Context(), r.conn.Conn, readerSettings()); err != nil {
			return err
		}
		if _, err := r.conn.ExecContext(t.Context(), "DELETE FROM entries"); err == nil {
			return errors.New("a reader can write")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Run("ErrOtherwise", func(t *testing.T) {
		err := log.view(t.Context(), func(r *reader) error {
			return verify(t.Context(), r.conn.Conn, []setting{{"synchronous", "FULL", "3"}})
		})
		if err == nil || !strings.Contains(err.Error(), "synchronous = 2 where 3 was asked for") {
			t.Fatal(err)
		}
	})
}

// TestBlankedBytesLeaveTheFiles looks into the files themselves.
func TestBlankedBytesLeaveTheFiles(t *testing.T) {
	log, _ := opened(t)
	box := blankOne(t, log)
	if info, err := os.Stat(log.path + "-wal"); err != nil || info.Size() != 0 {
		t.Fatalf("the WAL has %d bytes (%v) after the blank", info.Size(), err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(log.path)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(text), string(box)) {
		t.Fatal("what was blanked is still in the database file")
	}
}

// blankOne appends a private part, redacts and blanks it.
func blankOne(t *testing.T, log *Log) (box []byte) {
	t.Helper()
	key, err := log.Key(t.Context(), "session/a")
	if err != nil {
		t.Fatal(err)
	}
	d := oplog.Draft{Public: []byte("public"), Sealed: key.Seal([]byte("a text that must go"))}
	redact := oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{2})
	if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{d, redact}); err != nil {
		t.Fatal(err)
	}
	if err := log.Blank(t.Context(), "session/a", []oplog.Offset{2}); err != nil {
		t.Fatal(err)
	}
	return d.Sealed.Box
}

// TestBlankIsTriedAgain blanks while a reader stands on the old state: the WAL
// is emptied when it has gone.
func TestBlankIsTriedAgain(t *testing.T) {
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
	blankOne(t, log)
	if info, err := os.Stat(log.path + "-wal"); err != nil || info.Size() == 0 {
		t.Fatalf("the test needs a WAL that cannot be emptied: %v", err)
	}
	for len(s.emptied) > 0 {
		<-s.emptied
	}
	close(leave)
	if err := <-left; err != nil {
		t.Fatal(err)
	}
	s.wait(t)
	if info, err := os.Stat(log.path + "-wal"); err != nil || info.Size() != 0 {
		t.Fatalf("the WAL has %d bytes (%v) after the reader has left", info.Size(), err)
	}
}

// TestLargeWALIsCheckpointed writes more than a checkpoint is worth.
func TestLargeWALIsCheckpointed(t *testing.T) {
	log, s := opened(t)
	for written := 0; written < checkpointBytes; written += maxPublic {
		if _, err := log.Append(t.Context(), "session/a", oplog.Position{}, []oplog.Draft{{Public: make([]byte, maxPublic)}}); err != nil {
			t.Fatal(err)
		}
	}
	s.wait(t)
}

func TestCheckFindsUnexcusedBlank(t *testing.T) {
	log, _ := opened(t)
	blankOne(t, log)
	report, err := log.Check(t.Context())
	if err != nil || len(report.Problems) != 0 || report.Blanked != 1 || report.Entries != 3 || report.Topics != 1 {
		t.Fatalf("%+v, %v", report, err)
	}
	key, err := log.Key(t.Context(), "session/b")
	if err != nil {
		t.Fatal(err)
	}
	h := oplog.Start("session/b")
	entries := []oplog.Entry{
		h.Place(oplog.EpochDraft(oplog.TypeGenesis, "e"), 1),
		h.Place(oplog.Draft{Sealed: key.Seal([]byte("text"))}, 1),
	}
	entries[1].Sealed.Salt, entries[1].Sealed.Box = nil, nil
	if err := log.PutBack(t.Context(), "session/b", oplog.Position{}, entries); err != nil {
		t.Fatal(err)
	}
	report, err = log.Check(t.Context())
	var corrupt *oplog.CorruptError
	if err != nil || len(report.Problems) != 1 || !errors.As(report.Problems[0], &corrupt) || corrupt.Offset != 2 {
		t.Fatalf("a private part is missing without a redact entry: %+v, %v", report, err)
	}
}

// TestForgedEndIsNamed puts another last entry in place, one whose chain holds.
func TestForgedEndIsNamed(t *testing.T) {
	log, _ := opened(t)
	mustAppend(t, log, "session/a", "one")
	last := mustAppend(t, log, "session/a", "two")[2]
	before, err := log.headAt(t.Context(), "session/a", 2)
	if err != nil {
		t.Fatal(err)
	}
	body, _ := takeRow([]oplog.Entry{before.Place(oplog.Draft{Public: []byte("forged")}, last.Time)})
	err = onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
		return nil, w.exec("UPDATE entries SET body = ? WHERE last = 3", body)
	})
	if err != nil {
		t.Fatal(err)
	}
	_, _, err = log.Read(t.Context(), "session/a", oplog.Position{}, 10)
	var corrupt *oplog.CorruptError
	if !errors.As(err, &corrupt) || corrupt.Offset != 3 {
		t.Fatalf("error %v, want a *CorruptError at offset 3", err)
	}
}
