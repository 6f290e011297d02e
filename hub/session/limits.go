package session

const (
	// MaxCommandBytes is the largest command as JSON: a message of the wire has
	// 8 KiB, and nothing that is asked for here needs more.
	MaxCommandBytes = 8 << 10

	// MaxTextChars and MaxTextBytes bound a question. What is longer is not read
	// out; the bytes hold 500 characters of any script, but not 500 stacks of
	// combining marks.
	MaxTextChars = 500
	MaxTextBytes = 2_000
	// MaxNameChars and MaxNameBytes bound the name under a question: one line of
	// a phone.
	MaxNameChars = 40
	MaxNameBytes = 160
	// MaxLang is the length of a primary language subtag (BCP 47).
	MaxLang = 8

	// MaxLive is how many questions stand on the board, answered ones included.
	// It is what a phone can hold and scroll through.
	MaxLive = 1_000
	// MaxLiveText is their text in bytes as JSON, so that a document that ten
	// thousand phones fetch at once stays small.
	MaxLiveText = 256 << 10
	// MaxPending and MaxPendingText bound in the same way what waits for a
	// moderator, so that a flood fills no memory and no moderator's page.
	MaxPending     = 1_000
	MaxPendingText = 256 << 10
	// MaxDismissed and MaxDismissedText bound what a moderator can still restore.
	// Older ones are archived: nobody looks for them.
	MaxDismissed     = 500
	MaxDismissedText = 256 << 10
	// MaxQuestions is how many questions a session ever takes, so that asking and
	// withdrawing in turn has an end.
	MaxQuestions = 20_000
	// MaxPendingEach keeps one person from filling the moderators' queue.
	MaxPendingEach = 20
	// MaxAskedEach bounds the part of the document that is one person's own.
	MaxAskedEach = 100
	// MaxEdits is how often one question may be reworded: moderators are told the
	// offset of each wording.
	MaxEdits = 20

	// MaxPolls is how many polls a session has, drafts included; all of them
	// stand in the moderators' document.
	MaxPolls = 100
	// MaxOpenPolls is how many take answers at once: each has a tally that moves.
	MaxOpenPolls = 20
	// MaxPollText is the text of all polls in bytes as JSON, for the same reason
	// as MaxLiveText.
	MaxPollText = 256 << 10
	// MinOptions and MaxOptions bound a poll's options: fewer ask nothing, more do
	// not fit a screen (and a choice is a set of 32 bits).
	MinOptions = 2
	MaxOptions = 20
	// MaxTitleChars … MaxOptionBytes bound a poll's texts: what a screen at the
	// far end of a hall can show.
	MaxTitleChars  = 255
	MaxTitleBytes  = 1_020
	MaxOptionChars = 200
	MaxOptionBytes = 800

	// MaxRedact is how many texts one command blanks: as many as one person can
	// have asked.
	MaxRedact = 100

	// MaxPage is how many archived questions are read at once.
	MaxPage = 200
)
