package wire

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"
)

// DecodeStrict reads the body of a request into v, a pointer to a struct, by the
// rules of frames but for the size, which is the caller's: one object,
// lower-case names, none twice, none unknown, whole numbers, nothing behind it.
func DecodeStrict(b []byte, v any) error {
	var m members
	if !utf8.Valid(b) || !scanObject(b, &m) {
		return errSyntax
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}
