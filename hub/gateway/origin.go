package gateway

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// Allow is the exact list of names that this server answers to, and of the
// pages that may talk to it with a visitor's cookie. Nothing is matched by
// suffix or pattern. It never changes.
type Allow struct {
	// hosts maps each Host header that is ours to the origin of its pages.
	hosts map[string]string
}

// site is a scheme and an authority as browsers write them: lower case, no port
// where it is the scheme's own.
type site struct {
	scheme, host, port string // host of IPv6 in brackets
}

// NewAllow makes the list from the public URL and from what else the server is
// reached at: further URLs, or addresses it listens on. An address on loopback
// stands for localhost, 127.0.0.1 and [::1] at its port, and so does a public
// URL there; any other address adds nothing, since nobody types it.
func NewAllow(publicURL string, extra ...string) (Allow, error) {
	a := Allow{hosts: make(map[string]string)}
	public, err := parseSite(publicURL)
	if err != nil {
		return Allow{}, fmt.Errorf("public URL: %w", err)
	}
	a.add(public)
	for _, e := range extra {
		s, err := parseExtra(e)
		if err != nil {
			return Allow{}, fmt.Errorf("address %q: %w", e, err)
		}
		if s.loopback() || strings.Contains(e, "://") {
			a.add(s)
		}
	}
	return a, nil
}

func parseExtra(s string) (site, error) {
	if strings.Contains(s, "://") {
		return parseSite(s)
	}
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return site{}, err
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	return site{scheme: "http", host: asciiLower(host), port: portOf("http", port)}, nil
}

// parseSite reads the URL of a site's root.
func parseSite(s string) (site, error) {
	u, err := url.Parse(s)
	if err != nil {
		return site{}, err
	}
	switch {
	case u.Scheme != "http" && u.Scheme != "https":
		return site{}, fmt.Errorf("%q must start with http:// or https://", s)
	case u.User != nil || u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || u.Opaque != "":
		return site{}, fmt.Errorf("%q must be a scheme, a host and perhaps a port, nothing more", s)
	case u.Path != "" && u.Path != "/":
		return site{}, fmt.Errorf("%q has a path; the hub needs a host of its own", s)
	}
	host, err := plainHost(u.Hostname())
	if err != nil {
		return site{}, err
	}
	if p := u.Port(); p != "" {
		if _, err := strconv.ParseUint(p, 10, 16); err != nil {
			return site{}, fmt.Errorf("%q is not a port", p)
		}
	}
	return site{scheme: u.Scheme, host: host, port: portOf(u.Scheme, u.Port())}, nil
}

var errHost = errors.New("want letters, digits, hyphens and dots, or an IP address")

func plainHost(h string) (string, error) {
	if addr, err := netip.ParseAddr(h); err == nil && addr.Zone() == "" {
		if addr.Is6() {
			return "[" + addr.String() + "]", nil
		}
		return addr.String(), nil
	}
	if h == "" || strings.HasSuffix(h, ".") || strings.HasPrefix(h, ".") {
		return "", fmt.Errorf("%q is not a host: %w", h, errHost)
	}
	for i := range len(h) {
		c := h[i]
		switch {
		case c >= 0x80:
			return "", fmt.Errorf("write the host %q in its xn-- form, as browsers send it", h)
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '.':
		default:
			return "", fmt.Errorf("%q is not a host: %w", h, errHost)
		}
	}
	return asciiLower(h), nil
}

// portOf drops a port that is the scheme's own.
func portOf(scheme, port string) string {
	if port == ownPort(scheme) {
		return ""
	}
	return port
}

func ownPort(scheme string) string {
	if scheme == "https" {
		return "443"
	}
	return "80"
}

func (s site) authority() string {
	if s.port == "" {
		return s.host
	}
	return s.host + ":" + s.port
}

func (s site) origin() string { return s.scheme + "://" + s.authority() }

func (s site) loopback() bool {
	addr, err := netip.ParseAddr(strings.Trim(s.host, "[]"))
	return s.host == "localhost" || err == nil && addr.IsLoopback()
}

// add lists a site, and its other spellings on loopback. What came first stays:
// the public URL knows the scheme that a proxy speaks.
func (a Allow) add(s site) {
	hosts := []string{s.host}
	if s.loopback() {
		hosts = append(hosts, "localhost", "127.0.0.1", "[::1]")
	}
	for _, h := range hosts {
		s := site{s.scheme, h, s.port}
		if _, ok := a.hosts[s.authority()]; ok {
			continue
		}
		a.hosts[s.authority()] = s.origin()
		if s.port == "" {
			a.hosts[s.host+":"+ownPort(s.scheme)] = s.origin()
		}
	}
}

// Host reports whether a request names one of our hosts. A page of another site
// whose name was turned to our address (DNS rebinding) does not. Answer 421.
func (a Allow) Host(r *http.Request) bool {
	_, ok := a.hosts[asciiLower(r.Host)]
	return ok
}

// Origin reports whether a request comes from a page of the host that it is sent
// to, spelled exactly as browsers do (RFC 6454 §6.1): "null", another case and
// spelled-out default ports are nobody's. missing says that the request names no
// origin at all: then it is no browser's, or a mere GET from the same site, and
// the caller decides by what else it shows.
func (a Allow) Origin(r *http.Request) (ok, missing bool) {
	sent := r.Header["Origin"]
	if len(sent) != 1 {
		return false, len(sent) == 0
	}
	page, ours := a.hosts[asciiLower(r.Host)]
	return ours && sent[0] == page, false
}

// asciiLower lowers ASCII alone: Unicode's rules would turn a Kelvin sign into
// a k, and another name into ours.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + ('a' - 'A')
		}
		return r
	}, s)
}
