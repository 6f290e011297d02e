package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub/oplog/sqlitelog"
)

func restoreCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var from string
	var eraseKeyless bool
	set := c.flags("majlis restore", stderr, "store", "secret-file")
	set.StringVar(&from, "from", "", "file that `majlis backup` has written; FILE.keys lies beside it")
	set.BoolVar(&eraseKeyless, "erase-keyless", false, "erase the topics that have no key in FILE.keys, instead of stopping there")
	return &ffcli.Command{
		Name:       "restore",
		ShortUsage: "majlis restore --from FILE [flags]",
		ShortHelp:  "Fill an empty store of either kind from a backup, and compare the digests.",
		LongHelp: "Writes every topic as it was: offsets, times and hashes stay. It needs the secret\n" +
			"that the store had. What was\n" +
			"acknowledged after the backup is not in it; phones that saw more get the\n" +
			"whole document, and what they still hold they send again. A topic without a key\n" +
			"in FILE.keys has been erased since, or that file is older than the backup. A\n" +
			"restore that was interrupted goes on where it stopped.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if from == "" {
				return usageError{errors.New("restore: --from names the backup")}
			}
			return restore(ctx, &c, from, eraseKeyless, stdout)
		},
	}
}

func restore(ctx context.Context, c *config, from string, eraseKeyless bool, stdout io.Writer) error {
	p, err := c.place()
	if err != nil {
		return err
	}
	for _, name := range []string{from, from + ".keys"} {
		if _, err := os.Stat(name); err != nil {
			return fmt.Errorf("restore: %w (the keys are written beside a backup and kept apart: bring the newest back)", err)
		}
	}
	secret := p.secretFile(c)
	if _, err := os.Stat(secret); err != nil {
		return fmt.Errorf("restore needs the secret of the store that was backed up: %w; put it there, or say with --secret-file where it is", err)
	}
	job, err := openCopy(ctx, "sqlite:"+from, c.store, secret)
	if err != nil {
		return err
	}
	job.used = p.shared()
	if err = job.keyless(ctx, eraseKeyless); err == nil {
		err = job.all(ctx, stdout)
	}
	err = errors.Join(err, job.from.Close(), job.to.Close())
	_ = os.Remove(from + ".lock")
	return err
}

// keyless deals with topics of a backup whose keys are gone: nobody can read them.
func (j copyJob) keyless(ctx context.Context, erase bool) error {
	topics, err := j.from.(*sqlitelog.Log).Keyless(ctx)
	if err != nil || len(topics) == 0 {
		return err
	}
	if !erase {
		return fmt.Errorf("%d topics have no key in the file of keys, %s among them: they were erased after the backup was written, or that file is older than it; bring a newer one, or erase them with --erase-keyless", len(topics), topics[0])
	}
	for _, topic := range topics {
		if err := j.from.Erase(ctx, topic); err != nil {
			return fmt.Errorf("erase %s: %w", topic, err)
		}
	}
	return nil
}
