package strict

const (
	// MaxDepth is how many objects and arrays may stand inside one another. The
	// deepest command, a part of an import, has four levels; a parser's stack must
	// not follow a client.
	MaxDepth = 8
	// MaxMembers is how many members one object may have: the largest, a session
	// in an import, has fifteen, and looking for doubles costs the square of this.
	MaxMembers = 32
	// MaxNumber is the largest number: 2^53 − 1, beyond which JavaScript's numbers
	// are no longer exact.
	MaxNumber = 1<<53 - 1
	// MaxMarks is how many combining marks a letter keeps. Real scripts stack
	// fewer; more of them paint over the lines above and below.
	MaxMarks = 4
)
