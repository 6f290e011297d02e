package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/redis/go-redis/v9/logging"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/sqlitelog"
	"majlis/hub/whisper"
)

// place is where a store lies: a file of this machine, or a Redis that other
// nodes use as well.
type place struct {
	file string // of the database; empty for a Redis
	url  string // of the Redis; empty for a file
	// watch is told what happens on the way to the store; may be nil.
	watch storeObserver
}

// storeObserver is told of either kind of store.
type storeObserver interface {
	redislog.Observer
	sqlitelog.Observer
}

// place reads --store.
func (c *config) place() (place, error) {
	kind, rest, ok := strings.Cut(c.store, ":")
	switch {
	case ok && kind == "sqlite" && rest != "":
		return place{file: rest}, nil
	case ok && strings.HasPrefix(kind, "redis"):
		if err := redislog.CheckURL(c.store); err != nil {
			return place{}, usageError{fmt.Errorf("--store: %w", err)}
		}
		return place{url: c.store}, nil
	}
	return place{}, usageError{fmt.Errorf("--store %q: want sqlite:FILE or redis://HOST:PORT", c.store)}
}

// shared reports whether other nodes may use the store at the same time.
func (p place) shared() bool { return p.url != "" }

// socket is where a server that holds the store alone answers the commands;
// empty where nobody needs to be asked.
func (p place) socket() string {
	if p.shared() {
		return ""
	}
	return p.file + ".sock"
}

// redisSecret is the secret's file where there is no store to lie beside.
const redisSecret = "majlis.secret"

// secretFile is where the server's secret lies.
func (p place) secretFile(c *config) string {
	switch {
	case c.secret != "":
		return c.secret
	case p.shared():
		return redisSecret
	}
	return p.file + ".secret"
}

// checkThere refuses a store that is not there for commands that only read.
func (p place) checkThere() error {
	if p.shared() {
		return nil // opening it finds out
	}
	if _, err := os.Stat(p.file); errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("there is no store at %s", filepath.Clean(p.file))
	}
	return nil
}

// store is what the program needs of a log, whatever its kind.
type store interface {
	oplog.Store
	oplog.Mover
	// Failed is closed when the store can take nothing more for good; nil for one
	// that may always come back.
	Failed() <-chan struct{}
	// Failure is why nothing can be acknowledged now; nil while it can.
	Failure() error
	// Check verifies everything.
	Check(ctx context.Context) (oplog.Report, error)
}

// open opens the store with its secret, and makes both where there are none.
func (p place) open(ctx context.Context, c *config) (store, []byte, error) {
	file := p.secretFile(c)
	if !p.shared() {
		secret, err := loadSecret(file, p.file)
		if err != nil {
			return nil, nil, err
		}
		s, err := sqlitelog.Open(ctx, sqlitelog.Config{Path: p.file, Secret: secret, Observer: p.watch})
		if err != nil {
			return nil, nil, err
		}
		return s, secret, nil
	}
	logging.Disable() // the driver's own lines; what matters is told by Failure
	_, err := os.Stat(file)
	fresh := errors.Is(err, os.ErrNotExist)
	secret, err := loadSecret(file, "")
	if err != nil {
		return nil, nil, err
	}
	s, err := redislog.Open(ctx, redislog.Config{URL: p.url, Secret: secret, Observer: p.watch})
	if err != nil && fresh {
		return nil, nil, errors.Join(err, fmt.Errorf("there was no secret at %s: bring the first node's, or say with --secret-file where it is", file), os.Remove(file))
	}
	if err != nil {
		return nil, nil, err
	}
	return redisStore{s}, secret, nil
}

// redisStore is a Redis log as the program needs it.
type redisStore struct{ *redislog.Log }

func (redisStore) Failed() <-chan struct{} { return nil }

func (s redisStore) Failure() error { return s.Health() }

func (s redisStore) Check(ctx context.Context) (oplog.Report, error) {
	var report oplog.Report
	return report, oplog.Audit(ctx, s.Log, &report)
}

// whispers carries what nodes tell each other; nil for a store that has one alone.
func whispers(s store) whisper.Bus {
	if r, ok := s.(redisStore); ok {
		return r.Log
	}
	return nil
}

// notes are what the operator should know that a store does not promise.
func notes(s store) []string {
	if r, ok := s.(redisStore); ok {
		return r.Notes()
	}
	return nil
}

// openStore opens the store that --store names.
func openStore(ctx context.Context, c *config) (store, error) {
	p, err := c.place()
	if err != nil {
		return nil, err
	}
	s, _, err := p.open(ctx, c)
	return s, err
}

// checkStore refuses a store that is not there for commands that only read.
func (c *config) checkStore() error {
	p, err := c.place()
	if err != nil {
		return err
	}
	return p.checkThere()
}
