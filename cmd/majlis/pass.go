package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"text/tabwriter"
	"time"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub/oplog"
	"majlis/hub/venue"
)

// passFlags are the flags of the pass command.
type passFlags struct {
	config
	role, scope, conference, label, revoke string
	hours                                  int
	list                                   bool
}

func passCommand(stdout, stderr io.Writer) *ffcli.Command {
	var f passFlags
	set := f.flags("majlis pass", stderr, "store", "listen", "public-url", "secret-file", "json")
	set.StringVar(&f.role, "role", "", "moderator, screen, organiser or operator")
	set.StringVar(&f.scope, "scope", "", "how far it reaches: session/ID, room/ID or conference/ID (default: the only conference)")
	set.StringVar(&f.conference, "conference", "", "id of the conference, where there are several")
	set.StringVar(&f.label, "label", "", "a note for the list, like a name")
	set.IntVar(&f.hours, "hours", 0, "how long it lives (default: 336, two weeks)")
	set.BoolVar(&f.list, "list", false, "list the access links instead")
	set.StringVar(&f.revoke, "revoke", "", "end the access link with this id instead")
	return &ffcli.Command{
		Name:       "pass",
		ShortUsage: "majlis pass --role ROLE --scope SCOPE [flags] | --list | --revoke ID",
		ShortHelp:  "Make, list and revoke access links.",
		LongHelp:   "Whoever has an access link has its role. A server may hold the store meanwhile.",
		FlagSet:    set,
		Options:    options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			role, err := oplog.ParseRole(f.role)
			if !f.list && f.revoke == "" && (err != nil || role == oplog.Attendee) {
				return usageError{errors.New("pass: --role wants moderator, screen, organiser or operator")}
			}
			if err := f.checkStore(); err != nil {
				return err
			}
			log := slog.New(slog.NewTextHandler(stderr, nil))
			return withOffice(ctx, &f.config, log, func(ctx context.Context, o office) error {
				return f.do(ctx, o, role, stdout)
			})
		},
	}
}

func (f *passFlags) do(ctx context.Context, o office, role oplog.Role, stdout io.Writer) error {
	switch {
	case f.list:
		passes, err := o.Passes(ctx, f.conference)
		if err != nil {
			return err
		}
		return f.printList(passes, stdout)
	case f.revoke != "":
		return o.Revoke(ctx, f.revoke)
	}
	link, err := o.Mint(ctx, venue.Wanted{
		Conference: f.conference, Role: role, Scope: f.scope, Label: f.label,
		Hours: f.hours, Person: venue.Person,
	})
	if err != nil {
		return err
	}
	if f.json {
		return json.NewEncoder(stdout).Encode(link)
	}
	_, err = fmt.Fprintln(stdout, link.Link)
	return err
}

func (f *passFlags) printList(passes []venue.Pass, stdout io.Writer) error {
	if f.json {
		return json.NewEncoder(stdout).Encode(passes)
	}
	w := tabwriter.NewWriter(stdout, 0, 4, 2, ' ', 0)
	fmt.Fprintln(w, "ID\tROLE\tSCOPE\tUNTIL\tSTATE\tLABEL")
	for _, p := range passes {
		state := "good"
		switch {
		case p.Revoked != 0:
			state = "revoked"
		case p.Until < time.Now().UnixMilli():
			state = "expired"
		}
		until := time.UnixMilli(p.Until).Format("2006-01-02 15:04")
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.Role, p.Scope, until, state, p.Label)
	}
	return w.Flush()
}
