package sqlitelog

import (
	"context"
	"database/sql"

	"majlis/hub/oplog"
)

// PutBack implements oplog.Log. Entries that are there already are passed
// over; what is left of them must go exactly onto the head.
func (l *Log) PutBack(ctx context.Context, topic oplog.Topic, at oplog.Position, entries []oplog.Entry) error {
	drafts := make([]oplog.Draft, len(entries))
	for i := range entries {
		drafts[i].Public, drafts[i].Sealed.Box = entries[i].Public, entries[i].Sealed.Box
	}
	if err := checkSizes(topic, drafts); err != nil {
		return err
	}
	if err := l.knows(ctx, topic, at); err != nil {
		return err
	}
	head, err := l.headAt(ctx, topic, at.Offset)
	if err != nil {
		return err
	}
	if err := oplog.CheckPutBack(topic, head, entries); err != nil {
		return err
	}
	return l.hand(ctx, &request{topic: topic, alone: func(w *writer) (map[oplog.Topic]topicRow, error) {
		return w.putBack(topic, at.Offset, entries)
	}})
}

func (w *writer) putBack(topic oplog.Topic, at oplog.Offset, entries []oplog.Entry) (map[oplog.Topic]topicRow, error) {
	t := w.log.lookup(topic)
	if t.erased {
		return nil, refused{oplog.ErrGone}
	}
	there := min(len(entries), int(t.head.Offset-at))
	if there > 0 {
		last := &entries[there-1]
		stored, err := w.storedChain(topic, t, last.Offset)
		if err != nil {
			return nil, err
		}
		if stored != last.Chain {
			return nil, refused{oplog.ErrFork}
		}
	}
	if there == len(entries) {
		return nil, nil
	}
	p := &pending{name: topic, row: t, entries: entries[there:]}
	for i := range p.entries {
		if err := p.row.head.Follow(topic, &p.entries[i]); err != nil {
			return nil, refused{oplog.ErrFork}
		}
	}
	if err := w.writeTopic(p); err != nil {
		return nil, err
	}
	return map[oplog.Topic]topicRow{topic: p.row}, nil
}

func (w *writer) storedChain(topic oplog.Topic, t topicRow, o oplog.Offset) (oplog.Chain, error) {
	if o == t.head.Offset {
		return t.head.Chain, nil
	}
	var head oplog.Head
	err := w.statement(`SELECT last, body FROM entries WHERE topic = ? AND last >= ? ORDER BY last`, func(entries *sql.Stmt) (err error) {
		head, err = storedHead(entries, topic, t.id, o)
		return err
	})
	return head.Chain, err
}

// statement runs one that is too rare to be kept.
func (w *writer) statement(text string, use func(*sql.Stmt) error) error {
	stmt, err := w.conn.PrepareContext(context.Background(), text)
	if err != nil {
		return err
	}
	defer stmt.Close()
	return use(stmt)
}
