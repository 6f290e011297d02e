package pass

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
)

// Signer holds the keys that are derived from the server's secret.
type Signer struct {
	passes   []byte
	visitors []byte
	kid      string
}

// NewSigner derives the keys from [SecretSize] secret bytes.
func NewSigner(secret []byte) (*Signer, error) {
	if len(secret) != SecretSize {
		return nil, fmt.Errorf("the server's secret has %d bytes, not %d: make a new one, or restore the file from your backup", len(secret), SecretSize)
	}
	s := &Signer{passes: derive(secret, "access links"), visitors: derive(secret, "visitors")}
	digest := sha256.Sum256(s.passes)
	s.kid = hex.EncodeToString(digest[:8])
	return s, nil
}

// derive makes the key for one purpose: one block of HKDF-Expand (RFC 5869
// §2.3) with the purpose as info. The secret is uniform, so nothing has to be
// extracted first.
func derive(secret []byte, purpose string) []byte {
	m := hmac.New(sha256.New, secret)
	m.Write([]byte("majlis 1: " + purpose + "\x01"))
	return m.Sum(nil)
}
