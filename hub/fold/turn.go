package fold

import (
	"time"

	"majlis/hub/oplog"
)

// Turn is one command on its way through the rules. When it is dry, whoever
// judges it stops before the first effect.
type Turn struct {
	*oplog.Command
	Offset oplog.Offset // 0 when dry
	Ms     int64        // the entry's time, or now, or when it was first said; milliseconds since 1970
	Dry    bool
	// Rules is the version of the rules to judge by: those of the entry's time.
	// A dry turn has that of its machine, if the machine has several.
	Rules uint16
}

// Entry is the turn of a command that has its place in the log.
func Entry(e *oplog.Entry, c *oplog.Command) Turn {
	return Turn{Command: c, Offset: e.Offset, Ms: said(c, e.Time), Rules: e.Rules}
}

// Try is the dry turn of a command that somebody might send.
func Try(c *oplog.Command, at time.Time) Turn {
	return Turn{Command: c, Ms: said(c, at.UnixMilli()), Dry: true}
}

// said is when a command was said: one that is offered again after a fork is as
// old as it was, and never of the future.
func said(c *oplog.Command, at int64) int64 {
	if c.Was > 0 {
		return min(c.First, at)
	}
	return at
}

// Counted reports whether the command comes from a tab that counts. Then it must
// leave its stamp even where it changes nothing.
func (t *Turn) Counted() bool { return t.Device != oplog.Device{} }
