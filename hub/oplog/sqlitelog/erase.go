package sqlitelog

import (
	"context"
	"database/sql"
	"fmt"

	"majlis/hub/oplog"
)

// Blank implements oplog.Eraser. When it returns nil the bytes are gone from
// the database (secure_delete) and, unless a reader stood on them just then,
// from the WAL; if one did, the writer tries again every second.
func (l *Log) Blank(ctx context.Context, topic oplog.Topic, offsets []oplog.Offset) error {
	return l.hand(ctx, &request{topic: topic, scrub: true, alone: func(w *writer) (map[oplog.Topic]topicRow, error) {
		return nil, w.blank(topic, offsets)
	}})
}

func (w *writer) blank(topic oplog.Topic, offsets []oplog.Offset) error {
	t := w.log.lookup(topic)
	if t.erased {
		return refused{oplog.ErrGone}
	}
	err := w.statement(`SELECT entry FROM freed WHERE topic = ? AND offset = ?`, func(freed *sql.Stmt) error {
		for _, o := range offsets {
			if _, free, err := isFree(freed, t.id, o); err != nil {
				return err
			} else if !free {
				return refused{oplog.NotNamed(topic, o)}
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, o := range offsets {
		if err := w.exec(`DELETE FROM private WHERE topic = ? AND offset = ?`, t.id, int64(o)); err != nil {
			return err
		}
	}
	return w.exec(`DELETE FROM snapshots WHERE topic = ?`, t.id)
}

// Erase implements oplog.Eraser. The entries go first, then the key: a crash
// between the two leaves an erased topic whose key the next Open destroys.
// Erasing twice is no error.
func (l *Log) Erase(ctx context.Context, topic oplog.Topic) error {
	if _, err := oplog.ParseTopic(string(topic)); err != nil {
		return err
	}
	err := l.hand(ctx, &request{topic: topic, scrub: true, alone: func(w *writer) (map[oplog.Topic]topicRow, error) {
		return w.erase(topic)
	}})
	if err != nil {
		return err
	}
	if err := l.keys.destroy(topic); err != nil {
		return fmt.Errorf("%s is erased, but its key is still there: %w", topic, err)
	}
	return nil
}

func (w *writer) erase(topic oplog.Topic) (map[oplog.Topic]topicRow, error) {
	t := w.log.lookup(topic)
	if t.erased {
		return nil, nil
	}
	last := t.head.Place(oplog.ErasedDraft(), w.log.now().UnixMilli())
	for _, table := range []string{"entries", "private", "freed", "snapshots"} {
		if err := w.exec(`DELETE FROM `+table+` WHERE topic = ?`, t.id); err != nil {
			return nil, err
		}
	}
	t.erased = true
	p := &pending{name: topic, row: t, entries: []oplog.Entry{last}}
	if err := w.writeTopic(p); err != nil {
		return nil, err
	}
	return map[oplog.Topic]topicRow{topic: p.row}, nil
}
