package strict

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// Object is a JSON object whose members are taken out one by one; each can be
// taken once. The first thing that is wrong decides, and then the rest reads as
// if nothing were there or as whatever it is: ask [Object.End] before use. The
// zero Object has no members.
type Object struct {
	members
	reason oplog.Reason
}

// Read takes apart one JSON object of at most limit bytes, strictly. The values
// alias raw.
func (o *Object) Read(raw []byte, limit int) {
	switch {
	case len(raw) > limit:
		o.Fail(oplog.TooBig)
	case !utf8.Valid(raw):
		o.Fail(oplog.NotUTF8)
	case !scanObject(raw, &o.members):
		o.n = 0
		o.Fail(oplog.BadCommand)
	}
}

// Fail refuses the object, unless something was wrong before.
func (o *Object) Fail(why oplog.Reason) {
	if o.reason == "" {
		o.reason = why
	}
}

// Has reports whether a member is still there to be taken.
func (o *Object) Has(name string) bool { return o.find(name) >= 0 }

// Raw takes one member as it stands in the text, nil if it is not there.
func (o *Object) Raw(name string) json.RawMessage { return o.take(name) }

// Take moves one member into dst, and reports whether it was there. Null, a
// value of another type and members of a nested object that dst does not have
// are refused.
func (o *Object) Take(name string, dst any) bool {
	raw := o.take(name)
	if raw == nil {
		return false
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if string(raw) == "null" || d.Decode(dst) != nil {
		o.Fail(oplog.BadCommand)
	}
	return true
}

// Need is Take for a member that must be there.
func (o *Object) Need(name string, dst any) {
	if !o.Take(name, dst) {
		o.Fail(oplog.BadCommand)
	}
}

// Text takes a string, empty if it is not there.
func (o *Object) Text(name string) string {
	raw := o.take(name)
	switch {
	case raw == nil:
		return ""
	case raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1])
	}
	var s *string
	if json.Unmarshal(raw, &s) != nil || s == nil {
		o.Fail(oplog.BadCommand)
		return ""
	}
	return *s
}

// Number takes a number from 0 to [MaxNumber], 0 if it is not there.
func (o *Object) Number(name string) uint64 {
	raw := o.take(name)
	if raw == nil {
		return 0
	}
	n, err := strconv.ParseUint(string(raw), 10, 53)
	if err != nil {
		o.Fail(oplog.BadCommand)
	}
	return n
}

// ULID takes an id that a client made.
func (o *Object) ULID(name string) string {
	id := o.Text(name)
	if !ValidULID(id) {
		o.Fail(oplog.BadCommand)
	}
	return id
}

// Redact takes the arguments of a redact command: at least one offset, and at
// most so many.
func (o *Object) Redact(most int) oplog.RedactArgs {
	var a oplog.RedactArgs
	o.Need("offsets", &a.Offsets)
	switch {
	case len(a.Offsets) == 0:
		o.Fail(oplog.BadCommand)
	case len(a.Offsets) > most:
		o.Fail(oplog.TooMany)
	}
	return a
}

// End refuses members that nobody took, and tells what was wrong first.
func (o *Object) End() oplog.Reason {
	if o.n > 0 {
		o.Fail(oplog.BadCommand)
	}
	return o.reason
}

// errSyntax says nothing more: whoever sends it is a program that knows.
var errSyntax = errors.New("not strict JSON: want UTF-8, lower-case names, none twice, whole numbers, few levels")

// Decode reads one object into v, a pointer to a struct, by the same rules; its
// size is the caller's to limit. No member may be unknown to v.
func Decode(b []byte, v any) error {
	var m members
	if !utf8.Valid(b) || !scanObject(b, &m) {
		return errSyntax
	}
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	return d.Decode(v)
}

const ulidLen = 26

// ValidULID reports whether s is a ULID as clients make them: 26 upper-case
// characters of Crockford's base 32, at most 2^128 − 1.
func ValidULID(s string) bool {
	if len(s) != ulidLen || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c >= '0' && c <= '9':
		case c >= 'A' && c <= 'Z' && c != 'I' && c != 'L' && c != 'O' && c != 'U':
		default:
			return false
		}
	}
	return true
}
