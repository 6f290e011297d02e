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
// # Steps
//
// Whatever a moderator changes is kept as a step: what it was before, and after.
// Taking a step back puts all of that as it was, unless any of it has been
// changed since; it is a step itself. So there is one rule for undo, and none of
// the rules that change things knows of it:
//
//	record ─▶ rule ─▶ compare with before ─▶ step ─▶ undo ─▶ step …
//
// # Two moderators
//
// Where a session takes two, what would show more than is shown now is kept as a
// wish until another moderator sends the same command. One function knows which
// commands those are (takesTwo), no rule does:
//
//	A: command ─▶ wish on the stage (a step) ─▶ B: the same command ─▶ its rule
//
// Words and names that people write for the screen wait there, whatever the poll says.
//
// # Merged questions
//
// A question that was merged into another keeps its ballots, its asker and its
// texts; it only hangs on the other one, whose votes are then counted by people:
// each once, however many of the questions they voted for. Hanging it off again
// is all that undo has to do.
//
// # Polls
//
// All kinds of poll come down to five forms of answer, each of them bytes that only
// one answer has, in one register for each person and poll. Counts follow from the
// registers. What moderators decide about a poll is one comparable value, and one
// function lets a poll stand otherwise, with all that follows from it:
//
//	open, close, set, round, solve, undo, tick ─▶ putStand ─▶ rounds, stage, who sees what
//
// A survey is a poll without answers; its questions are polls that stand as it
// stands. A new round keeps what was counted beside the present counts.
//
// # Languages
//
// What language a text is in is found before the append ([Speak]) and stored. A
// translation renders one wording: when the question is reworded, it leaves the
// hall's sight until somebody renews it. Who is at one holds it for [LockMs], by
// the time of entries. To translators a session is what the hall sees of it.
//
// # Documents
//
//	session._ stage._ intro._              everybody
//	label.<n>                              public: everybody; else moderators
//	ledger._                               moderators; everybody if the session says so
//	question.<id> votes.<id>               live, answered: everybody
//	                                       pending, dismissed, merged: moderators
//	poll.<id> tally.<id>                   draft, archived: moderators, else everybody;
//	                                       counts, while hidden: moderators
//	rounds.<id> text.<id>.<n>              who sees the counts; texts that wait: moderators
//	teams._ leaderboard._                  everybody
//	translation.<id>.<lang>                as its question, once it is agreed upon and
//	                                       renders its present words; else translators
//	lock.<id>.<lang>                       translators and moderators
//	note.<id>                              the stage and moderators
//	step.<offset> staff.<n> balance._      moderators
//	sheet._                                moderators
//	asked.<id> vote.<id> answer.<id> me._  one person (Mine)
//	player._ result.<id>                   one person; result while the poll is open
//	                                       and its counts are for who has answered, with the open
//	                                       texts that are shown
//
// Every document is bounded by the rules (limits.go): when the board is full the
// oldest answered questions leave it, and are read by page ([Machine.Archived]).
// Who is blocked, why something was dismissed and by whom stands in no document
// but the moderators'; the asker is told the reason, if the session tells
// dismissals at all. A screen that is dark holds that it is, and nothing that
// could be shown.
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
