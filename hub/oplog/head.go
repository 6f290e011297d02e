package oplog

import (
	"encoding/json"
	"strings"
)

// Head is where a topic's chain ends: all that the next entry must follow. It
// is a value; who places or follows entries with it owns it.
type Head struct {
	Epoch  string
	Offset Offset
	Time   int64 // of the last entry, milliseconds since 1970
	Chain  Chain
}

// Start is the head of a topic that was never written.
func Start(topic Topic) Head { return Head{Chain: Origin(topic)} }

// Position is the head as two sides compare it; zero before the first entry.
func (h *Head) Position() Position {
	if h.Offset == 0 {
		return Position{}
	}
	return Position{Epoch: h.Epoch, Offset: h.Offset, Hash: h.Chain.Short()}
}

// Place turns a draft into the next entry and moves the head onto it. Its time
// is now, or the last entry's where the clock has gone back.
func (h *Head) Place(d Draft, now int64) Entry {
	e := d.Place(h.Chain, h.Offset+1, max(now, h.Time))
	h.advance(&e)
	return e
}

// Follow checks that e is the next entry and moves the head onto it. Anything
// else leaves the head as it was and says what is wrong, as a *CorruptError at
// the offset that was expected. The private part is not looked at.
func (h *Head) Follow(topic Topic, e *Entry) error {
	switch {
	case e.Offset != h.Offset+1:
		return &CorruptError{Topic: topic, Offset: h.Offset + 1, Reason: "another offset stands in its place"}
	case e.Next(h.Chain) != e.Chain:
		return &CorruptError{Topic: topic, Offset: e.Offset, Reason: "the chain does not hold"}
	case e.Time < h.Time:
		return &CorruptError{Topic: topic, Offset: e.Offset, Reason: "time goes backwards"}
	}
	h.advance(e)
	return nil
}

func (h *Head) advance(e *Entry) {
	h.Offset, h.Time, h.Chain = e.Offset, e.Time, e.Chain
	if hasType(e.Public, TypeGenesis) || hasType(e.Public, TypeRestore) {
		if epoch, ok := EpochOf(e); ok {
			h.Epoch = epoch
		}
	}
}

// RedactOf returns the offsets whose private parts an entry gives free to be
// blanked: those before it that it names, if it is a redact entry.
func RedactOf(e *Entry) []Offset {
	if !hasType(e.Public, TypeRedact) {
		return nil
	}
	c, err := DecodePublic(e.Public)
	if err != nil {
		return nil
	}
	var args RedactArgs
	if json.Unmarshal(c.Args, &args) != nil {
		return nil
	}
	earlier := args.Offsets[:0]
	for _, o := range args.Offsets {
		if o > 0 && o < e.Offset {
			earlier = append(earlier, o)
		}
	}
	return earlier
}

// hasType looks at a command's type without decoding the rest: every entry of
// every log passes here.
func hasType(public []byte, kind string) bool {
	return len(public) > 2 && public[0] == commandVersion && int(public[1]) == len(kind) &&
		strings.HasPrefix(string(public[2:min(len(public), 2+len(kind))]), kind)
}
