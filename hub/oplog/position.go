package oplog

import (
	"encoding/hex"
	"fmt"
)

// Offset is an entry's place in its topic; the first entry has offset 1.
type Offset uint64

// Hash is the short form of a chain value that travels in positions: long
// enough that a reused offset cannot pass by accident.
type Hash [8]byte

// String is the hash in hexadecimal, as on the wire; empty for the zero hash.
func (h Hash) String() string {
	if h == (Hash{}) {
		return ""
	}
	return hex.EncodeToString(h[:])
}

// ParseHash reads what [Hash.String] wrote.
func ParseHash(s string) (Hash, error) {
	var h Hash
	if s == "" {
		return h, nil
	}
	if len(s) != hex.EncodedLen(len(h)) {
		return h, fmt.Errorf("a hash has 16 hexadecimal digits, not %d characters", len(s))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return Hash{}, fmt.Errorf("a hash has 16 hexadecimal digits: %w", err)
	}
	return h, nil
}

// Position is a place in one unbroken history. The zero Position lies before
// everything and is on every chain.
type Position struct {
	Epoch  string
	Offset Offset
	Hash   Hash
}
