package gateway_test

import (
	"net/http"
	"testing"

	"majlis/hub/gateway"
)

func request(host string, origins ...string) *http.Request {
	r := &http.Request{Host: host, Header: http.Header{}}
	if len(origins) > 0 {
		r.Header["Origin"] = origins
	}
	return r
}

// Abuse A1–A3: each row is a way in that some server has left open.
func TestOriginIsExact(t *testing.T) {
	const host = "majlis.example"
	allow, err := gateway.NewAllow("https://majlis.example", "127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	rows := []struct {
		name   string
		host   string
		origin []string
		ok     bool
	}{
		{"our own page", host, []string{"https://majlis.example"}, true},
		{"our own page, port in the Host", host + ":443", []string{"https://majlis.example"}, true},
		{"our own page, Host in capitals", "Majlis.Example", []string{"https://majlis.example"}, true},
		{"the operator's page on loopback", "localhost:8080", []string{"http://localhost:8080"}, true},
		{"the same by address", "127.0.0.1:8080", []string{"http://127.0.0.1:8080"}, true},
		{"the same by IPv6 address", "[::1]:8080", []string{"http://[::1]:8080"}, true},

		{"another site", host, []string{"https://evil.test"}, false},
		{"another site that our Host was turned to", "evil.test", []string{"https://evil.test"}, false},
		{"null, as a sandboxed frame sends", host, []string{"null"}, false},
		{"empty", host, []string{""}, false},
		{"a sub-domain", host, []string{"https://a.majlis.example"}, false},
		{"our name as their sub-domain", host, []string{"https://majlis.example.evil.test"}, false},
		{"our name as their suffix", host, []string{"https://evilmajlis.example"}, false},
		{"http for https", host, []string{"http://majlis.example"}, false},
		{"wss for https", host, []string{"wss://majlis.example"}, false},
		{"another port", host, []string{"https://majlis.example:8443"}, false},
		{"the own port, spelled out", host, []string{"https://majlis.example:443"}, false},
		{"capitals", host, []string{"https://MAJLIS.example"}, false},
		{"a trailing dot", host, []string{"https://majlis.example."}, false},
		{"a trailing slash", host, []string{"https://majlis.example/"}, false},
		{"a path", host, []string{"https://majlis.example/x"}, false},
		{"a user", host, []string{"https://majlis.example@evil.test"}, false},
		{"no scheme", host, []string{"majlis.example"}, false},
		{"a file", host, []string{"file://"}, false},
		{"an extension", host, []string{"chrome-extension://abcdefghijklmnop"}, false},
		{"a letter that looks alike", host, []string{"https://mаjlis.example"}, false},
		{"its punycode", host, []string{"https://xn--mjlis-3ve.example"}, false},
		{"two of them, ours first", host, []string{"https://majlis.example", "https://evil.test"}, false},
		{"a list of two", host, []string{"https://majlis.example https://evil.test"}, false},
		{"a blank behind", host, []string{"https://majlis.example "}, false},
		{"another app on the visitor's own machine", host, []string{"http://localhost:8080"}, false},
		{"another spelling than the Host's", "localhost:8080", []string{"http://127.0.0.1:8080"}, false},
		{"our origin at another Host", "evil.test", []string{"https://majlis.example"}, false},
	}
	for _, r := range rows {
		t.Run(r.name, func(t *testing.T) {
			ok, missing := allow.Origin(request(r.host, r.origin...))
			if ok != r.ok || missing {
				t.Fatalf("ok %v, missing %v; want %v, false", ok, missing, r.ok)
			}
		})
	}
	t.Run("none at all is told apart", func(t *testing.T) {
		if ok, missing := allow.Origin(request(host)); ok || !missing {
			t.Fatalf("ok %v, missing %v; want false, true", ok, missing)
		}
	})
}

func TestHostIsExact(t *testing.T) {
	allow, err := gateway.NewAllow("https://Majlis.Example/", "127.0.0.1:8080", "192.0.2.1:9000", ":9001")
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]bool{
		"majlis.example":          true,
		"MAJLIS.EXAMPLE":          true,
		"majlis.example:443":      true,
		"localhost:8080":          true,
		"127.0.0.1:8080":          true,
		"[::1]:8080":              true,
		"":                        false,
		"majlis.example:80":       false,
		"majlis.example.":         false,
		"majlis.example:":         false,
		"majlis.example:443x":     false,
		"a.majlis.example":        false,
		"evil.test":               false,
		"localhost":               false,
		"localhost:8081":          false,
		"127.0.0.2:8080":          false,
		"127.1:8080":              false,
		"2130706433:8080":         false,
		"[::ffff:127.0.0.1]:8080": false,
		"192.0.2.1:9000":          false,
		"majlis.example\x00":      false,
		"majlis.example, evil":    false,
		"majlis.example@evil":     false,
	} {
		t.Run(host, func(t *testing.T) {
			if got := allow.Host(request(host)); got != want {
				t.Fatalf("got %v; want %v", got, want)
			}
		})
	}
}

func TestHostIsLoweredAsASCII(t *testing.T) {
	allow, err := gateway.NewAllow("http://kiosk.example:8080")
	if err != nil {
		t.Fatal(err)
	}
	if !allow.Host(request("KIOSK.example:8080")) {
		t.Error("capitals were refused")
	}
	if allow.Host(request("\u212Aiosk.example:8080")) {
		t.Error("a Kelvin sign was taken for a k")
	}
}

func TestAllowOnLoopbackKnowsAllSpellings(t *testing.T) {
	allow, err := gateway.NewAllow("http://localhost:8080", "127.0.0.1:8080")
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost:8080", "127.0.0.1:8080", "[::1]:8080"} {
		if ok, _ := allow.Origin(request(host, "http://"+host)); !ok {
			t.Errorf("http://%s was refused", host)
		}
	}
}

func TestAllowTakesASecondSite(t *testing.T) {
	allow, err := gateway.NewAllow("https://a.example", "https://b.example:8443")
	if err != nil {
		t.Fatal(err)
	}
	if ok, _ := allow.Origin(request("b.example:8443", "https://b.example:8443")); !ok {
		t.Error("the second site was refused")
	}
	if ok, _ := allow.Origin(request("a.example", "https://b.example:8443")); ok {
		t.Error("one site's page may talk to the other")
	}
}

func TestAllowRefusesWhatIsNoSite(t *testing.T) {
	for _, s := range []string{
		"", "majlis.example", "ftp://majlis.example", "https://", "https://majlis.example/path",
		"https://user@majlis.example", "https://majlis.example?x", "https://majlis.example#x",
		"https://majlis.example.", "https://.example", "https://*.example", "https://bücher.example",
		"https://majlis.example:99999", "https://majlis.example:x", "https://a b", "https://[fe80::1%25eth0]",
		"https://majlis.example;script-src", "https:majlis.example",
	} {
		t.Run(s, func(t *testing.T) {
			if _, err := gateway.NewAllow(s); err == nil {
				t.Fatal("taken as a public URL")
			}
		})
	}
	if _, err := gateway.NewAllow("https://a.example", "no port"); err == nil {
		t.Error("taken as an address")
	}
}
