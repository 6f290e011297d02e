package sqlitelog

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog/disktest"
)

// disk is the one below every database of these tests.
func disk(t *testing.T) *disktest.Disk {
	t.Helper()
	d, err := disktest.Install()
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// promise is one acknowledgement: by that moment of the record this was there.
type promise struct {
	moment int
	topic  oplog.Topic
	at     oplog.Position
}

// recorded is what was written to a log's files, and what was promised meanwhile.
type recorded struct {
	disktest.Recorder
	keys []byte // the key file, which is synced before a key is used

	mu       sync.Mutex
	promises []promise
	marks    []moment // what the mark held since when
}

type moment struct {
	at   int
	mark []byte
}

// promise notes an acknowledgement and the mark that was written before it.
func (r *recorded) promise(log *Log, topic oplog.Topic, at oplog.Position) error {
	mark, err := os.ReadFile(log.path + ".mark")
	if err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.promises = append(r.promises, promise{r.Moment(), topic, at})
	r.marks = append(r.marks, moment{r.Moment(), mark})
	return nil
}

// record appends to three topics at once and checkpoints now and then, and returns
// the record. first, if any, is done before anything is written.
func record(t *testing.T, rounds int, first func(w *writer) error) *recorded {
	t.Helper()
	r := &recorded{}
	dir := t.TempDir()
	defer disk(t).Watch(dir, r.Hook)()
	config := Config{Path: filepath.Join(dir, "majlis.db"), Secret: make([]byte, secretSize)}
	log, err := Open(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	if first != nil {
		if err := betweenTransactions(log, first); err != nil {
			t.Fatal(err)
		}
	}
	for range rounds {
		var writing sync.WaitGroup
		for i := range 3 {
			writing.Go(func() {
				if err := r.some(t, log, oplog.Topic(fmt.Sprint("session/t", i))); err != nil {
					t.Error(err)
				}
			})
		}
		writing.Wait()
		if err := betweenTransactions(log, func(w *writer) error { w.checkpoint("PASSIVE"); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if r.keys, err = os.ReadFile(config.Path + ".keys"); err != nil {
		t.Fatal(err)
	}
	return r
}

// some appends a little of everything, and a blank that truncates the WAL.
func (r *recorded) some(t *testing.T, log *Log, topic oplog.Topic) error {
	key, err := log.Key(t.Context(), topic)
	if err != nil {
		return err
	}
	heads, err := log.Heads(t.Context(), []oplog.Topic{topic})
	if err != nil {
		return err
	}
	known := heads[0]
	for size := range 6 {
		a, err := log.Append(t.Context(), topic, known, []oplog.Draft{
			{Public: make([]byte, size*700)}, {Public: []byte("x"), Sealed: key.Seal([]byte("text"))},
		})
		if err != nil {
			return err
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
		if err := r.promise(log, topic, known); err != nil {
			return err
		}
	}
	a, err := log.Append(t.Context(), topic, known, []oplog.Draft{oplog.RedactDraft(oplog.Actor{}, []oplog.Offset{known.Offset})})
	if err != nil {
		return err
	}
	if err := r.promise(log, topic, a.Entries[0].Position(a.Epoch)); err != nil {
		return err
	}
	if err := log.Blank(t.Context(), topic, []oplog.Offset{known.Offset}); err != nil {
		return err
	}
	last := a.Entries[0]
	return log.SaveSnapshot(t.Context(), topic, oplog.Snapshot{Offset: last.Offset, Chain: last.Chain, Epoch: a.Epoch, State: stateAt(last)})
}

// stateAt stands for a machine's state behind an entry: some pages of bytes that
// belong to no other.
func stateAt(e oplog.Entry) []byte { return bytes.Repeat(e.Chain[:], 500) }

// snapshots says what is wrong with those that a log has.
func snapshots(t *testing.T, log *Log) string {
	t.Helper()
	for i := range 3 {
		topic := oplog.Topic(fmt.Sprint("session/t", i))
		s, ok, err := log.LoadSnapshot(t.Context(), topic)
		if err != nil {
			return err.Error()
		}
		if ok && !bytes.Equal(s.State, stateAt(oplog.Entry{Chain: s.Chain})) {
			return fmt.Sprintf("the snapshot of %s at %d is half one and half another", topic, s.Offset)
		}
	}
	return ""
}

// betweenTransactions runs something on the writer's connection while none is open.
func betweenTransactions(log *Log, do func(w *writer) error) error {
	return onWriter(log, func(w *writer) (map[oplog.Topic]topicRow, error) {
		if err := w.exec("COMMIT"); err != nil {
			return nil, err
		}
		if err := do(w); err != nil {
			return nil, err
		}
		return nil, w.exec("BEGIN")
	})
}

// afterPowerCut opens one of the states in which a loss of power at a moment may
// leave the files, and says what of the promises it breaks.
func (r *recorded) afterPowerCut(t *testing.T, at int, random *rand.Rand) (broken string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "majlis.db")
	files := r.Image(at, random)
	files["majlis.db.keys"] = r.keys
	delete(files, "majlis.db.mark")
	// The mark is not synced: it is as it was at any time before, or not there.
	known := slices.IndexFunc(r.marks, func(m moment) bool { return m.at > at })
	if known < 0 {
		known = len(r.marks)
	}
	if n := random.IntN(known + 1); n < known {
		files["majlis.db.mark"] = r.marks[n].mark
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(filepath.Dir(path), name), b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	log, err := Open(t.Context(), Config{Path: path, Secret: make([]byte, secretSize)})
	if err != nil {
		return err.Error()
	}
	defer log.Close()
	for _, p := range r.promises {
		if p.moment > at {
			continue
		}
		if err := log.knows(t.Context(), p.topic, p.at); err != nil {
			return fmt.Sprintf("%s at %d was acknowledged: %v", p.topic, p.at.Offset, err)
		}
	}
	report, err := log.Check(t.Context())
	if err != nil || len(report.Problems) > 0 {
		return fmt.Sprint(err, report.Problems)
	}
	return snapshots(t, log)
}

// TestF3UnsyncedWrites cuts the power at any moment: what was not synced is there
// in parts, in any order, or not at all. So it is with snapshots (F33). With synchronous=FULL nothing that was
// acknowledged is lost; with NORMAL it is, so the test can tell.
func TestF3UnsyncedWrites(t *testing.T) {
	t.Parallel()
	rounds, images := 2, 60
	if disktest.Full {
		rounds, images = 4, 3000
	}
	random := rand.New(rand.NewPCG(5, 6))
	t.Run("Full", func(t *testing.T) {
		r := record(t, rounds, nil)
		for range images {
			at := random.IntN(r.Moment() + 1)
			if broken := r.afterPowerCut(t, at, random); broken != "" {
				t.Fatalf("power lost after %d of %d operations: %s", at, r.Moment(), broken)
			}
		}
		t.Logf("%d images of %d operations, %d acknowledgements: none lost", images, r.Moment(), len(r.promises))
	})
	t.Run("NormalLoses", func(t *testing.T) {
		r := record(t, rounds, func(w *writer) error { return w.exec("PRAGMA synchronous = NORMAL") })
		broken := 0
		for range images / 4 {
			if r.afterPowerCut(t, random.IntN(r.Moment()+1), random) != "" {
				broken++
			}
		}
		if broken == 0 {
			t.Fatalf("synchronous=NORMAL passes %d images: the test cannot tell what an fsync is for", images/4)
		}
		t.Logf("with synchronous=NORMAL %d of %d images have lost something", broken, images/4)
	})
}
