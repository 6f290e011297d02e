package frab

const (
	// MaxFile is the largest file in bytes: seven times the largest known (38c3).
	MaxFile = 16 << 20
	// MaxNodes is how many elements of XML or values of JSON a file has: ten times
	// those of 38c3, so that time and memory stay in proportion to a real file's.
	MaxNodes = 250_000
	// MaxDepth is how deep they are nested. Real files need 7.
	MaxDepth = 64
	// MaxText is the longest single text in bytes. The longest real one has 15,000.
	MaxText = 64 << 10
	// MaxWarnings is how many kinds of oddities are told; more of one kind are
	// counted.
	MaxWarnings = 50
	// maxQuote is how much of a file's own text an error repeats.
	maxQuote = 60
)
