// Package conference is the machine of topic conference/<id>: what a conference
// is run with. Its settings, its join code, and the access links (passes) that
// were issued for it and revoked.
//
// # Model
//
// A [Machine] folds entries; it is pure. [Prepare] reads a command strictly and
// takes the texts out of it, the log gives it a place, the machine judges it:
//
//	client ──▶ Prepare ──▶ Check ──▶ log ──▶ Apply ──▶ Since
//	           no state     dry run           effect
//
// Check and Apply are one function, which stops before its first effect when
// the run is dry. The document:
//
//	settings._    everybody                 title, code, autoopen
//	pass.<jti>    moderators and above      whom for, how far, until when, revoked
//
// The secret of a pass is never here, only its id: who reads this log can lock
// people out, not let them in. A pass leaves when it has expired (a tick, or
// when room is needed for another): from then on its own date keeps it out.
//
// # Promises
//
// A Machine is touched by one goroutine. What it returns is never changed
// afterwards. No method blocks, and none panics, whatever the log holds.
//
// # Example
//
//	m := conference.New("conference/summit")
//	c, why := conference.Prepare([]byte(`{"type":"settings.set","autoopen":true}`), key)
//	c.Actor = oplog.Actor{ID: key.Pseudonym("omar"), Role: oplog.Organiser}
//	outcome := m.Apply(&oplog.Entry{Offset: 1, Time: now}, &c)
//	m.AutoOpen() // true
package conference
