package venue

import "time"

const (
	// OpenAhead is how long before its start a board opens by itself: people sit
	// down and ask before the first word.
	OpenAhead = 10 * time.Minute
	// usherEvery is how exact that is.
	usherEvery = 2 * time.Second
	// loadAtOnce is how many topics are folded at once at the start: one reads
	// ahead while the other folds.
	loadAtOnce = 2
	// listPage is how many topics are listed at once.
	listPage = 1000
	// MaxLinkHours is how long an access link may live: a conference with its
	// rehearsals and its aftermath.
	MaxLinkHours = 24 * 60
	// DefaultLinkHours is how long one lives that does not say: a long conference.
	DefaultLinkHours = 14 * 24
	// MaxLabel is how many bytes the label of an access link may have.
	MaxLabel = 120
)
