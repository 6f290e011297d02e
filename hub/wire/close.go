package wire

import "majlis/hub/oplog"

// Version is the protocol's version, Subprotocol its name in the handshake.
const (
	Version     = 1
	Subprotocol = "majlis.v1"
)

// The close codes (RFC 6455 §7.4). From 4500 on they are final: a client that
// came back would only hear the same again.
const (
	CloseNormal     = 1000
	CloseGoingAway  = 1001
	CloseNotUTF8    = 1007
	ClosePolicy     = 1008 // the close reason is an oplog.Reason
	CloseTooBig     = 1009
	CloseInternal   = 1011
	CloseRestart    = 1012
	CloseOverloaded = 1013
	CloseLagging    = 4000
	CloseBadPass    = 4500
	CloseProtocol   = 4501
)

// Closing is one line of the table of close codes.
type Closing struct {
	Code int
	// Final: do not come back with the same request.
	Final  bool
	Reason string // as it stands in the close frame
	Why    string // for people
}

// Closings is the table of close codes that the hub uses.
func Closings() []Closing {
	return []Closing{
		{CloseNormal, false, "", "the client was done"},
		{CloseGoingAway, false, "", "the page or the server went away"},
		{CloseNotUTF8, false, "not-utf8", "a text message was not UTF-8"},
		{ClosePolicy, false, "bad-command", "the client sent what is not taken here; the reason decides whether to come back, see Final"},
		{CloseTooBig, false, "too-big", "a message beyond 8 KiB; come back slowly"},
		{CloseInternal, false, "internal", "our fault"},
		{CloseRestart, false, "restart", "the server restarts; come back within the time that bye named"},
		{CloseOverloaded, false, "overloaded", "no room now; come back slowly"},
		{CloseLagging, false, "lagging", "nothing was read for too long"},
		{CloseBadPass, true, "bad-pass", "the access link has ended or was revoked"},
		{CloseProtocol, true, "unknown-version", "this version of the protocol is not spoken here"},
	}
}

// Final reports whether a client must not come back by itself after a close: it
// would only hear the same again.
func Final(code int, reason string) bool {
	if code == ClosePolicy {
		switch oplog.Reason(reason) {
		case oplog.BadOrigin, oplog.BadPass, oplog.NotAllowed, oplog.UnknownVersion, oplog.FirstHello:
			return true
		}
	}
	return code >= CloseBadPass && code < 5000
}
