// Package wire holds the frames of the protocol majlis.v1: what a client may
// send, what the hub answers, the limits and the close codes.
//
// # A connection
//
// One JSON object a message from the client, one or more objects separated by
// newlines from the hub. The subprotocol is [Subprotocol].
//
//	client                                              hub
//	  hello {v, device}                       ──▶
//	                                          ◀──  hello {v, node, version, beat}
//	  watch {topic, role, what I have}        ──▶
//	                                          ◀──  patch (+ pulse), mine      two messages in a row, always
//	                                          ◀──  patch (+ pulse), pulse     shared, as things change
//	                                          ◀──  mine                       own, as things change
//	  do {id, dev, n, seen, topic, cmd}       ──▶
//	                                          ◀──  mine? + ack                one message: it is safe
//	                                           or  refuse                     final: do not send it again
//	                                           or  retry {after}              not judged: send the same again
//	  watch {…} of a topic that is watched    ──▶  replaces the subscription
//	  unwatch {topic}                         ──▶
//	  react {topic, kind}                     ──▶                              no answer: it shows in the pulse
//	  beat                                    ──▶
//	                                          ◀──  beat {at}                  also by itself, when idle
//	                                          ◀──  error {topic?, reason}     about what has no id
//	                                          ◀──  bye {reason, retry}, then close 1012
//
// # A client's stand
//
// A client has two cursors for a topic, one for the document and one for its
// own part (mine). A frame leads from an offset to another; at o:
//
//	from = 0        replace document, epoch, offset and h: all of it is here
//	other epoch     watch again, naming nothing
//	to ≤ o          pass over: known
//	from ≤ o < to   apply each entity, o = to
//	o < from        watch again, naming the stand
//
// # Promises
//
// [DecodeClient] takes any bytes. What it accepts is UTF-8, at most
// [MaxClientFrame] bytes, one JSON object with lower-case names, none twice, in
// no more than [strict.MaxDepth] levels, and every number is a whole one that a double
// holds; so no two readers of the same bytes can understand different things,
// and Cmd may be decoded by whatever decoder.
//
// The encoders append to a slice and return it; the same frame always gives the
// same bytes. No frame holds a newline. All functions may be called by any
// goroutine; nothing is kept.
//
// # Example
//
//	frame, reason := wire.DecodeClient(message)
//	switch f := frame.(type) {
//	case wire.Do:
//		…
//		msg := wire.AppendMine(nil, mine)
//		msg = append(msg, '\n')
//		msg = wire.AppendAck(msg, wire.Ack{ID: f.ID, Topic: f.Topic, Pos: at, Level: level})
//	}
//
// testdata/client.json and testdata/server.json list frames that hold and frames
// that do not; the tests of this package and those of the web app read both.
package wire
