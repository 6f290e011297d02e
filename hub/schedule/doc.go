// Package schedule is the machine of topic schedule/<id>: the programme of one
// conference. Days, rooms and sessions as a file brought them, what moderators
// changed since, and announcements.
//
// # Model
//
// A [Machine] folds entries; it is pure. [Prepare] reads a command strictly and
// takes the texts out of it, the log gives it a place, the machine judges it.
// Check and Apply are one function for each type of command, which stops before
// its first effect when the run is dry:
//
//	client ──▶ Prepare ──▶ Check ──▶ log ──▶ Apply ──▶ Since
//	           no state     dry run           effect
//
// A [Programme] is what a file says (package frab reads it). [Diff] tells what
// importing it would change; [Parts] makes the commands:
//
//	Programme ──▶ Parts ──▶ import.part 1 … n   wait in the fold, nobody sees them
//	                        import.commit       all of it at once, or "incomplete"
//
// Parts may come in any order and more than once. The commit is sent when all
// parts have been acknowledged, since it is judged by what is there. A part of
// another import drops what waited for a commit that never came.
//
// The file wins: an import makes every session what the file says, also what a
// moderator moved, cancelled or renamed meanwhile; Diff shows it beforehand.
// Sessions that the file no longer has stay as cancelled, and come back with a
// file that has them. What a move changed first stands beside it as "was", until
// an import has the same values.
//
// # Texts
//
// A text lies in the private part of its entry, its keyed sum in the public
// part. The fold compares sums and never reads a text, so a log whose texts have
// been blanked folds to the same state, with the same [Machine.Digest]. Abstracts
// and descriptions are too long for the document and are read by
// [Machine.Session].
//
// # Identity
//
// A session's id is <conference>-<8 characters of the sum of its key>, so that
// the same talk is the same topic after every import. Its join code comes with
// its first import, from outside; one that is taken yields to the next free one.
//
// # Reach
//
// Organisers may change everything, moderators what their pass reaches: the
// whole conference, a room (whatever is in it), or a session. All see the same
// document.
//
// # Promises
//
// A Machine is touched by one goroutine. What it returns is never changed
// afterwards. No method blocks, and none panics, whatever the log holds. The
// document is bounded by limits.go.
//
// # Example
//
//	m := schedule.New("schedule/summit")
//	commands, err := schedule.Parts(programme, importID, newCode)
//	for _, raw := range commands {
//		c, why := schedule.Prepare(raw, key)
//		c.Actor = oplog.Actor{Role: oplog.System}
//		outcome := m.Apply(&entry, &c) // entry: its place in the log
//	}
//	m.Now(at, "hall") // what runs in the hall
package schedule
