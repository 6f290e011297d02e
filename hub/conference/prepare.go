package conference

import (
	"encoding/json"
	"strings"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// The types of command.
const (
	typeSet    = "settings.set"
	typeIssue  = "pass.issue"
	typeRevoke = "pass.revoke"
	typeWords  = "words.put"
	typeTick   = "tick"
)

// The public arguments, as Prepare writes them and the fold reads them.
type (
	setArgs struct {
		Title    *fold.Sum `json:"title,omitempty"`
		Code     *string   `json:"code,omitempty"`
		AutoOpen *bool     `json:"autoopen,omitempty"`
	}
	issueArgs struct {
		ID    string   `json:"id"`
		Role  string   `json:"role"`
		Scope string   `json:"scope,omitempty"`
		Label fold.Sum `json:"label"`
		Until int64    `json:"until"`
	}
	idArgs struct {
		ID string `json:"id"`
	}
	// private is the private part of a command: a title or a label.
	private struct {
		Text string `json:"text"`
	}
)

func sumOf(key *oplog.Key, purpose, text string) fold.Sum {
	return key.Sum("conference "+purpose, text)
}

// Prepare turns a command as a client sent it into one that can be stored:
// strictly decoded, texts cleaned, summed and moved to the private part, limits
// checked that need no state. It sets Type, Args and Private.
func Prepare(raw json.RawMessage, key *oplog.Key) (oplog.Command, oplog.Reason) {
	return strict.Prepare(raw, MaxCommandBytes, func(o *strict.Object, kind string) (args, texts any) {
		r := reader{o, key}
		return r.command(kind)
	})
}

// reader reads one command.
type reader struct {
	*strict.Object
	key *oplog.Key
}

// command reads the members that a type of command has.
func (r *reader) command(kind string) (args, texts any) {
	switch kind {
	case typeSet:
		return r.set()
	case typeIssue:
		return r.issue()
	case typeRevoke:
		return idArgs{ID: r.id()}, nil
	case typeWords:
		return r.words()
	case typeTick:
		return struct{}{}, nil
	case oplog.TypeRedact:
		return r.Redact(MaxPasses), nil
	}
	r.Fail(oplog.BadCommand)
	return nil, nil
}

func (r *reader) set() (args, texts any) {
	var a setArgs
	if r.Has("title") {
		title := r.line("title", MaxTitle)
		if title == "" {
			r.Fail(oplog.BadText)
		}
		s := sumOf(r.key, "title", title)
		a.Title, texts = &s, private{Text: title}
	}
	if r.Has("code") {
		code := strings.ToUpper(r.Text("code"))
		a.Code = &code
	}
	var auto bool
	if r.Take("autoopen", &auto) {
		a.AutoOpen = &auto
	}
	if !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	return a, texts
}

func (a *setArgs) valid() bool {
	return (a.Code == nil || validCode(*a.Code)) && (a.Title != nil || a.Code != nil || a.AutoOpen != nil)
}

func (r *reader) issue() (args, texts any) {
	label := r.line("label", MaxLabel)
	a := issueArgs{
		ID: r.id(), Role: r.Text("role"), Scope: r.Text("scope"), Until: int64(r.Number("until")),
		Label: sumOf(r.key, "label", label),
	}
	if !a.valid() {
		r.Fail(oplog.BadCommand)
	}
	return a, private{Text: label}
}

func (a *issueArgs) valid() bool {
	role, err := oplog.ParseRole(a.Role)
	return validPassID(a.ID) && err == nil && role.Staff() && validScope(a.Scope) && a.Until > 0 && a.Until < maxTime
}

// id takes the id of a pass.
func (r *reader) id() string {
	id := r.Text("id")
	if !validPassID(id) {
		r.Fail(oplog.BadCommand)
	}
	return id
}

// line takes a text of at most limit bytes, empty if it is not there.
func (r *reader) line(name string, limit int) string {
	s := strict.Line(r.Text(name))
	if len(s) > limit {
		r.Fail(oplog.TooLong)
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
