// Command swarm is a simulated audience: thousands of phones that join a
// session, ask, vote, answer polls, drop out and come back, and afterwards judge
// from outside whether everything that was acknowledged is there exactly once.
//
// Every phone is a real client: its own visitor, connection, outbox and cursors,
// by the rules of majlis.v1. What it holds is kept once for all phones that hold
// the same (see library), so that thousands fit into one process; what a phone
// would compute it still computes, or somebody with the same input did.
//
//	flags ─▶ swarm ─┬─ phone × n ─── line ─── the server
//	                ├─ moderator ─── line ───┘
//	                └─ judge ◀── documents and own parts, over HTTP and as the phones hold them
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

// The exit codes.
const (
	exitGood    = 0
	exitFailed  = 1 // a check failed, or the run was interrupted
	exitUsage   = 2
	exitNowhere = 3 // no phone ever connected
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the program: it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	c, err := parseFlags(args, stderr)
	switch {
	case errors.Is(err, flag.ErrHelp):
		return exitGood
	case err != nil:
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitUsage
	}
	taken, err := openHistory(c.history)
	if err != nil {
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitUsage
	}
	s := newSwarm(c, taken, stderr)
	evidence, err := s.run(ctx)
	err = errors.Join(err, taken.close())
	switch {
	case errors.Is(err, errNowhere):
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitNowhere
	case errors.Is(err, errPass):
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitUsage
	case err != nil:
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitFailed
	}
	v := judge(evidence)
	for _, line := range v.details(maxDetails) {
		fmt.Fprintln(stderr, "swarm:", line)
	}
	r := s.report(v)
	if err := r.write(stdout, c.json); err != nil {
		fmt.Fprintf(stderr, "swarm: %v\n", err)
		return exitFailed
	}
	if !r.good() {
		return exitFailed
	}
	return exitGood
}
