package redislog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

func TestLevels(t *testing.T) {
	for _, c := range []struct {
		name     string
		settings []string
		level    oplog.Level
		note     string // part of what the operator is told
	}{
		{"AlwaysOnDisk", nil, oplog.RedisDisk, ""},
		{"EverySecond", []string{"--appendfsync", "everysec"}, oplog.RedisMemory, "appendfsync everysec"},
		{"SnapshotsOnly", []string{"--appendonly", "no", "--save", "3600", "1"}, oplog.RedisMemory, "only snapshots"},
		{"NothingKept", []string{"--appendonly", "no"}, oplog.RedisMemory, "keeps nothing on disk"},
	} {
		t.Run(c.name, func(t *testing.T) {
			log := open(t, redistest.Start(t, c.settings...).URL())
			defer log.Close()
			if log.Level() != c.level {
				t.Errorf("level %s, want %s", log.Level(), c.level)
			}
			if notes := strings.Join(log.Notes(), "\n"); c.note == "" && notes != "" || !strings.Contains(notes, c.note) {
				t.Errorf("the operator is told %q, want something of %q", notes, c.note)
			}
		})
	}
}

// A level that needs what a server does not tell is not promised.
func TestLevelOfAHiddenConfiguration(t *testing.T) {
	server := redistest.Start(t)
	server.Do("ACL", "SETUSER", "default", "-config")
	log := open(t, server.URL())
	defer log.Close()
	if log.Level() != oplog.RedisMemory || len(log.Notes()) != 1 {
		t.Fatalf("level %s, notes %q", log.Level(), log.Notes())
	}
}

func TestRefusedServers(t *testing.T) {
	for _, c := range []struct {
		name  string
		setup func(t *testing.T) string
		want  string
	}{
		{"Evicts", func(t *testing.T) string {
			return redistest.Start(t, "--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru").URL()
		}, "set maxmemory-policy noeviction"},
		{"Replica", func(t *testing.T) string {
			server := redistest.Start(t)
			server.Do("REPLICAOF", "127.0.0.1", "1")
			return server.URL()
		}, "give the address of the master"},
		{"NotACluster", func(t *testing.T) string {
			return strings.Replace(redistest.Start(t).URL(), "redis:", "redis+cluster:", 1)
		}, "not a cluster"},
		{"OneOfACluster", func(t *testing.T) string {
			return redistest.Start(t, "--cluster-enabled", "yes").URL()
		}, "redis+cluster://"},
		{"Gone", func(t *testing.T) string {
			server := redistest.Start(t)
			server.Kill()
			return server.URL()
		}, "unavailable"},
		{"OtherSecret", func(t *testing.T) string {
			server := redistest.Start(t)
			log, err := redislog.Open(t.Context(), redislog.Config{URL: server.URL(), Secret: []byte("another secret of 32 bytes......")})
			if err != nil {
				t.Fatal(err)
			}
			log.Close()
			return server.URL()
		}, "another secret"},
	} {
		t.Run(c.name, func(t *testing.T) {
			log, err := redislog.Open(t.Context(), redislog.Config{URL: c.setup(t), Secret: secret})
			if err == nil {
				log.Close()
				t.Fatal("it was opened")
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Fatalf("%v; want something of %q", err, c.want)
			}
		})
	}
}

// A Redis that begins to evict keys while the log is open is found out.
func TestServerThatBecomesUnfit(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	log := open(t, server.URL())
	defer log.Close()
	health(t, log, true)
	server.Do("CONFIG", "SET", "maxmemory-policy", "allkeys-lru")
	health(t, log, false)
	if err := log.Health(); err == nil || !strings.Contains(err.Error(), "set maxmemory-policy noeviction") {
		t.Fatalf("the log's health is %v", err)
	}
	server.Do("CONFIG", "SET", "maxmemory-policy", "noeviction")
	health(t, log, true)
}

// A replica that goes away is missed, before anybody waits for it in vain, and so
// is a setting that changes.
func TestServerThatPromisesLess(t *testing.T) {
	t.Parallel()
	master := redistest.Start(t)
	replica := master.Replica()
	log, plain := open(t, master.URL()+"?replicas=1"), open(t, master.URL())
	defer log.Close()
	defer plain.Close()
	health(t, log, true)
	replica.Kill()
	health(t, log, false)
	if err := log.Health(); err == nil || !strings.Contains(err.Error(), "0 of 1 replicas") {
		t.Fatalf("the log's health is %v", err)
	}
	health(t, plain, true)
	master.Do("CONFIG", "SET", "appendfsync", "everysec")
	for deadline := time.Now().Add(patience); plain.Level() != oplog.RedisMemory; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("level %s", plain.Level())
		}
	}
	replica.Restart()
	health(t, log, true)
}

