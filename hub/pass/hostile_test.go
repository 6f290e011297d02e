package pass_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"majlis/hub/pass"
)

type object = map[string]any

// forge makes a token with any header and claims, signed with HMAC-SHA-256
// whatever the header says.
func forge(t testing.TB, key []byte, header, claims object) string {
	t.Helper()
	h, err := json.Marshal(header)
	if err != nil {
		t.Fatal(err)
	}
	c, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	return sign(key, string(h), string(c))
}

func sign(key []byte, header, claims string) string {
	text := base64.RawURLEncoding.EncodeToString([]byte(header)) + "." + base64.RawURLEncoding.EncodeToString([]byte(claims))
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return text + "." + base64.RawURLEncoding.EncodeToString(m.Sum(nil))
}

func header(s *pass.Signer) object {
	return object{"alg": "HS256", "kid": s.KidForTest(), "typ": "majlis-pass+jwt"}
}

func claims() object {
	return object{
		"iss": "majlis", "aud": []string{"majlis"}, "jti": "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ", "role": "organiser",
		"scope": "conference/38c3", "conf": "38c3", "iat": now.Add(-time.Hour).Unix(), "exp": now.Add(time.Hour).Unix(),
	}
}

func with(o object, name string, value any) object {
	o[name] = value
	return o
}

func without(o object, name string) object {
	delete(o, name)
	return o
}

// TestHostileTokens are tokens that an attacker, a confused program or another
// party with the key could show. The ones "signed" are signed with the real key,
// so that only the check in question can refuse them.
func TestHostileTokens(t *testing.T) {
	s := newSigner(t, 1)
	good := forge(t, s.KeyForTest(), header(s), claims())
	if _, err := s.Verify(good, now); err != nil {
		t.Fatalf("the token that the others are made from is not good itself: %v", err)
	}
	tests := hostileHeaders(t, s, good)
	maps.Copy(tests, hostileClaims(t, s, good))
	for name, token := range tests {
		t.Run(name, func(t *testing.T) {
			if token == good {
				t.Fatal("this is the good token")
			}
			c, err := s.Verify(token, now)
			if !errors.Is(err, pass.ErrBroken) || errors.Is(err, pass.ErrExpired) || c != (pass.Claims{}) {
				t.Errorf("%+v, %v; want ErrBroken", c, err)
			}
		})
	}
}

// hostileHeaders are wrong in their signature or their header.
func hostileHeaders(t *testing.T, s *pass.Signer, good string) map[string]string {
	t.Helper()
	key, part, asymmetric := s.KeyForTest(), strings.Split(good, "."), asymmetricTokens(t, s)
	return map[string]string{
		"nothing":                     "",
		"rubbish":                     "let me in",
		"two parts":                   part[0] + "." + part[1],
		"four parts":                  good + "." + part[2],
		"no signature":                part[0] + "." + part[1] + ".",
		"cut signature":               good[:len(good)-4],
		"alg none":                    forge(t, key, with(header(s), "alg", "none"), claims()),
		"alg none, no signature":      unsigned(forge(t, key, with(header(s), "alg", "none"), claims())),
		"alg None":                    unsigned(forge(t, key, with(header(s), "alg", "None"), claims())),
		"alg missing":                 forge(t, key, without(header(s), "alg"), claims()),
		"alg is a list":               forge(t, key, with(header(s), "alg", []string{"HS256"}), claims()),
		"alg hs256":                   forge(t, key, with(header(s), "alg", "hs256"), claims()),
		"HS384":                       hmacToken(t, jwt.SigningMethodHS384, s, key),
		"HS512":                       hmacToken(t, jwt.SigningMethodHS512, s, key),
		"RS256":                       asymmetric["RS256"],
		"ES256":                       asymmetric["ES256"],
		"RS256 in name, HMAC in fact": forge(t, key, with(header(s), "alg", "RS256"), claims()),
		"empty key":                   forge(t, nil, header(s), claims()),
		"key that is the kid":         forge(t, []byte(s.KidForTest()), header(s), claims()),
		"key of the visitors":         forge(t, s.VisitorKeyForTest(), header(s), claims()),
		"kid missing":                 forge(t, key, without(header(s), "kid"), claims()),
		"kid is a path":               forge(t, key, with(header(s), "kid", "../../../../dev/null"), claims()),
		"kid is SQL":                  forge(t, key, with(header(s), "kid", "x' UNION SELECT 'k"), claims()),
		"kid is an address":           forge(t, key, with(header(s), "kid", "http://169.254.169.254/key"), claims()),
		"kid is a number":             forge(t, key, with(header(s), "kid", 1), claims()),
		"kid is a list":               forge(t, key, with(header(s), "kid", []string{s.KidForTest()}), claims()),
		"jku":                         forge(t, key, with(header(s), "jku", "http://evil.example/jwks.json"), claims()),
		"jwk":                         forge(t, key, with(header(s), "jwk", object{"kty": "oct", "k": "AAAA"}), claims()),
		"x5u":                         forge(t, key, with(header(s), "x5u", "http://evil.example/c.pem"), claims()),
		"x5c":                         forge(t, key, with(header(s), "x5c", []string{"MIIB"}), claims()),
		"crit":                        forge(t, key, with(header(s), "crit", []string{"exp"}), claims()),
		"b64 false":                   forge(t, key, with(header(s), "b64", false), claims()),
		"zip":                         forge(t, key, with(header(s), "zip", "DEF"), claims()),
		"typ JWT":                     forge(t, key, with(header(s), "typ", "JWT"), claims()),
		"typ missing":                 forge(t, key, without(header(s), "typ"), claims()),
		"typ of another purpose":      forge(t, key, with(header(s), "typ", "at+jwt"), claims()),
	}
}

