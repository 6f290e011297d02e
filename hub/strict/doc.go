// Package strict reads what comes from outside: JSON objects, member by member,
// and the texts in them. Frames, bodies of requests and commands all go through
// it.
//
// # Model
//
// [Object.Read] takes one JSON object apart. Whoever knows what the object may
// hold takes the members out one by one; the first thing that is wrong decides;
// what nobody took is refused in the end:
//
//	var o strict.Object
//	o.Read(raw, limit)
//	id, on := o.ULID("id"), false
//	o.Need("on", &on)
//	if why := o.End(); why != "" {
//		return why
//	}
//
// It is stricter than RFC 8259 where two readers of the same bytes could
// understand different things. What is accepted is UTF-8 without lone
// surrogates, names have lower-case letters, digits, '_' and '-' only and none
// stands twice, every number is a whole one that a double holds, and nothing is
// deeper than [MaxDepth]. [Decode] reads a struct by the same rules, [Prepare] a
// whole command.
//
// [Line] and [Prose] normalise a text: the same text always becomes the same
// bytes, and nothing in it turns around or hides what stands beside it.
//
// # Promises
//
// Reading allocates nothing but what is taken. Nothing here blocks, panics or
// keeps what it was given; what [Object.Raw] returns aliases it. An Object
// belongs to one goroutine.
package strict
