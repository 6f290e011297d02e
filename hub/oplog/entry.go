package oplog

import (
	"crypto/sha256"
	"encoding/binary"
	"time"
)

// Chain is the hash chained over everything up to and with an entry.
type Chain [sha256.Size]byte

// Short is the part of a chain value that travels in positions.
func (c Chain) Short() Hash { return Hash(c[:len(Hash{})]) }

// Origin is the chain's value before a topic's first entry. It holds the
// topic's name, so that logs cannot be swapped.
func Origin(topic Topic) Chain {
	return sha256.Sum256([]byte("majlis log 1\n" + string(topic)))
}

// Draft is an entry that has no place yet.
type Draft struct {
	Rules  uint16 // version of the rules that judge it
	Public []byte // an encoded Command
	Sealed Sealed // zero if there is no private part
}

// Entry is a command with its place in the topic's log.
type Entry struct {
	Offset Offset
	Time   int64 // milliseconds since 1970, set by the log, never backwards
	Rules  uint16
	Public []byte
	Sealed Sealed
	Chain  Chain
}

// When is the entry's time.
func (e *Entry) When() time.Time { return time.UnixMilli(e.Time) }

// Next computes the chain's value for an entry that follows prev.
func (e *Entry) Next(prev Chain) Chain {
	var head [sha256.Size + 8 + 8 + 2 + 4]byte
	copy(head[:], prev[:])
	binary.BigEndian.PutUint64(head[32:], uint64(e.Offset))
	binary.BigEndian.PutUint64(head[40:], uint64(e.Time))
	binary.BigEndian.PutUint16(head[48:], e.Rules)
	binary.BigEndian.PutUint32(head[50:], uint32(len(e.Public)))
	h := sha256.New()
	h.Write(head[:])
	h.Write(e.Public)
	h.Write(e.Sealed.Commit[:])
	var c Chain
	h.Sum(c[:0])
	return c
}

// Place turns a draft into the entry that follows prev.
func (d Draft) Place(prev Chain, offset Offset, at int64) Entry {
	e := Entry{Offset: offset, Time: at, Rules: d.Rules, Public: d.Public, Sealed: d.Sealed}
	e.Chain = e.Next(prev)
	return e
}

// Position is where the entry stands in a history of the given epoch.
func (e *Entry) Position(epoch string) Position {
	return Position{Epoch: epoch, Offset: e.Offset, Hash: e.Chain.Short()}
}
