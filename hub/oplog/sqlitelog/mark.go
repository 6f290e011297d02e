package sqlitelog

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"majlis/hub/oplog"
)

// mark is a file beside the database that holds one acknowledged head: of the
// last transaction. SQLite drops the rest of a WAL behind a damaged frame without
// a word, and then heads and entries are short together; the mark is what still
// knows better. It is written after every COMMIT and before the acknowledgement,
// without an fsync: it outlives the process, and after a loss of power it may be
// older than the database, never newer.
//
//	majlis-mark 1 <topic> <offset> <chain> <check>, filled up with spaces
type mark struct {
	file *os.File
}

const (
	markMagic = "majlis-mark 1"
	markSize  = 512 // within one sector
)

// openMark opens the mark and holds it against the topics. headAt reads what a
// topic had at an offset.
func openMark(path string, topics map[oplog.Topic]topicRow, headAt func(context.Context, oplog.Topic, oplog.Offset) (oplog.Head, error)) (*mark, error) {
	path += ".mark"
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	text := make([]byte, markSize)
	if _, err = io.ReadFull(f, text); err == nil {
		err = holdAgainst(string(text), topics, headAt)
	} else if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	if err != nil {
		f.Close()
		return nil, fmt.Errorf("%w: the database has lost what was acknowledged: restore it, or, if you put an older copy back on purpose, delete %s", err, path)
	}
	return &mark{file: f}, nil
}

func holdAgainst(text string, topics map[oplog.Topic]topicRow, headAt func(context.Context, oplog.Topic, oplog.Offset) (oplog.Head, error)) error {
	topic, offset, chain, ok := parseMark(text)
	if !ok {
		return nil // torn by a loss of power
	}
	t := topics[topic]
	if t.head.Offset < offset {
		return &oplog.CorruptError{Topic: topic, Offset: t.head.Offset + 1, Reason: fmt.Sprintf("everything up to offset %d is missing", offset)}
	}
	if t.erased {
		return nil
	}
	at, err := headAt(context.Background(), topic, offset)
	if err != nil {
		return err
	}
	if at.Chain != chain {
		return &oplog.CorruptError{Topic: topic, Offset: offset, Reason: "another entry stands there"}
	}
	return nil
}

// set writes the head of one of the topics that a transaction changed.
func (m *mark) set(changed map[oplog.Topic]topicRow) error {
	for topic, t := range changed {
		if _, err := m.file.WriteAt(formatMark(topic, t.head), 0); err != nil {
			return fmt.Errorf("mark: %w", err)
		}
		return nil
	}
	return nil
}

func (m *mark) close() { m.file.Close() }

func formatMark(topic oplog.Topic, h oplog.Head) []byte {
	body := fmt.Sprintf("%s %s %d %x", markMagic, topic, h.Offset, h.Chain[:])
	return fmt.Appendf(nil, "%-*s", markSize, body+" "+markCheck(body))
}

func parseMark(text string) (topic oplog.Topic, offset oplog.Offset, chain oplog.Chain, ok bool) {
	text = strings.TrimRight(text, " ")
	body, check, ok := cutLast(text)
	if !ok || check != markCheck(body) {
		return "", 0, chain, false
	}
	var hash string
	if n, err := fmt.Sscanf(strings.TrimPrefix(body, markMagic), "%s %d %s", &topic, &offset, &hash); n != 3 || err != nil {
		return "", 0, chain, false
	}
	n, err := hex.Decode(chain[:], []byte(hash))
	return topic, offset, chain, err == nil && n == len(chain)
}

func cutLast(s string) (before, after string, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return "", "", false
	}
	return s[:i], s[i+1:], true
}

func markCheck(body string) string {
	sum := sha256.Sum256([]byte(body))
	return hex.EncodeToString(sum[:8])
}
