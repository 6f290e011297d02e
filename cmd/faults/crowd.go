package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"majlis/hub/oplog/redislog/redistest"
)

// Crowd is an audience at all nodes of a house: a `swarm`, which also judges. Its
// methods are for the test's goroutine.
type Crowd struct {
	t     testing.TB
	cmd   *exec.Cmd
	ended <-chan struct{}
	urls  []string
	out   bytes.Buffer // read when it has ended
	errs  output
	file  *os.File // the history, as far as it has been read
	part  []byte   // of a line that is not whole yet
	acked int

	events []Event
	report *Report
}

// Event is one line of the history: one command of one person, or what a phone
// holds in the end. Times are nanoseconds since 1970.
type Event struct {
	Person string `json:"person"`
	Kind   string `json:"kind"`   // the command's type
	Target string `json:"target"` // id of the question or the poll
	Value  string `json:"value"`  // "on", or the choice like "1,3"; empty: none
	N      uint64 `json:"n"`
	Call   int64  `json:"call"`
	Return int64  `json:"return"`  // 0: never
	Came   string `json:"outcome"` // acked, refused, unknown; read: what the phone holds in the end
	Reason string `json:"reason"`
	Offset uint64 `json:"offset"`
	Server string `json:"server"`
}

// Report is what the audience says in the end.
type Report struct {
	Phones     int      `json:"phones"`
	Commands   int      `json:"commands"`
	Acked      int      `json:"acked"`
	Refused    int      `json:"refused"`
	Unknown    int      `json:"unknown"`
	Reconnects int      `json:"reconnects"`
	Lost       int      `json:"lost"`
	Twice      int      `json:"twice"`
	Diverged   int      `json:"diverged"`
	P99        *float64 `json:"p99_ms"`

	Events []Event `json:"-"`
	urls   []string
	said   string
}

// Good reports whether nothing is lost, counted twice, seen differently or open.
func (r *Report) Good() bool {
	return r.Acked > 0 && r.Unknown+r.Lost+r.Twice+r.Diverged == 0
}

func (r *Report) String() string {
	return fmt.Sprintf("%d commands, %d acknowledged, %d refused, %d reconnects; lost %d, twice %d, diverged %d, unknown %d\n%s",
		r.Commands, r.Acked, r.Refused, r.Reconnects, r.Lost, r.Twice, r.Diverged, r.Unknown, r.said)
}

// Crowd sends so many phones to all nodes, which are busy for some time, two
// commands a second each unless more flags of swarm say otherwise.
func (h *House) Crowd(phones int, busy time.Duration, more ...string) *Crowd {
	h.t.Helper()
	var urls []string
	for _, n := range h.Nodes {
		urls = append(urls, n.URL())
	}
	return h.CrowdAt(urls, phones, busy, more...)
}

// CrowdAt is a Crowd at some addresses.
func (h *House) CrowdAt(urls []string, phones int, busy time.Duration, more ...string) *Crowd {
	h.t.Helper()
	c := &Crowd{t: h.t, urls: urls}
	name := filepath.Join(h.t.TempDir(), "history")
	args := []string{
		"--session", Session, "--pass", h.Pass, "--json", "--history", name, "--phones", fmt.Sprint(phones), "--duration", busy.String(),
		"--ramp", min(busy/10, 5*time.Second).String(), "--settle", settle.String(), "--rate", "2", "--asks", fmt.Sprint(phones),
	}
	for _, u := range urls {
		args = append(args, "--url", u)
	}
	c.cmd = exec.Command(program(h.t, "swarm"), append(args, more...)...)
	c.cmd.Stdout, c.cmd.Stderr = &c.out, &c.errs
	ended, err := redistest.Spawn(c.cmd)
	if err != nil {
		h.t.Fatal(err)
	}
	c.ended = ended
	h.t.Cleanup(func() {
		_ = c.cmd.Process.Kill() // it has ended, mostly
		<-c.ended
		if c.file != nil {
			c.file.Close()
		}
	})
	Soon(h.t, "the audience writes its history", func() bool {
		c.file, err = os.Open(name)
		return err == nil
	})
	return c
}

