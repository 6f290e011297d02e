// Package session is the machine of topic session/<id>: what happens in one
// room while it is live. Questions and their votes, polls and their answers,
// the stage (what the hall's screen shows), and the settings of all that.
//
// # Model
//
// A [Machine] folds entries. It is pure: what it holds is a function of the
// entries alone. Who wants something done sends a command; [Prepare] reads it
// strictly and takes the texts out of it, the log gives it a place, and the
// machine judges it:
//
//	client ──▶ Prepare ──▶ Check ──▶ log ──▶ Apply ──▶ Since, Mine
//	           no state     dry run           effect
//
// Check and Apply are one function for each type of command, which stops before
// its first effect when the run is dry. A refusal is a value, never an error,
// and leaves no trace in the state.
//
// # Texts
//
// A text lies in the private part of its entry, its measures (characters, bytes,
// keyed sum) in the public part. The machine decides by measures alone and holds
// the text only to show it, so a log whose texts have been blanked folds to the
// same state, with the same [Machine.Digest].
//
// # Registers
//
// Commands set, they do not toggle. Votes and answers carry the stamp of the tab
// that wrote them last, so that a command that comes late or twice does nothing;
// what moderators set is a register that also refuses whoever had not seen the
// last change. Package fold has the rules of both.
//
// # Documents
//
//	session._ stage._                      everybody
//	question.<id> votes.<id>               live, answered: everybody
//	                                       pending, dismissed: moderators
//	poll.<id> tally.<id>                   draft: moderators, then everybody;
//	                                       counts, while hidden: moderators
//	asked.<id> vote.<id> answer.<id>       one person (Mine)
//
// Every document is bounded by the rules (limits.go): when the board is full the
// oldest answered questions leave it, and are read by page ([Machine.Archived]).
//
// # Promises
//
// A Machine is touched by one goroutine. What it returns is never changed
// afterwards. No method blocks, and none panics, whatever the log holds.
//
// # Example
//
//	c, why := session.Prepare([]byte(`{"type":"board.open"}`), key)
//	c.Actor = oplog.Actor{ID: key.Pseudonym("nadia"), Role: oplog.Moderator}
//	m := session.New("session/opening")
//	outcome := m.Apply(&oplog.Entry{Offset: 1, Time: now}, &c)
//	patch := m.Since(oplog.Attendee, 0) // session._ with live true, stage._
package session
