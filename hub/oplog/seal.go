package oplog

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
)

// Commit is what an entry's chain holds of its private part: HMAC-SHA-256
// keyed with a random salt. Zero: the entry has no private part.
type Commit [sha256.Size]byte

// Sealed is a private part as it is stored beside the log. With a commit but
// no box it has been blanked.
type Sealed struct {
	Commit Commit
	Salt   []byte // 16 bytes
	Box    []byte // nonce and AES-256-GCM ciphertext
}

// None reports whether there never was a private part.
func (s Sealed) None() bool { return s.Commit == Commit{} }

// Blanked reports whether there was a private part and its bytes are gone.
func (s Sealed) Blanked() bool { return !s.None() && s.Box == nil }

// Valid reports whether salt and box are those that were committed to (or
// both are gone).
func (s Sealed) Valid() bool {
	if s.None() || s.Blanked() {
		return len(s.Salt) == 0 && len(s.Box) == 0
	}
	return hmac.Equal(s.Commit[:], commitTo(s.Salt, s.Box))
}

func commitTo(salt, box []byte) []byte {
	m := hmac.New(sha256.New, salt)
	m.Write(box)
	return m.Sum(nil)
}

// ErrSealed: a private part that this key does not open.
var ErrSealed = errors.New("private part does not open with the topic's key")

// Key is a topic's secret: it seals private parts and makes pseudonyms. Who
// destroys it destroys every text of the topic.
type Key struct {
	aead cipher.AEAD
	mac  [sha256.Size]byte
}

// KeySize is the length of a topic key in bytes.
const KeySize = 32

// NewKey makes a Key of 32 secret bytes.
func NewKey(secret []byte) (*Key, error) {
	if len(secret) != KeySize {
		return nil, fmt.Errorf("a topic key has %d bytes, not %d", KeySize, len(secret))
	}
	block, err := aes.NewCipher(derive(secret, "seal"))
	if err != nil {
		return nil, fmt.Errorf("topic key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("topic key: %w", err)
	}
	return &Key{aead: aead, mac: [sha256.Size]byte(derive(secret, "pseudonym"))}, nil
}

func derive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("majlis topic key: " + purpose))
	return m.Sum(nil)
}

// Seal encrypts a private part and commits to it. A nil private part seals to
// the zero Sealed.
func (k *Key) Seal(private []byte) Sealed {
	if private == nil {
		return Sealed{}
	}
	salt, nonce := make([]byte, 16), make([]byte, k.aead.NonceSize())
	rand.Read(salt) // never fails (crypto/rand, Go 1.24)
	rand.Read(nonce)
	s := Sealed{Salt: salt, Box: k.aead.Seal(nonce, nonce, private, nil)}
	s.Commit = Commit(commitTo(s.Salt, s.Box))
	return s
}

// Open decrypts a private part; nil for one that never was or that has been
// blanked. The commitment must have been checked before.
func (k *Key) Open(s Sealed) ([]byte, error) {
	if s.Box == nil {
		return nil, nil
	}
	n := k.aead.NonceSize()
	if len(s.Box) < n {
		return nil, ErrSealed
	}
	private, err := k.aead.Open(nil, s.Box[:n], s.Box[n:], nil)
	if err != nil {
		return nil, ErrSealed
	}
	return private, nil
}

// Pseudonym names a person within the topic.
func (k *Key) Pseudonym(person string) ActorID {
	return ActorID(k.Sum("person", person))
}

// Sum is a keyed digest of a normalised text, so that the fold can compare
// texts it must not read. The first 16 bytes of an HMAC.
func (k *Key) Sum(purpose, text string) [16]byte {
	m := hmac.New(sha256.New, k.mac[:])
	m.Write([]byte(purpose + "\x00" + text))
	return [16]byte(m.Sum(nil))
}
