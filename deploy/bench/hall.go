package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/process"
)

const (
	sessionID = "opening" // the live session of the demonstration, without moderation
	topic     = "session/" + sessionID
	store     = "hall.db"
	// startWithin is how long a server may take to open its port.
	startWithin = 20 * time.Second
)

// hall is a store of Majlis as every measurement begins with it: the
// demonstration with a question for each voter and some polls, and visitors'
// identities, which hold for every copy since they are signed by its secret.
type hall struct {
	program   string
	dir       string
	shared    []string // flags of a store that several servers share; empty: a file in each one's folder
	http      *http.Client
	cookies   []string
	questions []string
	polls     []string
	pass      string // an organiser's
}

// newHall makes the store by a server's own doors.
func newHall(program, dir string, people int) (*hall, error) {
	h := &hall{program: program, dir: dir, http: &http.Client{
		Timeout:   10 * time.Second,
		Transport: &http.Transport{MaxIdleConnsPerHost: 16, DisableCompression: true},
	}}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	run, at, err := h.serve(dir, "--demo")
	if err != nil {
		return nil, err
	}
	err = errors.Join(h.fill(at.listen, people), run.Stop())
	h.http.CloseIdleConnections()
	if err != nil {
		return nil, fmt.Errorf("make a store for Majlis: %w", err)
	}
	return h, nil
}

func (h *hall) fill(host string, people int) (err error) {
	if err := h.mint(host, people); err != nil {
		return err
	}
	args := append([]string{"pass", "--role", "organiser", "--scope", "conference/summit", "--listen", host}, h.flags(h.dir)...)
	link, err := exec.Command(h.program, args...).Output()
	if err != nil {
		return fmt.Errorf("make an access link: %w", err)
	}
	_, h.pass, _ = strings.Cut(strings.TrimSpace(string(link)), "#")
	for i := range questionCount {
		id := ulid(1<<40 + uint64(i))
		text := fmt.Sprintf("Question %d: which of today's promises will be measured, by whom, and where can we read it?", i+1)
		if err := h.say(host, people-1-i, "question.ask", map[string]any{"id": id, "text": text, "lang": "en"}); err != nil {
			return err
		}
		h.questions = append(h.questions, id)
	}
	return h.makePolls(host)
}

// makePolls opens the polls of the vote storm.
func (h *hall) makePolls(host string) error {
	for i := range 3 {
		id := ulid(1<<41 + uint64(i))
		err := h.order(host, "poll.create", map[string]any{
			"id": id, "title": fmt.Sprintf("What should this summit decide %d.?", i+1), "kind": "single",
			"options": []string{"Energy prices", "Water", "Skills and training", "Open markets"}, "results": "shown",
		})
		if err == nil {
			err = h.order(host, "poll.open", map[string]any{"id": id})
		}
		if err != nil {
			return err
		}
		h.polls = append(h.polls, id)
	}
	return nil
}

// mostLetters is how many characters an option may have.
const mostLetters = 200

// makePoster opens a poll whose entity makes a frame of about so many bytes, and
// returns its id.
func (h *hall) makePoster(host string, size int) (string, error) {
	const around, each, most = 330, 16, 20 // bytes of the frame, bytes and number of options
	text := max(2, size-around-most*each)
	one := words(max(1, text/most))
	if len(one) > mostLetters {
		one = signs(len(one))
	}
	options := make([]string, most)
	for i := range options {
		options[i] = one
	}
	if size < around+most*each {
		options = options[:2]
	}
	id := ulid(1 << 42)
	err := h.order(host, "poll.create", map[string]any{"id": id, "title": "Which of these?", "kind": "single", "options": options})
	if err == nil {
		err = h.order(host, "poll.open", map[string]any{"id": id})
	}
	return id, err
}

// mint gets identities.
func (h *hall) mint(host string, people int) error {
	h.cookies = make([]string, people)
	var group errgroup.Group
	group.SetLimit(8)
	for i := range h.cookies {
		group.Go(func() error {
			res, err := h.do(http.MethodPost, host, "/api/v1/hello", nil, nil)
			if err != nil {
				return err
			}
			defer res.Body.Close()
			_, _ = io.Copy(io.Discard, res.Body)
			for _, c := range res.Cookies() {
				h.cookies[i] = c.Name + "=" + c.Value
			}
			if h.cookies[i] == "" {
				return fmt.Errorf("POST /api/v1/hello gave no cookie (status %d)", res.StatusCode)
			}
			return nil
		})
	}
	return group.Wait()
}