// What a server refuses behind the script leaves the outcome open: the entries
// are there.
func TestRefusedConfirmationIsUnknown(t *testing.T) {
	server := redistest.Start(t)
	log := open(t, server.URL()+"?replicas=1")
	defer log.Close()
	server.Do("ACL", "SETUSER", "default", "-wait")
	if _, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("1")}); !errors.Is(err, oplog.ErrUnknown) {
		t.Fatalf("%v, want ErrUnknown", err)
	}
	if n := len(counted(t, log, topic)); n != 1 {
		t.Fatalf("%d entries, want the one that was written", n)
	}
}

func TestURLs(t *testing.T) {
	for _, good := range []string{
		"redis://127.0.0.1:6400", "redis://u:p@h/2?replicas=1&prefix=a", "rediss://h:1?skip_verify=true",
		"redis+sentinel://h:26379?master_name=m&addr=i:26379&password=x&replicas=2", "rediss+cluster://h:1?addr=i:2",
	} {
		if err := redislog.CheckURL(good); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, want := range map[string]string{
		"":                        "no scheme",
		"http://h":                "no scheme",
		"redis+ring://h":          "no kind",
		"redis+sentinel://h:1":    "master_name",
		"redis://h?replicas=-1":   "how many replicas",
		"redis://h?prefix=a:b":    "without braces",
		"redis://h?nonsense=1":    "nonsense",
		"redis://u:hidden@h:port": "cannot be read",
	} {
		err := redislog.CheckURL(bad)
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hidden") {
			t.Errorf("%s: %v; want something of %q", bad, err, want)
		}
	}
}

// With replicas=1 nothing is acknowledged that a replica has not confirmed; what
// was not is there all the same, once, when the replica is back.
func TestReplicated(t *testing.T) {
	t.Parallel()
	master := redistest.Start(t)
	replica := master.Replica()
	log := open(t, master.URL()+"?replicas=1")
	defer log.Close()
	if log.Level() != oplog.RedisReplicated {
		t.Fatalf("level %s", log.Level())
	}
	a, err := log.Append(t.Context(), topic, oplog.Position{}, []oplog.Draft{vote("1")})
	if err != nil {
		t.Fatal(err)
	}
	replica.Pause()
	known := head(a.Entries)
	if _, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote("2")}); !errors.Is(err, oplog.ErrUnknown) || !strings.Contains(err.Error(), "0 of 1 replicas") {
		t.Fatalf("%v, want ErrUnknown for want of a replica", err)
	}
	// Also nothing new is confirmed, as by who finds its command already there.
	if _, err := log.Append(t.Context(), topic, known, nil); !errors.Is(err, oplog.ErrUnknown) {
		t.Fatalf("an append of nothing: %v, want ErrUnknown", err)
	}
	replica.Resume()
	if _, err := log.Append(t.Context(), topic, known, []oplog.Draft{vote("3")}); err != nil {
		t.Fatal(err)
	}
	before := replicated(t, master)
	if _, err := log.Append(t.Context(), topic, known, nil); err != nil {
		t.Fatal(err)
	}
	if after := replicated(t, master); after == before {
		t.Error("an append of nothing sends replicas nothing that newer Redis' WAIT would wait for")
	}
	for what, n := range counted(t, log, topic) {
		if n != 1 {
			t.Errorf("%s stands there %d times", what, n)
		}
	}
	if n := len(counted(t, log, topic)); n != 3 {
		t.Errorf("%d entries, want 3", n)
	}
}

// replicated is how many keys have been set at a master, and so at its replicas.
func replicated(t *testing.T, master *redistest.Server) string {
	t.Helper()
	info, _ := master.Do("INFO", "commandstats").(string)
	for line := range strings.Lines(info) {
		if rest, ok := strings.CutPrefix(line, "cmdstat_set:calls="); ok {
			calls, _, _ := strings.Cut(rest, ",")
			return calls
		}
	}
	return "0"
}
