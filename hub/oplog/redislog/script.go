package redislog

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/redis/go-redis/v9"

	"majlis/hub/oplog"
)

var (
	//go:embed write.lua
	writeText string
	//go:embed key.lua
	keyText string
	//go:embed blank.lua
	blankText string
	//go:embed save.lua
	saveText string
)

// script is one of the package's scripts.
type script struct{ text, sha string }

func newScript(text string) script { return script{text: text, sha: redis.NewScript(text).Hash()} }

// scripts are all there are. They are sent by their hash, and whole where the
// server does not know them (yet, or after a restart or failover).
type scripts struct{ write, key, blank, save script }

func loadScripts() scripts {
	return scripts{newScript(writeText), newScript(keyText), newScript(blankText), newScript(saveText)}
}

// once sends a script once to the server of a topic. With replicas it then waits
// on the same connection until they have confirmed it; if they have not, the error
// is unconfirmed, beside the answer: what was written may be lost with this
// server. Other errors: as [failure] has them.
func (l *Log) once(ctx context.Context, t *topic, s script, args []any) (any, error) {
	node, err := l.link.node(ctx, t.keys.log)
	if err != nil {
		return nil, failure(err)
	}
	reply, err := l.eval(ctx, node, t, s.sha, "EVALSHA", args)
	if redis.HasErrorPrefix(err, "NOSCRIPT") {
		reply, err = l.eval(ctx, node, t, s.text, "EVAL", args)
	}
	if moved(err) {
		l.link.moved(ctx)
	}
	return reply, failure(err)
}

func (l *Log) eval(ctx context.Context, node *redis.Client, t *topic, text, verb string, args []any) (any, error) {
	all := make([]any, 0, 3+7+len(args))
	all = append(all, verb, text, len(t.keys.all()))
	for _, k := range t.keys.all() {
		all = append(all, k)
	}
	all = append(all, args...)
	if l.replicas == 0 {
		return node.Do(ctx, all...).Result()
	}
	pipe := node.Pipeline()
	ran := pipe.Do(ctx, all...)
	// From Redis 7.2 on WAIT waits for what this connection wrote last, before for
	// what anybody had written until its last command: a script that only finds
	// something there writes nothing.
	pipe.Do(ctx, "SET", t.keys.mark, "", "PX", markTime.Milliseconds())
	wait := pipe.Do(ctx, "WAIT", l.replicas, replicaWait.Milliseconds())
	_, _ = pipe.Exec(ctx) // each command has its own error
	reply, err := ran.Result()
	if err != nil {
		return nil, err
	}
	// The script ran. Whatever is wrong from here on, also when Redis itself names
	// it (it has become a replica meanwhile), leaves the outcome open.
	confirmed, err := wait.Int()
	switch {
	case err != nil:
		return reply, unconfirmed("ask the replicas: " + err.Error())
	case confirmed < l.replicas:
		l.saw.Unconfirmed()
		return reply, unconfirmed(fmt.Sprintf("%d of %d replicas confirmed within %v: see that they run and keep up, or ask for fewer with replicas=N in the Redis URL", confirmed, l.replicas, replicaWait))
	}
	return reply, nil
}

// unconfirmed is why replicas may not have what a script wrote. The script's
// answer comes with it.
type unconfirmed string

func (u unconfirmed) Error() string { return string(u) }

// again calls do until it works, for as long as giveUp. do must be harmless to
// repeat. What an attempt left open stays open: the error is then ErrUnknown,
// whatever the later ones say.
func (l *Log) again(ctx context.Context, do func(context.Context) error) error {
	ctx, cancel := context.WithTimeout(ctx, giveUp)
	defer cancel()
	var open error
	for {
		err := do(ctx)
		if err == nil {
			return nil
		}
		if errors.Is(err, oplog.ErrUnknown) {
			if open == nil { // later ones may only have been cut short
				open = err
			}
		} else if !errors.Is(err, oplog.ErrUnavailable) && !errors.Is(err, oplog.ErrFull) {
			return err // an answer
		}
		if lasting(err) || !pause(ctx, l.closing, retryPause) {
			if open != nil {
				return open
			}
			return err
		}
	}
}

// pause waits up to limit, and reports whether there is time for one more
// attempt: one that is cut short would only leave its outcome open.
func pause(ctx context.Context, closing <-chan struct{}, limit time.Duration) bool {
	timer := time.NewTimer(limit/4 + rand.N(limit*3/4))
	defer timer.Stop()
	select {
	case <-timer.C:
		end, bounded := ctx.Deadline()
		return !bounded || time.Until(end) > lastAttempt
	case <-ctx.Done():
	case <-closing:
	}
	return false
}
