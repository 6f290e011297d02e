package strict

import (
	"bytes"
	"encoding/json"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// Prepare turns a command as a client sent it, of at most limit bytes, into one
// that can be stored. The function read takes the members that its type has:
// args for everybody, and the texts beside them if there are any (else nil). The
// same command gives the same bytes.
func Prepare(raw []byte, limit int, read func(o *Object, kind string) (args, texts any)) (oplog.Command, oplog.Reason) {
	var o Object
	o.Read(raw, limit)
	kind := o.Text("type")
	args, texts := read(&o, kind)
	if why := o.End(); why != "" {
		return oplog.Command{}, why
	}
	c := oplog.Command{Type: kind}
	var err error
	if c.Args, err = Marshal(args); err != nil {
		return oplog.Command{}, oplog.Internal
	}
	if texts != nil {
		if c.Private, err = Marshal(texts); err != nil {
			return oplog.Command{}, oplog.Internal
		}
	}
	return c, ""
}

// Marshal is json.Marshal that leaves <, > and & as they are: programmes are
// full of them, and nothing of ours stands inside HTML.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}

// JSONSize is how many bytes a value takes as JSON, as [Marshal] writes it.
func JSONSize(v any) int {
	b, err := Marshal(v)
	if err != nil {
		return 0
	}
	return len(b)
}

// TextSize is how many bytes a text takes as JSON, without the quotes.
func TextSize(s string) int {
	size := 0
	for i, r := range s {
		size += runeSize(s[i:], r)
	}
	return size
}

// runeSize is how many bytes the rune at the front of s takes inside a JSON
// string.
func runeSize(s string, r rune) int {
	switch r {
	case '"', '\\', '\n', '\r', '\t', '\b', '\f':
		return 2
	case '\u2028', '\u2029':
		return 6
	case utf8.RuneError:
		if _, n := utf8.DecodeRuneInString(s); n == 1 {
			return 6 // a byte that is not UTF-8
		}
	}
	if r < ' ' {
		return 6
	}
	return utf8.RuneLen(r)
}
