package main

import (
	"bufio"
	"encoding/json"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"majlis/hub/oplog"
)

// Phones go from one name of the server to the other, and the history has each of
// their commands once.
func TestHistory(t *testing.T) {
	t.Parallel()
	h := openHouse(t, &front{})
	file := filepath.Join(t.TempDir(), "history")
	code, r, stderr := h.play("--url", h.front.behind, "--history", file, "--drop", "0.2", "--pass", h.link(oplog.Organiser))
	if code != exitGood || r.Reconnects == 0 {
		t.Fatalf("exit code %d, %+v\n%s", code, r, stderr)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	type key struct {
		person string
		n      uint64
	}
	seen, came, servers := map[key]bool{}, map[string]int64{}, map[string]bool{}
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var e event
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatalf("%v in %s", err, lines.Bytes())
		}
		if e.Call > e.Return || e.Came == "acked" && e.Offset == 0 {
			t.Errorf("%+v", e)
		}
		if e.Came == "read" {
			came["read"]++
			continue
		}
		if k := (key{e.Person, e.N}); seen[k] {
			t.Errorf("twice: %+v", e)
		} else {
			seen[k] = true
		}
		servers[e.Server] = true
		if e.Person != "moderator" {
			came[e.Came]++
		}
	}
	if came["acked"] != r.Acked || came["refused"] != r.Refused || came["read"] == 0 {
		t.Errorf("the history has %v, the report %+v", came, r)
	}
	if len(servers) != 2 {
		t.Errorf("all was answered by %v", servers)
	}
}

// An audience that has been told that it is enough comes to its end, and judges.
// Not parallel: the signal is for all audiences of the process.
func TestEnough(t *testing.T) {
	h := openHouse(t, &front{})
	caught := make(chan os.Signal, 1)
	signal.Notify(caught, syscall.SIGUSR1) // else one that comes too early ends the process
	defer signal.Stop(caught)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		if code, r, stderr := h.play("--duration", "1h", "--ramp", "200ms"); code != exitGood {
			t.Errorf("exit code %d, %+v\n%s", code, r, stderr)
		}
	}()
	for {
		select {
		case <-ended:
			return
		case <-time.After(2 * time.Second):
			if err := syscall.Kill(os.Getpid(), syscall.SIGUSR1); err != nil {
				t.Fatal(err)
			}
		}
	}
}
