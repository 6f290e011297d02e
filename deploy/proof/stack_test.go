//go:build stack

package proof

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/coder/websocket"
)

const (
	patience = 90 * time.Second
	document = "/api/v1/topics/session/opening"
	asked    = "Does it hold behind a proxy?"
	later    = "Does it hold when a hub goes?"
)

// stack is what stack.sh has started.
type stack struct {
	public, prometheus, code string
	hub                      int // the process of hub-1
	cookie                   http.Header
}

// TestStack looks at the whole set from outside, in the order of a day.
func TestStack(t *testing.T) {
	for _, proxy := range []string{"nginx", "caddy"} {
		t.Run(proxy, func(t *testing.T) { day(t, start(t, proxy)) })
	}
}

func day(t *testing.T, s *stack) {
	s.page(t)
	s.visitor(t)
	events := s.events(t)
	sockets := make([]*socket, 6)
	for i := range sockets {
		sockets[i] = s.socket(t)
	}
	s.ask(t, "01J8Z3V5Q6W7X8Y9ZABCDEFGHJ", asked)
	for _, k := range sockets {
		k.until(t, asked)
	}
	events.until(t, asked)
	s.expressions(t)
	s.rules(t)
	s.drain(t, sockets)
	s.socket(t).until(t, later)
	for range 20 {
		s.page(t)
	}
}

// start starts the set, reads its links, and ends it by the pid of its script.
func start(t *testing.T, proxy string) *stack {
	t.Helper()
	cmd := exec.Command("../tools/stack.sh", proxy)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := cmd.Process.Signal(syscall.SIGTERM); err != nil {
			t.Error(err)
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("stack.sh ended with %v", err)
		}
	})
	var said strings.Builder
	for lines := bufio.NewScanner(out); lines.Scan(); {
		said.WriteString(lines.Text() + "\n")
		if strings.HasPrefix(lines.Text(), "Majlis is ready on ") {
			break
		}
	}
	find := func(pattern string) string {
		m := regexp.MustCompile(pattern).FindStringSubmatch(said.String())
		if m == nil {
			t.Fatalf("stack.sh did not say %s:\n%s", pattern, said.String())
		}
		return m[1]
	}
	pid, err := strconv.Atoi(find(`hub-1 .* pid (\d+)`))
	if err != nil {
		t.Fatal(err)
	}
	return &stack{public: find(`ready on (http://[\d.:]+)`), prometheus: find(`prometheus (http://\S+)`), code: find(`/j/(\w+)`), hub: pid}
}

func get(t *testing.T, address string) []byte {
	t.Helper()
	res, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s: %s, %v: %.300s", address, res.Status, err, body)
	}
	return body
}

func (s *stack) page(t *testing.T) {
	t.Helper()
	if body := get(t, s.public+"/j/"+s.code); !bytes.Contains(body, []byte("<html")) {
		t.Fatalf("the page of an attendee is %.200s", body)
	}
}

func (s *stack) post(t *testing.T, path, body string) *http.Response {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.public+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for k, v := range s.cookie {
		r.Header[k] = v
	}
	r.Header.Set("Origin", s.public)
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	return res
}

func (s *stack) visitor(t *testing.T) {
	t.Helper()
	var pairs []string
	for _, c := range s.post(t, "/api/v1/hello", "").Cookies() {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	if len(pairs) == 0 {
		t.Fatal("no identity came through the proxy")
	}
	s.cookie = http.Header{"Cookie": {strings.Join(pairs, "; ")}}
}

// ask asks a question, and is told that it is on disk. Like a phone it sends it
// again when a proxy has found nobody.
func (s *stack) ask(t *testing.T, id, text string) {
	t.Helper()
	body, err := json.Marshal(map[string]any{"id": id, "cmd": map[string]any{"type": "question.ask", "id": id, "text": text, "lang": "en"}})
	if err != nil {
		t.Fatal(err)
	}
	res := s.post(t, document+"/commands?role=attendee", string(body))
	for range 20 {
		if res.StatusCode != http.StatusBadGateway {
			break
		}
		time.Sleep(100 * time.Millisecond)
		res = s.post(t, document+"/commands?role=attendee", string(body))
	}
	answer, err := io.ReadAll(res.Body)
	if err != nil || !bytes.Contains(answer, []byte(`"t":"ack"`)) || !bytes.Contains(answer, []byte("redis-disk")) {
		t.Fatalf("a question is answered %s, %s, %v; want an acknowledgement of redis-disk", res.Status, answer, err)
	}
}

// stream is an event stream through the proxy.
type stream struct{ lines *bufio.Scanner }

func (s *stack) events(t *testing.T) *stream {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, s.public+document+"/events?role=attendee", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header = s.cookie.Clone()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { res.Body.Close() })
	if res.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(res.Body)
		t.Fatalf("the event stream is answered %s: %.300s", res.Status, body)
	}
	e := &stream{bufio.NewScanner(res.Body)}
	e.lines.Buffer(nil, 4<<20)
	e.until(t, `"t":"patch"`)
	return e
}

func (e *stream) until(t *testing.T, text string) {
	t.Helper()
	for e.lines.Scan() {
		if strings.Contains(e.lines.Text(), text) {
			return
		}
	}
	t.Fatalf("the event stream ended with %v before %q", e.lines.Err(), text)
}

