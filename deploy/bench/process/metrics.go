package process

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
)

// parseMetrics reads Prometheus' text format, as far as a sample is on a line.
func parseMetrics(b []byte) map[string]float64 {
	out := make(map[string]float64)
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		i := strings.LastIndexByte(line, ' ')
		if i < 0 || line[0] == '#' {
			continue
		}
		if v, err := strconv.ParseFloat(line[i+1:], 64); err == nil {
			out[line[:i]] = v
		}
	}
	return out
}

// Blocked counts the sockets of a port of this machine that hold bytes which the
// other side has not taken.
func Blocked(port uint16) (int, error) {
	b, err := os.ReadFile("/proc/net/tcp")
	if err != nil {
		return 0, fmt.Errorf("look at sockets: %w", err)
	}
	return parseSockets(b, port), nil
}

// parseSockets reads /proc/net/tcp: local address, remote address, state, queues.
func parseSockets(b []byte, port uint16) int {
	n := 0
	want := fmt.Sprintf(":%04X", port)
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		if len(f) < 5 || !strings.HasSuffix(f[1], want) {
			continue
		}
		queue, _, _ := strings.Cut(f[4], ":")
		if strings.Trim(queue, "0") != "" {
			n++
		}
	}
	return n
}

// KernelTCP is how many bytes the kernel of this machine holds for all of TCP:
// what servers have handed over and nobody has taken.
func KernelTCP() (int64, error) {
	b, err := os.ReadFile("/proc/net/sockstat")
	if err != nil {
		return 0, fmt.Errorf("look at TCP's memory: %w", err)
	}
	return parseSockstat(b)
}

// parseSockstat reads the pages behind "mem" in the line of TCP.
func parseSockstat(b []byte) (int64, error) {
	for line := range strings.Lines(string(b)) {
		f := strings.Fields(line)
		for i := 1; i+1 < len(f) && f[0] == "TCP:"; i += 2 {
			if f[i] != "mem" {
				continue
			}
			pages, err := strconv.ParseInt(f[i+1], 10, 40)
			if err != nil {
				return 0, fmt.Errorf("look at TCP's memory: %w", err)
			}
			return pages * int64(os.Getpagesize()), nil
		}
	}
	return 0, errors.New("no line about TCP's memory in /proc/net/sockstat")
}
