package gateway_test

import (
	"bufio"
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
	"time"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

func record(g *gateway.Gateway, r *http.Request) *httptest.ResponseRecorder {
	a := httptest.NewRecorder()
	g.Handler().ServeHTTP(a, r)
	return a
}

// stream is an event stream.
type stream struct {
	t     *testing.T
	lines *bufio.Scanner
}

func (h *house) stream(url string, c *http.Client, headers map[string]string) *stream {
	h.t.Helper()
	ctx, cancel := context.WithTimeout(h.t.Context(), 20*time.Second)
	h.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for k, v := range headers {
		r.Header.Set(k, v)
	}
	resp, err := c.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(func() { resp.Body.Close() })
	if resp.StatusCode != http.StatusOK {
		h.t.Fatalf("the stream answers %d", resp.StatusCode)
	}
	return &stream{t: h.t, lines: bufio.NewScanner(resp.Body)}
}

// next reads up to a line that holds a part.
func (s *stream) next(part string) string {
	s.t.Helper()
	for s.lines.Scan() {
		if strings.Contains(s.lines.Text(), part) {
			return s.lines.Text()
		}
	}
	s.t.Fatalf("the stream ended before %s: %v", part, s.lines.Err())
	return ""
}

// TestFirstEventHasAnID: a browser that comes back by itself names where it is,
// also when nothing has happened since it came.
func TestFirstEventHasAnID(t *testing.T) {
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	s := h.stream(h.url+"/api/v1/topics/session/opening/events", h.browser(), nil)
	id := s.next("id: ")
	s.next(`"t":"patch"`)
	last := map[string]string{"Last-Event-ID": strings.TrimPrefix(id, "id: ")}
	again := h.stream(h.url+"/api/v1/topics/session/opening/events?view="+strconv.Itoa(session.View), h.browser(), last)
	if patch := again.next(`"t":"patch"`); strings.Contains(patch, `"from":0,`) {
		t.Errorf("who said what it has got the whole document: %s", patch)
	}
}

// TestRevokedPassEndsAStream within the two seconds that sockets have.
func TestRevokedPassEndsAStream(t *testing.T) {
	h := open(t)
	token, id := h.token(oplog.Moderator, "session/opening")
	s := h.stream(h.url+"/api/v1/topics/session/opening/events?role=moderator", http.DefaultClient,
		map[string]string{"Authorization": "Bearer " + token})
	s.next(`"t":"patch"`)
	if err := h.venue.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	for s.lines.Scan() {
	}
	if err := s.lines.Err(); err != nil {
		t.Errorf("the stream goes on: %v", err)
	}
}
