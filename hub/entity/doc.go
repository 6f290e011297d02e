// Package entity keeps what everybody sees of a topic, and since when.
//
// # Model
//
// A document has exactly two levels: doc[kind][id] = entity. A [Patch] has the
// same shape; each entity in it replaces the one there, null means gone, and
// nothing inside an entity is merged.
//
// A [Table] does not hold the entities, only their marks: for each role the
// offset that last changed what the role sees, and the offset at which the
// entity stopped being visible to it. So "what changed since offset n, for this
// role" has an answer for any n, and there is no second mechanism for
// snapshots, resume or slow readers:
//
//	Since(role, 0)  the whole document
//	Since(role, n)  whatever changed or went after n
//
// # Promises
//
// Null goes only to a role that may have seen the entity: an id that a role was
// never shown is never named to it. Entities stay in the table for ever (their
// marks do; the machine may forget the rest). Since walks the most recently
// changed entities first and stops at n, so its cost is that of the change, not
// of the document.
//
// A Table is owned by its machine and touched by one goroutine.
//
// # Example
//
//	lamp := table.Item("lamp", "1")
//	table.Touch(lamp, 7, everyone, everyone) // entry 7 made or changed it
//	table.Touch(lamp, 9, staff, 0)           // entry 9 hid it from the hall
//	table.Since(oplog.Attendee, 8, project)  // {"lamp":{"1":null}}
//	table.Since(oplog.Attendee, 9, project)  // nil: nothing to tell
package entity
