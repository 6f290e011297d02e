package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/venue"
)

// What a generated store is like: the mix of a large hall.
const (
	generatedTopics = 8
	generatedPeople = 10_000
	generatedBatch  = 256
	generatedSeed   = 1
	// Of a thousand commands so many are questions, moderation, and answers to
	// polls; the rest are votes.
	askPermille, moderatePermille, answerPermille = 12, 14, 300
)

// generateStore fills a new store with commands that the fold accepts for the
// most part.
func generateStore(ctx context.Context, c *config, entries int, progress io.Writer) error {
	p, err := c.place()
	if err != nil {
		return err
	}
	if !p.shared() && p.checkThere() == nil {
		return fmt.Errorf("--generate makes a new store, and there is one at %s already", p.file)
	}
	store, err := openStore(ctx, c)
	if err != nil {
		return err
	}
	there, err := store.Topics(ctx, "", 1)
	if err == nil && len(there) > 0 {
		err = fmt.Errorf("--generate fills an empty store, and there is %s in this one", there[0])
	}
	if err != nil {
		return errors.Join(err, store.Close())
	}
	for i := range generatedTopics {
		n := entries/generatedTopics + btoi(i < entries%generatedTopics)
		topic := oplog.MakeTopic(oplog.KindSession, fmt.Sprintf("generated-%d", i+1))
		if err := generateTopic(ctx, store, topic, n, rand.New(rand.NewPCG(generatedSeed, uint64(i)))); err != nil {
			return errors.Join(err, store.Close())
		}
		fmt.Fprintf(progress, "\rgenerated %d of %d topics", i+1, generatedTopics)
	}
	fmt.Fprintln(progress)
	return store.Close()
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// generator makes the commands of one topic.
type generator struct {
	kind      hub.Kind
	key       *oplog.Key
	rng       *rand.Rand
	questions []string // all that were asked
	polls     []string
	counts    map[string]uint64 // commands of each device
}

func generateTopic(ctx context.Context, store hub.Store, topic oplog.Topic, entries int, rng *rand.Rand) error {
	key, err := store.Key(ctx, topic)
	if err != nil {
		return err
	}
	g := &generator{kind: venue.Kinds()[topic.Kind()], key: key, rng: rng, counts: map[string]uint64{}}
	var known oplog.Position
	drafts := g.opening()
	left := entries - 1 // the genesis entry
	for left > 0 {
		for len(drafts) < min(generatedBatch, left) {
			drafts = append(drafts, g.next())
		}
		drafts = drafts[:min(len(drafts), left)]
		got, err := store.Append(ctx, topic, known, drafts)
		if err != nil {
			return fmt.Errorf("generate %s: %w", topic, err)
		}
		known = got.Entries[len(got.Entries)-1].Position(got.Epoch)
		left -= len(drafts)
		drafts = drafts[:0:0]
	}
	return nil
}

// opening opens a board and three polls.
func (g *generator) opening() []oplog.Draft {
	out := []oplog.Draft{g.staff(`{"type":"board.open"}`)}
	for range 3 {
		id := g.id()
		g.polls = append(g.polls, id)
		out = append(out,
			g.staff(fmt.Sprintf(`{"type":"poll.create","id":%q,"title":"Which of these first?","kind":"single","options":["Energy","Water","Ports","Skills"]}`, id)),
			g.staff(fmt.Sprintf(`{"type":"poll.open","id":%q}`, id)))
	}
	return out
}

// next is one command of somebody.
func (g *generator) next() oplog.Draft {
	person := fmt.Sprintf("visitor:%d", g.rng.IntN(generatedPeople))
	switch dice := g.rng.IntN(1000); {
	case dice < askPermille || len(g.questions) == 0:
		id := g.id()
		g.questions = append(g.questions, id)
		return g.draft(person, oplog.Attendee, fmt.Sprintf(`{"type":"question.ask","id":%q,"text":"Question %d: what comes next, and who pays for it?","lang":"en"}`, id, len(g.questions)))
	case dice < askPermille+moderatePermille:
		verb := []string{"approve", "approve", "approve", "answer"}[g.rng.IntN(4)]
		return g.staff(fmt.Sprintf(`{"type":"question.%s","id":%q}`, verb, g.recent()))
	case dice < askPermille+moderatePermille+answerPermille:
		poll := g.polls[g.rng.IntN(len(g.polls))]
		return g.draft(person, oplog.Attendee, fmt.Sprintf(`{"type":"poll.vote","id":%q,"choice":[%d]}`, poll, 1+g.rng.IntN(4)))
	}
	return g.draft(person, oplog.Attendee, fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`, g.recent(), g.rng.IntN(10) > 0))
}

// recent is one of the last questions: where the hall looks.
func (g *generator) recent() string {
	n := min(len(g.questions), 100)
	return g.questions[len(g.questions)-1-g.rng.IntN(n)]
}

func (g *generator) staff(raw string) oplog.Draft {
	return g.draft("pass:generated", oplog.Moderator, raw)
}

func (g *generator) draft(person string, role oplog.Role, raw string) oplog.Draft {
	c, reason := g.kind.Prepare(json.RawMessage(raw), g.key)
	if reason != "" {
		panic(fmt.Sprintf("generated command is refused as %s: %s", reason, raw))
	}
	c.Actor = oplog.Actor{ID: g.key.Pseudonym(person), Role: role}
	g.counts[person]++
	copy(c.Device[:], person)
	c.N = g.counts[person]
	return oplog.Draft{Rules: g.kind.Rules, Public: c.EncodePublic(), Sealed: g.key.Seal(c.Private)}
}

const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

func (g *generator) id() string {
	b := []byte("01J00000000000000000000000")
	for i := 10; i < len(b); i++ {
		b[i] = crockford[g.rng.IntN(len(crockford))]
	}
	return string(b)
}
