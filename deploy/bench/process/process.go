// Package process starts servers as children, measures what they use and ends
// them, by their own ids alone.
package process

import (
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// stopWithin is how long a server may take to leave before it is killed.
const stopWithin = 10 * time.Second

// Process is a running child.
type Process struct {
	cmd   *exec.Cmd
	log   string
	admin string
	ended chan struct{}
}

// Start starts a program whose output goes to a file in dir. admin is the
// address of its /debug/pprof, empty for none. The child dies with the thread
// that started it, so call it from a locked one.
func Start(dir, admin, path string, args ...string) (*Process, error) {
	name := filepath.Join(dir, filepath.Base(path)+".log")
	out, err := os.Create(name)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	cmd := exec.Command(path, args...)
	cmd.Stdout, cmd.Stderr, cmd.Dir = out, out, dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start %s: %w", path, err)
	}
	p := &Process{cmd: cmd, log: name, admin: admin, ended: make(chan struct{})}
	go func() { _ = cmd.Wait(); close(p.ended) }()
	return p, nil
}

// PID is the child's id.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Ended says whether the child has ended.
func (p *Process) Ended() bool {
	select {
	case <-p.ended:
		return true
	default:
		return false
	}
}

// WaitFor waits until something is so, like that a port is open.
func (p *Process) WaitFor(what string, within time.Duration, so func() bool) error {
	for end := time.Now().Add(within); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if so() {
			return nil
		}
		if p.Ended() {
			return fmt.Errorf("%s ended: %s", filepath.Base(p.cmd.Path), p.Output())
		}
	}
	return fmt.Errorf("%s: no %s within %v: %s", filepath.Base(p.cmd.Path), what, within, p.Output())
}

// Output is the end of what the child has written.
func (p *Process) Output() string {
	b, _ := os.ReadFile(p.log)
	return strings.TrimSpace(string(b[max(0, len(b)-2000):]))
}

// Stop interrupts the child, and kills it when that takes too long.
func (p *Process) Stop() error {
	if p.Ended() {
		return fmt.Errorf("%s ended by itself: %s", filepath.Base(p.cmd.Path), p.Output())
	}
	_ = p.cmd.Process.Signal(os.Interrupt)
	select {
	case <-p.ended:
		return nil
	case <-time.After(stopWithin):
		_ = p.cmd.Process.Kill()
		<-p.ended
		return fmt.Errorf("%s did not end within %v and was killed", filepath.Base(p.cmd.Path), stopWithin)
	}
}

// Kill ends the child without a word.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill()
	<-p.ended
}

// CPU and RSS are those of the child.
func (p *Process) CPU() (time.Duration, error) { return CPU(p.PID()) }

// RSS is the child's memory.
func (p *Process) RSS() (int64, error) { return RSS(p.PID()) }

// Collect makes a Go child collect its garbage, twice, so that what finalizers
// and pools held is gone too. It does nothing for others.
func (p *Process) Collect() error {
	if p.admin == "" {
		return nil
	}
	for range 2 {
		if err := p.profile("heap?gc=1", io.Discard); err != nil {
			return err
		}
	}
	return nil
}

// Profile writes a CPU profile of a Go child, over so long, to a file.
func (p *Process) Profile(file string, d time.Duration) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	seconds := max(1, int(d.Round(time.Second).Seconds()))
	return errors.Join(p.profile(fmt.Sprintf("profile?seconds=%d", seconds), f), f.Close())
}

func (p *Process) profile(name string, w io.Writer) error {
	res, err := http.Get("http://" + p.admin + "/debug/pprof/" + name)
	if err != nil {
		return fmt.Errorf("ask for a profile: %w", err)
	}
	defer res.Body.Close()
	if _, err = io.Copy(w, res.Body); err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("ask for a profile: status %d", res.StatusCode)
	}
	return err
}

// Metrics reads the counters and gauges of a child that has them, by their names
// with labels.
func (p *Process) Metrics() (map[string]float64, error) {
	res, err := http.Get("http://" + p.admin + "/metrics")
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 4<<20))
	if err != nil {
		return nil, fmt.Errorf("read metrics: %w", err)
	}
	return parseMetrics(b), nil
}

// The ports of servers: below those that the kernel gives to outgoing connections
// (ip_local_port_range begins at 32,768), or one of these could take a port in the
// moment before its server does.
const (
	lowestPort  = 20_000
	highestPort = 32_000
	portTries   = 1000
)

// FreePorts finds so many ports of loopback that nobody listens on.
func FreePorts(n int) ([]int, error) {
	var ports []int
	for range portTries {
		if len(ports) == n {
			return ports, nil
		}
		port := lowestPort + rand.IntN(highestPort-lowestPort)
		l, err := net.Listen("tcp4", fmt.Sprintf("127.0.0.1:%d", port))
		if err != nil {
			continue
		}
		defer l.Close() // held until all are found, so that all differ
		ports = append(ports, port)
	}
	return nil, fmt.Errorf("no %d free ports between %d and %d", n, lowestPort, highestPort)
}
