package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub/oplog"
)

func skipCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var s skip
	set := c.flags("majlis skip", stderr, "store", "listen", "public-url", "secret-file")
	set.Func("topic", "topic of the entry, like session/opening", func(text string) (err error) {
		s.Topic, err = oplog.ParseTopic(text)
		return err
	})
	set.Uint64Var((*uint64)(&s.Offset), "offset", 0, "the entry's offset")
	return &ffcli.Command{
		Name:       "skip",
		ShortUsage: "majlis skip --topic TOPIC --offset N [flags]",
		ShortHelp:  "Leave an entry out that cannot be folded.",
		LongHelp: "A topic that holds an entry on which the program fails is not served; the server's\n" +
			"log names both. This writes into the log that the entry is to be left out. The\n" +
			"topic is then folded anew, on every node, as if the entry had been refused. It\n" +
			"cannot be undone; try a newer version of the program first.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if s.Topic == "" || s.Offset == 0 {
				return usageError{errors.New("skip: --topic and --offset name the entry")}
			}
			if err := c.checkStore(); err != nil {
				return err
			}
			log := slog.New(slog.NewTextHandler(stderr, nil))
			return withOffice(ctx, &c, log, func(ctx context.Context, o office) error {
				if err := o.Skip(ctx, s); err != nil {
					return err
				}
				_, err := fmt.Fprintf(stdout, "%s is folded without the entry at %d\n", s.Topic, s.Offset)
				return err
			})
		},
	}
}

// skip is an entry to be left out.
type skip struct {
	Topic  oplog.Topic
	Offset oplog.Offset
}
