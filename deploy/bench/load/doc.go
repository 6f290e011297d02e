// Package load holds thousands of WebSocket connections to one server, in one
// process and on one thread, as cheaply as it can: it shares the processors with
// the server that is measured, so what it costs pollutes every latency.
//
// # Model
//
// A [Pool] is an epoll instance and a table of connections. It has no goroutine
// of its own: whoever measures calls [Pool.Step] in a loop, between sending what
// is due. A step reads what has arrived, edge-triggered, into one buffer that all
// connections share, and hands whole messages to the connection's [Handler].
// A connection keeps bytes of its own only while a frame is cut in two.
//
//	for !done() {
//		publishWhatIsDue()
//		pool.Step(nextDue)
//	}
//
// Connecting is paced by the caller's window of handshakes under way. A server
// that answers 503 or 429 with Retry-After is obeyed, with up to half of that
// again at random; so is one that closes a connection while its handler wants it
// back.
//
// # Promises
//
// Nothing is safe for concurrent use. A message is valid during the call that
// hands it over. Times are durations since the pool was made.
package load
