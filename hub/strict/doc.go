// Package strict reads what comes from outside into the machines: one JSON
// object, member by member, and the texts in it.
//
// # Model
//
// [Read] takes one JSON object apart. Whoever knows what the object may hold
// takes the members out one by one; the first thing that is wrong decides; what
// nobody took is refused in the end:
//
//	o, why := strict.Read(raw, limit)
//	id, on := o.ULID("id"), false
//	o.Need("on", &on)
//	why = o.End()
//
// Names are compared exactly and no member may stand twice, which encoding/json
// alone does not see to.
//
// [Line] and [Prose] normalise a text: the same text always becomes the same
// bytes, and nothing in it turns around or hides what stands beside it.
//
// # Promises
//
// Nothing here blocks, panics or keeps what it was given. An Object belongs to
// one goroutine.
package strict
