package gateway_test

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"majlis/hub/gateway"
)

// TestOnlyHere: a page whose name was turned to loopback reads nothing.
func TestOnlyHere(t *testing.T) {
	h := gateway.OnlyHere(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {}))
	for host, want := range map[string]int{
		"127.0.0.1:9090": 200, "localhost:9090": 200, "LOCALHOST": 200, "[::1]:9090": 200,
		"evil.example:9090": 421, "127.0.0.1.evil.example": 421, "192.0.2.7": 421, "": 421,
	} {
		r := httptest.NewRequest(http.MethodGet, "/metrics", nil)
		r.Host = host
		w := httptest.NewRecorder()
		if h.ServeHTTP(w, r); w.Code != want {
			t.Errorf("%q is answered %d, want %d", host, w.Code, want)
		}
	}
}
