// Package fanout carries frames to the connections that watch.
//
// # Model
//
// What everybody who watches one topic in one role must be told is a sequence
// of frames, encoded once. A [Ring] keeps the last few of them, each in the form
// of every transport that asked. A connection is a cursor: it has no queue,
// goroutine or timer, and a slow one delays nobody.
//
//	topic's loop ──Publish──▶ Ring(topic, role) ──▶ part ──┐        ┌─▶ Conn ──▶ Line
//	                                                part ──┼─ Crew ─┼─▶ Conn ──▶ Line
//	                                               urgent ─┘        └─▶ Conn ──▶ Line
//	acks, mine, beats ─────────────────────Own──────────────────────────▶
//
// The workers of a [Crew] walk the readers of a ring, urgent rings first, and
// hand each connection's [Line] the frames that its cursor has not passed. The
// readers are one part, served by one worker, until a broadcast takes longer
// than [Span]; then they are two.
//
// A line takes what the kernel takes at once. When something remains, the
// connection lags: a goroutine of its own waits for room and sends the ring's
// next frames, or, when it is far behind, asks its [Source] for one frame that
// leads to now. When it has caught up the goroutine ends.
//
//	keeps up ──a line is not clear, or the ring has gone on──▶ lags
//	   ▲                                                        │
//	   └──── nothing waits, every cursor at its ring's head ◀───┘
//
// A line that blocks, as that of an event stream, has its own goroutine for good:
// [NewStream] and [Conn.Run].
//
// # Promises
//
// The frames of one subscription go out in order, each at most once. Own
// messages go out in their order, before any frame that was published after
// them was sent. Publish, Own, Watch and Push never block on a peer. What was
// given to Publish or Own must not be changed afterwards. Frames that a ring was
// told to forget go out no more, except what a line has begun to send.
package fanout
