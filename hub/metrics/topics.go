package metrics

import (
	"time"

	"majlis/hub/oplog"
)

// Appended: the log took a batch of commands, or did not.
func (m *Metrics) Appended(commands int, took time.Duration, err error) {
	m.appendTime.Observe(took.Seconds())
	m.recentAppend.observe(took, time.Now())
	if err == nil {
		m.appended.add(int64(commands))
		return
	}
	m.appendErrors.add(1, appendErrorKind(err))
}

// Retried: the senders of so many commands were asked to come again.
func (m *Metrics) Retried(commands int) { m.retried.add(int64(commands)) }

// Judged: a command came back from the fold of a topic.
func (m *Metrics) Judged(kind oplog.Kind, o oplog.Outcome) {
	m.judged.add(1, string(kind), result(o))
}

func result(o oplog.Outcome) string {
	switch {
	case !o.Accepted():
		return refused
	case o.Again:
		return again
	}
	return accepted
}

// Published: one frame was encoded, for so many readers.
func (m *Metrics) Published(role oplog.Role, bytes, readers int) {
	name := role.String()
	m.frames.add(1, name)
	m.frameBytes.add(int64(bytes), name)
	m.readers.add(int64(readers), name)
}

// CaughtUp: a catch-up was wanted, and had to be encoded or was shared.
func (m *Metrics) CaughtUp(role oplog.Role, fresh bool) {
	source := shared
	if fresh {
		source = encoded
	}
	m.catchUps.add(1, role.String(), source)
}

// Served: a document was wanted, and had to be encoded or was kept.
func (m *Metrics) Served(role oplog.Role, fresh bool) {
	source := shared
	if fresh {
		source = encoded
	}
	m.documents.add(1, role.String(), source)
}

// TailRead: the log was read because a client has seen more than this node.
func (m *Metrics) TailRead() { m.tailReads.add(1) }

// HistoryLost: a client knew more than the log.
func (m *Metrics) HistoryLost() { m.historyLost.add(1) }

// PutBack: the store had lost so many entries, and has them again.
func (m *Metrics) PutBack(entries int) { m.putBack.add(int64(entries)) }

// Forked: the store had gone another way than this node, which leaves so many
// entries for good.
func (m *Metrics) Forked(_, left int) {
	m.forks.add(1)
	m.reoffered.add(int64(left), lost)
}

// Offered: an entry of the branch that was left has been judged anew.
func (m *Metrics) Offered(o oplog.Outcome) { m.reoffered.add(1, result(o)) }

// Loaded: a topic has been folded from the store.
func (m *Metrics) Loaded(entries int, took time.Duration) {
	m.loaded.add(int64(entries))
	m.loadTime.Observe(took.Seconds())
}
