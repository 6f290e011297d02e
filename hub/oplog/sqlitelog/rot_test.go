package sqlitelog_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
	"majlis/hub/oplog/sqlitelog/disktest"
)

const rotTopic = oplog.Topic("session/rot")

// closedLog writes a topic of a genesis and 40 entries, every fourth with a
// private part, and returns it with its files after an orderly end.
func closedLog(t *testing.T) (image, []oplog.Entry) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "majlis.db")
	log := open(t, path)
	key, err := log.Key(t.Context(), rotTopic)
	if err != nil {
		t.Fatal(err)
	}
	var known oplog.Position
	for i := range 40 {
		d := oplog.Draft{Public: fmt.Appendf(nil, "the public part of entry %03d", i+2)}
		if i%4 == 0 {
			d.Sealed = key.Seal(fmt.Appendf(nil, "private %d", i))
		}
		a, err := log.Append(t.Context(), rotTopic, known, []oplog.Draft{d})
		if err != nil {
			t.Fatal(err)
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
	}
	entries := readAll(t, log, rotTopic)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	files := takeImage(t, path)
	if len(files.wal) != 0 {
		t.Fatalf("%d bytes are left in the WAL after an orderly end", len(files.wal))
	}
	return files, entries
}

// openDamaged opens an image and reads the topic to its end.
func openDamaged(t *testing.T, files image) ([]oplog.Entry, error) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "majlis.db")
	files.write(t, path)
	log, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
	if err != nil {
		return nil, err
	}
	defer log.Close()
	var all []oplog.Entry
	var after oplog.Position
	for {
		page, _, err := log.Read(t.Context(), rotTopic, after, 7)
		if err != nil || len(page) == 0 {
			return all, err
		}
		all, after = append(all, page...), page[len(page)-1].Position("")
	}
}

func TestF4FlippedBitIsNamed(t *testing.T) {
	files, entries := closedLog(t)
	last := entries[len(entries)-1]
	for _, c := range []struct {
		name   string
		bytes  []byte
		offset oplog.Offset
	}{
		{"PublicPart", []byte("the public part of entry 017"), 17},
		{"FirstPublicPart", []byte("the public part of entry 002"), 2},
		{"LastPublicPart", []byte("the public part of entry 041"), 41},
		{"Chain", entries[9].Chain[:], 10},
		{"Commit", entries[5].Sealed.Commit[:], 6},
		{"PrivateBox", entries[21].Sealed.Box, 22},
		{"PrivateSalt", entries[21].Sealed.Salt, 22},
		{"RecordedEnd", last.Chain[:], last.Offset},
		{"RecordedEpoch", []byte("session/rot"), last.Offset},
	} {
		t.Run(c.name, func(t *testing.T) {
			damaged := files
			at := bytes.Index(files.db, c.bytes)
			if at < 0 {
				t.Fatal("the bytes are not in the file")
			}
			damaged.db = bytes.Clone(files.db)
			damaged.db[at+len(c.bytes)-1] ^= 1
			_, err := openDamaged(t, damaged)
			var corrupt *oplog.CorruptError
			if !errors.As(err, &corrupt) {
				t.Fatalf("error %v, want a *CorruptError", err)
			}
			if corrupt.Offset != c.offset {
				t.Fatalf("%v, want offset %d named", corrupt, c.offset)
			}
		})
	}
}

// TestF4AnyFlippedBit flips bits anywhere in the file: the log is refused, or an
// error is read, or every entry is the one written.
func TestF4AnyFlippedBit(t *testing.T) {
	t.Parallel()
	files, entries := closedLog(t)
	random := rand.New(rand.NewPCG(3, 4))
	noticed := 0
	flips := 40
	if disktest.Full {
		flips = 2000
	}
	for range flips {
		damaged := files
		damaged.db = bytes.Clone(files.db)
		at, bit := random.IntN(len(damaged.db)), byte(1)<<random.IntN(8)
		damaged.db[at] ^= bit
		got, err := openDamaged(t, damaged)
		if err != nil {
			noticed++
			continue
		}
		if len(got) != len(entries) {
			t.Fatalf("bit %#x of byte %d: %d entries without an error, %d were written", bit, at, len(got), len(entries))
		}
		for i := range got {
			if got[i].Chain != entries[i].Chain || !bytes.Equal(got[i].Public, entries[i].Public) || !bytes.Equal(got[i].Sealed.Box, entries[i].Sealed.Box) {
				t.Fatalf("bit %#x of byte %d: offset %d came back changed", bit, at, i+1)
			}
		}
	}
	t.Logf("%d of %d flips noticed, the others harmless", noticed, flips)
}

