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
// A socket has two goroutines: one reads and is the request's own, one writes
// and is awaited by it. Both transports drive the same [client].
//
// # Promises
//
// Nothing reaches a handler that does not name one of our hosts; nothing that
// a browser sends with a cookie is believed unless it comes from one of our
// pages. No pass and no cookie is ever logged. A pass that ends or is revoked
// ends its connections within two seconds. Errors are problem documents
// (RFC 9457) whose code is the same closed set as in frames.
package gateway
