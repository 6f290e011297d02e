package pass_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/pass"
)

var now = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

func newSigner(t testing.TB, fill byte) *pass.Signer {
	t.Helper()
	s, err := pass.NewSigner(bytes.Repeat([]byte{fill}, pass.SecretSize))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func goodClaims() pass.Claims {
	return pass.Claims{
		ID: "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ", Role: oplog.Moderator, Scope: "room/2", Conference: "38c3",
		Label: "ليلى", Issued: now.Add(-time.Hour), Expires: now.Add(24 * time.Hour),
	}
}

func TestAPassReadsAsItWasMinted(t *testing.T) {
	s := newSigner(t, 1)
	for _, role := range []oplog.Role{oplog.Screen, oplog.Moderator, oplog.Organiser, oplog.Operator} {
		want := goodClaims()
		want.Role, want.ID = role, "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ"
		token, err := s.Mint(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.Verify(token, now)
		if err != nil {
			t.Fatal(err)
		}
		if !got.Issued.Equal(want.Issued) || !got.Expires.Equal(want.Expires) {
			t.Errorf("times %v, %v; want %v, %v", got.Issued, got.Expires, want.Issued, want.Expires)
		}
		got.Issued, got.Expires = want.Issued, want.Expires
		if got != want {
			t.Errorf("got %+v, want %+v", got, want)
		}
		if strings.ContainsAny(token, "~# \n") || len(token) > 700 {
			t.Errorf("a token of %d bytes that does not fit links and cookies: %s", len(token), token)
		}
	}
}

func TestAPassEndsExactly(t *testing.T) {
	s := newSigner(t, 1)
	c := goodClaims()
	token, err := s.Mint(c)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Verify(token, c.Expires.Add(-time.Millisecond)); err != nil {
		t.Errorf("a moment before its end: %v", err)
	}
	for _, after := range []time.Duration{0, time.Second, pass.Leeway + time.Second, 1000 * time.Hour} {
		if _, err := s.Verify(token, c.Expires.Add(after)); !errors.Is(err, pass.ErrExpired) {
			t.Errorf("%v after its end: %v, want ErrExpired", after, err)
		}
	}
	if _, err := s.Verify(token, c.Issued.Add(-pass.Leeway+time.Second)); err != nil {
		t.Errorf("minted by a clock that runs a little ahead: %v", err)
	}
}

func TestAnotherServersPassIsBroken(t *testing.T) {
	token, err := newSigner(t, 1).Mint(goodClaims())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := newSigner(t, 2).Verify(token, now); !errors.Is(err, pass.ErrBroken) {
		t.Errorf("%v, want ErrBroken", err)
	}
}

func TestClaimsThatNoPassMayMakeAreNotMinted(t *testing.T) {
	s := newSigner(t, 1)
	for name, spoil := range map[string]func(*pass.Claims){
		"no id":                func(c *pass.Claims) { c.ID = "" },
		"short id":             func(c *pass.Claims) { c.ID = "short" },
		"id with a slash":      func(c *pass.Claims) { c.ID = "01J8Z3V5Q6W7X8Y9Z/../../x" },
		"huge id":              func(c *pass.Claims) { c.ID = strings.Repeat("a", pass.MaxID+1) },
		"nobody":               func(c *pass.Claims) { c.Role = oplog.RoleNone },
		"attendee":             func(c *pass.Claims) { c.Role = oplog.Attendee },
		"system":               func(c *pass.Claims) { c.Role = oplog.System },
		"no conference":        func(c *pass.Claims) { c.Conference = "" },
		"no scope":             func(c *pass.Claims) { c.Scope = "" },
		"scope of a kind":      func(c *pass.Claims) { c.Scope = "hall/1" },
		"scope without id":     func(c *pass.Claims) { c.Scope = "room/" },
		"another's conference": func(c *pass.Claims) { c.Scope = "conference/other" },
		"no end":               func(c *pass.Claims) { c.Expires = time.Time{} },
		"long label":           func(c *pass.Claims) { c.Label = strings.Repeat("x", pass.MaxLabel+1) },
		"label not UTF-8":      func(c *pass.Claims) { c.Label = "\xff" },
	} {
		c := goodClaims()
		spoil(&c)
		if token, err := s.Mint(c); err == nil {
			t.Errorf("%s: minted %s", name, token)
		}
	}
}

func TestASecretOfAnotherSizeIsRefused(t *testing.T) {
	for _, n := range []int{0, 16, 31, 33, 64} {
		if _, err := pass.NewSigner(make([]byte, n)); err == nil {
			t.Errorf("%d bytes were taken", n)
		}
	}
}
