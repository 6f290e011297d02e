package main

import (
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// Two servers share a Redis, and the commands work beside them: what one node
// knows, the others know soon.
func TestServersOnOneRedis(t *testing.T) {
	redis := redistest.Start(t)
	secret := filepath.Join(t.TempDir(), "secret")
	store := []string{"--store", redis.URL(), "--secret-file", secret}
	command := func(name string, args ...string) string {
		return must(t, append(append([]string{name}, store...), args...)...)
	}
	first := serveProcess(t, redis.URL(), freeAddr(t), "--secret-file", secret, "--demo")
	admin := freeAddr(t)
	second := serveProcess(t, redis.URL(), freeAddr(t), "--secret-file", secret, "--admin", admin, "--node", "hall-2")
	sessions := func(s *server) int {
		return len(fetch[struct{ Items []struct{ ID string } }](t, s.addr, "/api/v1/sessions").Items)
	}
	level := fetch[struct{ Level string }](t, second.addr, "/readyz").Level
	if got := sessions(second); got != len(demoProgramme) || level != "redis-disk" {
		t.Fatalf("the second server has %d sessions and promises %q", got, level)
	}
	link := decode[struct{ ID, Link string }](t, command("pass", "--role", "organiser", "--json"))
	_, token, _ := strings.Cut(link.Link, "#")
	results := func(s *server) int { return status(t, s.addr, "/api/v1/sessions/opening/results.json", token) }
	if got := results(second); got != http.StatusOK {
		t.Fatalf("a good link gets %d", got)
	}
	command("pass", "--revoke", link.ID)
	for _, s := range []*server{first, second} {
		soon(t, "a revoked link opens nothing", func() bool { return results(s) == http.StatusForbidden })
	}

	file := filepath.Join(t.TempDir(), "second.xml")
	if err := os.WriteFile(file, []byte(smallProgramme), 0o600); err != nil {
		t.Fatal(err)
	}
	command("import", file)
	for _, s := range []*server{first, second} {
		soon(t, "another conference is listed", func() bool { return sessions(s) == len(demoProgramme)+1 })
	}

	type node struct {
		Name, Version string
		Ready         bool
		Rules         map[string]int
	}
	var nodes []node
	soon(t, "the second node knows of both", func() bool {
		nodes = fetch[[]node](t, admin, "/ops/nodes.json")
		return len(nodes) == 2 && nodes[0].Ready && nodes[1].Ready
	})
	_, port, _ := net.SplitHostPort(first.addr)
	if nodes[0].Name != "hall-2" && nodes[1].Name != "hall-2" || nodes[0].Rules["session"] == 0 || nodes[0].Version != nodes[1].Version {
		t.Errorf("the nodes are %+v", nodes)
	}
	if said := command("doctor"); !strings.Contains(said, "node hall-2: ready, version ") || !strings.Contains(said, ":"+port+": ready") {
		t.Errorf("doctor does not tell the nodes:\n%s", said)
	}

	before := command("export")
	first.kill()
	if after := command("export"); after != before {
		t.Error("the export differs after a server was killed")
	}
	if err := second.stop(); err != nil {
		t.Errorf("ended with %v: %s", err, second.out)
	}
}

const smallProgramme = `<?xml version="1.0" encoding="utf-8"?>
<schedule>
 <version>1</version>
 <conference><acronym>second</acronym><title>Second</title><start>2026-03-01</start><end>2026-03-01</end><time_zone_name>UTC</time_zone_name></conference>
 <day index="1" date="2026-03-01"><room name="Hall"><event id="1" guid="00000000-0000-4000-8000-000000000001">
  <date>2026-03-01T10:00:00+00:00</date><start>10:00</start><duration>00:30</duration><room>Hall</room><title>One</title>
 </event></room></day>
</schedule>`

// soon waits until something is so.
func soon(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); !so(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never: %s", what)
		}
	}
}

// A store goes from a file to a Redis and back, and is the same each time.
func TestCopyThereAndBack(t *testing.T) {
	redis := redistest.Start(t)
	dir := t.TempDir()
	file, back := "sqlite:"+filepath.Join(dir, "first.db"), "sqlite:"+filepath.Join(dir, "back.db")
	secret := filepath.Join(dir, "first.db.secret")
	first := decode[replayReport](t, must(t, "replay", "--store", file, "--generate", "6000", "--json"))
	for range 2 { // what is there is passed over
		if out := must(t, "copy", "--from", file, "--to", redis.URL(), "--secret-file", secret); !strings.Contains(out, "6000 entries of 8 topics") {
			t.Fatal(out)
		}
	}
	there := decode[replayReport](t, must(t, "replay", "--store", redis.URL(), "--secret-file", secret, "--json"))
	must(t, "copy", "--from", redis.URL(), "--to", back, "--secret-file", secret)
	again := decode[replayReport](t, must(t, "replay", "--store", back, "--secret-file", secret, "--json"))
	if there.Digest != first.Digest || again.Digest != first.Digest || again.Entries != 6000 {
		t.Fatalf("first %+v, in Redis %+v, back %+v", first, there, again)
	}
	export := func(store string) string { return must(t, "export", "--store", store, "--secret-file", secret) }
	if export(back) != export(file) {
		t.Error("the texts are not the same")
	}

	// The secret goes along, and a store of another secret is not written to.
	must(t, "copy", "--from", file, "--to", "sqlite:"+filepath.Join(dir, "other.db"))
	if _, err := os.Stat(filepath.Join(dir, "other.db.secret")); err != nil {
		t.Errorf("the secret did not go along: %v", err)
	}
	strange := "sqlite:" + filepath.Join(dir, "strange.db")
	must(t, "replay", "--store", strange, "--generate", "100")
	if code, _, errs := invoke(t, "copy", "--from", file, "--to", strange); code != exitFailed || !strings.Contains(errs, "another secret") {
		t.Errorf("copied into another's store: exit %d, %s", code, errs)
	}
	if code, _, _ := invoke(t, "copy", "--from", file, "--to", file); code != exitUsage {
		t.Errorf("a store was copied to itself: exit %d", code)
	}
}
