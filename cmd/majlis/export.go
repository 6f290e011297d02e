package main

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"

	"github.com/peterbourgon/ff/v3/ffcli"
)

func exportCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	set := c.flags("majlis export", stderr, "store", "listen", "public-url", "secret-file")
	return &ffcli.Command{
		Name:       "export",
		ShortUsage: "majlis export [flags] > FILE",
		ShortHelp:  "Print everything in the store as JSON.",
		LongHelp: "Prints conferences, programmes, access links (without the links themselves),\n" +
			"questions, polls and their counts. Who asked and who voted what is not in it:\n" +
			"the store does not know. A server may hold the store meanwhile.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if err := c.checkStore(); err != nil {
				return err
			}
			log := slog.New(slog.NewTextHandler(stderr, nil))
			return withOffice(ctx, &c, log, func(ctx context.Context, o office) error {
				all, err := o.Export(ctx)
				if err != nil {
					return err
				}
				out := json.NewEncoder(stdout)
				out.SetEscapeHTML(false)
				out.SetIndent("", " ")
				return out.Encode(all)
			})
		},
	}
}