// hostileClaims are signed with the real key, and wrong in what they say or in
// how they are written.
func hostileClaims(t *testing.T, s *pass.Signer, good string) map[string]string {
	t.Helper()
	key, part := s.KeyForTest(), strings.Split(good, ".")
	return map[string]string{
		"wrong issuer":                   forge(t, key, header(s), with(claims(), "iss", "https://accounts.example")),
		"no issuer":                      forge(t, key, header(s), without(claims(), "iss")),
		"wrong audience":                 forge(t, key, header(s), with(claims(), "aud", "other")),
		"no audience":                    forge(t, key, header(s), without(claims(), "aud")),
		"no end":                         forge(t, key, header(s), without(claims(), "exp")),
		"end is text":                    forge(t, key, header(s), with(claims(), "exp", "tomorrow")),
		"end is null":                    forge(t, key, header(s), with(claims(), "exp", nil)),
		"expired, of another issuer":     forge(t, key, header(s), with(with(claims(), "exp", now.Unix()-9999), "iss", "x")),
		"expired, another key":           forge(t, []byte("another"), header(s), with(claims(), "exp", now.Unix()-9999)),
		"not yet":                        forge(t, key, header(s), with(claims(), "nbf", now.Add(time.Hour).Unix())),
		"issued in the future":           forge(t, key, header(s), with(claims(), "iat", now.Add(time.Hour).Unix())),
		"role attendee":                  forge(t, key, header(s), with(claims(), "role", "attendee")),
		"role system":                    forge(t, key, header(s), with(claims(), "role", "system")),
		"role in capitals":               forge(t, key, header(s), with(claims(), "role", "Organiser")),
		"role is a list":                 forge(t, key, header(s), with(claims(), "role", []string{"organiser"})),
		"no role":                        forge(t, key, header(s), without(claims(), "role")),
		"no id":                          forge(t, key, header(s), without(claims(), "jti")),
		"no scope":                       forge(t, key, header(s), without(claims(), "scope")),
		"scope of another conference":    forge(t, key, header(s), with(claims(), "scope", "conference/other")),
		"conference is a path":           forge(t, key, header(s), with(claims(), "conf", "../x")),
		"claims are a list":              sign(key, `{"alg":"HS256","kid":"`+s.KidForTest()+`","typ":"majlis-pass+jwt"}`, `[]`),
		"claims behind claims":           sign(key, `{"alg":"HS256","kid":"`+s.KidForTest()+`","typ":"majlis-pass+jwt"}`, `{}{}`),
		"another signature's claims":     part[0] + "." + base64.RawURLEncoding.EncodeToString([]byte(`{"role":"operator"}`)) + "." + part[2],
		"padded":                         part[0] + "." + part[1] + "." + part[2] + "=",
		"standard base64":                part[0] + "." + part[1] + "." + strings.NewReplacer("-", "+", "_", "/").Replace(part[2]) + "==",
		"huge":                           forge(t, key, header(s), with(claims(), "padding", strings.Repeat("x", 1<<20))),
		"a million dots":                 strings.Repeat(".", 1<<20),
		"long label":                     forge(t, key, header(s), with(claims(), "label", strings.Repeat("x", pass.MaxLabel+1))),
		"behind Bearer":                  "Bearer " + good,
		"newline behind":                 good + "\n",
		"signature with other last bits": good[:len(good)-1] + otherLastBits(good[len(good)-1]),
	}
}

func unsigned(token string) string { return token[:strings.LastIndexByte(token, '.')+1] }

// otherLastBits changes only bits that base64 does not use: 32 bytes leave two
// of the last character's six.
func otherLastBits(c byte) string {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	return string(alphabet[strings.IndexByte(alphabet, c)^1])
}

func hmacToken(t testing.TB, method jwt.SigningMethod, s *pass.Signer, key []byte) string {
	t.Helper()
	token := jwt.NewWithClaims(method, jwt.MapClaims(claims()))
	token.Header["typ"], token.Header["kid"] = "majlis-pass+jwt", s.KidForTest()
	text, err := token.SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func asymmetricTokens(t testing.TB, s *pass.Signer) map[string]string {
	t.Helper()
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for method, key := range map[jwt.SigningMethod]any{jwt.SigningMethodRS256: rsaKey, jwt.SigningMethodES256: ecKey} {
		token := jwt.NewWithClaims(method, jwt.MapClaims(claims()))
		token.Header["typ"], token.Header["kid"] = "majlis-pass+jwt", s.KidForTest()
		text, err := token.SignedString(key)
		if err != nil {
			t.Fatal(err)
		}
		all[method.Alg()] = text
	}
	return all
}

func FuzzVerify(f *testing.F) {
	s := newSigner(f, 1)
	f.Add(forge(f, s.KeyForTest(), header(s), claims())[1:])
	f.Fuzz(func(t *testing.T, token string) {
		if c, err := s.Verify(token, now); err == nil {
			t.Fatalf("%q gave %+v", token, c)
		}
	})
}
