package gateway

import (
	"encoding/json"
	"io/fs"
	"net/http"
	"net/http/pprof"
	"strings"
)

// Admin is the handler of the operators' listener: metrics, profiles and the
// page that draws them. It is not on the public port.
func Admin(metrics http.Handler, numbers, nodes func() any, pages fs.FS) http.Handler {
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", metrics)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	mux.HandleFunc("GET /ops/data.json", fresh(numbers))
	mux.HandleFunc("GET /ops/nodes.json", fresh(nodes))
	mux.HandleFunc("GET /ops", func(w http.ResponseWriter, _ *http.Request) { opsPage(w, pages) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/ops", http.StatusFound) })
	mux.HandleFunc("GET /assets/", func(w http.ResponseWriter, r *http.Request) { opsAsset(w, r, pages) })
	return mux
}

// fresh serves what is so now.
func fresh(now func() any) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Cache-Control", "no-store")
		// The reader may go away in the middle; there is nobody to tell.
		_ = json.NewEncoder(w).Encode(now())
	}
}

// OnlyHere lets requests pass that name this machine as itself: localhost, 127.0.0.1.
// A listener on loopback is open to every page in a browser on that machine, and
// one whose name was turned to it (DNS rebinding) could read what it serves.
func OnlyHere(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s, err := parseSite("http://" + asciiLower(r.Host))
		if err != nil || !s.loopback() {
			http.Error(w, "this listener answers to localhost and 127.0.0.1 alone", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func opsPage(w http.ResponseWriter, pages fs.FS) {
	if pages == nil {
		http.Error(w, "this binary was built without its pages; build it with `make build`", http.StatusNotFound)
		return
	}
	body, err := fs.ReadFile(pages, "ops.html")
	if err != nil {
		http.Error(w, "there is no such page", http.StatusNotFound)
		return
	}
	NewHeaders("").Page(w.Header())
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Cache-Control", "no-cache")
	_, _ = w.Write(body)
}

func opsAsset(w http.ResponseWriter, r *http.Request, pages fs.FS) {
	if pages == nil {
		http.NotFound(w, r)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, "/")
	body, encoding, err := precompressed(pages, name, r.Header.Get("Accept-Encoding"))
	if err != nil {
		http.NotFound(w, r)
		return
	}
	if encoding != "" {
		w.Header().Set("Content-Encoding", encoding)
	}
	w.Header().Set("Content-Type", contentType(name))
	w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
	_, _ = w.Write(body)
}
