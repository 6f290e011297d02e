// Package gateway is the edge: the only package that knows HTTP.
//
// # Model
//
// The edge says who asks, and nothing else; what is allowed is judged by the
// fold. An [identity] is a visitor (a signed cookie with a random id) and the
// passes that came with the request. A watch or a command names a role; the
// identity must be able to take it for that topic.
//
//	phone ──GET /ws──▶ socket ─┐                       ┌─▶ hub.Topic.Watch / Send
//	phone ──GET …/events─▶ sse ┼─▶ session of frames ──┤
//	phone ──POST …/commands────┘                       └─◀ fanout.Conn (frames, acks, mine)
//
// A socket waits on a goroutine with a small stack, which ends when something has
// come; a few [readers] with large ones handle that. What it is sent goes out
// through its [line.Line], by whoever has something to say. An event stream has
// its request's goroutine, which sends all there is. Both are a [client]; the
// [wheel] knows when each has heard nothing for too long, the [admission] how
// many may come a second.
//
// # Promises
//
// Nothing reaches a handler that does not name one of our hosts; nothing that
// a browser sends with a cookie is believed unless it comes from one of our
// pages. No pass and no cookie is ever logged. A pass that ends or is revoked
// ends its connections within two seconds. Errors are problem documents
// (RFC 9457) whose code is the same closed set as in frames.
package gateway
