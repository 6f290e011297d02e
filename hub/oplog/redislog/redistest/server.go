package redistest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// patience is how long a server may take to start. It is long: a test must not
// fail because a machine is slow.
const patience = time.Minute

// Server is one redis-server, or a sentinel. Its methods are for one goroutine.
type Server struct {
	t    testing.TB
	dir  string
	port int
	args []string
	conf func(s *Server) string // of a sentinel: its file

	process *os.Process
	ended   <-chan struct{} // closed when the process is gone
}

// Start starts a server that writes every command to its append-only file before
// it answers. More settings go to redis-server as they are, like "--maxmemory",
// "8mb", and win.
func Start(t testing.TB, settings ...string) *Server {
	t.Helper()
	return start(t, Server{dir: t.TempDir(), args: append([]string{"--appendonly", "yes", "--appendfsync", "always"}, settings...)})
}

// start tries ports until one is free in earnest.
func start(t testing.TB, like Server) *Server {
	t.Helper()
	needRedis(t)
	for range 10 {
		s := &Server{t: t, dir: like.dir, port: freePort(t), args: like.args, conf: like.conf}
		if s.run() {
			t.Cleanup(s.Kill)
			return s
		}
	}
	t.Fatalf("redis-server does not start; its log:\n%s", tail(filepath.Join(like.dir, "log")))
	return nil
}

func needRedis(t testing.TB) {
	t.Helper()
	if _, err := exec.LookPath("redis-server"); err == nil {
		return
	}
	if os.Getenv("CI") != "" {
		t.Fatal("redis-server is not installed: apt-get install redis-server")
	}
	t.Skip("redis-server is not installed: apt-get install redis-server")
}

// freePort is a port that was free a moment ago, never Redis' own.
func freePort(t testing.TB) int {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port
}

// run starts the process and waits until it answers; false if it ended first.
func (s *Server) run() bool {
	s.t.Helper()
	s.spawn("redis-server", s.command()...)
	return s.answers()
}

// command is how the process is called.
func (s *Server) command(more ...string) []string {
	if s.conf != nil {
		return []string{s.conf(s), "--sentinel"}
	}
	args := []string{
		"--port", strconv.Itoa(s.port), "--bind", "127.0.0.1", "--dir", s.dir, "--logfile", filepath.Join(s.dir, "log"),
		"--save", "", "--daemonize", "no", "--enable-debug-command", "local",
	}
	return append(append(args, s.args...), more...)
}

// spawn starts the process.
func (s *Server) spawn(name string, args ...string) {
	s.t.Helper()
	cmd := exec.Command(name, args...)
	ended, err := Spawn(cmd)
	if err != nil {
		s.t.Fatal(err)
	}
	s.process, s.ended = cmd.Process, ended
}

// Spawn starts a command that ends with this process at the latest, and awaits it;
// the channel is closed when it is gone.
func Spawn(cmd *exec.Cmd) (<-chan struct{}, error) {
	dieWithParent(cmd)
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		// The wish to die with the parent is that of the thread.
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		defer close(ended)
		err := cmd.Start()
		started <- err
		if err == nil {
			_ = cmd.Wait() // its state tells
		}
	}()
	return ended, <-started
}

// answers waits until the server takes commands, or has ended.
func (s *Server) answers() bool {
	s.t.Helper()
	client := s.Client()
	defer client.Close()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		select {
		case <-s.ended:
			return false
		default:
		}
		if client.Ping(context.Background()).Err() == nil {
			return s.owns(client)
		}
	}
	s.t.Fatalf("redis-server on port %d does not answer; its log:\n%s", s.port, tail(filepath.Join(s.dir, "log")))
	return false
}

// owns finds out that it is not somebody else's server that answers.
func (s *Server) owns(client *redis.Client) bool {
	info, err := client.InfoMap(context.Background(), "server").Result()
	return err == nil && info["Server"]["process_id"] == strconv.Itoa(s.process.Pid)
}

// Addr is host:port.
func (s *Server) Addr() string { return "127.0.0.1:" + strconv.Itoa(s.port) }

// URL is what a log is opened with.
func (s *Server) URL() string { return "redis://" + s.Addr() }

// Dir is where the server's files lie.
func (s *Server) Dir() string { return s.dir }

// Client speaks to the server; the caller closes it.
func (s *Server) Client() *redis.Client {
	return redis.NewClient(&redis.Options{Addr: s.Addr(), MaxRetries: -1, DisableIdentity: true, Protocol: 2, DialerRetries: 1})
}

// Do sends one command and fails the test if it does not work.
func (s *Server) Do(args ...any) any {
	s.t.Helper()
	client := s.Client()
	defer client.Close()
	said, err := client.Do(context.Background(), args...).Result()
	if err != nil {
		s.t.Fatalf("%v: %v", args, err)
	}
	return said
}

// Kill ends the process as kill -9 does, and waits until it is gone.
func (s *Server) Kill() {
	_ = s.process.Kill() // it may have ended already
	<-s.ended
}

// Restart starts the server again on its port, with what its directory holds.
func (s *Server) Restart() {
	s.t.Helper()
	s.Kill()
	for range 10 {
		if s.run() {
			return
		}
	}
	s.t.Fatalf("redis-server does not start again; its log:\n%s", tail(filepath.Join(s.dir, "log")))
}

// Pause stops the process as kill -STOP does; Resume lets it go on.
func (s *Server) Pause() { s.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (s *Server) Resume() { s.signal(syscall.SIGCONT) }

func (s *Server) signal(sig syscall.Signal) {
	s.t.Helper()
	if err := s.process.Signal(sig); err != nil {
		s.t.Fatalf("signal %v: %v", sig, err)
	}
}

func tail(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return fmt.Sprint(err)
	}
	return string(text[max(0, len(text)-4000):])
}

// eventually waits until something is so.
func eventually(t testing.TB, what string, so func() error) {
	t.Helper()
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = so(); err == nil {
			return
		}
	}
	t.Fatalf("%s: %v", what, err)
}

// RestartSlowly starts the server again and does not wait: it loads what it had
// so slowly that it takes seconds, and refuses with LOADING meanwhile.
func (s *Server) RestartSlowly() {
	s.t.Helper()
	s.Do("CONFIG", "SET", "rdbcompression", "no") // it looks up from the file by its bytes
	s.Do("DEBUG", "POPULATE", 4000, "slow", 1024)
	s.Do("BGREWRITEAOF")
	client := s.Client()
	defer client.Close()
	eventually(s.t, "a rewritten file", func() error {
		info, err := client.InfoMap(context.Background(), "persistence").Result()
		if err == nil && info["Persistence"]["aof_rewrite_in_progress"]+info["Persistence"]["aof_rewrite_scheduled"] != "00" {
			err = errors.New("it is not written yet")
		}
		return err
	})
	s.Kill()
	s.spawn("redis-server", s.command("--key-load-delay", "5000", "--loading-process-events-interval-bytes", "1024")...)
	eventually(s.t, "a server that loads", func() error {
		err := client.Ping(context.Background()).Err()
		if redis.HasErrorPrefix(err, "LOADING") {
			return nil
		}
		return fmt.Errorf("it says %w", err)
	})
}
