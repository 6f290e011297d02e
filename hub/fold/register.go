package fold

import (
	"fmt"

	"majlis/hub/oplog"
)

// Stamp is which tab wrote something last, and its count then.
type Stamp struct {
	Device oplog.Device
	N      uint64
}

// Repeated reports whether the tab that sends a command has left its stamp here
// with that command or a later one.
func (s *Stamp) Repeated(t *Turn) bool {
	return t.N <= s.N && t.Device == s.Device && t.Counted()
}

// Mark notes a command.
func (s *Stamp) Mark(t *Turn) { s.Device, s.N = t.Device, t.N }

// Settle ends a command that asks for what is already so: it leaves its stamp if
// it counts, and nobody sees a change.
func (s *Stamp) Settle(t *Turn) oplog.Outcome {
	if !t.Counted() {
		return oplog.Repeated()
	}
	if !t.Dry {
		s.Mark(t)
	}
	return oplog.Done()
}

// Register is something that one person may set behind another's back. The zero
// Register was never written.
type Register struct {
	Stamp
	By oplog.ActorID // who changed it last
	At oplog.Offset  // when
}

// Overtaken reports whether another person changed the register after what the
// sender had seen.
func (r *Register) Overtaken(t *Turn) bool {
	return t.Seen > 0 && r.At > t.Seen && r.By != t.Actor.ID
}

// Write notes a command that changed the register.
func (r *Register) Write(t *Turn) {
	r.Mark(t)
	r.By, r.At = t.Actor.ID, t.Offset
}

// IsZero reports whether the register was never written; snapshots leave it out.
func (r Register) IsZero() bool { return r == Register{} }

// MarshalText writes a register for a snapshot.
func (r Register) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%x %d %x %d", r.Device[:], r.N, r.By[:], r.At), nil
}

// UnmarshalText reads what MarshalText wrote.
func (r *Register) UnmarshalText(b []byte) error {
	var dev, by []byte
	if _, err := fmt.Sscanf(string(b), "%x %d %x %d", &dev, &r.N, &by, &r.At); err != nil {
		return fmt.Errorf("register %.80q: %w", b, err)
	}
	if len(dev) != len(r.Device) || len(by) != len(r.By) {
		return fmt.Errorf("register %.80q: its device or person has another length", b)
	}
	copy(r.Device[:], dev)
	copy(r.By[:], by)
	return nil
}

// Field is one register that a command sets.
type Field struct {
	*Register
	Same bool   // it has the wanted value already
	Put  func() // gives it that value
}

// Set judges setting fields: all that the command names, or none. It reports
// also whether anything is different now.
func Set(t *Turn, fields ...Field) (o oplog.Outcome, differs bool) {
	left := false
	for _, f := range fields {
		if f.Repeated(t) {
			continue
		}
		left, differs = true, differs || !f.Same
		if !f.Same && f.Overtaken(t) {
			return oplog.Refuse(oplog.Changed), false
		}
	}
	switch {
	case !left, !differs && !t.Counted():
		return oplog.Repeated(), false
	case t.Dry:
		return oplog.Done(), false
	}
	for _, f := range fields {
		switch {
		case f.Repeated(t):
		case f.Same:
			f.Settle(t)
		default:
			f.Put()
			f.Write(t)
		}
	}
	return oplog.Done(), differs
}
