package gateway

import (
	"net/http"
	"strings"
)

// Headers are what every answer carries so that a browser holds our pages to
// what they need (OWASP ASVS 5.0 §3.4). They never change.
type Headers struct {
	page  string // Content-Security-Policy of a page
	shows string // of a page that shows another of ours in itself
	shown string // of a page that is shown so
	https bool
}

// hsts: browsers remember for a year that this host is https alone.
const hsts = "max-age=31536000; includeSubDomains"

// NewHeaders makes the headers for pages that are served at publicURL. An empty
// URL is for pages that only talk to where they come from by fetch.
func NewHeaders(publicURL string) Headers {
	connect := "'self'"
	s, err := parseSite(publicURL)
	switch {
	case err != nil:
	case s.scheme == "https":
		connect += " wss://" + s.authority()
	default:
		connect += " ws://" + s.authority() + " wss://" + s.authority()
	}
	policy := func(ancestors string, more ...string) string {
		return strings.Join(append([]string{
			"default-src 'none'",
			"script-src 'self'",
			"style-src 'self'",
			"img-src 'self' data:",
			"font-src 'self'",
			"manifest-src 'self'",
			// Named, since older Safari takes 'self' for https alone.
			"connect-src " + connect,
			"base-uri 'none'",
			"form-action 'self'",
			"frame-ancestors " + ancestors,
			"require-trusted-types-for 'script'",
		}, more...), "; ")
	}
	return Headers{
		https: err == nil && s.scheme == "https",
		page:  policy("'none'"), shows: policy("'none'", "frame-src 'self'"), shown: policy("'self'"),
	}
}

// Page sets the headers of an HTML page.
func (h Headers) Page(to http.Header) { h.html(to, h.page) }

// Showing sets those of a page that shows another of ours in itself, and Shown
// those of one that is shown so, by ours alone.
func (h Headers) Showing(to http.Header) { h.html(to, h.shows) }

// Shown is described with Showing.
func (h Headers) Shown(to http.Header) { h.html(to, h.shown) }

func (h Headers) html(to http.Header, policy string) {
	h.common(to)
	to.Set("Content-Security-Policy", policy)
	to.Set("Cross-Origin-Opener-Policy", "same-origin")
}

// API sets the headers of everything else: data that is never a page, even when
// somebody opens it as one.
func (h Headers) API(to http.Header) {
	h.common(to)
	to.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
}

func (h Headers) common(to http.Header) {
	to.Set("X-Content-Type-Options", "nosniff")
	to.Set("Referrer-Policy", "no-referrer")
	to.Set("Cross-Origin-Resource-Policy", "same-origin")
	if h.https {
		to.Set("Strict-Transport-Security", hsts)
	}
}
