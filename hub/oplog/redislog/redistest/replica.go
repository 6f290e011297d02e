package redistest

import (
	"context"
	"errors"
	"strconv"
	"testing"
)

// Replica starts a replica of the server, and waits until it follows.
func (s *Server) Replica(settings ...string) *Server {
	s.t.Helper()
	return startReplica(s.t, s.port, settings...)
}

func startReplica(t testing.TB, port int, settings ...string) *Server {
	t.Helper()
	args := append([]string{"--appendonly", "yes", "--appendfsync", "always", "--repl-diskless-sync-delay", "0"}, settings...)
	r := start(t, Server{dir: t.TempDir(), args: append(args, "--replicaof", "127.0.0.1 "+strconv.Itoa(port))})
	r.follows()
	return r
}

// follows waits until a replica has caught up with its master.
func (s *Server) follows() {
	s.t.Helper()
	eventually(s.t, "a replica", s.Follows)
}

// Follows tells why a replica does not follow its master; nil if it does.
func (s *Server) Follows() error {
	client := s.Client()
	defer client.Close()
	info, err := client.InfoMap(context.Background(), "replication").Result()
	if err == nil && info["Replication"]["master_link_status"] != "up" {
		err = errors.New("it does not follow")
	}
	return err
}

// Role is what the server is now: master or slave; empty while it does not say, as
// when it is about to change.
func (s *Server) Role() string {
	client := s.Client()
	defer client.Close()
	said, err := client.Do(context.Background(), "ROLE").Slice()
	if err != nil || len(said) == 0 {
		return ""
	}
	role, _ := said[0].(string)
	return role
}
