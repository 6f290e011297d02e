package sqlitelog_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
)

// keyedLog makes a log with keys of three topics and closes it. It returns a
// pseudonym under each, by which a key is known again.
func keyedLog(t *testing.T) (path string, names map[oplog.Topic]oplog.ActorID) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "majlis.db")
	log := open(t, path)
	names = pseudonyms(t, log, "session/a", "session/b", "session/c")
	for topic := range names {
		if _, err := log.Append(t.Context(), topic, oplog.Position{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return path, names
}

func pseudonyms(t *testing.T, log *sqlitelog.Log, topics ...oplog.Topic) map[oplog.Topic]oplog.ActorID {
	t.Helper()
	names := map[oplog.Topic]oplog.ActorID{}
	for _, topic := range topics {
		key, err := log.Key(t.Context(), topic)
		if err != nil {
			t.Fatal(err)
		}
		names[topic] = key.Pseudonym("ann")
	}
	return names
}

func wantSameKeys(t *testing.T, path string, names map[oplog.Topic]oplog.ActorID) {
	t.Helper()
	log := open(t, path)
	defer log.Close()
	for topic, name := range names {
		if pseudonyms(t, log, topic)[topic] != name {
			t.Errorf("%s has another key", topic)
		}
	}
}

func refusal(t *testing.T, path string, secret []byte) string {
	t.Helper()
	_, err := sqlitelog.Open(t.Context(), sqlitelog.Config{Path: path, Secret: secret})
	if err == nil {
		t.Fatal("the log opened")
	}
	return err.Error()
}

func readKeys(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path + ".keys")
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func writeKeys(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path+".keys", text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestKeysComeBack(t *testing.T) {
	path, names := keyedLog(t)
	wantSameKeys(t, path, names)
}

func TestKeyFileShowsNoKey(t *testing.T) {
	path, _ := keyedLog(t)
	if bytes.Contains(readKeys(t, path), secret) {
		t.Fatal("the secret stands in the key file")
	}
}

func TestWrongSecretIsRefused(t *testing.T) {
	path, names := keyedLog(t)
	if said := refusal(t, path, bytes.Repeat([]byte{7}, 32)); !strings.Contains(said, "another secret") {
		t.Fatal(said)
	}
	wantSameKeys(t, path, names)
}

// TestTornKeyLineIsRepaired cuts the file everywhere in its last line. A key
// whose line is not whole was never used.
func TestTornKeyLineIsRepaired(t *testing.T) {
	path, names := keyedLog(t)
	whole := readKeys(t, path)
	lastLine := bytes.LastIndexByte(whole[:len(whole)-1], '\n') + 1
	torn := oplog.Topic(whole[lastLine : bytes.IndexByte(whole[lastLine:], ' ')+lastLine])
	delete(names, torn)
	for cut := lastLine; cut < len(whole); cut += 13 {
		writeKeys(t, path, whole[:cut])
		wantSameKeys(t, path, names)
		log := open(t, path)
		fresh := pseudonyms(t, log, torn)
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		wantSameKeys(t, path, fresh)
	}
}

func TestDamagedKeyFileIsRefused(t *testing.T) {
	path, names := keyedLog(t)
	whole := readKeys(t, path)
	elsewhere, _ := keyedLog(t)
	secondLine := bytes.IndexByte(whole, '\n') + 1
	flipped := func(at int) []byte {
		b := bytes.Clone(whole)
		b[at] ^= 1
		return b
	}
	for name, c := range map[string]struct {
		text []byte
		says string
	}{
		"Empty":         {nil, "first line"},
		"NoKeyFile":     {[]byte("hello\nworld\n"), "first line"},
		"AnotherLogs":   {readKeys(t, elsewhere), "another database"},
		"DamagedKey":    {flipped(secondLine + 30), "line 2"},
		"DamagedTopic":  {flipped(secondLine + 8), "line 2"},
		"DamagedHeader": {flipped(20), "another database"},
	} {
		t.Run(name, func(t *testing.T) {
			writeKeys(t, path, c.text)
			if said := refusal(t, path, secret); !strings.Contains(said, c.says) {
				t.Fatalf("said %q, want %q", said, c.says)
			}
		})
	}
	t.Run("Missing", func(t *testing.T) {
		if err := os.Remove(path + ".keys"); err != nil {
			t.Fatal(err)
		}
		if said := refusal(t, path, secret); !strings.Contains(said, "is missing") {
			t.Fatal(said)
		}
	})
	writeKeys(t, path, whole)
	wantSameKeys(t, path, names)
}

// TestErasedKeyLeavesTheFile also when the process ended between the erasing
// and the destroying.
func TestErasedKeyLeavesTheFile(t *testing.T) {
	path, names := keyedLog(t)
	before := readKeys(t, path)
	log := open(t, path)
	if err := log.Erase(t.Context(), "session/b"); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(readKeys(t, path), []byte("session/b")) {
		t.Fatal("the key of an erased topic is still in the file")
	}
	later := pseudonyms(t, log, "session/d")
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	delete(names, "session/b")
	wantSameKeys(t, path, names)
	wantSameKeys(t, path, later)

	writeKeys(t, path, before)
	wantSameKeys(t, path, names)
	if bytes.Contains(readKeys(t, path), []byte("session/b")) {
		t.Fatal("opening the log did not destroy the key that was left")
	}
}
