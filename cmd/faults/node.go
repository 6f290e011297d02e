package faults

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"majlis/hub/oplog/redislog/redistest"
)

// Node is one `majlis serve`. It keeps its addresses when it is started again. Its
// methods are for the test's goroutine.
type Node struct {
	t     testing.TB
	flags []string
	addr  string // host:port of the public listener
	admin string // of the operators'

	cmd   *exec.Cmd
	ended <-chan struct{}
	out   output // of all its lives

	goroutines, files int // at rest, before the first phone
}

// output is what a process has printed so far.
type output struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.b.String()
}

// FreeAddr is an address that was free a moment ago.
func FreeAddr(t testing.TB) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

func newNode(t testing.TB, flags ...string) *Node {
	n := &Node{t: t, addr: FreeAddr(t), admin: FreeAddr(t), flags: flags}
	t.Cleanup(func() {
		n.Kill()
		if t.Failed() {
			t.Logf("node %s:\n%s", n.addr, tail(n.out.String()))
		}
	})
	return n
}

func tail(s string) string { return s[max(0, len(s)-6000):] }

// Addr is host:port of the public listener.
func (n *Node) Addr() string { return n.addr }

// URL is what phones open.
func (n *Node) URL() string { return "http://" + n.addr }

// Output is what the node has printed in all its lives.
func (n *Node) Output() string { return n.out.String() }

// Pid is that of the process.
func (n *Node) Pid() int { return n.cmd.Process.Pid }

// Launch starts the process and does not wait for it.
func (n *Node) Launch(more ...string) {
	n.t.Helper()
	args := append([]string{"serve", "--listen", n.addr, "--admin", n.admin}, n.flags...)
	n.cmd = exec.Command(program(n.t, "majlis"), append(args, more...)...)
	n.cmd.Stdout, n.cmd.Stderr = &n.out, &n.out
	ended, err := redistest.Spawn(n.cmd)
	if err != nil {
		n.t.Fatal(err)
	}
	n.ended = ended
}

// Start starts the process and waits until it is ready; it returns how long that
// took.
func (n *Node) Start(more ...string) time.Duration {
	n.t.Helper()
	began := time.Now()
	n.Launch(more...)
	n.AwaitReady()
	return time.Since(began)
}

// AwaitReady waits until the node wants phones.
func (n *Node) AwaitReady() {
	n.t.Helper()
	Soon(n.t, "node "+n.addr+" is ready", func() bool {
		select {
		case <-n.ended:
			n.t.Fatalf("node %s has ended: %v\n%s", n.addr, n.cmd.ProcessState, tail(n.out.String()))
		default:
		}
		r, err := n.Readyz()
		return err == nil && r.Ready
	})
}

// Ready is what a node says of itself.
type Ready struct {
	Ready   bool     `json:"ready"`
	Level   string   `json:"level"`
	Reasons []string `json:"reasons"`
}

// Readyz asks the node, for a second at most.
func (n *Node) Readyz() (r Ready, err error) {
	body, _, err := get(n.URL()+"/readyz", "", time.Second)
	if err == nil {
		err = json.Unmarshal(body, &r)
	}
	return r, err
}

// Kill ends the process as kill -9 does, and waits until it is gone.
func (n *Node) Kill() {
	if n.cmd != nil {
		_ = n.cmd.Process.Kill() // it may have ended already
		<-n.ended
	}
}

// Term asks the process to drain and end.
func (n *Node) Term() { n.signal(syscall.SIGTERM) }

// Stop asks the process to drain and end, and waits until it has: its exit code.
func (n *Node) Stop() int {
	n.t.Helper()
	n.Term()
	return n.Exit()
}

// Exit waits until the process has ended: its exit code, -1 if a signal ended it.
func (n *Node) Exit() int {
	n.t.Helper()
	select {
	case <-n.ended:
	case <-time.After(patience):
		n.t.Fatalf("node %s does not end", n.addr)
	}
	return n.cmd.ProcessState.ExitCode()
}

// Alive reports whether the process still runs.
func (n *Node) Alive() bool {
	select {
	case <-n.ended:
		return false
	default:
		return true
	}
}

// Pause stops the process as kill -STOP does; Resume lets it go on.
func (n *Node) Pause() { n.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (n *Node) Resume() { n.signal(syscall.SIGCONT) }

func (n *Node) signal(s syscall.Signal) {
	n.t.Helper()
	if err := n.cmd.Process.Signal(s); err != nil {
		n.t.Fatalf("node %s: %v: %v", n.addr, s, err)
	}
}

// Metric is the sum of a metric's series whose labels contain all of some texts,
// like `kind="full"`; 0 where there is none.
func (n *Node) Metric(name string, labels ...string) float64 {
	n.t.Helper()
	body, _, err := get("http://"+n.admin+"/metrics", "", patience)
	if err != nil {
		n.t.Fatal(err)
	}
	var sum float64
series:
	for lines := bufio.NewScanner(bytes.NewReader(body)); lines.Scan(); {
		series, value, _ := strings.Cut(lines.Text(), " ")
		if rest, ok := strings.CutPrefix(series, name); !ok || rest != "" && rest[0] != '{' {
			continue
		}
		for _, l := range labels {
			if !strings.Contains(series, l) {
				continue series
			}
		}
		v, err := strconv.ParseFloat(value, 64)
		if err != nil {
			n.t.Fatalf("%s: %v", lines.Text(), err)
		}
		sum += v
	}
	return sum
}

// stacks are those of the node's goroutines, alike ones together.
func (n *Node) stacks() string {
	body, _, err := get("http://"+n.admin+"/debug/pprof/goroutine?debug=1", "", patience)
	if err != nil {
		return err.Error()
	}
	return string(body)
}

// openFiles is how many the process has open.
func (n *Node) openFiles() int {
	n.t.Helper()
	list, err := os.ReadDir(fmt.Sprintf("/proc/%d/fd", n.Pid()))
	if err != nil {
		n.t.Fatal(err)
	}
	return len(list)
}

// rested notes what the node needs at rest.
func (n *Node) rested() {
	n.goroutines, n.files = int(n.Metric("go_goroutines")), n.openFiles()
}

// get reads something from a node, with a pass or without.
func get(url, pass string, within time.Duration) (body []byte, status int, err error) {
	r, err := http.NewRequest(http.MethodGet, url, nil)
	if err != nil {
		return nil, 0, err
	}
	if pass != "" {
		r.Header.Set("Authorization", "Bearer "+pass)
	}
	client := &http.Client{Timeout: within, Transport: &http.Transport{DisableKeepAlives: true}}
	res, err := client.Do(r)
	if err != nil {
		return nil, 0, err
	}
	defer res.Body.Close()
	body, err = io.ReadAll(io.LimitReader(res.Body, maxBody))
	return body, res.StatusCode, err
}

// Soon waits until something is so, and returns how long it took. The test fails
// if it never is.
func Soon(t testing.TB, what string, so func() bool) time.Duration {
	t.Helper()
	began := time.Now()
	for !so() {
		if time.Since(began) > patience {
			t.Fatalf("never: %s", what)
		}
		time.Sleep(look)
	}
	return time.Since(began)
}
