// Package faults breaks what stands around Majlis, and its own processes, under
// the load of an audience, and looks whether the promises hold. It has the tests
// and what they share; the promises and what was measured are in deploy/faults.md.
//
// # Model
//
//	test ─┬─▶ House ──▶ Node × n   `majlis serve`, real processes on loopback: Kill, Pause, Stop, Start
//	      │     └──▶ store         a file, or a Redis of redistest, perhaps behind its Proxy
//	      ├─▶ Crowd ──▶ `swarm`    real clients with outboxes; goes from node to node; judges at the end
//	      └─▶ Took, Counted        a line of the table: what was promised, what was measured
//
// The binaries are built once for all tests of a run (see [Main]), without the race
// detector. Everything ends with the test, also when that is killed.
//
// # Promises
//
// [House.Judge] is the end of every test, and asks for what must always hold: I1
// nothing acknowledged is lost, I2 nothing counts twice (and [Linear]), I3 all nodes show the same
// document at the same place of the same history, I4 so does every phone, I5 the
// store's chain is whole, I6 goroutines and files are what they were.
//
// Times are measured against a clock that all processes share, from the history
// that the audience writes (one [Event] a command). They are printed, and compared
// with what is promised only with the build tag faults, as `make faults` does: every
// day no test fails because a machine is slow. With FAULTS_OUT=FILE each is a line of that file too.
//
// # Example
//
//	redis := redistest.Start(t)
//	h := faults.Open(t, redis.URL(), 2)
//	c := h.Crowd(60, 5*time.Second)
//	c.Await(100) // acknowledgements
//	down := time.Now()
//	redis.Kill()
//	redis.Restart()
//	back := time.Now()
//	r := c.End()
//	faults.Took(t, "F11", "back → first acknowledgement", r.Resumed(down, back), 2*time.Second)
//	h.Judge(c)
package faults
