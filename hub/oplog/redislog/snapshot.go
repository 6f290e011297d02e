package redislog

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"fmt"

	"majlis/hub/oplog"
)

// A snapshot is stored as a checksum (32 bytes) of all that follows, offset,
// chain, version, the length of the epoch, epoch, state.

// SaveSnapshot implements oplog.Snapshots. One of before the topic's last
// redact entry is passed over: it may hold a text that had to go.
func (l *Log) SaveSnapshot(ctx context.Context, name oplog.Topic, s oplog.Snapshot) error {
	if len(s.State) > maxSnapshot {
		return fmt.Errorf("snapshot of %s has %d bytes: at most %d are kept", name, len(s.State), maxSnapshot)
	}
	t, err := l.enter(ctx, name)
	if err != nil {
		return err
	}
	_, err = l.change(ctx, t, l.scripts.save, []any{number(s.Offset), encodeSnapshot(name, &s)})
	return err
}

// LoadSnapshot implements oplog.Snapshots. A snapshot that is not the one
// saved, or that stands on another chain, is none.
func (l *Log) LoadSnapshot(ctx context.Context, name oplog.Topic) (s oplog.Snapshot, ok bool, err error) {
	t, err := l.enter(ctx, name)
	if err != nil {
		return s, false, err
	}
	if heads, err := l.stored(ctx, t, "XREVRANGE", t.keys.log, "+", "-", "COUNT", 1); err != nil {
		return s, false, err
	} else if len(heads) > 0 && heads[0].erased {
		return s, false, oplog.ErrGone
	}
	said, err := l.query(ctx, t, "GET", t.keys.snapshot)
	if err != nil {
		return s, false, err
	}
	text, _ := said.(string)
	if s, ok = decodeSnapshot(name, []byte(text)); !ok {
		return oplog.Snapshot{}, false, nil
	}
	if ok, err = l.stands(ctx, t, &oplog.Entry{Offset: s.Offset, Chain: s.Chain}); err != nil || !ok {
		return oplog.Snapshot{}, false, err
	}
	return s, true, nil
}

func encodeSnapshot(name oplog.Topic, s *oplog.Snapshot) []byte {
	b := make([]byte, sha256.Size, sha256.Size+64+len(s.Epoch)+len(s.State))
	b = binary.BigEndian.AppendUint64(b, uint64(s.Offset))
	b = append(b, s.Chain[:]...)
	b = binary.BigEndian.AppendUint32(b, s.Version)
	b = binary.BigEndian.AppendUint16(b, uint16(len(s.Epoch)))
	b = append(b, s.Epoch...)
	b = append(b, s.State...)
	copy(b, snapshotSum(name, b[sha256.Size:]))
	return b
}

func snapshotSum(name oplog.Topic, rest []byte) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "majlis redis snapshot 1\n%s\n", name)
	h.Write(rest)
	return h.Sum(nil)
}

func decodeSnapshot(name oplog.Topic, b []byte) (s oplog.Snapshot, ok bool) {
	const fixed = sha256.Size + 8 + len(s.Chain) + 4 + 2
	if len(b) < fixed || !bytes.Equal(b[:sha256.Size], snapshotSum(name, b[sha256.Size:])) {
		return s, false
	}
	r := b[sha256.Size:]
	s.Offset = oplog.Offset(binary.BigEndian.Uint64(r))
	s.Chain = oplog.Chain(r[8:])
	r = r[8+len(s.Chain):]
	s.Version = binary.BigEndian.Uint32(r)
	n := int(binary.BigEndian.Uint16(r[4:]))
	if r = r[6:]; len(r) < n {
		return s, false
	}
	s.Epoch, s.State = string(r[:n]), bytes.Clone(r[n:])
	return s, s.Offset > 0
}
