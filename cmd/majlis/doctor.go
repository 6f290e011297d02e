package main

import (
	"context"
	"fmt"
	"io"
	"syscall"

	"github.com/peterbourgon/ff/v3/ffcli"
)

// adviseFiles is how many open files a hall of some thousand phones needs.
const adviseFiles = 65_536

func doctorCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	set := c.flags("majlis doctor", stderr, "store", "secret-file")
	return &ffcli.Command{
		Name:       "doctor",
		ShortUsage: "majlis doctor [flags]",
		ShortHelp:  "Check a store at rest, and this machine.",
		LongHelp: "Checks the file, every chain and every text's commitment, and names the first\n" +
			"thing that is not as it was written. Stop the server first, or check a backup; a\n" +
			"Redis may be in use meanwhile; what it does not promise is told, and which nodes\n" +
			"serve from it.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			checkFiles(stdout)
			if err := c.checkStore(); err != nil {
				return err
			}
			store, err := openStore(ctx, &c)
			if err != nil {
				return err
			}
			defer store.Close()
			for _, note := range notes(store) {
				fmt.Fprintf(stdout, "store: %s\n", note)
			}
			tellNodes(ctx, store, stdout)
			report, err := store.Check(ctx)
			if err != nil {
				return err
			}
			for _, p := range report.Problems {
				fmt.Fprintf(stdout, "store: %v\n", p)
			}
			if len(report.Problems) > 0 {
				return fmt.Errorf("the store is not as it was written: restore it from a backup")
			}
			fmt.Fprintf(stdout, "store: good; %d topics, %d entries and %d texts verified, %d texts redacted\n",
				report.Topics, report.Entries, report.Private, report.Blanked)
			return nil
		},
	}
}

func checkFiles(stdout io.Writer) {
	var limit syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &limit); err != nil {
		fmt.Fprintf(stdout, "open files: unknown (%v)\n", err)
		return
	}
	verdict := "good"
	if limit.Max < adviseFiles {
		verdict = fmt.Sprintf("low: each phone needs one; raise it to %d (LimitNOFILE in systemd)", adviseFiles)
	}
	fmt.Fprintf(stdout, "open files: %d, %s\n", limit.Max, verdict)
}
