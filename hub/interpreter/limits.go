package interpreter

import "time"

const (
	// Every is how often it is looked what is lacking: a translation that comes a
	// second later is still there before a question is read out.
	Every = time.Second
	// AtOnce is how many texts are under way: a translator on the same machine must
	// not take it over.
	AtOnce = 2
	// Timeout is how long an answer may take: a model on a small machine is slow,
	// one that hangs must not hold a place for ever.
	Timeout = 20 * time.Second
	// MaxAnswer is how much of an answer is read, in bytes: a question has 2,000,
	// six of JSON each at most, and some around it.
	MaxAnswer = 32 << 10
	// DefaultPerMinute is how many texts are sent a minute: translators are paid by
	// the letter.
	DefaultPerMinute = 60
	// FirstRest and LongestRest bound how long what failed is left alone.
	FirstRest   = 10 * time.Second
	LongestRest = 10 * time.Minute
	// MaxFailed is how many failures are remembered; beyond it all are forgotten.
	MaxFailed = 1_000
)
