package oplog

import "slices"

// Reason is why a command was refused: one closed set, the same in frames and
// in problem documents. The web app words it.
type Reason string

// Outcome is what the fold says of a command.
type Outcome struct {
	// Reason is empty for an accepted command.
	Reason Reason
	// Again: it had been done already, nothing changed.
	Again bool
	// Owner is a person whose own part changed beside the actor's, if any: the
	// asker of a question that was moderated.
	Owner ActorID
	// Others are more of them, each once: the askers of all that one command
	// moderated.
	Others []ActorID
	// Blank lists offsets whose private parts must go now.
	Blank []Offset
}

// Accepted reports whether the command took effect, now or before.
func (o Outcome) Accepted() bool { return o.Reason == "" }

// Concern adds a person whose own part changed.
func (o *Outcome) Concern(who ActorID) {
	switch {
	case who == (ActorID{}) || who == o.Owner || slices.Contains(o.Others, who):
	case o.Owner == (ActorID{}):
		o.Owner = who
	default:
		o.Others = append(o.Others, who)
	}
}

// Refuse is the outcome of a command that changed nothing.
func Refuse(r Reason) Outcome { return Outcome{Reason: r} }

// Done is the outcome of a command that took effect.
func Done() Outcome { return Outcome{} }

// Repeated is the outcome of a command that had taken effect before.
func Repeated() Outcome { return Outcome{Again: true} }

// The reasons.
const (
	BadCommand     Reason = "bad-command"     // not JSON, unknown type, unknown or missing field
	BadText        Reason = "bad-text"        // empty, or with characters that nobody can see
	TooLong        Reason = "too-long"        // a text beyond its limit
	TooMany        Reason = "too-many"        // more things than one may have
	NotUTF8        Reason = "not-utf8"        // bytes that are not UTF-8
	NotAllowed     Reason = "not-allowed"     // no right to
	NotFound       Reason = "not-found"       // no such question, poll, session …
	Exists         Reason = "exists"          // the id is taken by something else
	Changed        Reason = "changed"         // somebody else changed it since you looked
	Locked         Reason = "locked"          // somebody else is at it
	WrongState     Reason = "wrong-state"     // cannot be done in the state it is in
	BoardClosed    Reason = "board-closed"    // the session is not live
	QuestionsOff   Reason = "questions-off"   // Q&A takes no questions now
	VotesOff       Reason = "votes-off"       // Q&A takes no votes now
	BoardFull      Reason = "board-full"      // no room on the board
	HasVotes       Reason = "has-votes"       // others voted for this wording already
	PollClosed     Reason = "poll-closed"     // the poll takes no answers
	Final          Reason = "final"           // an answer that cannot be changed any more
	BadChoice      Reason = "bad-choice"      // not an option, or too few, or too many
	NamesOff       Reason = "names-off"       // this session takes no names
	NameNeeded     Reason = "name-needed"     // this session takes no questions without a name
	BadTime        Reason = "bad-time"        // an end before its start, or out of all bounds
	Incomplete     Reason = "incomplete"      // parts of an import are missing
	TooFast        Reason = "too-fast"        // over the rate of one person
	NotLive        Reason = "not-live"        // no such topic
	Erased         Reason = "erased"          // the topic has been erased
	StoreFull      Reason = "store-full"      // nothing can be stored now
	Unavailable    Reason = "unavailable"     // the store does not answer now
	BadPass        Reason = "bad-pass"        // the access link is broken, expired or revoked
	BadRequest     Reason = "bad-request"     // an HTTP request that says nothing we know
	TooBig         Reason = "too-big"         // a message or a body beyond its limit
	BadOrigin      Reason = "bad-origin"      // another site's page
	UnknownCode    Reason = "unknown-code"    // no conference or session has this code
	BadProgramme   Reason = "bad-programme"   // a file that cannot be imported
	Internal       Reason = "internal"        // our fault
	TooManySubs    Reason = "too-many-topics" // more topics than one connection may watch
	FirstHello     Reason = "hello-first"     // a frame before hello
	UnknownVersion Reason = "unknown-version" // a protocol version that is not spoken here
)
