package schedule

import (
	"fmt"

	"majlis/hub/oplog"
)

// register remembers who wrote something last: tab and count, so that a command
// that comes again does nothing; person and offset, so that nobody overwrites
// what they have not seen. The zero register was never written.
type register struct {
	dev oplog.Device
	n   uint64
	by  oplog.ActorID
	at  oplog.Offset
}

// repeated reports whether the tab that sends a command has written this
// register with that command or a later one.
func (r *register) repeated(c *oplog.Command) bool {
	return c.Device != oplog.Device{} && c.Device == r.dev && c.N <= r.n
}

// overtaken reports whether another person changed the register after what the
// sender had seen.
func (r *register) overtaken(c *oplog.Command) bool {
	return c.Seen > 0 && r.at > c.Seen && r.by != c.Actor.ID
}

// write notes a command that changed the register.
func (r *register) write(t *turn) {
	*r = register{dev: t.c.Device, n: t.c.N, by: t.c.Actor.ID, at: t.offset}
}

// settle ends a command that asks for what is already so: it leaves its count,
// so that an older one that comes late is known to be older.
func (r *register) settle(t *turn) oplog.Outcome {
	if t.c.Device == (oplog.Device{}) {
		return oplog.Repeated()
	}
	if !t.dry {
		r.dev, r.n = t.c.Device, t.c.N
	}
	return oplog.Done()
}

// IsZero reports whether the register was never written; snapshots leave it out.
func (r register) IsZero() bool { return r == register{} }

// MarshalText writes a register for a snapshot.
func (r register) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%x %d %x %d", r.dev[:], r.n, r.by[:], r.at), nil
}

// UnmarshalText reads what MarshalText wrote.
func (r *register) UnmarshalText(b []byte) error {
	var dev, by []byte
	if _, err := fmt.Sscanf(string(b), "%x %d %x %d", &dev, &r.n, &by, &r.at); err != nil {
		return fmt.Errorf("register %.80q: %w", b, err)
	}
	if len(dev) != len(r.dev) || len(by) != len(r.by) {
		return fmt.Errorf("register %.80q: its device or person has another length", b)
	}
	copy(r.dev[:], dev)
	copy(r.by[:], by)
	return nil
}
