package wire

import (
	"bytes"
	"encoding/json"
	"strconv"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// reader takes the members of one object. A member that is not there reads as
// zero; the first thing that is wrong decides.
type reader struct {
	members
	taken  int
	reason oplog.Reason
}

// read reads the bytes as one strict object.
func (r *reader) read(b []byte) {
	switch {
	case len(b) > MaxClientFrame:
		r.fail(oplog.TooBig)
	case !utf8.Valid(b):
		r.fail(oplog.NotUTF8)
	case !scanObject(b, &r.members):
		r.fail(oplog.BadCommand)
	}
}

func (r *reader) fail(why oplog.Reason) {
	if r.reason == "" {
		r.reason = why
	}
}

// check fails the frame when something does not parse.
func (r *reader) check(err error) {
	if err != nil {
		r.fail(oplog.BadCommand)
	}
}

func (r *reader) take(name string) []byte {
	i := r.find(name)
	if i < 0 {
		return nil
	}
	r.taken++
	return r.all[i].value
}

// end refuses members that nobody took.
func (r *reader) end() oplog.Reason {
	if r.taken != r.n {
		r.fail(oplog.BadCommand)
	}
	return r.reason
}

func (r *reader) text(name string) string {
	raw := r.take(name)
	if raw == nil {
		return ""
	}
	s, ok := unquote(raw)
	if !ok {
		r.fail(oplog.BadCommand)
	}
	return s
}

// unquote decodes a string that the scanner has read.
func unquote(raw []byte) (s string, ok bool) {
	if raw[0] != '"' {
		return "", false
	}
	if bytes.IndexByte(raw, '\\') < 0 {
		return string(raw[1 : len(raw)-1]), true
	}
	return s, json.Unmarshal(raw, &s) == nil
}

func (r *reader) number(name string) uint64 {
	raw := r.take(name)
	if raw == nil {
		return 0
	}
	n, err := strconv.ParseUint(string(raw), 10, 53)
	r.check(err)
	return n
}

func (r *reader) offset(name string) oplog.Offset { return oplog.Offset(r.number(name)) }

func (r *reader) topic() oplog.Topic {
	t, err := oplog.ParseTopic(r.text("topic"))
	r.check(err)
	return t
}

// device takes 32 lower-case hexadecimal digits, or nothing if it may be missing.
func (r *reader) device(name string, need bool) (d oplog.Device) {
	s := r.text(name)
	if s == "" && !need {
		return d
	}
	d, err := oplog.ParseDevice(s)
	r.check(err)
	if d.String() != s {
		r.fail(oplog.BadCommand)
	}
	return d
}

// id takes a ULID.
func (r *reader) id() string {
	s := r.text("id")
	if !ValidID(s) {
		r.fail(oplog.BadCommand)
	}
	return s
}

// ValidID reports whether s is a ULID as clients make them: 26 characters of
// Crockford's base 32 in upper case, at most 2^128 − 1.
func ValidID(s string) bool {
	if len(s) != 26 || s[0] > '7' {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'H', 'J' <= c && c <= 'K', 'M' <= c && c <= 'N', 'P' <= c && c <= 'T', 'V' <= c && c <= 'Z':
		default:
			return false
		}
	}
	return true
}

// position takes what a client says it has.
func (r *reader) position() oplog.Position {
	epoch, h := r.text("epoch"), r.text("h")
	hash, err := oplog.ParseHash(h)
	r.check(err)
	if hash.String() != h && h != "" || len(epoch) > MaxEpoch || !plain(epoch) {
		r.fail(oplog.BadCommand)
	}
	return oplog.Position{Epoch: epoch, Offset: r.offset("offset"), Hash: hash}
}

// plain reports whether s has nothing but lower-case letters, digits and
// hyphens.
func plain(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '-':
		default:
			return false
		}
	}
	return true
}
