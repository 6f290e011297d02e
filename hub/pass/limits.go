package pass

import "time"

const (
	// SecretSize is how many bytes the server's secret has: the strength of
	// SHA-256.
	SecretSize = 32
	// MaxToken is how many bytes a pass may have. Ours have 400; one with a long
	// label 700. It is checked before anything is decoded.
	MaxToken = 4 << 10
	// MaxID is how many characters the id of a pass may have. Ours have 26; a
	// registration system may use UUIDs.
	MaxID = 64
	// MaxLabel is how many bytes the label of a pass may have: a name and a task.
	MaxLabel = 200
	// Leeway is how far the clocks of those who mint and those who verify may
	// differ, for the begin of a pass. Its end is exact.
	Leeway = 30 * time.Second
)
