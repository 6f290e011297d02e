package redistest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/redis/go-redis/v9"
)

// slots is how many hash slots a cluster has.
const slots = 16384

// Cluster is some masters without replicas, which share the slots evenly.
type Cluster struct{ Nodes []*Server }

// StartCluster starts a cluster of so many masters, and waits until each knows
// all and all slots are served.
func StartCluster(t testing.TB, masters int) *Cluster {
	t.Helper()
	c := &Cluster{}
	for n := range masters {
		s := Start(t, "--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(freePort(t)), "--cluster-node-timeout", "2000")
		s.Do("CLUSTER", "ADDSLOTSRANGE", n*slots/masters, (n+1)*slots/masters-1)
		c.Nodes = append(c.Nodes, s)
	}
	first := c.Nodes[0]
	for _, s := range c.Nodes[1:] {
		bus := s.Do("CONFIG", "GET", "cluster-port").([]any)[1]
		first.Do("CLUSTER", "MEET", "127.0.0.1", s.port, bus)
	}
	for _, s := range c.Nodes {
		eventually(t, "a cluster", func() error { return s.joined(masters) })
	}
	return c
}

func (s *Server) joined(nodes int) error {
	client := s.Client()
	defer client.Close()
	info, err := client.ClusterInfo(context.Background()).Result()
	if err == nil && (!strings.Contains(info, "cluster_state:ok") || !strings.Contains(info, fmt.Sprintf("cluster_known_nodes:%d\r", nodes))) {
		err = errors.New("not all are in it")
	}
	return err
}

// URL is what a log is opened with.
func (c *Cluster) URL() string {
	url := "redis+cluster://" + c.Nodes[0].Addr()
	for i, s := range c.Nodes[1:] {
		url += []string{"?", "&"}[min(i, 1)] + "addr=" + s.Addr()
	}
	return url
}

// Replica starts a replica of the node that serves a key, and waits until it
// follows.
func (c *Cluster) Replica(t testing.TB, key string) *Server {
	t.Helper()
	master := c.Owner(key)
	r := Start(t, "--cluster-enabled", "yes", "--cluster-port", strconv.Itoa(freePort(t)), "--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0")
	r.Do("CLUSTER", "MEET", "127.0.0.1", master.port, master.Do("CONFIG", "GET", "cluster-port").([]any)[1])
	id := master.Do("CLUSTER", "MYID")
	client := r.Client()
	defer client.Close()
	eventually(t, "a replica in the cluster", func() error {
		return client.Do(context.Background(), "CLUSTER", "REPLICATE", id).Err()
	})
	r.follows()
	c.Nodes = append(c.Nodes, r)
	return r
}

// Move gives the slot of a key to another master, with all that is in it.
func (c *Cluster) Move(t testing.TB, key string) { c.MoveSlowly(t, key, func() {}) }

// MoveSlowly moves the keys one by one, and calls a function behind each: then
// some are here and some there.
func (c *Cluster) MoveSlowly(t testing.TB, key string, between func()) {
	t.Helper()
	slot := c.Nodes[0].Do("CLUSTER", "KEYSLOT", key).(int64)
	from := c.owner(slot)
	to := c.Nodes[slices.IndexFunc(c.Nodes, func(s *Server) bool { return s != from && s.Role() == "master" })]
	fromID, toID := from.Do("CLUSTER", "MYID"), to.Do("CLUSTER", "MYID")
	to.Do("CLUSTER", "SETSLOT", slot, "IMPORTING", fromID)
	from.Do("CLUSTER", "SETSLOT", slot, "MIGRATING", toID)
	for {
		keys := from.Do("CLUSTER", "GETKEYSINSLOT", slot, 1).([]any)
		if len(keys) == 0 {
			break
		}
		from.Do(append([]any{"MIGRATE", "127.0.0.1", to.port, "", 0, 5000, "KEYS"}, keys...)...)
		between()
	}
	to.Do("CLUSTER", "SETSLOT", slot, "NODE", toID)
	from.Do("CLUSTER", "SETSLOT", slot, "NODE", toID)
	for _, s := range c.Nodes {
		if s.Role() == "master" {
			s.Do("CLUSTER", "SETSLOT", slot, "NODE", toID)
		}
	}
}

// Owner is the node that serves a key.
func (c *Cluster) Owner(key string) *Server {
	return c.owner(c.Nodes[0].Do("CLUSTER", "KEYSLOT", key).(int64))
}

// owner is the node that serves a slot.
func (c *Cluster) owner(slot int64) *Server {
	for _, s := range c.Nodes {
		client := s.Client()
		shards, err := client.ClusterShards(context.Background()).Result()
		client.Close()
		if err != nil {
			continue
		}
		for _, shard := range shards {
			for _, r := range shard.Slots {
				if r.Start <= slot && slot <= r.End && slices.ContainsFunc(shard.Nodes, func(n redis.Node) bool {
					return n.Port == int64(s.port) && n.Role == "master"
				}) {
					return s
				}
			}
		}
	}
	return c.Nodes[0]
}
