package main

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog/redistest"
)

// erase erases a topic in a store at rest.
func erase(t *testing.T, store, secret string, topic oplog.Topic) {
	t.Helper()
	s, err := openStore(t.Context(), &config{store: store, secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.Erase(t.Context(), topic), s.Close()); err != nil {
		t.Fatal(err)
	}
}

// wantErased wants a topic that cannot begin anew.
func wantErased(t *testing.T, store, secret string, topic oplog.Topic) {
	t.Helper()
	s, err := openStore(t.Context(), &config{store: store, secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{{}}); !errors.Is(err, oplog.ErrGone) {
		t.Errorf("%s takes an append in %s: %v", topic, store, err)
	}
	if _, err := s.Key(t.Context(), topic); !errors.Is(err, oplog.ErrGone) {
		t.Errorf("%s has a key in %s: %v", topic, store, err)
	}
}

const erasedTopic = oplog.Topic("session/generated-3")

// A topic that was erased is erased in the copy, also where the copy had it before.
func TestCopyErases(t *testing.T) {
	redis := redistest.Start(t)
	dir := t.TempDir()
	file, back := "sqlite:"+filepath.Join(dir, "first.db"), "sqlite:"+filepath.Join(dir, "back.db")
	secret := filepath.Join(dir, "first.db.secret")
	must(t, "replay", "--store", file, "--generate", "2000")
	must(t, "copy", "--from", file, "--to", redis.URL(), "--secret-file", secret)
	erase(t, file, secret, erasedTopic)
	if out := must(t, "copy", "--from", file, "--to", redis.URL(), "--secret-file", secret); !strings.Contains(out, "7 topics copied, 1 topics are erased") {
		t.Error(out)
	}
	wantErased(t, redis.URL(), secret, erasedTopic)
	must(t, "copy", "--from", redis.URL(), "--to", back, "--secret-file", secret)
	wantErased(t, back, secret, erasedTopic)
	if a, b := digest(t, file, secret), digest(t, back, secret); a != b {
		t.Errorf("%s, and back %s", a, b)
	}
}

func digest(t *testing.T, store, secret string) string {
	t.Helper()
	return decode[replayReport](t, must(t, "replay", "--store", store, "--secret-file", secret, "--json")).Digest
}

// backedUp runs a backup and returns the digest that it prints.
func backedUp(t *testing.T, store, secret, to string) string {
	t.Helper()
	out := must(t, "backup", "--store", store, "--secret-file", secret, "--to", to)
	found := regexp.MustCompile(`digest (\w+)`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no digest in %s", out)
	}
	return found[1]
}

// A backup of either kind of store is restored into either kind.
func TestBackupAndRestore(t *testing.T) {
	redis := redistest.Start(t)
	dir := t.TempDir()
	file := "sqlite:" + filepath.Join(dir, "first.db")
	secret := filepath.Join(dir, "first.db.secret")
	must(t, "replay", "--store", file, "--generate", "2000")
	erase(t, file, secret, erasedTopic)
	want := digest(t, file, secret)
	at := func(name string) string { return filepath.Join(dir, name) }

	if got := backedUp(t, file, secret, at("one")); got != want {
		t.Errorf("the backup has digest %s, the store %s", got, want)
	}
	must(t, "restore", "--from", at("one"), "--store", redis.URL(), "--secret-file", secret)
	wantErased(t, redis.URL(), secret, erasedTopic)
	if got := backedUp(t, redis.URL(), secret, at("two")); got != want {
		t.Errorf("the backup of the Redis has digest %s, want %s", got, want)
	}
	again := "sqlite:" + at("again.db")
	for range 2 { // the second finds everything
		must(t, "restore", "--from", at("two"), "--store", again, "--secret-file", secret)
	}
	wantErased(t, again, secret, erasedTopic)
	if got := digest(t, again, secret); got != want {
		t.Errorf("after two restores %s, want %s", got, want)
	}

	for name, args := range map[string][]string{
		"is there already": {"backup", "--store", file, "--to", at("one")},
		"no store at":      {"backup", "--store", "sqlite:" + at("none"), "--to", at("three")},
		"needs the secret": {"restore", "--from", at("one"), "--store", "sqlite:" + at("four")},
		"another secret":   {"restore", "--from", at("one"), "--store", otherStore(t)},
	} {
		if code, _, errs := invoke(t, args...); code != exitFailed || !strings.Contains(errs, name) {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
	left, err := filepath.Glob(at("three*"))
	if err != nil || len(left) > 0 {
		t.Errorf("a backup that failed leaves %v", left)
	}
}

func otherStore(t *testing.T) string {
	t.Helper()
	store := "sqlite:" + filepath.Join(t.TempDir(), "other.db")
	must(t, "replay", "--store", store, "--generate", "100")
	return store
}

// With the newest keys an older backup does not bring back what was erased since.
func TestRestoreOfWhatWasErasedSince(t *testing.T) {
	dir := t.TempDir()
	file, backup, back := "sqlite:"+filepath.Join(dir, "first.db"), filepath.Join(dir, "backup"), "sqlite:"+filepath.Join(dir, "back.db")
	secret := filepath.Join(dir, "first.db.secret")
	must(t, "replay", "--store", file, "--generate", "500")
	backedUp(t, file, secret, backup)
	erase(t, file, secret, erasedTopic)
	keys, err := os.ReadFile(filepath.Join(dir, "first.db.keys"))
	if err == nil {
		err = os.WriteFile(backup+".keys", keys, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"restore", "--from", backup, "--store", back, "--secret-file", secret}
	if code, _, errs := invoke(t, args...); code != exitFailed || !strings.Contains(errs, string(erasedTopic)) {
		t.Fatalf("exit %d, %s", code, errs)
	}
	must(t, append(args, "--erase-keyless")...)
	wantErased(t, back, secret, erasedTopic)
	if a, b := digest(t, file, secret), digest(t, back, secret); a != b {
		t.Errorf("%s, and restored %s", a, b)
	}
}

// Nodes that run put back what they know beyond a backup, or write on, before a
// restore has come to the end.
func TestRestoreBesideNodes(t *testing.T) {
	redis, dir := redistest.Start(t), t.TempDir()
	secret, backup := filepath.Join(dir, "secret"), filepath.Join(dir, "backup")
	must(t, "replay", "--store", redis.URL(), "--secret-file", secret, "--generate", "500")
	backedUp(t, redis.URL(), secret, backup)
	s, err := openStore(t.Context(), &config{store: redis.URL(), secret: secret})
	if err != nil {
		t.Fatal(err)
	}
	topics, err := allTopics(t.Context(), s.Topics)
	if err != nil {
		t.Fatal(err)
	}
	for _, topic := range topics[:2] {
		heads, err := s.Heads(t.Context(), []oplog.Topic{topic})
		if err == nil {
			_, err = s.Append(t.Context(), topic, heads[0], []oplog.Draft{oplog.EpochDraft(oplog.TypeRestore, "e")})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	out := must(t, "restore", "--from", backup, "--store", redis.URL(), "--secret-file", secret)
	if !strings.Contains(out, "2 topics in which nodes have gone on") {
		t.Errorf("it says %s", out)
	}
}

// A server that holds its store writes the backup itself.
func TestBackupWhileServing(t *testing.T) {
	dir := t.TempDir()
	store := "sqlite:" + filepath.Join(dir, "hub.db")
	secret := filepath.Join(dir, "hub.db.secret")
	serveProcess(t, store, freeAddr(t), "--demo")
	backup := filepath.Join(dir, "backup")
	want := backedUp(t, store, secret, backup)
	back := "sqlite:" + filepath.Join(dir, "back.db")
	must(t, "restore", "--from", backup, "--store", back, "--secret-file", secret)
	if got := digest(t, back, secret); got != want {
		t.Errorf("restored %s, backed up %s", got, want)
	}
	export := func(store string) string { return must(t, "export", "--store", store, "--secret-file", secret) }
	if export(store) != export(back) {
		t.Error("what is restored does not say the same")
	}
}

// An entry is left out while a server holds the store, and stays so.
func TestSkip(t *testing.T) {
	store := "sqlite:" + filepath.Join(t.TempDir(), "hub.db")
	s := serveProcess(t, store, freeAddr(t), "--demo")
	before := must(t, "export", "--store", store)
	skipped := must(t, "skip", "--store", store, "--topic", "session/opening", "--offset", "3")
	if !strings.Contains(skipped, "without the entry at 3") {
		t.Error(skipped)
	}
	after := must(t, "export", "--store", store)
	if after == before {
		t.Error("what was left out shows")
	}
	if err := s.stop(); err != nil {
		t.Fatalf("%v: %s", err, s.out)
	}
	if again := must(t, "export", "--store", store); again != after {
		t.Error("after a restart it says something else")
	}
	for _, args := range [][]string{{"--offset", "1"}, {"--offset", "4000"}} {
		if code, _, errs := invoke(t, append([]string{"skip", "--store", store, "--topic", "session/opening"}, args...)...); code != exitFailed || !strings.Contains(errs, "no entry at") {
			t.Errorf("%v: exit %d, %s", args, code, errs)
		}
	}
}