// socket is a WebSocket through the proxy.
type socket struct {
	ws  *websocket.Conn
	bye bool // it has been told to come back; read when reading is over
}

func (s *stack) socket(t *testing.T) *socket {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	h := s.cookie.Clone()
	h.Set("Origin", s.public)
	ws, _, err := websocket.Dial(ctx, "ws"+strings.TrimPrefix(s.public, "http")+"/ws",
		&websocket.DialOptions{HTTPHeader: h, Subprotocols: []string{"majlis.v1"}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ws.CloseNow() })
	ws.SetReadLimit(4 << 20)
	device := make([]byte, 16)
	rand.Read(device)
	for _, frame := range []map[string]any{
		{"t": "hello", "v": 1, "device": hex.EncodeToString(device)},
		{"t": "watch", "topic": "session/opening", "role": "attendee"},
	} {
		b, err := json.Marshal(frame)
		if err != nil {
			t.Fatal(err)
		}
		if err := ws.Write(ctx, websocket.MessageText, b); err != nil {
			t.Fatal(err)
		}
	}
	return &socket{ws: ws}
}

// read reads until a text comes; it returns what ended the socket before.
func (k *socket) read(text string) error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	for {
		_, message, err := k.ws.Read(ctx)
		if err != nil {
			return err
		}
		k.bye = k.bye || bytes.Contains(message, []byte(`"t":"bye"`))
		if bytes.Contains(message, []byte(text)) {
			return nil
		}
	}
}

func (k *socket) until(t *testing.T, text string) {
	t.Helper()
	if err := k.read(text); err != nil {
		t.Fatalf("the socket ended before %q: %v", text, err)
	}
}

// query asks Prometheus, and decodes what it says.
func (s *stack) query(t *testing.T, path string, v any) {
	t.Helper()
	if err := json.Unmarshal(get(t, s.prometheus+path), v); err != nil {
		t.Fatal(err)
	}
}

// expressions waits until every expression of the dashboard has an answer.
func (s *stack) expressions(t *testing.T) {
	t.Helper()
	chosen := strings.NewReplacer("$job", "majlis", "$instance", ".*", "$__rate_interval", "30s")
	n := 0
	for _, p := range panels(t) {
		for _, q := range p.Targets {
			n++
			series := 0
			for end := time.Now().Add(patience); series == 0 && time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
				var answer struct{ Data struct{ Result []any } }
				s.query(t, "/api/v1/query?query="+url.QueryEscape(chosen.Replace(q.Expr)), &answer)
				series = len(answer.Data.Result)
			}
			if series == 0 {
				t.Errorf("%q shows nothing: %s", p.Title, q.Expr)
			}
		}
	}
	t.Logf("%d expressions have data", n)
}

// rules waits until Prometheus has evaluated each of them.
func (s *stack) rules(t *testing.T) {
	t.Helper()
	type state struct{ Name, Health, State, LastError string }
	var answer struct {
		Data struct{ Groups []struct{ Rules []state } }
	}
	all := 0
	for end := time.Now().Add(patience); ; time.Sleep(200 * time.Millisecond) {
		s.query(t, "/api/v1/rules", &answer)
		all = 0
		var bad []state
		for _, g := range answer.Data.Groups {
			for _, r := range g.Rules {
				if all++; r.Health != "ok" || r.State == "firing" {
					bad = append(bad, r)
				}
			}
		}
		if len(bad) == 0 {
			break
		}
		if time.Now().After(end) {
			t.Fatalf("rules that fail, or fire for nothing: %+v", bad)
		}
	}
	if want := len(rules(t)); all != want {
		t.Errorf("Prometheus has %d rules, want %d", all, want)
	}
}

// drain ends hub-1 as an update does: its phones are told and sent away with
// 1012, those of the other hub keep theirs and see what is asked then.
func (s *stack) drain(t *testing.T, sockets []*socket) {
	t.Helper()
	ended := make(chan error, len(sockets))
	for _, k := range sockets {
		go func() { ended <- k.read(later) }()
	}
	if err := syscall.Kill(s.hub, syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); syscall.Kill(s.hub, 0) == nil && !zombie(s.hub); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("hub-1 does not end")
		}
	}
	s.ask(t, "01J8Z3V5Q6W7X8Y9ZABCDEFGHK", later)
	away, told := 0, 0
	for range sockets {
		if err := <-ended; err != nil {
			away++
			if websocket.CloseStatus(err) != websocket.StatusServiceRestart {
				t.Errorf("a phone was sent away with %v, want 1012", err)
			}
		}
	}
	for _, k := range sockets {
		if k.bye {
			told++
		}
	}
	if away == 0 || away == len(sockets) || told != away {
		t.Errorf("%d of %d phones were sent away, %d were told; want those of one hub of two", away, len(sockets), told)
	}
	t.Logf("%d of %d phones were told and sent away, the others saw the next question", away, len(sockets))
}

// zombie reports whether a process has ended and nobody has asked how.
func zombie(pid int) bool {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && bytes.Contains(stat, []byte(") Z "))
}
