package fold

import (
	"encoding/hex"
	"encoding/json"

	"majlis/hub/oplog"
)

// Sum is what the fold knows of a text that it does not read: its HMAC with the
// topic's key, see [oplog.Key.Sum].
type Sum [16]byte

// MarshalText writes a sum in hexadecimal.
func (s Sum) MarshalText() ([]byte, error) { return hex.AppendEncode(nil, s[:]), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *Sum) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(s)) {
		return hex.ErrLength
	}
	_, err := hex.Decode(s[:], b)
	return err
}

// Opened reads the private part of a command; whatever is wrong with it, the
// texts are gone.
func Opened[T any](c *oplog.Command) T {
	var p, none T
	if len(c.Private) == 0 || json.Unmarshal(c.Private, &p) != nil {
		return none
	}
	return p
}

// Held is a value of texts that the fold holds but never reads: which entry it
// came with, its sum, and whether a redact entry took it away.
type Held[T any] struct {
	At    oplog.Offset `json:"a,omitempty"`
	Sum   Sum          `json:"s"`
	Gone  bool         `json:"g,omitempty"`
	Value T            `json:"v,omitzero"`
}

// Differs reports whether another value shows something else.
func (h *Held[T]) Differs(other Sum) bool { return h.Gone || h.Sum != other }

// Drop takes the value away if it came with the entry at an offset, and reports
// whether it did.
func (h *Held[T]) Drop(at oplog.Offset) bool {
	if h.At != at || h.Gone {
		return false
	}
	*h = h.Bare()
	h.Gone = true
	return true
}

// Bare is the value without its texts, for digests.
func (h Held[T]) Bare() Held[T] {
	var none T
	h.Value = none
	return h
}