// TestMissingRowsAreNamed takes rows out as someone with another program could.
func TestMissingRowsAreNamed(t *testing.T) {
	files, _ := closedLog(t)
	for _, c := range []struct {
		name, sql string
		offset    oplog.Offset
	}{
		{"Middle", "DELETE FROM entries WHERE last = 20", 20},
		{"End", "DELETE FROM entries WHERE last >= 30", 30},
		{"All", "DELETE FROM entries", 1},
		{"PrivatePart", "DELETE FROM private WHERE offset = 10", 10},
		{"SwappedPrivateParts", "UPDATE private SET (salt, box) = (SELECT salt, box FROM private WHERE offset = 14) WHERE offset = 10", 10},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "majlis.db")
			changed := files
			changed.mark = nil
			changed.write(t, path)
			edit(t, path, c.sql)
			log := open(t, path)
			defer log.Close()
			_, _, err := log.Read(t.Context(), rotTopic, oplog.Position{}, 1000)
			var read *oplog.CorruptError
			if !errors.As(err, &read) || read.Offset != c.offset {
				t.Fatalf("read: %v, want offset %d", err, c.offset)
			}
			report, err := log.Check(t.Context())
			if err != nil || len(report.Problems) != 1 {
				t.Fatalf("check: %v, %v", err, report.Problems)
			}
			var corrupt *oplog.CorruptError
			if !errors.As(report.Problems[0], &corrupt) || corrupt.Offset != c.offset || corrupt.Topic != rotTopic {
				t.Fatalf("%v, want %s at offset %d", report.Problems[0], rotTopic, c.offset)
			}
		})
	}
}

// TestF4FlippedBitInWAL flips a bit anywhere in the WAL of a killed process.
// SQLite drops all that follows and says nothing; the mark does. Without the mark,
// as an operator may decide, what is left is whole.
func TestF4FlippedBitInWAL(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "majlis.db")
	told := killedAfter(t, source, 25)
	files := takeImage(t, source)
	random := rand.New(rand.NewPCG(9, 10))
	flips, refused := 16, 0
	if disktest.Full {
		flips = 1000
	}
	for range flips {
		damaged := files
		damaged.wal = bytes.Clone(files.wal)
		at, bit := random.IntN(len(damaged.wal)), byte(1)<<random.IntN(8)
		damaged.wal[at] ^= bit
		path := filepath.Join(t.TempDir(), "majlis.db")
		damaged.write(t, path)
		log, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
		if err == nil {
			if missing := missing(t, log, told); missing != "" {
				t.Fatalf("bit %#x of byte %d: opened, but %s", bit, at, missing)
			}
			log.Close()
			continue
		}
		refused++
		var corrupt *oplog.CorruptError
		if !errors.As(err, &corrupt) {
			continue // the tables or the name of the key file are gone, and that was said
		}
		if err := os.Remove(path + ".mark"); err != nil {
			t.Fatal(err)
		}
		log = open(t, path)
		wantHealthy(t, log)
		log.Close()
	}
	if refused == 0 {
		t.Fatal("no flip was noticed")
	}
	t.Logf("%d of %d flips refused, the others harmless", refused, flips)
}

// TestF4FlippedBitInSnapshot: a snapshot that is not the one saved is none.
func TestF4FlippedBitInSnapshot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "majlis.db")
	log := open(t, path)
	a, err := log.Append(t.Context(), rotTopic, oplog.Position{}, []oplog.Draft{{Public: []byte("one")}})
	if err != nil {
		t.Fatal(err)
	}
	last := a.Entries[1]
	saved := oplog.Snapshot{
		Offset: last.Offset, Chain: last.Chain, Epoch: a.Epoch, Version: 7,
		State: bytes.Repeat([]byte("a machine's state "), 20),
	}
	if err := log.SaveSnapshot(t.Context(), rotTopic, saved); err != nil {
		t.Fatal(err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	files := takeImage(t, path)
	at := bytes.Index(files.db, saved.State)
	if at < 0 {
		t.Fatal("the snapshot is not in the file")
	}
	// Before the state lie its offset, chain, epoch and version, behind it its sum.
	for i := -60; i < len(saved.State)+30; i += 17 {
		damaged := files
		damaged.db = bytes.Clone(files.db)
		damaged.db[at+i] ^= 1 << (uint(i+60) % 8)
		path := filepath.Join(t.TempDir(), "majlis.db")
		damaged.write(t, path)
		log, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
		if err != nil {
			continue // refused as a whole
		}
		s, ok, err := log.LoadSnapshot(t.Context(), rotTopic)
		if err == nil && ok && (s.Offset != saved.Offset || s.Version != saved.Version || !bytes.Equal(s.State, saved.State)) {
			t.Errorf("byte %d: another snapshot was loaded: %+v", i, s)
		}
		if i >= 0 && i < len(saved.State) && ok {
			t.Errorf("byte %d of the state is another, and the snapshot was loaded", i)
		}
		log.Close()
	}
}
