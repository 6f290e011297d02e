package pass

import (
	"errors"
	"fmt"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"majlis/hub/oplog"
)

// What a token can be but good.
var (
	// ErrExpired: signed by us, and its time is over.
	ErrExpired = errors.New("the access link has expired: ask for a new one")
	// ErrBroken: not a pass of this server.
	ErrBroken = errors.New("the access link is broken: copy the whole of it, or ask for a new one")
)

const (
	tokenType = "majlis-pass+jwt"
	issuer    = "majlis"
	audience  = "majlis"
)

// tokenClaims are the claims as they stand in the token.
type tokenClaims struct {
	jwt.RegisteredClaims
	Role       string `json:"role"`
	Scope      string `json:"scope"`
	Conference string `json:"conf"`
	Label      string `json:"label,omitempty"`
}

// Mint signs claims. An Issued of zero is now, by the wall clock.
func (s *Signer) Mint(c Claims) (string, error) {
	if err := c.check(); err != nil {
		return "", fmt.Errorf("sign a pass: %w", err)
	}
	if c.Issued.IsZero() {
		c.Issued = time.Now()
	}
	t := jwt.NewWithClaims(jwt.SigningMethodHS256, tokenClaims{
		RegisteredClaims: jwt.RegisteredClaims{
			Issuer: issuer, Audience: jwt.ClaimStrings{audience}, ID: c.ID,
			IssuedAt: jwt.NewNumericDate(c.Issued), ExpiresAt: jwt.NewNumericDate(c.Expires),
		},
		Role: c.Role.String(), Scope: c.Scope, Conference: c.Conference, Label: c.Label,
	})
	t.Header["typ"], t.Header["kid"] = tokenType, s.kid
	token, err := t.SignedString(s.passes)
	if err != nil {
		return "", fmt.Errorf("sign a pass: %w", err)
	}
	return token, nil
}

// Verify reads a token as of now. Errors: ErrExpired, ErrBroken.
func (s *Signer) Verify(token string, now time.Time) (Claims, error) {
	if len(token) > MaxToken || !plainToken(token) {
		return Claims{}, fmt.Errorf("%w (%d bytes)", ErrBroken, len(token))
	}
	var raw tokenClaims
	_, err := s.parser(now).ParseWithClaims(token, &raw, s.key)
	switch {
	case errors.Is(err, jwt.ErrTokenExpired) && onlyExpired(err):
		return Claims{}, ErrExpired
	case err != nil:
		return Claims{}, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	c, err := raw.claims()
	if err != nil {
		return Claims{}, fmt.Errorf("%w (%w)", ErrBroken, err)
	}
	// The parser's leeway is meant for clocks that run ahead, not for the end.
	if !now.Before(c.Expires) {
		return Claims{}, ErrExpired
	}
	return c, nil
}

// plainToken reports whether there are only characters of tokens: Go's base64
// passes over line breaks, and one pass would have many spellings.
func plainToken(token string) bool {
	for i := range len(token) {
		switch c := token[i]; {
		case '0' <= c && c <= '9', 'A' <= c && c <= 'Z', 'a' <= c && c <= 'z', c == '-', c == '_', c == '.':
		default:
			return false
		}
	}
	return true
}

func (s *Signer) parser(now time.Time) *jwt.Parser {
	return jwt.NewParser(
		jwt.WithValidMethods([]string{jwt.SigningMethodHS256.Alg()}),
		jwt.WithExpirationRequired(),
		jwt.WithIssuer(issuer),
		jwt.WithAudience(audience),
		jwt.WithIssuedAt(),
		jwt.WithLeeway(Leeway),
		jwt.WithStrictDecoding(),
		jwt.WithTimeFunc(func() time.Time { return now }),
	)
}

// key hands out the one key, for a header that says what ours say and nothing
// more: what it does not understand (crit, jku, jwk, x5u, zip …) it refuses.
func (s *Signer) key(t *jwt.Token) (any, error) {
	for name := range t.Header {
		if name != "alg" && name != "typ" && name != "kid" {
			return nil, fmt.Errorf("header %.20q is not taken", name)
		}
	}
	if t.Header["typ"] != tokenType {
		return nil, fmt.Errorf("the type is not %s", tokenType)
	}
	if t.Header["kid"] != s.kid {
		return nil, errors.New("signed with another key")
	}
	return s.passes, nil
}

// onlyExpired reports whether nothing else was wrong with the claims.
func onlyExpired(err error) bool {
	for _, other := range []error{
		jwt.ErrTokenInvalidAudience, jwt.ErrTokenInvalidIssuer, jwt.ErrTokenNotValidYet,
		jwt.ErrTokenUsedBeforeIssued, jwt.ErrTokenRequiredClaimMissing,
	} {
		if errors.Is(err, other) {
			return false
		}
	}
	return true
}

func (r *tokenClaims) claims() (Claims, error) {
	role, err := oplog.ParseRole(r.Role)
	if err != nil {
		return Claims{}, err
	}
	c := Claims{
		ID: r.ID, Role: role, Scope: r.Scope, Conference: r.Conference, Label: r.Label,
		Expires: r.ExpiresAt.Time,
	}
	if r.IssuedAt != nil {
		c.Issued = r.IssuedAt.Time
	}
	return c, c.check()
}
