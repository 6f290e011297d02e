package gateway_test

import (
	"net/http"
	"strings"
	"testing"

	"majlis/hub/gateway"
)

func policy(h http.Header) map[string]string {
	out := map[string]string{}
	for d := range strings.SplitSeq(h.Get("Content-Security-Policy"), "; ") {
		name, value, _ := strings.Cut(d, " ")
		out[name] = value
	}
	return out
}

func TestHeadersOfAPage(t *testing.T) {
	h := http.Header{}
	gateway.NewHeaders("https://majlis.example").Page(h)
	for name, want := range map[string]string{
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "no-referrer",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Strict-Transport-Security":    "max-age=31536000; includeSubDomains",
	} {
		if got := h.Get(name); got != want {
			t.Errorf("%s: %s; want %s", name, got, want)
		}
	}
	csp := policy(h)
	for name, want := range map[string]string{
		"default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "base-uri": "'none'",
		"frame-ancestors": "'none'", "form-action": "'self'", "require-trusted-types-for": "'script'",
		"connect-src": "'self' wss://majlis.example",
	} {
		if csp[name] != want {
			t.Errorf("%s is %s; want %s", name, csp[name], want)
		}
	}
	if all := h.Get("Content-Security-Policy"); strings.Contains(all, "unsafe") || strings.Contains(all, "*") {
		t.Errorf("the policy has a hole: %s", all)
	}
}

func TestHeadersOnPlainHTTP(t *testing.T) {
	h := http.Header{}
	gateway.NewHeaders("http://localhost:8080").Page(h)
	if got := h.Get("Strict-Transport-Security"); got != "" {
		t.Errorf("a host without https is told to be https alone: %s", got)
	}
	if got, want := policy(h)["connect-src"], "'self' ws://localhost:8080 wss://localhost:8080"; got != want {
		t.Errorf("connect-src %s; want %s", got, want)
	}
}

func TestHeadersOfData(t *testing.T) {
	h := http.Header{}
	gateway.NewHeaders("https://majlis.example").API(h)
	csp := policy(h)
	if csp["default-src"] != "'none'" || csp["frame-ancestors"] != "'none'" || len(csp) != 2 {
		t.Errorf("policy %v; want nothing to be allowed", csp)
	}
	if h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Strict-Transport-Security") == "" {
		t.Errorf("headers %v", h)
	}
}

func TestHeadersHoldNothingOfAStrangeURL(t *testing.T) {
	for _, s := range []string{"", "https://a.example; script-src *", "https://a.example/x"} {
		h := http.Header{}
		gateway.NewHeaders(s).Page(h)
		if got := policy(h)["connect-src"]; got != "'self'" {
			t.Errorf("%q: connect-src %s; want 'self' alone", s, got)
		}
	}
}

// TestOnlyTheScreenIsShownInAPage: by our own pages, and only the moderators' page
// shows anything.
func TestOnlyTheScreenIsShownInAPage(t *testing.T) {
	h := gateway.NewHeaders("https://majlis.example")
	for name, tt := range map[string]struct {
		set              func(http.Header)
		ancestors, shows string
	}{
		"Page":    {h.Page, "'none'", ""},
		"Showing": {h.Showing, "'none'", "'self'"},
		"Shown":   {h.Shown, "'self'", ""},
	} {
		to := http.Header{}
		tt.set(to)
		if p := policy(to); p["frame-ancestors"] != tt.ancestors || p["frame-src"] != tt.shows || p["default-src"] != "'none'" {
			t.Errorf("%s: %v", name, p)
		}
	}
}