// read takes in what the history has got.
func (c *Crowd) read() {
	c.t.Helper()
	more, err := io.ReadAll(c.file)
	if err != nil {
		c.t.Fatal(err)
	}
	c.part = append(c.part, more...)
	whole := bytes.LastIndexByte(c.part, '\n') + 1
	for lines := bufio.NewScanner(bytes.NewReader(c.part[:whole])); lines.Scan(); {
		var e Event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			c.t.Fatalf("history: %v in %s", err, lines.Bytes())
		}
		if c.events = append(c.events, e); e.Came == "acked" {
			c.acked++
		}
	}
	c.part = append([]byte{}, c.part[whole:]...)
}

// Acked is how many commands have been acknowledged so far.
func (c *Crowd) Acked() int {
	c.t.Helper()
	c.read()
	return c.acked
}

// Await waits until so many more commands have been acknowledged.
func (c *Crowd) Await(more int) {
	c.t.Helper()
	for want := c.Acked() + more; c.Acked() < want; time.Sleep(look) {
		select {
		case <-c.ended:
			c.t.Fatalf("the audience has ended, and %d commands were acknowledged, not %d\n%s", c.acked, want, c.errs.String())
		default:
		}
	}
}

// Enough tells the audience to come to its end.
func (c *Crowd) Enough() {
	c.t.Helper()
	if err := c.cmd.Process.Signal(syscall.SIGUSR1); err != nil {
		c.t.Fatalf("the audience has ended too early: %v", err)
	}
}

// End waits for the end of the audience: what it found.
func (c *Crowd) End() *Report {
	c.t.Helper()
	if c.report != nil {
		return c.report
	}
	<-c.ended
	c.read()
	c.report = &Report{Events: c.events, urls: c.urls, said: tail(c.errs.String())}
	if err := json.Unmarshal(c.out.Bytes(), c.report); err != nil {
		c.t.Fatalf("the audience gives no report: %v\n%s", err, tail(c.errs.String()))
	}
	c.t.Logf("%d phones: %d commands, %d acknowledged, %d refused, %d reconnects; lost %d, twice %d, diverged %d, unknown %d", c.report.Phones,
		c.report.Commands, c.report.Acked, c.report.Refused, c.report.Reconnects, c.report.Lost, c.report.Twice, c.report.Diverged, c.report.Unknown)
	return c.report
}

// Resumed is how long after the end of a fault every server had acknowledged a
// command that had been asked for since it began.
func (r *Report) Resumed(began, ended time.Time) time.Duration {
	first := map[string]int64{}
	for _, e := range r.Events {
		if e.Came == "acked" && e.Call >= began.UnixNano() && e.Return >= ended.UnixNano() && (first[e.Server] == 0 || e.Return < first[e.Server]) {
			first[e.Server] = e.Return
		}
	}
	var longest time.Duration
	for _, url := range r.urls {
		if first[url] == 0 {
			return patience // never
		}
		longest = max(longest, time.Duration(first[url]-ended.UnixNano()))
	}
	return longest
}

// Cleared is how long after a moment the last command was answered of those that
// had been asked for before it.
func (r *Report) Cleared(from time.Time) time.Duration {
	last := from.UnixNano()
	for _, e := range r.Events {
		if e.Came != "read" && e.Call < from.UnixNano() {
			last = max(last, e.Return)
		}
	}
	return time.Duration(last - from.UnixNano())
}

// AckedBetween is how many acknowledgements came between two moments.
func (r *Report) AckedBetween(from, to time.Time) (n int) {
	for _, e := range r.Events {
		if e.Came == "acked" && e.Return >= from.UnixNano() && e.Return < to.UnixNano() {
			n++
		}
	}
	return n
}
