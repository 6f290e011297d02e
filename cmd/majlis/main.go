// Command majlis runs a live-session hub and the tools around its store.
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

	"github.com/peterbourgon/ff/v3/ffcli"
)

// version is set when the binary is built.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// The exit codes, as scripts see them.
const (
	exitOK     = 0
	exitFailed = 1
	exitUsage  = 2
)

// errSaid is a failure that has been printed already.
var errSaid = errors.New("failed")

// usageError is a mistake in how a command was called.
type usageError struct{ error }

// run is the program: what it prints and how it ends.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := rootCommand(stdout, stderr)
	if err := root.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return exitOK
		}
		fmt.Fprintf(stderr, "majlis: %v\n", err)
		return exitUsage
	}
	err := root.Run(ctx)
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, flag.ErrHelp), errors.As(err, &usage):
		if usage.error != nil {
			fmt.Fprintf(stderr, "majlis: %v\n", usage.error)
		}
		return exitUsage
	case !errors.Is(err, errSaid):
		fmt.Fprintf(stderr, "majlis: %v\n", err)
	}
	return exitFailed
}

func rootCommand(stdout, stderr io.Writer) *ffcli.Command {
	set := flag.NewFlagSet("majlis", flag.ContinueOnError)
	set.SetOutput(stderr)
	return &ffcli.Command{
		Name:       "majlis",
		ShortUsage: "majlis <command> [flags]",
		ShortHelp:  "A self-hosted live-session hub for conferences and summits.",
		LongHelp: "Every flag can also be set in the environment (--public-url is MAJLIS_PUBLIC_URL)\n" +
			"or in a file given with --config, one \"flag value\" a line.",
		FlagSet: set,
		Subcommands: []*ffcli.Command{
			serveCommand(stdout, stderr), importCommand(stdout, stderr), exportCommand(stdout, stderr),
			passCommand(stdout, stderr), replayCommand(stdout, stderr), doctorCommand(stdout, stderr),
			copyCommand(stdout, stderr), backupCommand(stdout, stderr), restoreCommand(stdout, stderr),
			skipCommand(stdout, stderr),
		},
		Exec: func(_ context.Context, args []string) error {
			if len(args) > 0 {
				return usageError{fmt.Errorf("there is no command %q; `majlis` alone lists them", args[0])}
			}
			return flag.ErrHelp
		},
	}
}
