package wire

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"maps"
	"slices"
	"strconv"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// AppendHello appends a hello frame.
func AppendHello(dst []byte, f ServerHello) []byte {
	dst = appendNumber(append(dst, `{"t":"hello","v":`...), f.V)
	dst = appendText(append(dst, `,"node":`...), f.Node)
	dst = appendText(append(dst, `,"version":`...), f.Version)
	dst = appendNumber(append(dst, `,"beat":`...), f.Beat)
	return append(dst, '}')
}

// AppendPatch appends a patch frame.
func AppendPatch(dst []byte, f Patch) []byte {
	dst = appendText(append(dst, `{"t":"patch","topic":`...), string(f.Topic))
	dst = appendNumber(append(dst, `,"view":`...), f.View)
	return appendStretch(dst, f.Pos, f.From, f.Doc)
}

// AppendMine appends a mine frame.
func AppendMine(dst []byte, f Mine) []byte {
	dst = appendText(append(dst, `{"t":"mine","topic":`...), string(f.Topic))
	return appendStretch(dst, f.Pos, f.From, f.Doc)
}

func appendStretch(dst []byte, to oplog.Position, from oplog.Offset, doc entity.Patch) []byte {
	dst = appendText(append(dst, `,"epoch":`...), to.Epoch)
	dst = appendNumber(append(dst, `,"from":`...), from)
	dst = appendNumber(append(dst, `,"to":`...), to.Offset)
	dst = append(dst, `,"h":"`...)
	if to.Hash != (oplog.Hash{}) {
		dst = hex.AppendEncode(dst, to.Hash[:])
	}
	dst = appendDoc(append(dst, `","doc":`...), doc)
	return append(dst, '}')
}

// appendDoc appends a document: kinds and ids in sorted order, nil as {}.
func appendDoc(dst []byte, doc entity.Patch) []byte {
	dst = append(dst, '{')
	for i, kind := range sorted(doc) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(appendText(dst, kind), ':', '{')
		entities := doc[kind]
		for j, id := range sorted(entities) {
			if j > 0 {
				dst = append(dst, ',')
			}
			dst = append(appendText(dst, id), ':')
			dst = appendRaw(dst, entities[id])
		}
		dst = append(dst, '}')
	}
	return append(dst, '}')
}

func sorted[V any](m map[string]V) []string {
	keys := slices.AppendSeq(make([]string, 0, len(m)), maps.Keys(m))
	slices.Sort(keys)
	return keys
}

// appendRaw appends an entity, without the newlines that would end the frame.
func appendRaw(dst []byte, raw json.RawMessage) []byte {
	switch {
	case len(raw) == 0:
		return append(dst, "null"...)
	case bytes.IndexByte(raw, '\n') < 0:
		return append(dst, raw...)
	}
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return append(dst, "null"...)
	}
	return append(dst, b.Bytes()...)
}

// AppendAck appends an ack frame.
func AppendAck(dst []byte, f Ack) []byte {
	dst = appendText(append(dst, `{"t":"ack","id":`...), f.ID)
	dst = appendText(append(dst, `,"topic":`...), string(f.Topic))
	dst = appendText(append(dst, `,"epoch":`...), f.Pos.Epoch)
	dst = appendNumber(append(dst, `,"offset":`...), f.Pos.Offset)
	dst = appendText(append(dst, `,"level":`...), string(f.Level))
	if f.Again {
		dst = append(dst, `,"again":true`...)
	}
	return append(dst, '}')
}

// AppendRefuse appends a refuse frame.
func AppendRefuse(dst []byte, f Refuse) []byte {
	dst = appendText(append(dst, `{"t":"refuse","id":`...), f.ID)
	dst = appendText(append(dst, `,"topic":`...), string(f.Topic))
	dst = appendNumber(append(dst, `,"offset":`...), f.Offset)
	dst = appendText(append(dst, `,"reason":`...), string(f.Reason))
	return append(dst, `,"final":true}`...)
}

// AppendRetry appends a retry frame.
func AppendRetry(dst []byte, f Retry) []byte {
	dst = appendText(append(dst, `{"t":"retry","id":`...), f.ID)
	dst = appendNumber(append(dst, `,"after":`...), f.After)
	return append(dst, '}')
}

// AppendError appends an error frame.
func AppendError(dst []byte, f Error) []byte {
	dst = append(dst, `{"t":"error"`...)
	if f.Topic != "" {
		dst = appendText(append(dst, `,"topic":`...), string(f.Topic))
	}
	dst = appendText(append(dst, `,"reason":`...), string(f.Reason))
	if f.Detail != "" {
		dst = appendText(append(dst, `,"detail":`...), f.Detail)
	}
	return append(dst, '}')
}

// AppendPulse appends a pulse frame.
func AppendPulse(dst []byte, f Pulse) []byte {
	dst = appendText(append(dst, `{"t":"pulse","topic":`...), string(f.Topic))
	if f.Online != Untold {
		dst = appendNumber(append(dst, `,"online":`...), f.Online)
	}
	dst = appendCounts(dst, "reactions", f.Reactions)
	dst = appendCounts(dst, "pace", f.Pace)
	return append(dst, '}')
}

// appendCounts appends a member of numbers, unless there are none.
func appendCounts(dst []byte, name string, counts map[string]int) []byte {
	if len(counts) == 0 {
		return dst
	}
	dst = append(append(append(dst, ',', '"'), name...), `":{`...)
	for i, kind := range sorted(counts) {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendNumber(append(appendText(dst, kind), ':'), counts[kind])
	}
	return append(dst, '}')
}

// AppendBeat appends a beat frame; at is in milliseconds since 1970.
func AppendBeat(dst []byte, at int64) []byte {
	return append(appendNumber(append(dst, `{"t":"beat","at":`...), at), '}')
}

// AppendBye appends a bye frame.
func AppendBye(dst []byte, f Bye) []byte {
	dst = appendText(append(dst, `{"t":"bye","reason":`...), f.Reason)
	dst = appendNumber(append(dst, `,"retry":[`...), f.Retry[0])
	dst = appendNumber(append(dst, ','), f.Retry[1])
	return append(dst, "]}"...)
}

func appendNumber[T ~int | ~int64 | ~uint64](dst []byte, n T) []byte {
	if n < 0 {
		return strconv.AppendInt(dst, int64(n), 10)
	}
	return strconv.AppendUint(dst, uint64(n), 10)
}

// appendText appends a JSON string. Names and ids are plain ASCII; what is not
// goes the long way, which also mends what is not UTF-8.
func appendText(dst []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c > '~' || c == '"' || c == '\\' {
			b, err := json.Marshal(s)
			if err != nil {
				return append(dst, `""`...)
			}
			return append(dst, b...)
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}
