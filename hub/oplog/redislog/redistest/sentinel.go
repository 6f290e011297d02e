package redistest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Sentinels is a master with replicas, and the sentinels that watch it.
type Sentinels struct {
	Servers   []*Server // the first began as the master
	Sentinels []*Server
}

// MasterName is what the sentinels watch the master under.
const MasterName = "majlis"

// StartSentinels starts a master, so many replicas and three sentinels, of which
// two must agree, and waits until all know each other.
func StartSentinels(t testing.TB, replicas int) *Sentinels {
	t.Helper()
	master := Start(t)
	set := &Sentinels{Servers: []*Server{master}}
	for range replicas {
		set.Servers = append(set.Servers, master.Replica())
	}
	for range 3 {
		set.Sentinels = append(set.Sentinels, startSentinel(t, master.port))
	}
	for _, s := range set.Sentinels {
		eventually(t, "sentinels that know all", func() error { return s.watches(replicas, 2) })
	}
	return set
}

// startSentinel starts a sentinel that watches a master at a port, of which two
// must agree that it is gone.
func startSentinel(t testing.TB, port int) *Server {
	t.Helper()
	return start(t, Server{dir: t.TempDir(), conf: func(s *Server) string {
		path := filepath.Join(s.dir, "sentinel.conf")
		text := fmt.Sprintf("port %d\nbind 127.0.0.1\ndir %s\nlogfile %s\nsentinel monitor %s 127.0.0.1 %d 2\n"+
			"sentinel down-after-milliseconds %[4]s 1000\nsentinel failover-timeout %[4]s 5000\nsentinel parallel-syncs %[4]s 1\n",
			s.port, s.dir, filepath.Join(s.dir, "log"), MasterName, port)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}})
}

// watches finds out whether a sentinel knows so many replicas and others.
func (s *Server) watches(replicas, others int) error {
	client := s.Client()
	defer client.Close()
	for what, want := range map[string]int{"REPLICAS": replicas, "SENTINELS": others} {
		list, err := client.Do(context.Background(), "SENTINEL", what, MasterName).Slice()
		if err != nil {
			return err
		}
		if len(list) != want {
			return fmt.Errorf("it knows %d %s, not %d", len(list), what, want)
		}
	}
	return nil
}

// URL is what a log is opened with.
func (s *Sentinels) URL() string {
	return "redis+sentinel://" + s.Sentinels[0].Addr() + "?addr=" + s.Sentinels[1].Addr() +
		"&addr=" + s.Sentinels[2].Addr() + "&master_name=" + MasterName
}

// Master is the server that the sentinels name now.
func (s *Sentinels) Master(t testing.TB) *Server {
	t.Helper()
	addr := s.Sentinels[0].Do("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MasterName).([]any)
	for _, server := range s.Servers {
		if server.Addr() == fmt.Sprintf("%v:%v", addr[0], addr[1]) {
			return server
		}
	}
	t.Fatalf("the sentinels name %v, which is none of the servers", addr)
	return nil
}

// Follow is how many replicas follow the master that the sentinels name.
func (s *Sentinels) Follow(t testing.TB) int {
	t.Helper()
	client := s.Master(t).Client()
	defer client.Close()
	info, err := client.InfoMap(context.Background(), "replication").Result()
	if err != nil {
		return 0
	}
	n, online := 0, info["Replication"]
	for i := range len(s.Servers) {
		if strings.Contains(online[fmt.Sprint("slave", i)], "state=online") {
			n++
		}
	}
	return n
}
