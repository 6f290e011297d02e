package hub

import (
	"time"

	"majlis/hub/fanout"
	"majlis/hub/oplog"
	"majlis/hub/whisper"
)

// Observer is told what the topics and the fan-out do. Its methods are called
// from their loops: they must return at once.
type Observer interface {
	fanout.Observer
	whisper.Observer
	// Appended: the log took a batch of commands, or did not.
	Appended(commands int, took time.Duration, err error)
	// Retried: the senders of so many commands were asked to come again.
	Retried(commands int)
	// Judged: a command came back from the fold, or was refused before.
	Judged(kind oplog.Kind, o oplog.Outcome)
	// Published: one frame for so many readers.
	Published(role oplog.Role, bytes, readers int)
	// CaughtUp: one catch-up was wanted, and had to be encoded or not.
	CaughtUp(role oplog.Role, encoded bool)
	// Served: one document was wanted, and had to be encoded or not.
	Served(role oplog.Role, encoded bool)
	// TailRead: the log was read because a client has seen more than this node.
	TailRead()
	// HistoryLost: a client knew more than the log.
	HistoryLost()
	// PutBack: the store had lost so many entries, and has them again.
	PutBack(entries int)
	// Forked: the store had gone another way, and so many entries that had taken
	// effect on this node's are offered again, or could not be.
	Forked(offered, left int)
	// Offered: one of those has been judged anew.
	Offered(o oplog.Outcome)
	// Compared: the digest of a state was compared with another node's.
	Compared(equal bool)
	// Unserved: so many topics are served here no more.
	Unserved(topics int)
	// Loaded: a topic has been folded from the store.
	Loaded(entries int, took time.Duration)
}
