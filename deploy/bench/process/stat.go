package process

import (
	"bytes"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// ticks is USER_HZ: 100 on every Linux (proc_pid_stat(5)).
const ticks = 100

// CPU is the user and system time that a process has used, to 10 ms.
func CPU(pid int) (time.Duration, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return 0, fmt.Errorf("read CPU time: %w", err)
	}
	return parseStat(b)
}

// parseStat reads fields 14 and 15 of a stat line. The name in field 2 may hold
// blanks and brackets.
func parseStat(b []byte) (time.Duration, error) {
	end := bytes.LastIndexByte(b, ')')
	if end < 0 {
		return 0, fmt.Errorf("no process's stat: %.60q", b)
	}
	fields := strings.Fields(string(b[end+1:]))
	const utime = 14 - 3
	if len(fields) < utime+2 {
		return 0, fmt.Errorf("too short a stat: %.60q", b)
	}
	var sum uint64
	for _, f := range fields[utime : utime+2] {
		n, err := strconv.ParseUint(f, 10, 62)
		if err != nil {
			return 0, fmt.Errorf("read CPU time: %w", err)
		}
		sum += n
	}
	return time.Duration(sum) * (time.Second / ticks), nil
}

// RSS is how many bytes of a process are in memory.
func RSS(pid int) (int64, error) {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("read memory: %w", err)
	}
	return parseStatus(b)
}

func parseStatus(b []byte) (int64, error) {
	for line := range strings.Lines(string(b)) {
		rest, ok := strings.CutPrefix(line, "VmRSS:")
		if !ok {
			continue
		}
		kib, ok := strings.CutSuffix(strings.TrimSpace(rest), " kB")
		n, err := strconv.ParseInt(strings.TrimSpace(kib), 10, 52)
		if !ok || err != nil || n < 0 {
			return 0, fmt.Errorf("read memory: %q", line)
		}
		return n << 10, nil
	}
	return 0, fmt.Errorf("no VmRSS in the status of a process")
}
