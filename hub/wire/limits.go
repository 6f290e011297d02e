package wire

const (
	// MaxClientFrame is how many bytes a client's message may have: a question
	// of 2,000 bytes in JSON's longest spelling fits into 12,000, in any spelling
	// that a browser uses into 4,000.
	MaxClientFrame = 8 << 10
	// MaxServerMessage is how large a message a program should be ready to read:
	// a session's document has 256 KiB, a large congress's programme 2 MB.
	MaxServerMessage = 8 << 20
	// MaxDepth is how many objects and arrays may stand inside one another. The
	// deepest frame has three levels; a parser's stack must not follow a client.
	MaxDepth = 8
	// MaxMembers is how many members one object may have: the largest command
	// has ten, and looking for doubles costs the square of this.
	MaxMembers = 32
	// MaxNumber is the largest number: 2^53 − 1, beyond which JavaScript's
	// numbers are no longer exact.
	MaxNumber = 1<<53 - 1
	// MaxEpoch is how many characters the name of a history may have; ours have
	// sixteen.
	MaxEpoch = 32
	// MaxReaction is how many characters the name of a reaction may have.
	MaxReaction = 16
)
