package sqlitelog

import (
	"errors"
	"fmt"
	"path/filepath"
	"time"
)

// Config says where a log lies.
type Config struct {
	// Path of the database file. Beside it lie <path>-wal and <path>-shm (of
	// SQLite), <path>.lock, <path>.keys and <path>.mark. The directory must exist.
	Path string
	// Secret of the server, 32 bytes: it wraps the topics' keys.
	Secret []byte
	// Now is the clock that stamps entries; nil for time.Now. The writer calls it.
	Now func() time.Time
	// Observer is told what the writer does; nil for nobody.
	Observer Observer
}

// Observer is told by the writer's goroutine, which waits for it: be quick.
type Observer interface {
	// Committed: one transaction with the entries of so many requests is on disk.
	Committed(requests, entries int, took time.Duration)
	// Checkpointed: pages of the WAL were copied to the database; left is how
	// many pages of it could not be, because readers stand on them.
	Checkpointed(pages, left int, took time.Duration)
}

type nobody struct{}

func (nobody) Committed(int, int, time.Duration)    {}
func (nobody) Checkpointed(int, int, time.Duration) {}

const secretSize = 32

// filled checks a configuration and fills in what was left out.
func (c Config) filled() (Config, error) {
	if c.Path == "" {
		return c, errors.New("the log needs the path of a database file")
	}
	if len(c.Secret) != secretSize {
		return c, fmt.Errorf("the server's secret has %d bytes, not %d: make one of %d random bytes and keep it", len(c.Secret), secretSize, secretSize)
	}
	abs, err := filepath.Abs(c.Path)
	if err != nil {
		return c, fmt.Errorf("path of the database: %w", err)
	}
	c.Path = abs
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Observer == nil {
		c.Observer = nobody{}
	}
	return c, nil
}
