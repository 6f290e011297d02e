package conference

import (
	"encoding/json"
	"strings"

	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Prepare turns a command as it came into one that can be stored.
func Prepare(raw json.RawMessage, _ *oplog.Key) (oplog.Command, oplog.Reason) {
	o, why := strict.Read(raw, MaxCommandBytes)
	if why != "" {
		return oplog.Command{}, why
	}
	var c oplog.Command
	o.Need("type", &c.Type)
	args, private := command(o, c.Type)
	if why := o.End(); why != "" {
		return oplog.Command{}, why
	}
	var err error
	if c.Args, err = strict.Marshal(args); err != nil {
		return oplog.Command{}, oplog.BadCommand
	}
	if private != nil {
		if c.Private, err = strict.Marshal(private); err != nil {
			return oplog.Command{}, oplog.BadCommand
		}
	}
	return c, ""
}

func command(o *strict.Object, kind string) (args, private any) {
	switch kind {
	case typeSet:
		var a setArgs
		if o.Has("code") {
			a.Code = new(string)
			o.Take("code", a.Code)
		}
		if o.Has("autoopen") {
			a.AutoOpen = new(bool)
			o.Take("autoopen", a.AutoOpen)
		}
		return a, nil
	case typeIssue:
		return issueCommand(o)
	case typeRevoke:
		return revokeArgs{ID: o.ULID("id")}, nil
	case "tick":
		return struct{}{}, nil
	}
	o.Fail(oplog.BadCommand)
	return nil, nil
}

func issueCommand(o *strict.Object) (args, private any) {
	a, p := issueArgs{ID: o.ULID("id")}, issuePrivate{}
	o.Need("role", &a.Role)
	o.Need("scope", &a.Scope)
	o.Need("until", &a.Until)
	o.Take("label", &p.Label)
	if _, err := oplog.ParseRole(a.Role); err != nil || !validScope(a.Scope) {
		o.Fail(oplog.BadCommand)
	}
	if p.Label = strict.Line(p.Label); len(p.Label) > MaxLabel {
		o.Fail(oplog.TooLong)
	}
	if p.Label == "" {
		return a, nil
	}
	return a, p
}

func validScope(s string) bool {
	kind, id, ok := strings.Cut(s, "/")
	return ok && len(s) <= MaxScope && oplog.ValidID(id) &&
		(kind == "conference" || kind == "room" || kind == "session")
}
