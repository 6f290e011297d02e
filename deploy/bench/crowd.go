package main

import "majlis/deploy/bench/load"

// crowd is everybody who is connected to one server, and whoever publishes
// there. What differs between servers lies behind it.
type crowd interface {
	load.Handler
	// ready is how many connections are in, and know everything so far.
	ready() int
	// publish sends so many changes at once.
	publish(changes int) error
	// settled says whether every change that was sent has arrived at every
	// connection that reads.
	settled() bool
	// sleep says that a connection reads nothing, or does again.
	sleep(id int, on bool)
	// mark begins a stretch that is measured, stretch is what has arrived since.
	mark()
	stretch() ([]span, *ledger)
	// check says what is wrong with what has arrived at those that read.
	check() error
	// woken says how many of those that had slept were cut off meanwhile, and how
	// many have everything now.
	woken(slept func(id int) bool) (cut, exact float64)
	// close gives back what is not the pool's.
	close()
}
