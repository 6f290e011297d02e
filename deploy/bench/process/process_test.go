package process

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

func TestParseStat(t *testing.T) {
	line := "4242 (a (very) odd) name) S 1 4242 4242 0 -1 4194304 100 0 0 0 123 45 6 7 20 0 8 0 100 1000000 500 18446744073709551615"
	got, err := parseStat([]byte(line))
	if err != nil || got != 1680*time.Millisecond {
		t.Errorf("%v, %v, want 1.68s", got, err)
	}
	for name, bad := range map[string]string{
		"Empty": "", "NoName": "1 2 3", "Short": "1 (x) S 1 2 3 4 5 6 7 8 9 10 11", "Letters": strings.Replace(line, "123", "abc", 1),
	} {
		if got, err := parseStat([]byte(bad)); err == nil {
			t.Errorf("%s is read as %v", name, got)
		}
	}
}

func TestParseStatus(t *testing.T) {
	got, err := parseStatus([]byte("Name:\tmajlis\nVmPeak:\t  999 kB\nVmRSS:\t   22244 kB\nRssAnon:\t 1 kB\n"))
	if err != nil || got != 22244<<10 {
		t.Errorf("%d, %v", got, err)
	}
	for name, bad := range map[string]string{"Zombie": "Name:\tx\nState:\tZ\n", "Unit": "VmRSS:\t1 MB\n", "Letters": "VmRSS:\tx kB\n"} {
		if got, err := parseStatus([]byte(bad)); err == nil {
			t.Errorf("%s is read as %d", name, got)
		}
	}
}

// TestTheKernelSaysSo reads what the kernel says of this process.
func TestTheKernelSaysSo(t *testing.T) {
	before, err := CPU(os.Getpid())
	if err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); {
		if now, err := CPU(os.Getpid()); err != nil || now >= before+30*time.Millisecond {
			if err != nil {
				t.Fatal(err)
			}
			before = -1
			break
		}
	}
	if before >= 0 {
		t.Error("a busy process uses no CPU time")
	}
	rss, err := RSS(os.Getpid())
	if err != nil || rss < 1<<20 || rss > 8<<30 {
		t.Errorf("a memory of %d bytes, %v", rss, err)
	}
	if _, err := RSS(1 << 30); err == nil {
		t.Error("a process that is not there has memory")
	}
}

func TestParseSockets(t *testing.T) {
	table := `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1
   1: 0100007F:1F90 0200007F:8001 01 0000A3C0:00000000 01:00000014 00000000     0        0 2
   2: 0200007F:8001 0100007F:1F90 01 00000000:00000900 00:00000000 00000000     0        0 3
   3: 0100007F:1F91 0200007F:8002 01 0000A3C0:00000000 00:00000000 00000000     0        0 4
   4: 0100007F:1F90 0200007F:8003 01 00000001:00000000 00:00000000 00000000     0        0 5
`
	if n := parseSockets([]byte(table), 8080); n != 2 {
		t.Errorf("%d sockets of port 8080 hold something, want 2", n)
	}
}

func TestParseSockstat(t *testing.T) {
	got, err := parseSockstat([]byte("sockets: used 40\nTCP: inuse 5 orphan 0 tw 0 alloc 7 mem 12\nUDP: inuse 1 mem 99\n"))
	if err != nil || got != 12*int64(os.Getpagesize()) {
		t.Errorf("%d, %v", got, err)
	}
	for _, bad := range []string{"", "TCP: inuse 5\n", "TCP: mem x\n", "UDP: inuse 1 mem 99\n"} {
		if got, err := parseSockstat([]byte(bad)); err == nil {
			t.Errorf("%q is read as %d", bad, got)
		}
	}
	if _, err := KernelTCP(); err != nil {
		t.Error(err)
	}
}

func TestParseMetrics(t *testing.T) {
	got := parseMetrics([]byte("# HELP x y\n# TYPE x counter\nx{role=\"attendee\",source=\"encoded\"} 12\ny 1.5e+03\n\nnothing\nz NaNa\n"))
	if len(got) != 2 || got[`x{role="attendee",source="encoded"}`] != 12 || got["y"] != 1500 {
		t.Errorf("%v", got)
	}
}

// script makes a program for the shell.
func script(t *testing.T, text string) string {
	t.Helper()
	if _, err := exec.LookPath("sh"); err != nil {
		t.Skip("no sh")
	}
	name := filepath.Join(t.TempDir(), "server")
	if err := os.WriteFile(name, []byte("#!/bin/sh\n"+text), 0o700); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAChildIsStoppedByAnInterrupt(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p, err := Start(t.TempDir(), "", script(t, "trap 'echo leaving; exit 0' INT; echo ready; while :; do sleep 0.05; done"))
	if err != nil {
		t.Fatal(err)
	}
	if err := p.WaitFor("word", 20*time.Second, func() bool { return p.Output() == "ready" }); err != nil {
		t.Fatal(err)
	}
	if err := p.Stop(); err != nil || !p.Ended() || !strings.Contains(p.Output(), "leaving") {
		t.Errorf("ended %t with %q, %v", p.Ended(), p.Output(), err)
	}
}

func TestFreePortsDifferAndAreNotForOutgoingConnections(t *testing.T) {
	b, err := os.ReadFile("/proc/sys/net/ipv4/ip_local_port_range")
	if err != nil {
		t.Fatal(err)
	}
	var low, high int
	if _, err := fmt.Sscan(string(b), &low, &high); err != nil {
		t.Fatal(err)
	}
	ports, err := FreePorts(50)
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[int]bool)
	for _, p := range ports {
		if seen[p] || p >= low && p <= high {
			t.Errorf("port %d comes twice (%t), or lies in %d to %d", p, seen[p], low, high)
		}
		seen[p] = true
	}
	if _, err := FreePorts(portTries + 1); err == nil {
		t.Error("more ports than are tried are found")
	}
}

func TestAChildThatEndsByItselfIsAnErrorWithItsLastWords(t *testing.T) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	p, err := Start(t.TempDir(), "", script(t, "echo the port is taken; exit 3"))
	if err != nil {
		t.Fatal(err)
	}
	err = p.WaitFor("port", 20*time.Second, func() bool { return false })
	if err == nil || !strings.Contains(err.Error(), "the port is taken") {
		t.Errorf("waiting for it: %v", err)
	}
	if err := p.Stop(); err == nil {
		t.Error("stopping it is no error")
	}
}
