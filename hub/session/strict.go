package session

import (
	"bytes"
	"encoding/json"
	"io"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// fields are the members of one JSON object, read strictly: UTF-8, no member
// twice, nothing behind the object. Names are compared exactly, which
// encoding/json alone does not.
type fields map[string]json.RawMessage

func readFields(raw []byte) (fields, oplog.Reason) {
	switch {
	case len(raw) > MaxCommandBytes:
		return nil, oplog.TooBig
	case !utf8.Valid(raw):
		return nil, oplog.NotUTF8
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, oplog.BadCommand
	}
	f := fields{}
	for d.More() {
		t, err := d.Token()
		name, isName := t.(string)
		var value json.RawMessage
		if err != nil || !isName || d.Decode(&value) != nil {
			return nil, oplog.BadCommand
		}
		if _, twice := f[name]; twice {
			return nil, oplog.BadCommand
		}
		f[name] = value
	}
	if t, err := d.Token(); err != nil || t != json.Delim('}') {
		return nil, oplog.BadCommand
	}
	if _, err := d.Token(); err != io.EOF {
		return nil, oplog.BadCommand
	}
	return f, ""
}

// reader takes members out of an object. The first thing that is wrong decides.
type reader struct {
	fields fields
	reason oplog.Reason
}

func (r *reader) fail(why oplog.Reason) {
	if r.reason == "" {
		r.reason = why
	}
}

// take moves one member into dst, and reports whether it was there.
func (r *reader) take(name string, dst any) bool {
	raw, ok := r.fields[name]
	if !ok {
		return false
	}
	delete(r.fields, name)
	if string(raw) == "null" || json.Unmarshal(raw, dst) != nil {
		r.fail(oplog.BadCommand)
	}
	return true
}

// need is take for a member that must be there.
func (r *reader) need(name string, dst any) {
	if !r.take(name, dst) {
		r.fail(oplog.BadCommand)
	}
}

// id takes a ULID.
func (r *reader) id() string {
	var id string
	if r.need("id", &id); !validID(id) {
		r.fail(oplog.BadCommand)
	}
	return id
}

// end refuses members that nobody took.
func (r *reader) end() oplog.Reason {
	if len(r.fields) > 0 {
		r.fail(oplog.BadCommand)
	}
	return r.reason
}
