package conference

import "majlis/hub/oplog"

// register remembers who wrote something last: tab and count, so that a command
// that comes again does nothing; person and offset, so that nobody overwrites
// what they have not seen. It is also its own form in a snapshot.
type register struct {
	Device oplog.Device
	N      uint64
	By     oplog.ActorID
	At     oplog.Offset
}

func (r *register) repeated(c *oplog.Command) bool {
	return c.Device != oplog.Device{} && c.Device == r.Device && c.N <= r.N
}

func (r *register) overtaken(c *oplog.Command) bool {
	return c.Seen > 0 && r.At > c.Seen && r.By != c.Actor.ID
}

func (r *register) write(t *turn) {
	*r = register{Device: t.c.Device, N: t.c.N, By: t.c.Actor.ID, At: t.offset}
}

// settle leaves the count of a command that asks for what is already so.
func (r *register) settle(t *turn) { r.Device, r.N = t.c.Device, t.c.N }
