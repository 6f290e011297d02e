package metrics

import (
	"time"

	"majlis/hub/oplog"
)

// Connected: a connection was opened over a transport, "websocket" or "sse".
func (m *Metrics) Connected(transport string) {
	m.accepted.add(1, transport)
	m.connections.add(1, transport)
}

// Disconnected: a connection ended with a close code, or with "client" when it
// just left.
func (m *Metrics) Disconnected(transport, code string, age time.Duration) {
	m.connections.add(-1, transport)
	m.closed.add(1, code)
	m.age.Observe(age.Seconds())
}

// Received: a client sent a frame of a type, or "post"ed a command.
func (m *Metrics) Received(frame string) { m.received.add(1, frame) }

// Refused: a request, a frame or a command was refused.
func (m *Metrics) Refused(reason oplog.Reason) { m.refusals.add(1, string(reason)) }

// Limited: somebody was over a limit.
func (m *Metrics) Limited(what string) { m.limited.add(1, what) }
