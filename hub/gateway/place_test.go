package gateway_test

import (
	"testing"

	"majlis/hub/gateway"
)

func TestPlaceIsTheNetworkOfThePeer(t *testing.T) {
	for remote, want := range map[string]string{
		"192.0.2.77:5000":                    "192.0.2.0/24",
		"192.0.2.1":                          "192.0.2.0/24",
		"[::ffff:192.0.2.9]:80":              "192.0.2.0/24",
		"[2001:db8:1:2ff::1]:443":            "2001:db8:1:200::/56",
		"2001:db8:1:2ab:ffff::1":             "2001:db8:1:200::/56",
		"[fe80::1%eth0]:80":                  "fe80::/56",
		"@":                                  "elsewhere",
		"":                                   "elsewhere",
		"10.0.0.1, 192.0.2.1":                "elsewhere",
		"192.0.2.1:80:80":                    "elsewhere",
		"[2001:db8:1:2ff::1]:notaport":       "elsewhere",
		"0.0.0.0:0":                          "0.0.0.0/24",
		"example.org:80":                     "elsewhere",
		"2001:db8:1:300::1":                  "2001:db8:1:300::/56",
		"[2001:0db8:0001:02ff:0:0:0:1]:9999": "2001:db8:1:200::/56",
	} {
		t.Run(remote, func(t *testing.T) {
			if got := gateway.Place(remote); got != want {
				t.Fatalf("got %s; want %s", got, want)
			}
		})
	}
}
