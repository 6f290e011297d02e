package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/peterbourgon/ff/v3/ffcli"

	"majlis/hub/oplog"
)

// copyPage is how many entries are read, and put back, at once.
const copyPage = 1024

func copyCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var from, to string
	set := c.flags("majlis copy", stderr, "secret-file")
	set.StringVar(&from, "from", "", "store to copy: sqlite:FILE or redis://HOST:PORT")
	set.StringVar(&to, "to", "", "store to copy to; what it has already is passed over")
	return &ffcli.Command{
		Name:       "copy",
		ShortUsage: "majlis copy --from STORE --to STORE [flags]",
		ShortHelp:  "Copy a store into another one, and compare the digests.",
		LongHelp: "Copies every topic byte for byte, with its key: offsets, times and hashes stay,\n" +
			"so phones notice nothing. Both stores have one secret, so that access links stay\n" +
			"good: that of the store which is copied. Stop the servers first. A copy that was\n" +
			"interrupted goes on where it stopped. What was erased is erased in the copy too.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if from == "" || to == "" || from == to {
				return usageError{errors.New("copy: --from and --to name two stores")}
			}
			job, err := openCopy(ctx, from, to, c.secret)
			if err != nil {
				return err
			}
			err = job.all(ctx, stdout)
			return errors.Join(err, job.from.Close(), job.to.Close())
		},
	}
}

// copyJob is two open stores.
type copyJob struct {
	from, to store
	used     bool // nodes may write to the second one meanwhile
}

// openCopy opens both stores under the secret of the first.
func openCopy(ctx context.Context, from, to, secretFile string) (j copyJob, err error) {
	source, target := &config{store: from, secret: secretFile}, &config{store: to, secret: secretFile}
	at, err := source.place()
	if err != nil {
		return j, err
	}
	into, err := target.place()
	if err != nil {
		return j, err
	}
	if err := at.checkThere(); err != nil {
		return j, err
	}
	if _, err := os.Stat(at.secretFile(source)); err != nil {
		return j, fmt.Errorf("copy needs the secret of the store that is copied: %w", err)
	}
	if target.secret == "" {
		if target.secret, err = sameSecret(at.secretFile(source), into.secretFile(target)); err != nil {
			return j, err
		}
	}
	if j.from, _, err = at.open(ctx, source); err != nil {
		return j, fmt.Errorf("open --from: %w", err)
	}
	if j.to, _, err = into.open(ctx, target); err != nil {
		return j, errors.Join(fmt.Errorf("open --to: %w", err), j.from.Close())
	}
	return j, nil
}

// sameSecret puts a store's secret where the other one will look for it, unless
// there is one: whether it is the same is for the store to say.
func sameSecret(from, to string) (string, error) {
	text, err := os.ReadFile(from)
	if err != nil {
		return "", fmt.Errorf("read the server's secret: %w", err)
	}
	f, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		has, err := os.ReadFile(to)
		if err == nil && string(has) != string(text) {
			err = fmt.Errorf("%s holds another secret than %s: a copy has that of the store which is copied; move the file away, or name one for both with --secret-file", to, from)
		}
		return to, err
	}
	if err != nil {
		return "", fmt.Errorf("write the server's secret: %w", err)
	}
	_, err = f.Write(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return "", fmt.Errorf("write the server's secret: %w", err)
	}
	return to, nil
}

// all copies every topic, and folds both stores.
func (j copyJob) all(ctx context.Context, stdout io.Writer) error {
	n, err := j.topics(ctx, true)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(stdout, "%d entries of %d topics copied, %d topics are erased in the copy too; the digests are the same\n", n.entries, n.topics, n.erased)
	if err == nil && n.further > 0 {
		_, err = fmt.Fprintf(stdout, "but for %d topics in which nodes have gone on behind what was copied\n", n.further)
	}
	return err
}

// copied is how much.
type copied struct{ topics, entries, erased, further int }

// topics copies every topic, and compares each with the first store if that is at
// rest. What was erased is erased in the copy, before and after the others: some
// may go meanwhile.
func (j copyJob) topics(ctx context.Context, atRest bool) (n copied, err error) {
	if n.erased, err = j.erase(ctx); err != nil {
		return n, err
	}
	topics, err := allTopics(ctx, j.from.Topics)
	if err != nil {
		return n, err
	}
	for _, topic := range topics {
		entries, err := j.topic(ctx, topic)
		if err == nil && atRest {
			var further bool
			if further, err = j.compare(ctx, topic); further {
				n.further++
			}
		}
		if errors.Is(err, oplog.ErrGone) {
			continue
		}
		if err != nil {
			return n, fmt.Errorf("copy %s: %w", topic, err)
		}
		n.topics, n.entries = n.topics+1, n.entries+entries
	}
	n.erased, err = j.erase(ctx)
	return n, err
}

// erase erases in the copy what the first store has erased.
func (j copyJob) erase(ctx context.Context) (int, error) {
	gone, err := allTopics(ctx, j.from.Erased)
	for _, topic := range gone {
		if err := j.to.Erase(ctx, topic); err != nil {
			return 0, fmt.Errorf("erase %s in the copy: %w", topic, err)
		}
	}
	return len(gone), err
}

// topic copies one topic, its key first.
func (j copyJob) topic(ctx context.Context, topic oplog.Topic) (copied int, err error) {
	secret, err := j.from.TakeKey(ctx, topic)
	if err != nil {
		return 0, err
	}
	if err := j.to.GiveKey(ctx, topic, secret); err != nil {
		return 0, err
	}
	at, epoch := oplog.Position{}, ""
	for {
		entries, _, err := j.from.Read(ctx, topic, at, copyPage)
		if err != nil || len(entries) == 0 {
			return copied, err
		}
		if err := j.to.PutBack(ctx, topic, at, entries); err != nil {
			return copied, err
		}
		for i := range entries {
			if named, ok := oplog.EpochOf(&entries[i]); ok {
				epoch = named
			}
		}
		at = entries[len(entries)-1].Position(epoch)
		copied += len(entries)
	}
}

// compare holds heads and digests of a topic against each other. further says that
// the copy goes on behind the first store, in the same history.
func (j copyJob) compare(ctx context.Context, topic oplog.Topic) (further bool, err error) {
	var heads [2]oplog.Position
	var digests [2][32]byte
	for i, s := range []store{j.from, j.to} {
		h, err := s.Heads(ctx, []oplog.Topic{topic})
		if err != nil {
			return false, err
		}
		heads[i] = h[0]
		if _, digests[i], err = replayTopic(ctx, s, topic, false); err != nil {
			return false, err
		}
	}
	switch {
	case heads[0].Offset < heads[1].Offset && j.used:
		return true, j.to.PutBack(ctx, topic, heads[0], nil)
	case heads[0].Offset < heads[1].Offset:
		return false, fmt.Errorf("the copy has %d entries and goes on where the first store ends at %d: it has been used already", heads[1].Offset, heads[0].Offset)
	case heads[0] != heads[1] || digests[0] != digests[1]:
		return false, errors.New("the copy is not the same: was it written to meanwhile? Stop the servers and copy again")
	}
	return false, nil
}
