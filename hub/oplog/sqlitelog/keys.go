package sqlitelog

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"os"
	"sync"
	"syscall"

	"majlis/hub/oplog"
)

// keyring has the topics' keys, in a file of its own beside the database: a
// backup of the one holds nothing of the other. See keyfile.go for its lines.
type keyring struct {
	path string
	wrap *oplog.Wrapper

	mu      sync.Mutex
	file    *os.File                   // guarded by mu
	size    int64                      // guarded by mu: of the whole lines
	wrapped map[oplog.Topic][]byte     // guarded by mu: as in the file
	opened  map[oplog.Topic]*oplog.Key // guarded by mu: those that were asked for
	broken  error                      // guarded by mu: the file takes no more keys
}

// key returns a topic's key, made and on disk where there was none. gone is
// asked before one is made.
func (k *keyring) key(topic oplog.Topic, gone func() bool) (*oplog.Key, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if gone() {
		return nil, oplog.ErrGone
	}
	if key, ok := k.opened[topic]; ok {
		return key, nil
	}
	secret, err := k.secretLocked(topic)
	if err != nil {
		return nil, err
	}
	key, err := oplog.NewKey(secret)
	if err != nil {
		return nil, err
	}
	k.opened[topic] = key
	return key, nil
}

func (k *keyring) secretLocked(topic oplog.Topic) ([]byte, error) {
	if wrapped, ok := k.wrapped[topic]; ok {
		return k.wrap.Unwrap(topic, wrapped)
	}
	secret := make([]byte, oplog.KeySize)
	rand.Read(secret)
	return secret, k.addLocked(topic, secret)
}

func (k *keyring) addLocked(topic oplog.Topic, secret []byte) error {
	wrapped := k.wrap.Wrap(topic, secret)
	if err := k.appendLocked(keyLine(topic, wrapped)); err != nil {
		return err
	}
	k.wrapped[topic] = wrapped
	return nil
}

// secret is a topic's key in the clear. One that is not there has been
// destroyed: it is asked for first.
func (k *keyring) secret(topic oplog.Topic) ([]byte, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	wrapped, ok := k.wrapped[topic]
	if !ok {
		return nil, oplog.ErrGone
	}
	return k.wrap.Unwrap(topic, wrapped)
}

func (k *keyring) has(topic oplog.Topic) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	_, ok := k.wrapped[topic]
	return ok
}

// give takes in a key from elsewhere. gone is asked before.
func (k *keyring) give(topic oplog.Topic, secret []byte, gone func() bool) error {
	if _, err := oplog.NewKey(secret); err != nil {
		return err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if gone() {
		return oplog.ErrGone
	}
	if _, there := k.wrapped[topic]; !there {
		return k.addLocked(topic, secret)
	}
	has, err := k.secretLocked(topic)
	if err == nil && !bytes.Equal(has, secret) {
		err = oplog.ErrOtherKey
	}
	return err
}

// appendLocked writes a line and waits until it is on disk. What is left of a
// line that failed is cut off again.
func (k *keyring) appendLocked(line []byte) error {
	if k.broken != nil {
		return fmt.Errorf("%w: %w", oplog.ErrUnavailable, k.broken)
	}
	_, err := k.file.WriteAt(line, k.size)
	if err == nil {
		if err = k.file.Sync(); err == nil {
			k.size += int64(len(line))
			return nil
		}
		k.broken = fmt.Errorf("key file: %w", err) // after a failed fsync nobody knows
	}
	if cutErr := k.file.Truncate(k.size); cutErr != nil {
		k.broken = fmt.Errorf("key file: %w", cutErr)
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Errorf("%w: key file: %w", oplog.ErrFull, err)
	}
	return fmt.Errorf("%w: key file: %w", oplog.ErrUnavailable, err)
}

// destroy makes a topic's key unreadable for ever: the file is written anew
// without it and takes the old one's place.
func (k *keyring) destroy(topic oplog.Topic) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.opened, topic)
	wrapped, ok := k.wrapped[topic]
	if !ok {
		return nil
	}
	delete(k.wrapped, topic)
	if err := k.rewriteLocked(); err != nil {
		k.wrapped[topic] = wrapped // so that it can be tried again
		return err
	}
	return nil
}

// destroyGone destroys the keys of topics that were erased when the process
// ended too early for it.
func (k *keyring) destroyGone(erased func(oplog.Topic) bool) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	left := len(k.wrapped)
	for topic := range k.wrapped {
		if erased(topic) {
			delete(k.wrapped, topic)
		}
	}
	if left == len(k.wrapped) {
		return nil
	}
	return k.rewriteLocked()
}

func (k *keyring) close() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.file.Close()
}
