package redislog

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/redis/go-redis/v9"

	"majlis/hub/oplog"
)

// Level implements oplog.Log. It is what the servers' settings said when they
// were last read; they are read again every few seconds.
func (l *Log) Level() oplog.Level {
	l.state.mu.Lock()
	defer l.state.mu.Unlock()
	return l.state.level
}

// Notes are sentences for the operator: what these servers do not promise.
func (l *Log) Notes() []string {
	l.state.mu.Lock()
	defer l.state.mu.Unlock()
	return append([]string{}, l.state.notes...)
}

// settings are those of one server.
type settings struct {
	version, mode, role       string
	eviction, aof, sync, save string
	replicas                  int  // that follow now
	hidden                    bool // it does not tell its configuration
}

// inspect reads the settings of every server, refuses those that cannot keep a
// log, and takes over what an acknowledgement promises.
func (l *Log) inspect(ctx context.Context) error {
	level, notes, thin := oplog.RedisDisk, []string(nil), error(nil)
	err := l.link.nodes(ctx, func(ctx context.Context, node *redis.Client) error {
		s, err := readSettings(ctx, node)
		if err != nil {
			return err
		}
		if err := s.refuse(l.link.cluster != nil); err != nil {
			return err
		}
		if !s.disk() {
			level = oplog.RedisMemory
		}
		notes = append(notes, s.notes()...)
		if s.replicas < l.replicas {
			thin = fmt.Errorf("%d of %d replicas follow the Redis, so nothing can be acknowledged: start them again, or ask for fewer with replicas=N in the Redis URL", s.replicas, l.replicas)
		}
		return nil
	})
	if err != nil {
		if strings.Contains(err.Error(), "cluster support disabled") {
			return errNoCluster
		}
		return err
	}
	if l.replicas > 0 {
		level = oplog.RedisReplicated
	}
	l.answered(nil)
	l.state.mu.Lock()
	defer l.state.mu.Unlock()
	l.state.level, l.state.notes, l.state.thin = level, notes, thin
	return nil
}

func readSettings(ctx context.Context, node *redis.Client) (s settings, err error) {
	info, err := node.InfoMap(ctx, "server", "replication").Result()
	if err != nil {
		return s, failure(err)
	}
	server, replication := info["Server"], info["Replication"]
	s.version, s.mode, s.role = server["redis_version"], server["redis_mode"], replication["role"]
	s.replicas, _ = strconv.Atoi(replication["connected_slaves"]) // none, if it does not say
	var config map[string]string
	for _, name := range []string{"maxmemory-policy", "appendonly", "appendfsync", "save"} {
		one, err := node.ConfigGet(ctx, name).Result()
		var said redis.Error
		if errors.As(err, &said) {
			s.hidden = true // a hosted Redis, or an ACL
			return s, nil
		}
		if err != nil {
			return s, failure(err)
		}
		if config == nil {
			config = map[string]string{}
		}
		config[name] = one[name]
	}
	s.eviction, s.aof, s.sync, s.save = config["maxmemory-policy"], config["appendonly"], config["appendfsync"], config["save"]
	return s, nil
}

// refuse says why this server cannot keep a log.
func (s *settings) refuse(cluster bool) error {
	major, _, _ := strings.Cut(s.version, ".")
	if n, err := strconv.Atoi(major); err != nil || n < 7 {
		return fmt.Errorf("this Redis is version %q, and 7.0 or newer is needed (sharded notifications, scripts that are replicated by their effects)", s.version)
	}
	switch {
	case s.role == "slave":
		return errors.New("this Redis is a replica and takes no writes: give the address of the master, or those of the sentinels with redis+sentinel://")
	case s.mode == "cluster" && !cluster:
		return errors.New("this Redis is a node of a cluster: use redis+cluster:// in the URL")
	case s.mode != "cluster" && cluster:
		return errNoCluster
	case !s.hidden && s.eviction != "noeviction":
		return fmt.Errorf("this Redis may evict keys when its memory is full (maxmemory-policy %s), and with them what was acknowledged: set maxmemory-policy noeviction", s.eviction)
	}
	return nil
}

var errNoCluster = errors.New("this Redis is not a cluster: use redis:// in the URL")

func (s *settings) disk() bool { return s.aof == "yes" && s.sync == "always" }

// notes are what an operator should know of this server.
func (s *settings) notes() []string {
	switch {
	case s.hidden:
		return []string{"this Redis does not tell its configuration (CONFIG GET is refused): see to it that maxmemory-policy is noeviction; acknowledgements promise no more than its memory"}
	case s.disk():
		return nil
	case s.aof == "yes":
		return []string{fmt.Sprintf("this Redis writes its append-only file with appendfsync %s: what was acknowledged in the last seconds can be lost with the machine; set appendfsync always to promise the disk", s.sync)}
	case s.save == "":
		return []string{"this Redis keeps nothing on disk (appendonly no, no save): a restart loses everything that was acknowledged; set appendonly yes and appendfsync always"}
	}
	return []string{fmt.Sprintf("this Redis keeps only snapshots on disk (save %s): a crash loses what was acknowledged since the last one; set appendonly yes and appendfsync always", s.save)}
}

// ping asks every server whether it is there.
func (l *Log) ping(ctx context.Context) error {
	return l.link.nodes(ctx, func(ctx context.Context, node *redis.Client) error {
		return reading(node.Ping(ctx).Err())
	})
}
