package sqlitelog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
	"majlis/hub/oplog/sqlitelog/disktest"
)

// killedAfter lets a child append and kills it with SIGKILL after n
// acknowledgements. It returns all that it managed to say.
func killedAfter(t *testing.T, path string, n int) []ack {
	t.Helper()
	cmd, out := child(t, "append", path)
	list, rest := acks(t, out, n)
	if len(list) < n {
		t.Fatalf("the child ended after %d acknowledgements: %v", len(list), rest)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	more, _ := acks(t, out, 1<<30)
	_, _ = io.Copy(io.Discard, out)
	_ = cmd.Wait() // it was killed
	return append(list, more...)
}

func TestKilledProcessLosesNothingAcknowledged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "majlis.db")
	random := rand.New(rand.NewPCG(1, 2))
	var told []ack
	for round := range 6 {
		told = append(told, killedAfter(t, path, 3+random.IntN(150))...)
		log := open(t, path)
		if missing := missing(t, log, told); missing != "" {
			t.Fatalf("round %d: %s", round, missing)
		}
		wantHealthy(t, log)
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d acknowledgements in 6 rounds, all there", len(told))
}

// missing names the first acknowledged entry that is not there.
func missing(t *testing.T, log *sqlitelog.Log, told []ack) string {
	t.Helper()
	histories := map[oplog.Topic][]oplog.Entry{}
	for _, a := range told {
		if _, ok := histories[a.topic]; !ok {
			histories[a.topic] = readAll(t, log, a.topic)
		}
		entries := histories[a.topic]
		if int(a.offset) > len(entries) || entries[a.offset-1].Chain.Short().String() != a.hash {
			return fmt.Sprintf("%s offset %d was acknowledged and is not there (%d entries are)", a.topic, a.offset, len(entries))
		}
	}
	return ""
}

func readAll(t *testing.T, log oplog.Log, topic oplog.Topic) (all []oplog.Entry) {
	t.Helper()
	var after oplog.Position
	for {
		page, _, err := log.Read(t.Context(), topic, after, 1000)
		if err != nil {
			t.Fatalf("read %s: %v", topic, err)
		}
		if len(page) == 0 {
			return all
		}
		all, after = append(all, page...), page[len(page)-1].Position("")
	}
}

func wantHealthy(t *testing.T, log *sqlitelog.Log) oplog.Report {
	t.Helper()
	report, err := log.Check(t.Context())
	if err != nil || len(report.Problems) > 0 {
		t.Fatalf("check: %v, %v", err, report.Problems)
	}
	return report
}

// image is a log as it lies on the disk after its process was killed.
type image struct{ db, wal, keys, mark []byte }

func takeImage(t *testing.T, path string) image {
	t.Helper()
	read := func(suffix string) []byte {
		b, err := os.ReadFile(path + suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
		return b
	}
	return image{read(""), read("-wal"), read(".keys"), read(".mark")}
}

func (i image) write(t *testing.T, path string) {
	t.Helper()
	for suffix, b := range map[string][]byte{"": i.db, "-wal": i.wal, ".keys": i.keys, ".mark": i.mark} {
		if b == nil {
			continue
		}
		if err := os.WriteFile(path+suffix, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

const (
	walHeader = 32
	walFrame  = 24 + 4096
)

// TestF2TornWAL tears the WAL of a killed process: cut at the edge of every frame
// and a byte before and behind it, and with some sectors zeroed behind a point.
// What was acknowledged before that is there, nothing is wrong, and with the mark
// beside it a log that is short is refused.
func TestF2TornWAL(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "majlis.db")
	least := 300
	if disktest.Full {
		least = 3000
	}
	told := killedAfter(t, source, least/12)
	whole := takeImage(t, source)
	truth := map[oplog.Topic][]oplog.Entry{}
	log := open(t, source)
	for _, a := range told {
		truth[a.topic] = readAll(t, log, a.topic)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	images := 0
	check := func(torn image, intact int) {
		t.Helper()
		if images%8 == 0 {
			checkMarked(t, torn, intact, told)
		}
		checkTorn(t, torn, intact, told, truth)
		images++
	}
	for edge := walHeader; edge <= len(whole.wal); edge += walFrame {
		for _, cut := range []int{edge - 1, edge, min(edge+1, len(whole.wal))} {
			torn := whole
			torn.wal = whole.wal[:cut]
			check(torn, cut)
		}
	}
	random := rand.New(rand.NewPCG(7, 8))
	for images < least {
		torn := whole
		torn.wal = bytes.Clone(whole.wal)
		intact := int(told[random.IntN(len(told))].wal)
		for range 1 + random.IntN(3) {
			sector := (intact + random.IntN(max(len(torn.wal)-intact, 1)) + 511) / 512 * 512
			clear(torn.wal[min(sector, len(torn.wal)):min(sector+512, len(torn.wal))])
		}
		check(torn, intact)
	}
	t.Logf("%d images of a WAL of %d bytes with %d acknowledgements", images, len(whole.wal), len(told))
}

// checkMarked opens an image with its mark: all that was acknowledged, or a refusal.
func checkMarked(t *testing.T, torn image, intact int, told []ack) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "majlis.db")
	torn.write(t, path)
	log, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
	if err == nil {
		if missing := missing(t, log, told); missing != "" {
			t.Fatalf("torn behind %d, with its mark: opened, but %s", intact, missing)
		}
		log.Close()
	} else if corrupt := (*oplog.CorruptError)(nil); !errors.As(err, &corrupt) && !strings.Contains(err.Error(), "delete") {
		t.Fatalf("torn behind %d: refused with %v", intact, err)
	}
}

// checkTorn opens an image without its mark, as an operator may decide.
func checkTorn(t *testing.T, torn image, intact int, told []ack, truth map[oplog.Topic][]oplog.Entry) {
	t.Helper()
	torn.mark = nil
	if int64(intact) < told[0].wal {
		return // the tables themselves were not yet acknowledged
	}
	path := filepath.Join(t.TempDir(), "majlis.db")
	torn.write(t, path)
	log := open(t, path)
	defer log.Close()
	var before []ack
	for _, a := range told {
		if a.wal <= int64(intact) {
			before = append(before, a)
		}
	}
	if missing := missing(t, log, before); missing != "" {
		t.Fatalf("torn behind %d: %s", intact, missing)
	}
	for topic, entries := range truth {
		for i, e := range readAll(t, log, topic) {
			if e.Chain != entries[i].Chain {
				t.Fatalf("torn behind %d: %s offset %d is another entry", intact, topic, i+1)
			}
		}
	}
}
