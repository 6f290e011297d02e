package main

import (
	"fmt"
	"os"
	"strings"

	"majlis/hub/interpreter"
)

// maxKey bounds the file of the translator's key, in bytes.
const maxKey = 4 << 10

// interpreter is what has a machine translate, nil if no address is configured.
func (c *config) interpreter(h *house) (*interpreter.Interpreter, error) {
	if c.translator == "" {
		return nil, nil
	}
	if c.translatorRate < 1 {
		return nil, usageError{fmt.Errorf("--translator-rate %d: want at least 1", c.translatorRate)}
	}
	key, err := c.translatorsKey()
	if err != nil {
		return nil, err
	}
	client, err := interpreter.NewClient(c.translator, key)
	if err != nil {
		return nil, usageError{err}
	}
	return interpreter.New(interpreter.Config{
		Venue: h.venue, Client: client, PerMinute: c.translatorRate, Trouble: h.trouble,
	}), nil
}

func (c *config) translatorsKey() (string, error) {
	if c.translatorKey == "" {
		return "", nil
	}
	b, err := os.ReadFile(c.translatorKey)
	if err != nil {
		return "", fmt.Errorf("read the translator's key (--translator-key-file): %w", err)
	}
	key := strings.TrimSpace(string(b))
	if key == "" || len(key) > maxKey {
		return "", fmt.Errorf("the translator's key in %s is empty or longer than %d bytes", c.translatorKey, maxKey)
	}
	return key, nil
}
