package faults

import (
	"runtime"
	"time"
)

const (
	// patience is how long something may take that must come: long, since a test
	// must not fail because a machine is slow.
	patience = 2 * time.Minute
	// look is the pause before something is looked at again. Times that are found
	// out by looking are right to about that.
	look = 20 * time.Millisecond
	// settle is how long the audience waits for its last answers.
	settle = time.Minute
	// spareFiles is how many more files: the connections to its store that it has
	// made meanwhile and keeps, 64 to each server of a Redis for each of two pools.
	spareFiles = 135
	// maxBody bounds what is read from a node.
	maxBody = 64 << 20
)

// spareGoroutines is how many more a node may have at rest than at its start: a few,
// and those that have read from sockets and stay for the next ones.
func spareGoroutines() int { return 5 + 4*runtime.GOMAXPROCS(0) }
