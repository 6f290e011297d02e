//go:build !race

package gateway_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"

	"majlis/hub/oplog"
	"majlis/hub/pass"
	"majlis/hub/session"
)

// shared finds real data beside the repository.
func shared(t *testing.T, name string) []byte {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for ; filepath.Dir(dir) != dir; dir = filepath.Dir(dir) {
		if b, err := os.ReadFile(filepath.Join(dir, "shared", "testdata", "polls", name)); err == nil {
			return b
		}
	}
	t.Skipf("shared/testdata/polls/%s is not there: the real files are not part of the repository", name)
	return nil
}

// table reads a CSV file in UTF-8 or, where it is not, in Latin 1.
func table(t *testing.T, name string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(latin(shared(t, name))))
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

func latin(b []byte) string {
	if s := string(b); strings.ToValidUTF8(s, "") == s {
		return s
	}
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = rune(c)
	}
	return string(runes)
}

// ballots is a hall of people who each give some answers.
type ballots struct {
	*house
	client *http.Client
	ids    map[string]string // polls by title
	people [][]vote
}

// vote is the answer of one person to the poll of a title.
type vote struct{ poll, with string }

// hall opens the polls of a file.
func hall(t *testing.T, polls ...session.PollRecipe) *ballots {
	t.Helper()
	h := open(t)
	h.say("pass:chair", oplog.Moderator, `{"type":"board.open"}`)
	b := &ballots{house: h, client: &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}, ids: map[string]string{}}
	t.Cleanup(b.client.CloseIdleConnections)
	file, err := json.Marshal(session.PollFile{Majlis: session.PollFileKind, Version: session.PollFileVersion, Polls: polls})
	if err != nil {
		t.Fatal(err)
	}
	moderator, _ := h.token(oplog.Moderator, "session/opening")
	if got := h.polls(moderator, "POST", "polls", string(file)); !strings.Contains(got, `"refused":[]`) {
		t.Fatal(got)
	}
	for _, p := range b.results() {
		b.ids[p.Title] = p.ID
		if p.In == "" {
			h.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.open","id":%q}`, p.ID))
		}
	}
	return b
}

// person adds somebody who answers.
func (b *ballots) person(votes ...vote) { b.people = append(b.people, votes) }

// count lets all people vote, several at a time, closes the polls and reads what
// came of it.
func (b *ballots) count() map[string]session.PollResult {
	b.t.Helper()
	var all errgroup.Group
	all.SetLimit(16)
	for i, votes := range b.people {
		cookie := b.signer.VisitorCookie(pass.Visitor{byte(i), byte(i >> 8), byte(i >> 16), 1})
		all.Go(func() error {
			for n, v := range votes {
				if err := b.give(cookie, n+1, v); err != nil {
					return fmt.Errorf("person %d: %w", i, err)
				}
			}
			return nil
		})
	}
	if err := all.Wait(); err != nil {
		b.t.Fatal(err)
	}
	out := map[string]session.PollResult{}
	for _, p := range b.results() {
		if p.In == "" {
			b.say("pass:chair", oplog.Moderator, fmt.Sprintf(`{"type":"poll.close","id":%q}`, p.ID))
		}
	}
	for _, p := range b.results() {
		out[p.Title] = p
	}
	return out
}

// give sends one answer until it is acknowledged.
func (b *ballots) give(cookie string, n int, v vote) error {
	id := b.ids[v.poll]
	body := fmt.Sprintf(`{"id":%q,"dev":"000102030405060708090a0b0c0d0e0f","n":%d,"seen":0,"cmd":{"type":"poll.vote","id":%q,%s}}`, id, n, id, v.with)
	for range 100 {
		r, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.url+"/api/v1/topics/session/opening/commands", strings.NewReader(body))
		if err != nil {
			return err
		}
		r.Header.Set("Content-Type", "application/json")
		r.AddCookie(&http.Cookie{Name: "majlis-visitor", Value: cookie})
		resp, err := b.client.Do(r)
		if err != nil {
			return err
		}
		got, err := io.ReadAll(resp.Body)
		resp.Body.Close()
		switch {
		case err != nil:
			return err
		case bytes.Contains(got, []byte(`"t":"ack"`)):
			return nil
		case !bytes.Contains(got, []byte(`"t":"retry"`)):
			return fmt.Errorf("%s: %s: %s", body, resp.Status, got)
		}
		time.Sleep(200 * time.Millisecond)
	}
	return fmt.Errorf("%s: not taken", body)
}

func (b *ballots) results() []session.PollResult {
	b.t.Helper()
	moderator, _ := b.token(oplog.Moderator, "session/opening")
	var res struct {
		Polls []session.PollResult `json:"polls"`
	}
	if err := json.Unmarshal([]byte(b.polls(moderator, "GET", "results.json", "")), &res); err != nil {
		b.t.Fatal(err)
	}
	return res.Polls
}

// ranks writes a ballot of places as groups, the best first; places below 1 are
// left out.
func ranks(places []int) string {
	var groups [][]int
	for place := 1; place <= slices.Max(places); place++ {
		var group []int
		for i, p := range places {
			if p == place {
				group = append(group, i+1)
			}
		}
		if group != nil {
			groups = append(groups, group)
		}
	}
	b, _ := json.Marshal(groups)
	return `"ranks":` + string(b)
}

// order names the options in the order of the results; who is level is joined.
func order(p session.PollResult) []string {
	var out []string
	for _, group := range p.Order {
		var names []string
		for _, id := range group {
			names = append(names, p.Options[id-1].Text)
		}
		out = append(out, strings.Join(names, " = "))
	}
	return out
}
