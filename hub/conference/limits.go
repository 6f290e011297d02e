package conference

const (
	// MaxCommandBytes is the largest command as JSON: a message of the wire has
	// 8 KiB, and nothing that is asked for here needs more.
	MaxCommandBytes = 8 << 10
	// MaxPasses is how many passes are good at once: every room of a summit with
	// its moderators, translators and screens, ten times over.
	MaxPasses = 1_000
	// MaxTitle bounds a conference's title in bytes: five lines of a phone.
	MaxTitle = 1_000
	// MaxLabel bounds in bytes what an organiser writes beside a pass.
	MaxLabel = 240
	// MaxID bounds the id of a pass: a UUID, a ULID, or a registration system's
	// own.
	MaxID = 64
	// MinCode and MaxCode bound a join code: what is typed from a screen.
	MinCode, MaxCode = 4, 12
	// MaxWords is how many words one command brings, and MaxWord how long one is in
	// bytes: what fits a message of the wire.
	MaxWords = 400
	MaxWord  = 80
	// MaxWordParts is in how many parts a language's list comes, and MaxWordLists
	// how many parts there are in all: 20,000 words in six languages.
	MaxWordParts = 99
	MaxWordLists = 200
	// maxLang is the length of a primary language subtag (BCP 47).
	maxLang = 8
	// maxScope is "conference/" with an id of 64 characters, and room to spare.
	maxScope = 80
	// maxTime is the year 3000, in milliseconds since 1970: beyond it stands a
	// mistake.
	maxTime = 32_503_680_000_000
)
