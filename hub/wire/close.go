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
	CloseNormal     = 1000 // the client was done
	CloseGoingAway  = 1001 // the page or the server went away
	CloseNotUTF8    = 1007 // a text message was not UTF-8
	ClosePolicy     = 1008 // what is not taken here; the close reason is an oplog.Reason
	CloseTooBig     = 1009 // a message beyond MaxClientFrame; come back slowly
	CloseInternal   = 1011 // our fault
	CloseRestart    = 1012 // come back within the time that bye named
	CloseOverloaded = 1013 // no room now; come back slowly
	CloseLagging    = 4000 // nothing was read for too long
	CloseBadPass    = 4500 // the access link has ended or was revoked
	CloseProtocol   = 4501 // this version of the protocol is not spoken here
)

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
