package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"syscall"

	"majlis/hub/venue"
)

// office is what the commands ask of a store, whether they hold it themselves
// or a server does.
type office interface {
	Import(ctx context.Context, up venue.Upload) (venue.Report, error)
	Mint(ctx context.Context, want venue.Wanted) (venue.Link, error)
	Passes(ctx context.Context, conference string) ([]venue.Pass, error)
	Revoke(ctx context.Context, id string) error
	Export(ctx context.Context) (venue.Export, error)
	Backup(ctx context.Context, path string) error
	Skip(ctx context.Context, s skip) error
}

// withOffice does work at the office: that of the server which holds the store,
// through the socket beside it, else at one of our own. In a Redis that is one
// more node, and the serving ones see what it wrote as they see each other.
func withOffice(ctx context.Context, c *config, log *slog.Logger, work func(context.Context, office) error) error {
	p, err := c.place()
	if err != nil {
		return err
	}
	if socket := p.socket(); socket != "" {
		if conn, err := net.Dial("unix", socket); err == nil {
			conn.Close()
			return work(ctx, remote{client: socketClient(socket)})
		}
	}
	publicURL, err := c.address()
	if err != nil {
		return err
	}
	h, err := openHouse(ctx, c, publicURL, log)
	if err != nil {
		return err
	}
	return h.run(ctx, func(ctx context.Context) error { return work(ctx, desk{h.venue, h.store, h.hub}) })
}

// officeHandler serves an office on the socket: POST /<verb>, JSON both ways.
// Who can open the socket is the store's owner. Nothing is done before all is
// loaded: till then there seem to be no conferences.
func officeHandler(o office, loaded <-chan struct{}) http.Handler {
	mux := http.NewServeMux()
	handle(mux, "import", o.Import)
	handle(mux, "mint", o.Mint)
	handle(mux, "passes", o.Passes)
	handle(mux, "revoke", func(ctx context.Context, id string) (struct{}, error) {
		return struct{}{}, o.Revoke(ctx, id)
	})
	handle(mux, "backup", func(ctx context.Context, path string) (struct{}, error) {
		return struct{}{}, o.Backup(ctx, path)
	})
	handle(mux, "skip", func(ctx context.Context, s skip) (struct{}, error) {
		return struct{}{}, o.Skip(ctx, s)
	})
	handle(mux, "export", func(ctx context.Context, _ struct{}) (venue.Export, error) { return o.Export(ctx) })
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-loaded:
			mux.ServeHTTP(w, r)
		case <-r.Context().Done():
		}
	})
}

// handle registers one verb.
func handle[In, Out any](mux *http.ServeMux, verb string, do func(context.Context, In) (Out, error)) {
	mux.HandleFunc("POST /"+verb, func(w http.ResponseWriter, r *http.Request) {
		var in In
		if err := json.NewDecoder(io.LimitReader(r.Body, maxOfficeBody)).Decode(&in); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		out, err := do(r.Context(), in)
		if err != nil {
			http.Error(w, err.Error(), http.StatusConflict)
			return
		}
		// The caller may go away in the middle; there is nobody to tell.
		_ = json.NewEncoder(w).Encode(out)
	})
}

// maxOfficeBody has room for the largest programme in base64.
const maxOfficeBody = 32 << 20

// remote is the office of the server that holds the store.
type remote struct{ client *http.Client }

func socketClient(path string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "unix", path)
		},
	}}
}

func (r remote) Import(ctx context.Context, up venue.Upload) (venue.Report, error) {
	return call[venue.Report](ctx, r.client, "import", up)
}

func (r remote) Mint(ctx context.Context, want venue.Wanted) (venue.Link, error) {
	return call[venue.Link](ctx, r.client, "mint", want)
}

func (r remote) Passes(ctx context.Context, conference string) ([]venue.Pass, error) {
	return call[[]venue.Pass](ctx, r.client, "passes", conference)
}

func (r remote) Revoke(ctx context.Context, id string) error {
	_, err := call[struct{}](ctx, r.client, "revoke", id)
	return err
}

func (r remote) Export(ctx context.Context) (venue.Export, error) {
	return call[venue.Export](ctx, r.client, "export", struct{}{})
}

func (r remote) Backup(ctx context.Context, path string) error {
	_, err := call[struct{}](ctx, r.client, "backup", path)
	return err
}

func (r remote) Skip(ctx context.Context, s skip) error {
	_, err := call[struct{}](ctx, r.client, "skip", s)
	return err
}

// call asks one verb of the server.
func call[Out any](ctx context.Context, client *http.Client, verb string, in any) (out Out, err error) {
	body, err := json.Marshal(in)
	if err != nil {
		return out, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, "http://majlis/"+verb, bytes.NewReader(body))
	if err != nil {
		return out, err
	}
	resp, err := client.Do(req)
	if err != nil {
		return out, fmt.Errorf("ask the server that holds the store: %w", err)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		text, _ := io.ReadAll(io.LimitReader(resp.Body, 4096))
		return out, errors.New(string(bytes.TrimSpace(text)))
	}
	return out, json.NewDecoder(resp.Body).Decode(&out)
}

// listenOffice opens the socket beside the store for its owner alone. A socket
// that a killed server left behind is ours to remove: we hold the lock.
func listenOffice(path string) (net.Listener, error) {
	if len(path) > maxSocketPath {
		return nil, fmt.Errorf("the socket beside the store would be %s, and %d bytes are too long for one: keep the store at a path of at most %d", path, len(path), maxSocketPath-len(".sock"))
	}
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, fmt.Errorf("clear the socket beside the store: %w", err)
	}
	// The mask and not a chmod behind it: in between others could come in.
	old := syscall.Umask(0o177)
	l, err := net.Listen("unix", path)
	syscall.Umask(old)
	if err != nil {
		return nil, fmt.Errorf("open the socket beside the store: %w", err)
	}
	return l, nil
}

// maxSocketPath is how many bytes the path of a Unix socket may have everywhere
// (sockaddr_un: 108 on Linux and 104 on macOS, with a zero at the end).
const maxSocketPath = 103
