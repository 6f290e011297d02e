package pass

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
)

const (
	visitorSize = 16
	// tagSize is how much of the HMAC travels: 128 bits, as strong as the id.
	tagSize = 16
)

// Visitor is somebody without an account: one browser.
type Visitor [visitorSize]byte

// NewVisitor makes a visitor that was never there.
func (s *Signer) NewVisitor() Visitor {
	var v Visitor
	rand.Read(v[:])
	return v
}

// Person is the visitor, for pseudonyms.
func (v Visitor) Person() string { return "visitor:" + hex.EncodeToString(v[:]) }

// VisitorCookie is the value of a visitor's cookie: 43 characters that need no
// escaping.
func (s *Signer) VisitorCookie(v Visitor) string {
	return base64.RawURLEncoding.EncodeToString(append(v[:], s.tag(v)...))
}

// Visitor reads a cookie's value. It is false for one that was not signed here.
func (s *Signer) Visitor(cookie string) (Visitor, bool) {
	if len(cookie) != base64.RawURLEncoding.EncodedLen(visitorSize+tagSize) {
		return Visitor{}, false
	}
	b, err := base64.RawURLEncoding.Strict().DecodeString(cookie)
	if err != nil || len(b) != visitorSize+tagSize {
		return Visitor{}, false
	}
	v := Visitor(b[:visitorSize])
	if !hmac.Equal(b[visitorSize:], s.tag(v)) {
		return Visitor{}, false
	}
	return v, true
}

func (s *Signer) tag(v Visitor) []byte {
	m := hmac.New(sha256.New, s.visitors)
	m.Write(v[:])
	return m.Sum(nil)[:tagSize]
}
