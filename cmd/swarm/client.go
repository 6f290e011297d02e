package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/coder/websocket"

	"majlis/hub/entity"
	"majlis/hub/oplog"
	"majlis/hub/wire"
)

// client reaches one server, over HTTP and WebSocket.
type client struct {
	http *http.Client
	url  string
}

func newClient(url string) *client {
	return &client{url: url, http: &http.Client{
		Timeout:   dialWithin,
		Transport: &http.Transport{MaxIdleConnsPerHost: 32, DisableCompression: true},
	}}
}

// document is what a role sees, or a person's own part.
type document struct {
	View   int          `json:"view"`
	Epoch  string       `json:"epoch"`
	Offset oplog.Offset `json:"offset"`
	Hash   string       `json:"h"`
	Doc    entity.Patch `json:"doc"`
}

// hello makes a visitor and returns the header that says who it is.
func (c *client) hello(ctx context.Context) (http.Header, error) {
	res, err := c.do(ctx, http.MethodPost, "/api/v1/hello", nil)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var cookies []string
	for _, k := range res.Cookies() {
		cookies = append(cookies, k.Name+"="+k.Value)
	}
	if len(cookies) == 0 {
		return nil, fmt.Errorf("POST /api/v1/hello gave no cookie (status %d)", res.StatusCode)
	}
	return http.Header{"Cookie": {strings.Join(cookies, "; ")}}, nil
}

// staff is the header that shows a pass.
func staff(pass string) http.Header {
	return http.Header{"Authorization": {"Bearer " + pass}}
}

// document fetches what a role sees of a topic.
func (c *client) document(ctx context.Context, topic oplog.Topic, role oplog.Role, who http.Header) (document, error) {
	return get[document](ctx, c, "/api/v1/topics/"+string(topic)+"?role="+role.String(), who)
}

// mine fetches what belongs to one person.
func (c *client) mine(ctx context.Context, topic oplog.Topic, who http.Header) (document, error) {
	return get[document](ctx, c, "/api/v1/topics/"+string(topic)+"/mine", who)
}

// results is what the server exports of a session, as far as it is judged.
type results struct {
	Questions []struct {
		ID    string `json:"id"`
		Votes int    `json:"votes"`
	} `json:"questions"`
	Polls []struct {
		ID      string `json:"id"`
		Kind    string `json:"kind"`
		Options []struct {
			Count int `json:"count"`
		} `json:"options"`
		counted
	} `json:"polls"`
}

func (c *client) results(ctx context.Context, session string, who http.Header) (results, error) {
	return get[results](ctx, c, "/api/v1/sessions/"+session+"/results.json", who)
}

func (c *client) do(ctx context.Context, method, path string, who http.Header) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, method, c.url+path, nil)
	if err != nil {
		return nil, err
	}
	for k, v := range who {
		r.Header[k] = v
	}
	r.Header.Set("Origin", c.url)
	return c.http.Do(r)
}

// statusError is an answer that is not what was asked for.
type statusError struct {
	path   string
	status int
	body   string
}

func (e *statusError) Error() string {
	return fmt.Sprintf("GET %s: status %d: %.200s", e.path, e.status, e.body)
}

// denied reports whether the server answered that this is not for us.
func denied(err error) bool {
	var s *statusError
	return errors.As(err, &s) && s.status >= 400 && s.status < 500
}

// forbidden reports whether it answered that we may not.
func forbidden(err error) bool {
	var s *statusError
	return errors.As(err, &s) && (s.status == http.StatusUnauthorized || s.status == http.StatusForbidden)
}

func get[T any](ctx context.Context, c *client, path string, who http.Header) (v T, err error) {
	res, err := c.do(ctx, http.MethodGet, path, who)
	if err != nil {
		return v, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, maxBody))
	if err != nil {
		return v, fmt.Errorf("GET %s: %w", path, err)
	}
	if res.StatusCode != http.StatusOK {
		return v, &statusError{path, res.StatusCode, string(bytes.TrimSpace(body))}
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return v, fmt.Errorf("GET %s: %w", path, err)
	}
	return v, nil
}

// dial opens a WebSocket.
func (c *client) dial(ctx context.Context, who http.Header) (*websocket.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, dialWithin)
	defer cancel()
	h := http.Header{"Origin": {c.url}}
	for k, v := range who {
		h[k] = v
	}
	ws, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(c.url, "http")+"/ws", &websocket.DialOptions{
		HTTPClient: &http.Client{Transport: c.http.Transport}, HTTPHeader: h,
		Subprotocols: []string{wire.Subprotocol}, CompressionMode: websocket.CompressionDisabled,
	})
	if err != nil {
		return nil, err
	}
	ws.SetReadLimit(wire.MaxServerMessage)
	return ws, nil
}
