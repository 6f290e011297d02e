package schedule

import (
	"encoding/hex"
	"encoding/json"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// sum is what the fold knows of a text that it does not read: the first half of
// its HMAC with the topic's key.
type sum [8]byte

// sumOf sums a value that consists of texts.
func sumOf(key *oplog.Key, purpose string, v any) sum {
	b, err := strict.Marshal(v)
	if err != nil {
		return sum{}
	}
	full := key.Sum("schedule "+purpose, string(b))
	return sum(full[:8])
}

// MarshalText writes a sum in hexadecimal.
func (s sum) MarshalText() ([]byte, error) { return []byte(hex.EncodeToString(s[:])), nil }

// UnmarshalText reads what MarshalText wrote.
func (s *sum) UnmarshalText(b []byte) error {
	if len(b) != hex.EncodedLen(len(s)) {
		return hex.ErrLength
	}
	_, err := hex.Decode(s[:], b)
	return err
}

// held is a value of texts that the fold holds but never reads: which entry it
// came with, its sum, and whether a redact entry took it away.
type held[T any] struct {
	At    oplog.Offset `json:"a,omitempty"`
	Sum   sum          `json:"s"`
	Gone  bool         `json:"g,omitempty"`
	Value T            `json:"v,omitzero"`
}

// differs reports whether another value shows something else.
func (h *held[T]) differs(other sum) bool { return h.Gone || h.Sum != other }

// drop takes the value away if it came with the entry at an offset.
func (h *held[T]) drop(at oplog.Offset) bool {
	if h.At != at || h.Gone {
		return false
	}
	var none T
	h.Value, h.Gone = none, true
	return true
}

// bare is the value without its texts, for digests.
func (h held[T]) bare() held[T] {
	var none T
	h.Value = none
	return h
}

// look is what the document shows of a session beside its title.
type look struct {
	Subtitle string   `json:"subtitle,omitempty"`
	Track    string   `json:"track,omitempty"`
	Type     string   `json:"type,omitempty"`
	Language string   `json:"lang,omitempty"`
	Speakers []string `json:"speakers,omitempty"`
}

// deep is what is too long for the document.
type deep struct {
	Abstract    string `json:"abstract,omitempty"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty"`
}

// opened reads a private part; whatever is wrong with it, the texts are gone.
func opened[T any](private json.RawMessage) T {
	var p, none T
	if len(private) == 0 || json.Unmarshal(private, &p) != nil {
		return none
	}
	return p
}
