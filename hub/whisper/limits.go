package whisper

import "time"

const (
	// Beat is how often a node says what has changed: four times a second, so that
	// applause is seen everywhere well within one.
	Beat = 250 * time.Millisecond
	// wholeEvery is how many beats lie between two whole words.
	wholeEvery = 4
	// FadeAfter is how long a node is remembered that says nothing: two whole words
	// may be lost on the way, and with the beat on which it is noticed a node that
	// died is forgotten within three seconds.
	FadeAfter = 2500 * time.Millisecond
	// goodbyeWait is how long a node that stops tries to say so.
	goodbyeWait = 500 * time.Millisecond
	// maxWord bounds a word, in bytes: two thousand topics with people in them. Redis
	// copies it to each node once a second.
	maxWord = 512 << 10
	// MaxTopics bounds the topics of one word; what is beyond is not told.
	MaxTopics = 2000
	// MaxSpent bounds the people of one word whose spending is told, and so what a
	// crowd that floods its nodes costs the others.
	MaxSpent = 1000
	// maxNodes bounds the nodes that are remembered.
	maxNodes = 64
	// maxName bounds a node's id, name and version, in bytes: a host name has 253.
	maxName = 280
	// maxCount bounds every number in a word: no hall is as large, and sums of them
	// do not overflow.
	maxCount = 10_000_000
	// hearing is how many words may wait to be heard before they are dropped.
	hearing = 256
)
