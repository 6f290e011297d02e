package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"sync"
	"time"
)

// renewEvery is how soon a certificate that was replaced on disk is served.
const renewEvery = time.Minute

// certificate is a key pair that is read again when its file has changed.
type certificate struct {
	// static
	cert, key string
	log       *slog.Logger

	mu     sync.Mutex
	pair   *tls.Certificate
	read   time.Time // the file's time
	looked time.Time
}

// secure is how TLS is ended here; nil when a proxy does, or nobody.
func (c *config) secure(log *slog.Logger) (*tls.Config, error) {
	if c.cert == "" && c.key == "" {
		return nil, nil
	}
	if c.cert == "" || c.key == "" {
		return nil, usageError{errors.New("--tls-cert and --tls-key go together: the certificate with its chain, and its key, both PEM")}
	}
	pair := &certificate{cert: c.cert, key: c.key, log: log}
	if _, err := pair.get(time.Now()); err != nil {
		return nil, err
	}
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		NextProtos: []string{"http/1.1"}, // WebSockets are upgraded from it
		GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) {
			return pair.get(time.Now())
		},
	}, nil
}

// get returns the pair. A new one that cannot be read leaves the old one in
// service.
func (c *certificate) get(now time.Time) (*tls.Certificate, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.pair != nil && now.Sub(c.looked) < renewEvery {
		return c.pair, nil
	}
	c.looked = now
	err := c.readLocked()
	if err != nil && c.pair == nil {
		return nil, fmt.Errorf("read the certificate (--tls-cert, --tls-key): %w", err)
	}
	if err != nil {
		c.log.Error("the certificate cannot be read again; the old one goes on", "error", err)
	}
	return c.pair, nil
}

func (c *certificate) readLocked() error {
	info, err := os.Stat(c.cert)
	if err != nil {
		return err
	}
	if c.pair != nil && info.ModTime().Equal(c.read) {
		return nil
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return err
	}
	c.pair, c.read = &pair, info.ModTime()
	return nil
}
