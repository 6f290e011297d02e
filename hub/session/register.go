package session

import "majlis/hub/oplog"

// devices numbers the tabs that have written something, from 1; 0 is the tab
// that does not count its commands.
type devices struct {
	list   []oplog.Device
	number map[oplog.Device]int32
}

func newDevices() devices { return devices{number: make(map[oplog.Device]int32)} }

func (d *devices) intern(dev oplog.Device) int32 {
	if dev == (oplog.Device{}) {
		return 0
	}
	n, ok := d.number[dev]
	if !ok {
		d.list = append(d.list, dev)
		n = int32(len(d.list))
		d.number[dev] = n
	}
	return n
}

// stamp is which tab wrote a register last, and its count then.
type stamp struct {
	dev int32
	n   uint64
}

// repeated reports whether the tab that sends a command has written this
// register with a later command or with this very one.
func (m *Machine) repeated(s stamp, c *oplog.Command) bool {
	return s.dev != 0 && c.N <= s.n && m.devices.list[s.dev-1] == c.Device
}

// counted reports whether a command that changes nothing must leave its stamp
// all the same, so that an older command of the same tab that comes later is
// known to be older.
func counted(c *oplog.Command) bool { return c.Device != oplog.Device{} }

func (m *Machine) stamped(c *oplog.Command) stamp {
	return stamp{dev: m.devices.intern(c.Device), n: c.N}
}

// register is something that one moderator may set behind another's back.
type register struct {
	stamp
	by int32        // person who changed it last; see people
	at oplog.Offset // when
}

// overtaken reports whether another person changed the register after what the
// sender had seen.
func (m *Machine) overtaken(r *register, c *oplog.Command) bool {
	return c.Seen > 0 && r.at > c.Seen && m.people.list[r.by].id != c.Actor.ID
}

// write notes a command that changed the register.
func (m *Machine) write(r *register, t *turn) {
	r.stamp = m.stamped(t.c)
	r.by = m.people.intern(t.c.Actor.ID)
	r.at = t.offset
}

// settle ends a command that asks for what is already so: it leaves its stamp
// if it counts, and nobody sees a change.
func (m *Machine) settle(s *stamp, t *turn) oplog.Outcome {
	if !counted(t.c) {
		return oplog.Repeated()
	}
	if !t.dry {
		*s = m.stamped(t.c)
	}
	return oplog.Done()
}
