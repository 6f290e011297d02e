// Package fanout carries frames to the connections that watch.
//
// # Model
//
// What everybody who watches one topic in one role must be told is a sequence
// of frames, encoded once. A [Ring] keeps the last few of them. It has one
// writer and knows nobody's progress: a reader is a cursor, so a slow one can
// delay nobody and costs no queue.
//
//	topic's loop ──Publish──▶ Ring(topic, role) ◀──cursor── Conn ──▶ socket
//	                                                  ▲
//	acks, mine, beats ──────────────Own───────────────┘
//
// A [Conn] is one connection: up to [MaxSubs] subscriptions, each a ring and a
// cursor, and the few bytes that are for this connection alone. A connection
// whose cursor has fallen out of the ring lags: it asks its source for one
// catch-up from the offset it has, and goes on behind that.
//
// # Promises
//
// The frames of one subscription go out in order, each at most once. Own
// messages go out in their order, before any frame that was published after
// them was written. Publish never blocks. What was given to Publish or Own must
// not be changed afterwards.
package fanout
