package interpreter_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub/interpreter"
	"majlis/hub/oplog"
	"majlis/hub/session"
)

func TestClient(t *testing.T) {
	var heard map[string]string
	answer := func(w http.ResponseWriter, r *http.Request) {
		heard = map[string]string{}
		if err := json.NewDecoder(r.Body).Decode(&heard); err != nil {
			t.Error(err)
		}
		w.Write([]byte(`{"translatedText":"Qui paie ?"}`))
	}
	server := httptest.NewServer(http.HandlerFunc(answer))
	defer server.Close()
	c, err := interpreter.NewClient(server.URL+"/translate", "secret")
	if err != nil {
		t.Fatal(err)
	}
	text, err := c.Translate(t.Context(), "Who pays?", "en", "fr")
	if err != nil || text != "Qui paie ?" {
		t.Errorf("%q, %v", text, err)
	}
	if heard["q"] != "Who pays?" || heard["source"] != "en" || heard["target"] != "fr" || heard["api_key"] != "secret" {
		t.Errorf("it was asked %v", heard)
	}
	if _, err := c.Translate(t.Context(), "?", "", "fr"); err != nil || heard["source"] != "auto" {
		t.Errorf("asked %v: %v", heard, err)
	}
}

// TestClientTrustsNobody: what a translator answers is no reason to go anywhere
// else, nor to fill the memory.
func TestClientTrustsNobody(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		t.Error("a redirect was followed")
	}))
	defer elsewhere.Close()
	for name, answer := range map[string]http.HandlerFunc{
		"Redirect": func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, elsewhere.URL, http.StatusTemporaryRedirect)
		},
		"Error":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTooManyRequests) },
		"Nothing": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`{}`)) },
		"NotJSON": func(w http.ResponseWriter, _ *http.Request) { w.Write([]byte(`<html>`)) },
		"WithoutEnd": func(w http.ResponseWriter, _ *http.Request) {
			w.Write([]byte(`{"translatedText":"` + strings.Repeat("x", interpreter.MaxAnswer) + `"}`))
		},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(answer)
			defer server.Close()
			c, err := interpreter.NewClient(server.URL, "")
			if err != nil {
				t.Fatal(err)
			}
			if text, err := c.Translate(t.Context(), "?", "en", "fr"); err == nil {
				t.Errorf("%q is taken for a translation", text)
			}
		})
	}
	for _, address := range []string{"", "file:///etc/passwd", "https://", "ftp://a/b", "https://u:p@a/b", "https://a/b?c=d", "::"} {
		if _, err := interpreter.NewClient(address, ""); err == nil {
			t.Errorf("%q is an address", address)
		}
	}
}

// desk is a venue that lacks some translations.
type desk struct {
	mu      sync.Mutex
	lacking []session.Wanted
	brought []string
	refuse  error
}

func (d *desk) Lacking(_ context.Context, most int) ([]session.Wanted, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]session.Wanted(nil), d.lacking[:min(most, len(d.lacking))]...), nil
}

func (d *desk) Interpret(_ context.Context, w session.Wanted, text string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.brought = append(d.brought, w.ID+" "+w.To+" "+text)
	if d.refuse != nil {
		return d.refuse
	}
	for i, one := range d.lacking {
		if one == w {
			d.lacking = append(d.lacking[:i:i], d.lacking[i+1:]...)
			break
		}
	}
	return nil
}

// play runs an interpreter for a while of the bubble's time; upper answers.
func play(t *testing.T, d *desk, perMinute int, while time.Duration, upper http.RoundTripper) (troubles int) {
	t.Helper()
	c, err := interpreter.NewClient("http://translator.example/translate", "")
	if err != nil {
		t.Fatal(err)
	}
	c.Over(upper)
	i := interpreter.New(interpreter.Config{
		Venue: d, Client: c, PerMinute: perMinute, Trouble: func(oplog.Topic, error) { troubles++ },
	})
	ctx, cancel := context.WithTimeout(t.Context(), while)
	defer cancel()
	if err := i.Run(ctx); err != nil {
		t.Error(err)
	}
	return troubles
}

// translator answers in the bubble, without a network.
type translator struct {
	takes time.Duration
	fails bool

	mu            sync.Mutex
	asked, atOnce int
	most          int
}

func (x *translator) RoundTrip(r *http.Request) (*http.Response, error) {
	x.mu.Lock()
	x.asked++
	x.atOnce++
	x.most = max(x.most, x.atOnce)
	x.mu.Unlock()
	defer func() {
		x.mu.Lock()
		x.atOnce--
		x.mu.Unlock()
	}()
	select {
	case <-time.After(x.takes):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if x.fails {
		return nil, errors.New("no route")
	}
	rec := httptest.NewRecorder()
	rec.WriteString(`{"translatedText":"oui"}`)
	return rec.Result(), nil
}

func wanted(n int) []session.Wanted {
	var out []session.Wanted
	for i := range n {
		out = append(out, session.Wanted{Topic: "session/a", ID: string(rune('a' + i)), From: "en", To: "fr", Text: "?"})
	}
	return out
}

func TestWhatIsLackingIsBrought(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, x := &desk{lacking: wanted(7)}, &translator{takes: 300 * time.Millisecond}
		if n := play(t, d, 0, 30*time.Second, x); n > 0 || len(d.brought) != 7 || x.asked != 7 {
			t.Errorf("%d troubles, brought %v, asked %d times", n, d.brought, x.asked)
		}
		if x.most > interpreter.AtOnce {
			t.Errorf("%d texts were under way at once", x.most)
		}
	})
}

func TestWhatFailsRestsLongerEachTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, x := &desk{lacking: wanted(1)}, &translator{fails: true}
		// After 10, 20, 40 … seconds: within ten minutes at 1, 11, 31, 71, 151, 311.
		if n := play(t, d, 0, 10*time.Minute, x); n != x.asked || x.asked < 5 || x.asked > 7 {
			t.Errorf("asked %d times in ten minutes, told of %d troubles", x.asked, n)
		}
	})
}

func TestARefusalIsNotTriedAllTheTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, x := &desk{lacking: wanted(1), refuse: errors.New("refused: changed")}, &translator{}
		if play(t, d, 0, time.Minute, x); x.asked > 3 {
			t.Errorf("asked %d times in a minute", x.asked)
		}
	})
}

func TestNoMoreThanSoManyAMinute(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, x := &desk{lacking: wanted(20)}, &translator{}
		if play(t, d, 5, 59*time.Second, x); x.asked != 5 {
			t.Errorf("%d texts were sent within a minute, want 5", x.asked)
		}
	})
}

func TestTheEndDoesNotWaitForATranslator(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, x := &desk{lacking: wanted(2)}, &translator{takes: time.Hour}
		start := time.Now()
		play(t, d, 0, 3*time.Second, x)
		if took := time.Since(start); took > 4*time.Second {
			t.Errorf("it ended after %s", took)
		}
	})
}
