package sqlitelog

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// SaveSnapshot implements oplog.Snapshots. One of before the topic's last
// redact entry is passed over: it may hold a text that had to go.
func (l *Log) SaveSnapshot(ctx context.Context, topic oplog.Topic, s oplog.Snapshot) error {
	if len(s.State) > maxSnapshot {
		return fmt.Errorf("snapshot of %s has %d bytes: at most %d are kept", topic, len(s.State), maxSnapshot)
	}
	return l.hand(ctx, &request{topic: topic, alone: func(w *writer) (map[oplog.Topic]topicRow, error) {
		return nil, w.saveSnapshot(topic, &s)
	}})
}

func (w *writer) saveSnapshot(topic oplog.Topic, s *oplog.Snapshot) error {
	t := w.log.lookup(topic)
	if t.erased {
		return refused{oplog.ErrGone}
	}
	if t.id == 0 {
		return nil
	}
	w.grown += len(s.State)
	return w.exec(`INSERT OR REPLACE INTO snapshots (topic, offset, chain, epoch, version, state, sum)
		SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
		WHERE ?2 >= (SELECT coalesce(max(entry), 0) FROM freed WHERE topic = ?1)`,
		t.id, int64(s.Offset), s.Chain[:], s.Epoch, int64(s.Version), append([]byte{}, s.State...), snapshotSum(topic, s))
}

// LoadSnapshot implements oplog.Snapshots. A snapshot that is not the one
// saved, or that stands on another chain, is none.
func (l *Log) LoadSnapshot(ctx context.Context, topic oplog.Topic) (oplog.Snapshot, bool, error) {
	var s oplog.Snapshot
	ok := false
	t := l.lookup(topic)
	if t.erased {
		return s, false, oplog.ErrGone
	}
	err := l.view(ctx, func(r *reader) (err error) {
		s, ok, err = r.loadSnapshot(topic, t)
		return err
	})
	var corrupt *oplog.CorruptError
	if err = readError(topic, s.Offset, err); errors.As(err, &corrupt) {
		return oplog.Snapshot{}, false, nil // Read will say so
	}
	if err != nil || !ok {
		return oplog.Snapshot{}, false, err
	}
	return s, true, nil
}

func (r *reader) loadSnapshot(topic oplog.Topic, t topicRow) (s oplog.Snapshot, ok bool, err error) {
	var offset, version int64
	var chain, sum []byte
	err = r.snapshot.QueryRow(t.id).Scan(&offset, &chain, &s.Epoch, &version, &s.State, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return s, false, nil
	}
	if err != nil {
		return s, false, err
	}
	s.Offset, s.Version = oplog.Offset(offset), uint32(version)
	if len(chain) != len(s.Chain) || s.Offset == 0 || s.Offset > t.head.Offset {
		return s, false, nil
	}
	s.Chain = oplog.Chain(chain)
	if string(snapshotSum(topic, &s)) != string(sum) {
		return s, false, nil
	}
	at, err := storedHead(r.entries, topic, t.id, s.Offset)
	return s, err == nil && at.Chain == s.Chain, err
}

func snapshotSum(topic oplog.Topic, s *oplog.Snapshot) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "majlis snapshot 1\n%s\n%s\n%d %d\n", topic, s.Epoch, s.Offset, s.Version)
	h.Write(s.Chain[:])
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(s.State))))
	h.Write(s.State)
	return h.Sum(nil)
}
