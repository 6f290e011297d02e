package strict

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// Object is a JSON object whose members are taken out one by one.
type Object struct {
	members map[string]json.RawMessage
	reason  oplog.Reason
}

// Read takes apart one JSON object of at most limit bytes: UTF-8, no member
// twice, nothing behind it. The values are not looked at yet.
func Read(raw []byte, limit int) (*Object, oplog.Reason) {
	switch {
	case len(raw) > limit:
		return nil, oplog.TooBig
	case !utf8.Valid(raw):
		return nil, oplog.NotUTF8
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, oplog.BadCommand
	}
	o := &Object{members: map[string]json.RawMessage{}}
	for d.More() {
		if !o.member(d) {
			return nil, oplog.BadCommand
		}
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') {
		return nil, oplog.BadCommand
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, oplog.BadCommand
	}
	return o, ""
}

func (o *Object) member(d *json.Decoder) bool {
	t, err := d.Token()
	name, isName := t.(string)
	var value json.RawMessage
	if err != nil || !isName || d.Decode(&value) != nil {
		return false
	}
	_, twice := o.members[name]
	o.members[name] = value
	return !twice
}

// Fail refuses the object, unless something was wrong before.
func (o *Object) Fail(why oplog.Reason) {
	if o.reason == "" {
		o.reason = why
	}
}

// Has reports whether a member is still there to be taken.
func (o *Object) Has(name string) bool {
	_, ok := o.members[name]
	return ok
}

// Take moves one member into dst, and reports whether it was there. Null, a
// value of another type and members of a nested object that dst does not have
// are refused.
func (o *Object) Take(name string, dst any) bool {
	raw, ok := o.members[name]
	if !ok {
		return false
	}
	delete(o.members, name)
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

// ULID takes an id that a client made.
func (o *Object) ULID(name string) string {
	var id string
	if o.Need(name, &id); !ValidULID(id) {
		o.Fail(oplog.BadCommand)
	}
	return id
}

// End refuses members that nobody took, and tells what was wrong first.
func (o *Object) End() oplog.Reason {
	if len(o.members) > 0 {
		o.Fail(oplog.BadCommand)
	}
	return o.reason
}

const ulidLen = 26

// ValidULID reports whether s is a ULID: 26 upper-case characters of Crockford's
// base32, 128 bits.
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
