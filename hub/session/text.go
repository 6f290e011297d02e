package session

import (
	"github.com/rivo/uniseg"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// measured is a text that has been cleaned, and what the fold may know of it.
func measured(text, purpose string, key *oplog.Key) measure {
	n := measure{
		Chars: uniseg.GraphemeClusterCount(text), Bytes: len(text), Size: strict.TextSize(text),
	}
	if text != "" {
		n.Sum = key.Sum("session "+purpose, text)
	}
	return n
}
