package sqlitelog

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"fmt"

	"majlis/hub/oplog"
)

// wrapper seals topic keys with a key derived from the server's secret
// (HMAC-SHA-256, then AES-256-GCM). The file's id and the topic's name are
// authenticated with it, so that lines cannot be moved.
type wrapper struct {
	id    string
	aead  cipher.AEAD
	check string // tells whether a file was written under this secret
}

func newWrapper(secret []byte, id string) (wrapper, error) {
	block, err := aes.NewCipher(derive(secret, "wrap"))
	if err != nil {
		return wrapper{}, fmt.Errorf("server secret: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return wrapper{}, fmt.Errorf("server secret: %w", err)
	}
	return wrapper{id: id, aead: aead, check: fmt.Sprintf("%x", derive(derive(secret, "check"), id)[:8])}, nil
}

func derive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("majlis key file: " + purpose))
	return m.Sum(nil)
}

func (w *wrapper) seal(topic oplog.Topic, secret []byte) []byte {
	nonce := make([]byte, w.aead.NonceSize())
	rand.Read(nonce)
	return w.aead.Seal(nonce, nonce, secret, w.bound(topic))
}

func (w *wrapper) open(topic oplog.Topic, wrapped []byte) ([]byte, error) {
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

func (w *wrapper) bound(topic oplog.Topic) []byte { return []byte(w.id + " " + string(topic)) }
