package sqlitelog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"

	"majlis/hub/oplog"
)

// topicRow is what the store knows of a topic: where it ends. It lies apart
// from the entries, so that a lost end is noticed.
type topicRow struct {
	id     int64 // 0: not stored yet
	head   oplog.Head
	erased bool
}

// sum guards the row itself against rot.
func (t *topicRow) sum(name oplog.Topic) []byte {
	b := make([]byte, 0, 256)
	b = append(b, "majlis topic row 1\n"...)
	b = binary.AppendUvarint(b, uint64(len(name)))
	b = append(b, name...)
	b = binary.AppendUvarint(b, uint64(len(t.head.Epoch)))
	b = append(b, t.head.Epoch...)
	b = binary.BigEndian.AppendUint64(b, uint64(t.head.Offset))
	b = binary.BigEndian.AppendUint64(b, uint64(t.head.Time))
	b = append(b, t.head.Chain[:]...)
	b = append(b, flag(t.erased))
	s := sha256.Sum256(b)
	return s[:16]
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

const topicColumns = `id, name, epoch, offset, time, chain, erased, sum`

// scanTopic reads one row of topics. Errors: *CorruptError for a row that is
// not the one written.
func scanTopic(scan func(...any) error) (name oplog.Topic, t topicRow, err error) {
	var text, epoch string
	var offset, erased int64
	var chain, sum []byte
	if err := scan(&t.id, &text, &epoch, &offset, &t.head.Time, &chain, &erased, &sum); err != nil {
		return "", t, err
	}
	name = oplog.Topic(text)
	t.head.Epoch, t.head.Offset, t.erased = epoch, oplog.Offset(offset), erased == 1
	if len(chain) == len(t.head.Chain) {
		t.head.Chain = oplog.Chain(chain)
	}
	if string(sum) != string(t.sum(name)) {
		return name, t, &oplog.CorruptError{Topic: name, Offset: t.head.Offset, Reason: "the row that says where the topic ends is not the one written"}
	}
	return name, t, nil
}

// loadTopics reads all topics, by a walk over the table: looking names up in
// an index could miss one whose index entry has rotted, and a missed topic would
// begin anew.
func loadTopics(ctx context.Context, conn *sql.Conn) (map[oplog.Topic]topicRow, error) {
	rows, err := conn.QueryContext(ctx, `SELECT `+topicColumns+` FROM topics NOT INDEXED`)
	if err != nil {
		return nil, fmt.Errorf("read the topics: %w", err)
	}
	defer rows.Close()
	topics := map[oplog.Topic]topicRow{}
	for rows.Next() {
		name, t, err := scanTopic(rows.Scan)
		if err != nil {
			return nil, fmt.Errorf("read the topics: %w", err)
		}
		topics[name] = t
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the topics: %w", err)
	}
	return topics, nil
}

// lookup is what is committed of a topic; the start of its chain if nothing is.
func (l *Log) lookup(name oplog.Topic) topicRow {
	l.mu.Lock()
	defer l.mu.Unlock()
	if t, ok := l.topics[name]; ok {
		return t
	}
	return topicRow{head: oplog.Start(name)}
}

// publish makes committed topics known and wakes who waits for them.
func (l *Log) publish(changed map[oplog.Topic]topicRow) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, t := range changed {
		l.topics[name] = t
		l.wakeLocked(name)
	}
}

// wait returns a channel that is closed at the topic's next entry. Take it
// before looking.
func (l *Log) wait(name oplog.Topic) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	ch, ok := l.waits[name]
	if !ok {
		ch = make(chan struct{})
		l.waits[name] = ch
	}
	return ch
}

func (l *Log) wakeLocked(name oplog.Topic) {
	if ch, ok := l.waits[name]; ok {
		close(ch)
		delete(l.waits, name)
	}
}
