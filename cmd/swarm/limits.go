package main

import "time"

const (
	// joinWithin is how long the server may take to answer at all: it may be
	// starting.
	joinWithin = 15 * time.Second
	// dialWithin bounds one attempt to connect, writeWithin one write.
	dialWithin  = 10 * time.Second
	writeWithin = 10 * time.Second
	// answerWithin is after how long a command that was not answered is written
	// again on the same connection, as the web app does.
	answerWithin = 10 * time.Second
	// firstWait and longestWait bound the wait before another attempt to
	// connect; in between it doubles, with full jitter.
	firstWait   = 250 * time.Millisecond
	longestWait = 5 * time.Second
	// probeAfter is how much longer than announced a server may be silent
	// before a phone takes the line for dead.
	probeAfter = 4 * time.Second
	// beatUntilTold is the longest silence that is expected before the server
	// has said its own: that of the protocol's description.
	beatUntilTold = 20 * time.Second
	// maxOpen is how many unanswered commands a phone piles up before it waits:
	// half of the burst that the server allows one person.
	maxOpen = 10
	// echo is how seldom a phone writes the same command twice in a row, as one
	// does that doubts whether it got through.
	echo = 40
	// maxAsks is how many questions one phone asks: below the six a minute that
	// the server allows.
	maxAsks = 5
	// maxRate is how many commands a second a phone may be told to send: below
	// the five that the server allows.
	maxRate = 4
	// maxPhones is how many connections one process can have to one address: the
	// ports of one loopback address.
	maxPhones = 25_000
	// quietFor is how long the topic must stand still to count as quiet.
	quietFor = 400 * time.Millisecond
	// equalWithin is how long phones may take to show what the server shows, once
	// it is quiet.
	equalWithin = 10 * time.Second
	// sampleMine is of how many phones the own part is fetched over HTTP too.
	sampleMine = 200
	// maxBody bounds what is read over HTTP; a session's results are the largest.
	maxBody = 64 << 20
	// generation is how many things a cache holds before it forgets the older
	// half: a document of a full board has 200 KB.
	generation = 128
	// maxDetails is how many failures are told one by one.
	maxDetails = 20
	// moderatorPace is how often the moderator looks at the board, approveAtOnce
	// how many questions are approved each time.
	moderatorPace = 100 * time.Millisecond
	approveAtOnce = 20
)
