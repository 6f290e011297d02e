package conference

const (
	// MaxCommandBytes is the largest command, as JSON.
	MaxCommandBytes = 8 << 10
	// MaxPasses is how many access links stand in the list: several for each room
	// of the largest congress. Ended ones go first when room is needed.
	MaxPasses = 1000
	// MaxLabel is the longest label of an access link, in bytes.
	MaxLabel = 120
	// MaxScope is the longest scope, in bytes: a kind and an id.
	MaxScope = 80
	// codeLen is how many signs a join code has.
	codeLen = 6
)
