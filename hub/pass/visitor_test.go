package pass_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"majlis/hub/pass"
)

func TestAVisitorComesBackAsTheSame(t *testing.T) {
	s := newSigner(t, 1)
	a, b := s.NewVisitor(), s.NewVisitor()
	if a == b {
		t.Fatal("two visitors are the same")
	}
	got, ok := s.Visitor(s.VisitorCookie(a))
	if !ok || got != a {
		t.Errorf("%v, %v; want %v", got, ok, a)
	}
	if a.Person() == b.Person() || !strings.HasPrefix(a.Person(), "visitor:") {
		t.Errorf("persons %q and %q", a.Person(), b.Person())
	}
	if v := s.VisitorCookie(a); len(v) != 43 || strings.ContainsAny(v, "=+/;,\" ") {
		t.Errorf("cookie value %q needs escaping", v)
	}
}

func TestACookieThatWasTamperedWithIsNobody(t *testing.T) {
	s := newSigner(t, 1)
	cookie := s.VisitorCookie(s.NewVisitor())
	raw, err := base64.RawURLEncoding.DecodeString(cookie)
	if err != nil {
		t.Fatal(err)
	}
	for bit := range len(raw) * 8 {
		b := append([]byte(nil), raw...)
		b[bit/8] ^= 1 << (bit % 8)
		if v, ok := s.Visitor(base64.RawURLEncoding.EncodeToString(b)); ok {
			t.Fatalf("bit %d was flipped, and it passed as %v", bit, v)
		}
	}
	other := newSigner(t, 2)
	for name, value := range map[string]string{
		"nothing": "", "cut": cookie[:len(cookie)-1], "longer": cookie + "A", "padded": cookie + "=",
		"spaces": " " + cookie[1:], "another server's": other.VisitorCookie(other.NewVisitor()),
		"zeros": strings.Repeat("A", len(cookie)), "unused bits": cookie[:len(cookie)-1] + otherLastBits(cookie[len(cookie)-1]),
		"newline": cookie[:42] + "\n", "huge": strings.Repeat("A", 1<<20),
	} {
		if v, ok := s.Visitor(value); ok {
			t.Errorf("%s passed as %v", name, v)
		}
	}
}

func TestPersonsOfPassesAndVisitorsDiffer(t *testing.T) {
	c := pass.Claims{ID: "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ"}
	if got := c.Person(); got != "pass:01J8Z3V5Q6W7X8Y9ZABCDEFGHJ" {
		t.Errorf("person %q", got)
	}
}
