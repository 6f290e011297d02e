package conference

import (
	"encoding/hex"
	"encoding/json"
	"strings"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// The types of command.
const (
	typeSet    = "settings.set"
	typeIssue  = "pass.issue"
	typeRevoke = "pass.revoke"
	typeTick   = "tick"
)

// The public arguments, as Prepare writes them and the fold reads them.
type (
	setArgs struct {
		Title    *sum    `json:"title,omitempty"`
		Code     *string `json:"code,omitempty"`
		AutoOpen *bool   `json:"autoopen,omitempty"`
	}
	issueArgs struct {
		ID    string `json:"id"`
		Role  string `json:"role"`
		Scope string `json:"scope,omitempty"`
		Label sum    `json:"label"`
		Until int64  `json:"until"`
	}
	idArgs struct {
		ID string `json:"id"`
	}
	// private is the private part of a command: a title or a label.
	private struct {
		Text string `json:"text"`
	}
)

// sum is what the fold knows of a text that it does not read.
type sum [8]byte

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

func sumOf(key *oplog.Key, purpose, text string) sum {
	full := key.Sum("conference "+purpose, text)
	return sum(full[:8])
}

// Prepare turns a command as a client sent it into one that can be stored:
// strictly decoded, texts cleaned, summed and moved to the private part, limits
// checked that need no state. It sets Type, Args and Private.
func Prepare(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason) {
	o, why := strict.Read(raw, MaxCommandBytes)
	if why != "" {
		return oplog.Command{}, why
	}
	var kind string
	var args any
	var text *private
	switch o.Need("type", &kind); kind {
	case typeSet:
		args, text = readSet(o, key)
	case typeIssue:
		args, text = readIssue(o, key)
	case typeRevoke:
		args = readID(o)
	case typeTick:
		args = struct{}{}
	case oplog.TypeRedact:
		args = readRedact(o)
	default:
		return oplog.Command{}, oplog.BadCommand
	}
	if why := o.End(); why != "" {
		return oplog.Command{}, why
	}
	return pack(kind, args, text)
}

func pack(kind string, args any, text *private) (oplog.Command, oplog.Reason) {
	c := oplog.Command{Type: kind}
	var err error
	if c.Args, err = strict.Marshal(args); err != nil {
		return oplog.Command{}, oplog.Internal
	}
	if text != nil {
		if c.Private, err = strict.Marshal(text); err != nil {
			return oplog.Command{}, oplog.Internal
		}
	}
	return c, ""
}

func readSet(o *strict.Object, key *oplog.Key) (setArgs, *private) {
	var a setArgs
	var text *private
	var title, code string
	var auto bool
	if o.Take("title", &title) {
		title = clean(o, title, MaxTitle)
		if title == "" {
			o.Fail(oplog.BadText)
		}
		s := sumOf(key, "title", title)
		a.Title, text = &s, &private{Text: title}
	}
	if o.Take("code", &code) {
		code = strings.ToUpper(code)
		a.Code = &code
	}
	if o.Take("autoopen", &auto) {
		a.AutoOpen = &auto
	}
	if !a.valid() {
		o.Fail(oplog.BadCommand)
	}
	return a, text
}

func (a *setArgs) valid() bool {
	return (a.Code == nil || validCode(*a.Code)) && (a.Title != nil || a.Code != nil || a.AutoOpen != nil)
}

func readIssue(o *strict.Object, key *oplog.Key) (issueArgs, *private) {
	a := issueArgs{ID: readID(o).ID}
	var label string
	o.Need("role", &a.Role)
	o.Take("scope", &a.Scope)
	o.Take("label", &label)
	o.Need("until", &a.Until)
	label = clean(o, label, MaxLabel)
	a.Label = sumOf(key, "label", label)
	if !a.valid() {
		o.Fail(oplog.BadCommand)
	}
	return a, &private{Text: label}
}

func (a *issueArgs) valid() bool {
	role, err := oplog.ParseRole(a.Role)
	return validPassID(a.ID) && err == nil && role.Staff() && validScope(a.Scope) && a.Until > 0 && a.Until < maxTime
}

func readID(o *strict.Object) idArgs {
	var a idArgs
	if o.Need("id", &a.ID); !validPassID(a.ID) {
		o.Fail(oplog.BadCommand)
	}
	return a
}

func readRedact(o *strict.Object) oplog.RedactArgs {
	var a oplog.RedactArgs
	o.Need("offsets", &a.Offsets)
	switch {
	case len(a.Offsets) == 0:
		o.Fail(oplog.BadCommand)
	case len(a.Offsets) > MaxPasses:
		o.Fail(oplog.TooMany)
	}
	return a
}

func clean(o *strict.Object, s string, limit int) string {
	if s = strict.Line(s); len(s) > limit {
		o.Fail(oplog.TooLong)
	}
	return s
}

func validCode(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') {
			return false
		}
	}
	return len(s) >= MinCode && len(s) <= MaxCode
}

// validPassID takes what may be a JWT's jti and an entity's id: no blanks, no
// quotes, nothing that a page would have to escape.
func validPassID(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return s != "" && len(s) <= MaxID
}

func validScope(s string) bool {
	if s == "" {
		return true
	}
	kind, id, _ := strings.Cut(s, "/")
	return len(s) <= maxScope && oplog.ValidID(id) && (kind == "conference" || kind == "room" || kind == "session")
}
