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
	// MaxMerged and MaxMergedText bound what was merged into others: moderators
	// see it and can take it out again.
	MaxMerged     = 1_000
	MaxMergedText = 256 << 10
	// MaxMembers is how many questions are merged into one: everybody's document
	// names them.
	MaxMembers = 200
	// MaxQuestions is how many questions a session ever takes, so that asking and
	// withdrawing in turn has an end.
	MaxQuestions = 20_000
	// MaxPendingEach keeps one person from filling the moderators' queue.
	MaxPendingEach = 20
	// MaxAskedEach bounds the part of the document that is one person's own.
	MaxAskedEach = 100
	// MaxReplyChars and MaxReplyBytes bound an answer in writing and the text that
	// welcomes people: what a phone shows without scrolling far.
	MaxReplyChars = 1_000
	MaxReplyBytes = 4_000
	// MaxNoteChars and MaxNoteBytes bound what a moderator notes beside a
	// dismissal: one sentence for the colleagues.
	MaxNoteChars = 200
	MaxNoteBytes = 800
	// MaxTexts is how many texts one question ever has, wordings, answers and
	// notes: moderators are told the offset of each.
	MaxTexts = 60
	// MaxLabels is how many labels a session has. More are not read; a question's
	// labels are a set of 32 bits.
	MaxLabels = 20
	// MaxLabelChars and MaxLabelBytes bound a label's name: one chip.
	MaxLabelChars = 20
	MaxLabelBytes = 80
	// MaxLangs is how many languages the balance tells apart: askers say what
	// theirs is, and may say anything.
	MaxLangs = 20
	// MaxTargets is how many languages a session is translated into: those of a
	// large summit, and two more.
	MaxTargets = 8
	// MaxRenderings is how many languages one question is ever translated into.
	MaxRenderings = 12
	// LockMs is how long whoever takes a translation has it, in milliseconds: what
	// one needs for a question, and no longer than others can wait.
	LockMs = 120_000
	// MaxStageNoteChars and MaxStageNoteBytes bound a note to the stage: what is
	// read at a glance, from two metres.
	MaxStageNoteChars = 200
	MaxStageNoteBytes = 800
	// MaxStageNotes is how many notes a session takes, and MaxStageNotesShown how
	// many of them stand in documents: the stage reads the newest.
	MaxStageNotes      = 500
	MaxStageNotesShown = 20
	// MaxBulk is how many questions one command names: as many as one can have
	// looked at, and a message of the wire has room for.
	MaxBulk = 100
	// MaxSteps and MaxStepChanges bound what can be taken back: the newest steps,
	// and how many questions they changed in all. One that clears the board
	// changes up to 2,000.
	MaxSteps       = 300
	MaxStepChanges = 10_000
	// MaxResets is how often a session begins anew: all that was put away is kept,
	// so that it can be put back.
	MaxResets = 20
	// MaxDesires is how many commands wait for a second moderator, beside those
	// that have a place of their own: what two people can talk about.
	MaxDesires = 20
	// MaxStaff is how many moderators are told apart.
	MaxStaff = 200
	// MaxTime is the end of all times that anybody may name, the year 9999.
	MaxTime = 253_402_300_799_000
	// MaxEdits is how often one question may be reworded: moderators are told the
	// offset of each wording.
	MaxEdits = 20

	// MaxPolls is how many polls a session has, drafts included; all of them
	// stand in the moderators' document.
	MaxPolls = 100
	// MaxPollsMade counts those, too, whose making was taken back: they wait to be
	// made again, and making and taking back in turn has an end.
	MaxPollsMade = 400
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

	// MaxScale is the largest scale: 0 to 10.
	MaxScale = 11
	// AllPoints is what each person has to give in a poll of points.
	AllPoints = 100
	// MaxNumber and MaxDecimals bound a number that is guessed: the inhabitants of
	// the earth, or a millionth of something. JavaScript counts them exactly.
	MaxNumber   = 1_000_000_000_000
	MaxDecimals = 6
	// MaxBins is how many columns a histogram has on a screen.
	MaxBins = 20
	// MaxSecs is the longest countdown: a day, for polls between two sessions.
	MaxSecs = 86_400
	// GraceMs is how long answers are taken after the end that people were shown,
	// in milliseconds: so long may one be under way in a full hall.
	GraceMs = 2_000
	// MaxRounds is how many rounds of a poll are kept beside the present one. More
	// columns than that nobody compares.
	MaxRounds = 10
	// MaxRoundText is how many bytes as JSON the words of one round that is over
	// take in a document, of the MaxCloud that are most frequent: ten such rounds
	// leave room for the rest of a session's 256 KiB.
	MaxRoundText = 12 << 10
	// MaxSurvey is how many questions a survey has: a form that some people finish.
	MaxSurvey = 60
	// MaxWordsEach is how many texts or words one person has in a poll, and
	// DefaultWords how many if it is not said.
	MaxWordsEach = 5
	DefaultWords = 3
	// MaxWordChars and MaxWordBytes bound a word of a cloud, MaxOpenChars and
	// MaxOpenBytes an open text: a line of the screen, and three.
	MaxWordChars = 40
	MaxWordBytes = 160
	MaxOpenChars = 280
	MaxOpenBytes = 1_120
	// MaxTerms and MaxSpellings bound what one poll learns: different words, and ways
	// to write one. They fit a moderator's page.
	MaxTerms     = 2_000
	MaxSpellings = 20
	// MaxTermText is the text of what all polls have learned in bytes as JSON, for
	// the same reason as MaxLiveText.
	MaxTermText = 256 << 10
	// MaxTries is how often one person gives words in one poll: each time brings
	// texts to be kept, and a flood of one must not fill the room.
	MaxTries = 10
	// MaxCloud is how many words a cloud shows; of those that wait or are held,
	// moderators see as many.
	MaxCloud = 100
	// MaxToldTexts is how many open texts those who answered are told alone: each
	// has a copy of its own, sent again when one more comes.
	MaxToldTexts = 30
	// MaxTermOffsets is how many entries that brought a word moderators are told
	// at once; when those are blanked, the next ones.
	MaxTermOffsets = 5
	// MaxScore is what a right answer of a quiz brings, bonusSteps how finely the
	// time is told.
	MaxScore   = 1_000
	bonusSteps = 20
	// MaxLeaders is how many names stand on the leaderboard, and MaxScores how many
	// different scores people can find their rank among.
	MaxLeaders = 20
	MaxScores  = 200
	// MaxTeams is how many teams play.
	MaxTeams = 20
	// MaxPlayers is how many people give themselves a name in a quiz.
	MaxPlayers = 20_000
	// MaxValue is the longest answer as it is kept, in bytes: places or points of
	// twenty options, or five numbers.
	MaxValue = 32

	// MaxRedact is how many texts one command blanks: as many as one person can
	// have asked.
	MaxRedact = 100

	// MaxPage is how many archived questions are read at once.
	MaxPage = 200
)
