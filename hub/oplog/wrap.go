package oplog

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"
)

// Wrapper seals topic keys with a key derived from the server's secret
// (HMAC-SHA-256, then AES-256-GCM), for the store that keeps them. The store's
// name for the place where it keeps them and the topic's name are authenticated
// with it, so that keys cannot be moved.
type Wrapper struct {
	place string
	aead  cipher.AEAD
	check string
}

// NewWrapper makes a Wrapper for keys that are kept at a place.
func NewWrapper(secret []byte, place string) (*Wrapper, error) {
	block, err := aes.NewCipher(wrapDerive(secret, "wrap"))
	if err != nil {
		return nil, fmt.Errorf("server secret: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("server secret: %w", err)
	}
	return &Wrapper{place: place, aead: aead, check: fmt.Sprintf("%x", wrapDerive(wrapDerive(secret, "check"), place)[:8])}, nil
}

func wrapDerive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("majlis key file: " + purpose))
	return m.Sum(nil)
}

// Place is where the keys are kept.
func (w *Wrapper) Place() string { return w.place }

// Check tells whether keys were wrapped under this secret, and nothing of it:
// a store keeps it beside them.
func (w *Wrapper) Check() string { return w.check }

// Wrap seals a topic's key.
func (w *Wrapper) Wrap(topic Topic, secret []byte) []byte {
	nonce := make([]byte, w.aead.NonceSize())
	rand.Read(nonce) // never fails (crypto/rand, Go 1.24)
	return w.aead.Seal(nonce, nonce, secret, w.bound(topic))
}

// Unwrap opens what [Wrapper.Wrap] sealed.
func (w *Wrapper) Unwrap(topic Topic, wrapped []byte) ([]byte, error) {
	n := w.aead.NonceSize()
	if len(wrapped) < n {
		return nil, fmt.Errorf("key of %s: the stored key is too short", topic)
	}
	secret, err := w.aead.Open(nil, wrapped[:n], wrapped[n:], w.bound(topic))
	if err != nil {
		return nil, fmt.Errorf("key of %s: the stored key is not the one written", topic)
	}
	return secret, nil
}

func (w *Wrapper) bound(topic Topic) []byte { return []byte(w.place + " " + string(topic)) }
