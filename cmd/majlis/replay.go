package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/peterbourgon/ff/v3/ffcli"
	"golang.org/x/sync/errgroup"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/venue"
)

func replayCommand(stdout, stderr io.Writer) *ffcli.Command {
	var c config
	var generate int
	var snapshots bool
	set := c.flags("majlis replay", stderr, "store", "secret-file", "json")
	set.IntVar(&generate, "generate", 0, "first make a new store with so many entries of 10,000 people (not counted in the time)")
	set.BoolVar(&snapshots, "snapshots", false, "begin at the snapshots, as a server does, instead of at the first entry")
	return &ffcli.Command{
		Name:       "replay",
		ShortUsage: "majlis replay [flags]",
		ShortHelp:  "Fold a store at rest from its first entry, and print the digest.",
		LongHelp: "Reads every entry, checks the chain, and folds it. Two replays of one store print\n" +
			"one digest. Where the chain breaks the topic and the offset are named.",
		FlagSet: set,
		Options: options(set),
		Exec: func(ctx context.Context, args []string) error {
			if err := noArguments(args); err != nil {
				return err
			}
			if generate < 0 {
				return usageError{fmt.Errorf("--generate %d: want a number of entries", generate)}
			}
			if generate > 0 {
				if err := generateStore(ctx, &c, generate, stderr); err != nil {
					return err
				}
			}
			if err := c.checkStore(); err != nil {
				return err
			}
			r, err := replayStore(ctx, &c, snapshots)
			if err != nil {
				return err
			}
			return r.print(stdout, c.json)
		},
	}
}

// replayReport is what a replay says.
type replayReport struct {
	Topics  int     `json:"topics"`
	Entries int     `json:"entries"`
	Seconds float64 `json:"seconds"`
	Digest  string  `json:"digest"`
}

func (r replayReport) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	_, err := fmt.Fprintf(w, "%d entries of %d topics in %.2f s\ndigest %s\n", r.Entries, r.Topics, r.Seconds, r.Digest)
	return err
}

// replayStore opens, reads, verifies and folds everything.
func replayStore(ctx context.Context, c *config, snapshots bool) (r replayReport, err error) {
	start := time.Now()
	store, err := openStore(ctx, c)
	if err != nil {
		return r, err
	}
	defer store.Close()
	topics, err := allTopics(ctx, store.Topics)
	if err != nil {
		return r, err
	}
	digests := make([][32]byte, len(topics))
	var mu sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, topic := range topics {
		group.Go(func() error {
			entries, digest, err := replayTopic(ctx, store, topic, snapshots)
			mu.Lock()
			defer mu.Unlock()
			r.Entries += entries
			digests[i] = digest
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return r, err
	}
	sum := sha256.New()
	for i, topic := range topics {
		fmt.Fprintf(sum, "%s %x\n", topic, digests[i])
	}
	r.Topics, r.Seconds, r.Digest = len(topics), time.Since(start).Seconds(), hex.EncodeToString(sum.Sum(nil))
	return r, nil
}

func replayTopic(ctx context.Context, store hub.Store, topic oplog.Topic, snapshots bool) (entries int, digest [32]byte, err error) {
	kind, ok := venue.Kinds()[topic.Kind()]
	if !ok {
		return 0, digest, fmt.Errorf("replay %s: %w", topic, hub.ErrNoKind)
	}
	key, err := store.Key(ctx, topic)
	if err != nil {
		return 0, digest, err
	}
	m, from := kind.New(topic), hub.Folded{Rules: kind.Rules}
	if snapshots {
		m, from = hub.Restore(ctx, store, key, topic, kind)
	}
	m, at, err := hub.Replay(ctx, store, key, topic, kind, m, from)
	return at.Entries, m.Digest(), err
}

// listPage is how many topics are listed at once.
const listPage = 1000

// allTopics is everything that a store lists, page by page.
func allTopics(ctx context.Context, list func(ctx context.Context, after oplog.Topic, limit int) ([]oplog.Topic, error)) ([]oplog.Topic, error) {
	var all []oplog.Topic
	for after := oplog.Topic(""); ; after = all[len(all)-1] {
		page, err := list(ctx, after, listPage)
		if err != nil {
			return nil, fmt.Errorf("list topics: %w", err)
		}
		all = append(all, page...)
		if len(page) < listPage {
			return all, nil
		}
	}
}