// say sends a command as a visitor, order as the organiser.
func (h *hall) say(host string, person int, kind string, cmd map[string]any) error {
	return h.command(host, http.Header{"Cookie": {h.cookies[person]}}, kind, cmd)
}

func (h *hall) order(host, kind string, cmd map[string]any) error {
	return h.command(host, http.Header{"Authorization": {"Bearer " + h.pass}}, kind, cmd)
}

func (h *hall) command(host string, who http.Header, kind string, cmd map[string]any) error {
	cmd["type"] = kind
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false) // a command has 8 KiB, and needs them
	if err := enc.Encode(map[string]any{"id": ulid(uint64(time.Now().UnixNano())), "cmd": cmd}); err != nil {
		return err
	}
	who.Set("Content-Type", "application/json")
	path := "/api/v1/topics/" + topic + "/commands"
	if who.Get("Authorization") != "" {
		path += "?role=moderator"
	}
	res, err := h.do(http.MethodPost, host, path, who, &body)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	answer, _ := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if res.StatusCode != http.StatusOK || !bytes.Contains(answer, []byte(`"t":"ack"`)) {
		return fmt.Errorf("%s: status %d: %s", kind, res.StatusCode, answer)
	}
	return nil
}

// document is what the server shows to attendees.
func (h *hall) document(host string) (*document.State, error) {
	body, err := h.get(host, "/api/v1/topics/"+topic+"?role=attendee", http.Header{"Cookie": {h.cookies[0]}})
	if err != nil {
		return nil, err
	}
	return document.Parse(body)
}

func (h *hall) get(host, path string, who http.Header) ([]byte, error) {
	res, err := h.do(http.MethodGet, host, path, who, nil)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 64<<20))
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("GET %s: status %d: %.200s", path, res.StatusCode, body)
	}
	return body, err
}

func (h *hall) do(method, host, path string, who http.Header, body io.Reader) (*http.Response, error) {
	r, err := http.NewRequestWithContext(context.Background(), method, "http://"+host+path, body)
	if err != nil {
		return nil, err
	}
	for k, v := range who {
		r.Header[k] = v
	}
	r.Header.Set("Origin", "http://"+host)
	return h.http.Do(r)
}

// addresses are where a server listens.
type addresses struct{ listen, control, admin string }

func freeAddresses() (a addresses, err error) {
	ports, err := process.FreePorts(3)
	if err != nil {
		return a, err
	}
	on := func(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }
	return addresses{on(ports[0]), on(ports[1]), on(ports[2])}, nil
}

// serve starts Majlis on the store in a folder.
func (h *hall) serve(dir string, more ...string) (*process.Process, addresses, error) {
	at, err := freeAddresses()
	if err != nil {
		return nil, at, err
	}
	args := append([]string{"serve", "--listen", at.listen, "--admin", at.admin}, h.flags(dir)...)
	args = append(args, more...)
	run, err := process.Start(dir, at.admin, h.program, args...)
	if err != nil {
		return nil, at, err
	}
	err = run.WaitFor("answer to GET /readyz", startWithin, func() bool {
		res, err := h.http.Get("http://" + at.listen + "/readyz")
		if err != nil {
			return false
		}
		res.Body.Close()
		return res.StatusCode == http.StatusOK
	})
	if err != nil {
		return nil, at, errors.Join(err, run.Stop())
	}
	return run, at, nil
}

// flags name the store.
func (h *hall) flags(dir string) []string {
	if len(h.shared) > 0 {
		return h.shared
	}
	return []string{"--store", "sqlite:" + filepath.Join(dir, store)}
}

// copy copies the store into a folder.
func (h *hall) copy(dir string) error {
	files, err := os.ReadDir(h.dir)
	if err != nil {
		return err
	}
	for _, f := range files {
		if !f.Type().IsRegular() || strings.HasSuffix(f.Name(), ".log") {
			continue
		}
		b, err := os.ReadFile(filepath.Join(h.dir, f.Name()))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, f.Name()), b, 0o600)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
