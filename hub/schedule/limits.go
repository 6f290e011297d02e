package schedule

import "time"

const (
	// MaxCommandBytes is the largest command that is not an import: a message of
	// the wire has 8 KiB, and nothing that is asked for here needs more.
	MaxCommandBytes = 8 << 10
	// MaxPartBytes is the largest part of an import. A programme of megabytes as
	// one entry would hold up every other topic of a store while it is written.
	MaxPartBytes = 32 << 10
	// MaxPartItems is how many rooms and sessions one part carries, so that its
	// public part stays small beside its texts.
	MaxPartItems = 64
	// MaxParts is how many parts one import has: with MaxPartBytes what waits for
	// its commit has at most 32 MiB, twice the largest file that is read.
	MaxParts = 1_024

	// MaxSessions is how many sessions a programme has, cancelled ones included:
	// five times the largest known (38c3).
	MaxSessions = 5_000
	// MaxRooms is how many rooms: seven times the same.
	MaxRooms = 500
	// MaxDays is how many days: no conference lasts longer than a long exhibition.
	MaxDays = 60
	// MaxDocumentText is the text of all sessions in the document as JSON, so that
	// what every phone fetches stays a few hundred kilobytes once compressed.
	MaxDocumentText = 2 << 20
	// MaxDetailText is the text of all abstracts and descriptions, which stay in
	// memory: that of the largest file that is read.
	MaxDetailText = 16 << 20

	// MaxTitle bounds titles and subtitles in bytes as JSON; the longest real ones
	// have 193. It is five lines of a phone.
	MaxTitle = 1_000
	// MaxWord bounds tracks, types and names of rooms and speakers; the longest
	// real ones have 78.
	MaxWord = 240
	// MaxSpeakers bounds the people of one session; the longest real list has 9.
	MaxSpeakers = 24
	// MaxLanguage is for lists too ("de, en").
	MaxLanguage = 40
	// MaxURL is what browsers and proxies certainly take.
	MaxURL = 1_000
	// MaxZone is twice the longest name in the time zone database.
	MaxZone = 64
	// MaxProse is abstract and description together, as JSON: with all other
	// fields at their limits a session fits into one part. The longest real ones
	// have 15,587.
	MaxProse = 20 << 10

	// MaxAnnouncements is how many stand at once; the oldest goes for a new one.
	// Nobody reads more.
	MaxAnnouncements = 50
	// MaxAnnouncementsEver bounds the ids that are remembered as used.
	MaxAnnouncementsEver = 5_000
	// MaxAnnouncementChars and MaxAnnouncementBytes bound an announcement's text:
	// what a screen shows; the bytes hold that many characters of any script.
	MaxAnnouncementChars = 500
	MaxAnnouncementBytes = 2_000

	// MaxRedact is how many entries one command blanks: all parts of an import.
	MaxRedact = MaxParts

	// MaxDuration is how long a session lasts: an exhibition, not a typing error
	// in a year.
	MaxDuration = 31 * 24 * time.Hour
	// maxTime is the year 3000, in milliseconds since 1970: beyond it stands a
	// mistake.
	maxTime = 32_503_680_000_000
)
