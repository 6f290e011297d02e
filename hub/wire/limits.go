package wire

const (
	// MaxClientFrame is how many bytes a client's message may have: a question
	// of 2,000 bytes in JSON's longest spelling fits into 12,000, in any spelling
	// that a browser uses into 4,000.
	MaxClientFrame = 8 << 10
	// MaxServerMessage is how large a message a program should be ready to read:
	// a session's document has 256 KiB, a large congress's programme 2 MB.
	MaxServerMessage = 8 << 20
	// MaxEpoch is how many characters the name of a history may have; ours have
	// sixteen.
	MaxEpoch = 32
)
