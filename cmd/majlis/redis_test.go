package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"majlis/hub/oplog/redislog/redistest"
)

// The commands on a Redis: each is a node of its own.
func TestCommandsOnRedis(t *testing.T) {
	server := redistest.Start(t)
	secret := filepath.Join(t.TempDir(), "secret")
	flags := func(command string, more ...string) []string {
		return append([]string{command, "--store", server.URL(), "--secret-file", secret}, more...)
	}
	must(t, flags("replay", "--generate", "2000", "--json")...)
	first := decode[replayReport](t, must(t, flags("replay", "--json")...))
	second := decode[replayReport](t, must(t, flags("replay", "--json")...))
	if first.Entries != 2000 || first.Digest != second.Digest {
		t.Fatalf("two replays: %+v and %+v", first, second)
	}
	if code, _, errs := invoke(t, flags("replay", "--generate", "10")...); code == exitOK || !strings.Contains(errs, "fills an empty store") {
		t.Fatalf("generated into a store that is not empty: exit %d, %s", code, errs)
	}
	if out := must(t, flags("doctor")...); !strings.Contains(out, "8 topics, 2000 entries") {
		t.Fatalf("doctor says %s", out)
	}
	must(t, flags("export")...)
}

func TestRedisThatIsNotOurs(t *testing.T) {
	server := redistest.Start(t)
	dir := t.TempDir()
	must(t, "export", "--store", server.URL(), "--secret-file", filepath.Join(dir, "first"))
	other := filepath.Join(dir, "other")
	code, _, errs := invoke(t, "export", "--store", server.URL(), "--secret-file", other)
	if code != exitFailed || !strings.Contains(errs, "another secret") || !strings.Contains(errs, "bring the first node's") {
		t.Fatalf("exit %d, %s", code, errs)
	}
	if _, err := os.Stat(other); err == nil {
		t.Fatal("a secret that opens nothing was left behind")
	}
	if code, _, errs = invoke(t, "doctor", "--store", "redis+ring://h"); code != exitUsage {
		t.Fatalf("exit %d, %s", code, errs)
	}
}
