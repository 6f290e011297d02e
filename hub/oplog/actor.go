package oplog

import (
	"encoding/hex"
	"fmt"
)

// Role is in what capacity someone acts or looks. It picks the document that
// one sees and the commands that one may give.
type Role uint8

// The roles. Their numbers stand in stored entries: append only.
const (
	RoleNone Role = iota
	Attendee
	Screen
	Moderator
	Organiser
	Operator
	// System is the hub itself (ticks, boards opened by the programme). It
	// never comes over the wire.
	System
	// Translator renders approved questions in other languages.
	Translator
	// Stage is the speakers' own view: what is queued, and notes from backstage.
	Stage
)

var roleNames = [...]string{"", "attendee", "screen", "moderator", "organiser", "operator", "system", "translator", "stage"}

// NumRoles is how many roles there are, for arrays that are indexed by role.
const NumRoles = len(roleNames)

func (r Role) String() string {
	if int(r) < len(roleNames) {
		return roleNames[r]
	}
	return fmt.Sprintf("role(%d)", uint8(r))
}

// ParseRole reads a role's name as it stands on the wire. System is not
// among them.
func ParseRole(s string) (Role, error) {
	for r := Attendee; int(r) < NumRoles; r++ {
		if roleNames[r] == s && r != System {
			return r, nil
		}
	}
	return RoleNone, fmt.Errorf("%.40q is not a role: want attendee, screen, moderator, translator, stage, organiser or operator", s)
}

// Staff reports whether the role needs a pass.
func (r Role) Staff() bool { return r > Attendee }

// ActorID is one person in one topic: HMAC(topic key, person), so that topics
// cannot be linked with each other.
type ActorID [16]byte

func (a ActorID) String() string { return hex.EncodeToString(a[:]) }

// Device is one tab with its outbox: random, made in memory. The zero Device
// stands for a program that does not count its commands.
type Device [16]byte

func (d Device) String() string { return hex.EncodeToString(d[:]) }

// ParseDevice reads 32 hexadecimal digits.
func ParseDevice(s string) (Device, error) {
	var d Device
	if len(s) != hex.EncodedLen(len(d)) {
		return d, fmt.Errorf("a device has 32 hexadecimal digits, not %d characters", len(s))
	}
	if _, err := hex.Decode(d[:], []byte(s)); err != nil {
		return Device{}, fmt.Errorf("a device has 32 hexadecimal digits: %w", err)
	}
	return d, nil
}

// Actor is who asks. The edge verified it; the fold only judges what it may do.
type Actor struct {
	ID   ActorID
	Role Role
	// Scope is how far a staff role reaches, as its pass says: empty or
	// "conference/<id>" for all of a conference, else "room/<id>" or
	// "session/<id>". Attendees have none.
	Scope string
}
