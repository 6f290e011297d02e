package gateway_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"majlis/hub/gateway"
	"majlis/hub/oplog"
	"majlis/hub/venue"
)

// TestHeldPasses: one more access link takes nothing from those that a browser
// holds, and the cookie stays one that browsers keep.
func TestHeldPasses(t *testing.T) {
	h := open(t)
	mint := func(hours int, label string) (token, id string) {
		link, err := h.venue.Mint(t.Context(), venue.Wanted{Role: oplog.Moderator, Label: label, Hours: hours})
		if err != nil {
			t.Fatal(err)
		}
		_, token, _ = strings.Cut(link.Link, "#")
		return token, link.ID
	}
	g, err := gateway.New(h.cfg)
	if err != nil {
		t.Fatal(err)
	}
	g.Ready()
	// enter shows a pass, and returns the cookie that is set.
	enter := func(token string, held *http.Cookie) *http.Cookie {
		t.Helper()
		r := httptest.NewRequest(http.MethodPost, h.url+"/api/v1/pass", strings.NewReader(`{"pass":"`+token+`"}`))
		if held != nil {
			r.AddCookie(held)
		}
		a := record(g, r)
		if a.Code != http.StatusOK {
			t.Fatalf("%d %s", a.Code, a.Body)
		}
		return a.Result().Cookies()[0]
	}
	long, _ := mint(300, "")
	short, id := mint(1, "")
	held := enter(short, enter(long, nil))
	if !strings.Contains(held.Value, long) || held.MaxAge < int((299*time.Hour).Seconds()) {
		t.Errorf("after a short one the cookie lasts %d s, and holds %d passes", held.MaxAge, 1+strings.Count(held.Value, "~"))
	}
	if err := h.venue.Revoke(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	if held = enter(long, held); strings.Contains(held.Value, short) {
		t.Error("a revoked one takes up room")
	}
	for range 2 * gateway.MaxPasses {
		token, _ := mint(1, strings.Repeat("<", venue.MaxLabel))
		if held = enter(token, held); len(held.Name)+len(held.Value) > 4096 || !strings.HasPrefix(held.Value, token) {
			t.Fatalf("a cookie of %d bytes", len(held.Name)+len(held.Value))
		}
	}
}
