package sqlitelog

import (
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"

	"majlis/hub/oplog"
)

// The key file is text. The first line is
//
//	majlis-keys 1 <id of the file> <check>
//
// and every other one a topic and its wrapped key in base64. A line is on disk
// before its key is used; one without its end was never used and is cut off.
const keyMagic = "majlis-keys 1"

func keyLine(topic oplog.Topic, wrapped []byte) []byte {
	return []byte(string(topic) + " " + base64.StdEncoding.EncodeToString(wrapped) + "\n")
}

func keyHeader(w *oplog.Wrapper) string {
	return fmt.Sprintf("%s %s %s\n", keyMagic, w.Place(), w.Check())
}

// openKeys reads the key file, or makes it for a database that never had one.
func openKeys(ctx context.Context, path string, secret []byte, conn *sql.Conn) (*keyring, error) {
	k := &keyring{path: path, wrapped: map[oplog.Topic][]byte{}, opened: map[oplog.Topic]*oplog.Key{}}
	var id string
	err := conn.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'keys'`).Scan(&id)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("key file: %w", err)
	}
	text, err := os.ReadFile(path)
	switch {
	case errors.Is(err, os.ErrNotExist) && id != "":
		return nil, fmt.Errorf("key file %s is missing: put it back from where your keys are kept, without it the stored texts cannot be opened", path)
	case errors.Is(err, os.ErrNotExist):
		err = k.create(secret)
	case err != nil:
		return nil, fmt.Errorf("key file: %w", err)
	default:
		err = k.load(text, secret, id)
	}
	if err != nil {
		return nil, err
	}
	if id == "" {
		_, err = conn.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('keys', ?)`, []byte(k.wrap.Place()))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("key file: %w", err), k.close())
	}
	return k, nil
}

func (k *keyring) create(secret []byte) (err error) {
	if k.wrap, err = oplog.NewWrapper(secret, strings.ToLower(rand.Text())); err != nil {
		return err
	}
	return k.rewriteLocked()
}

// load takes the lines of a file that is there.
func (k *keyring) load(text, secret []byte, id string) (err error) {
	header, lines, whole := strings.Cut(string(text), "\n")
	fields := strings.Fields(strings.TrimPrefix(header, keyMagic))
	if !whole || !strings.HasPrefix(header, keyMagic) || len(fields) != 2 {
		return fmt.Errorf("key file %s: its first line is not one of a key file: put the right file back", k.path)
	}
	if id != "" && fields[0] != id {
		return fmt.Errorf("key file %s belongs to another database: put the one back that lay beside this one", k.path)
	}
	if k.wrap, err = oplog.NewWrapper(secret, fields[0]); err != nil {
		return err
	}
	if fields[1] != k.wrap.Check() {
		return fmt.Errorf("key file %s was written under another secret: start with the secret it was written under", k.path)
	}
	for n := 2; ; n++ {
		line, rest, whole := strings.Cut(lines, "\n")
		if !whole {
			break
		}
		if err := k.loadLine(line); err != nil {
			return fmt.Errorf("key file %s, line %d: %w: put back a copy of the file, or remove the line and lose that topic's texts", k.path, n, err)
		}
		lines = rest
	}
	return k.openFile(int64(len(text) - len(lines)))
}

func (k *keyring) loadLine(line string) error {
	name, sealed, _ := strings.Cut(line, " ")
	topic, err := oplog.ParseTopic(name)
	if err != nil {
		return err
	}
	wrapped, err := base64.StdEncoding.DecodeString(sealed)
	if err != nil {
		return err
	}
	if _, err := k.wrap.Unwrap(topic, wrapped); err != nil {
		return err
	}
	k.wrapped[topic] = wrapped
	return nil
}

// openFile opens the file for more lines behind size; what lies beyond is a
// torn line.
func (k *keyring) openFile(size int64) error {
	f, err := os.OpenFile(k.path, os.O_RDWR, 0o600)
	if err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	if err := errors.Join(f.Truncate(size), f.Sync()); err != nil {
		f.Close()
		return fmt.Errorf("key file: %w", err)
	}
	k.file, k.size = f, size
	return nil
}

// textLocked is the whole file, topics in order.
func (k *keyring) textLocked() []byte {
	text := bytes.NewBufferString(keyHeader(k.wrap))
	topics := make([]oplog.Topic, 0, len(k.wrapped))
	for topic := range k.wrapped {
		topics = append(topics, topic)
	}
	slices.Sort(topics)
	for _, topic := range topics {
		text.Write(keyLine(topic, k.wrapped[topic]))
	}
	return text.Bytes()
}

// copyTo writes all keys to a file that is not there yet.
func (k *keyring) copyTo(path string) error {
	if _, err := os.Lstat(path); !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("%s: %w", path, os.ErrExist)
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	return replaceFile(path, k.textLocked())
}

// rewriteLocked writes all keys to a new file that takes the old one's place.
func (k *keyring) rewriteLocked() error {
	text := k.textLocked()
	if err := replaceFile(k.path, text); err != nil {
		return fmt.Errorf("key file: %w", err)
	}
	old := k.file
	if err := k.openFile(int64(len(text))); err != nil {
		k.broken = err
		return err
	}
	k.broken = nil
	if old != nil {
		old.Close()
	}
	return nil
}

// replaceFile puts new bytes in a file's place, all or none, durably.
func replaceFile(path string, text []byte) error {
	temp := path + ".new"
	f, err := os.OpenFile(temp, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	err = errors.Join(err, f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(temp, path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return syncDir(path)
}
