package pass

import (
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"majlis/hub/oplog"
)

// Claims are what a pass says.
type Claims struct {
	// ID names the pass, so that it can be revoked.
	ID   string
	Role oplog.Role // moderator, screen, stage, translator, organiser or operator
	// Scope is how far it reaches: "conference/<id>", "room/<id>" or
	// "session/<id>".
	Scope      string
	Conference string // id; a room or a session belongs to it
	Label      string // a note for people; empty if there is none
	Issued     time.Time
	Expires    time.Time // whole seconds
}

// Person is who holds the pass, for pseudonyms. Everybody with the same link is
// the same person.
func (c Claims) Person() string { return "pass:" + c.ID }

// check refuses claims that no pass may make.
func (c Claims) check() error {
	switch {
	case !validPassID(c.ID):
		return fmt.Errorf("the id %.70q of a pass has other than 16 to %d letters, digits, '-' or '_'", c.ID, MaxID)
	case !grantable(c.Role):
		return fmt.Errorf("a pass cannot make anyone %s", c.Role)
	case !oplog.ValidID(c.Conference):
		return fmt.Errorf("%.70q is not the id of a conference", c.Conference)
	case len(c.Label) > MaxLabel || !utf8.ValidString(c.Label):
		return fmt.Errorf("the label has more than %d bytes, or is not UTF-8", MaxLabel)
	case c.Expires.IsZero():
		return errors.New("a pass must end some time")
	}
	return c.checkScope()
}

func (c Claims) checkScope() error {
	kind, id, _ := strings.Cut(c.Scope, "/")
	switch {
	case kind != "conference" && kind != "room" && kind != "session" || !oplog.ValidID(id):
		return fmt.Errorf("%.70q is not a scope: want conference/<id>, room/<id> or session/<id>", c.Scope)
	case kind == "conference" && id != c.Conference:
		return fmt.Errorf("the scope %q is not that of conference %s", c.Scope, c.Conference)
	}
	return nil
}

// validPassID keeps ids such that they can stand in logs, addresses and keys.
func validPassID(s string) bool {
	if len(s) < 16 || len(s) > MaxID {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', c == '-', c == '_':
		default:
			return false
		}
	}
	return true
}

// grantable reports whether a pass can give a role: those with a name on the
// wire, but for the one that everybody has.
func grantable(r oplog.Role) bool {
	named, err := oplog.ParseRole(r.String())
	return err == nil && named == r && r.Staff()
}
