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
	// maxScope is "conference/" with an id of 64 characters, and room to spare.
	maxScope = 80
	// maxTime is the year 3000, in milliseconds since 1970: beyond it stands a
	// mistake.
	maxTime = 32_503_680_000_000
)
