package hub

import (
	"time"

	"majlis/hub/oplog"
)

// Observer is told what the topics do. Its methods are called from the topics'
// loops: they must return at once.
type Observer interface {
	// Appended: the log took a batch of commands, or did not.
	Appended(commands int, took time.Duration, err error)
	// Judged: a command came back from the fold, or was refused before.
	Judged(kind oplog.Kind, o oplog.Outcome)
	// Published: one frame for so many readers.
	Published(role oplog.Role, bytes, readers int)
	// CaughtUp: one catch-up was wanted, and had to be encoded or not.
	CaughtUp(role oplog.Role, encoded bool)
	// HistoryLost: a client knew more than the log.
	HistoryLost()
	// Loaded: a topic has been folded from the store.
	Loaded(entries int, took time.Duration)
}
