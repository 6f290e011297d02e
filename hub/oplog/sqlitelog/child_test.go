package sqlitelog_test

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"

	"majlis/hub/oplog"
	"majlis/hub/oplog/sqlitelog"
)

// Some tests need a process that can be killed. They run this binary again with
// childMode set; it then plays one of the parts below instead of testing.
const (
	childMode = "SQLITELOG_TEST_CHILD"
	childPath = "SQLITELOG_TEST_PATH"
)

func TestMain(m *testing.M) {
	parts := map[string]func(path string) error{"append": childAppend, "open": childOpen, "limited": childLimited, "full": childFull}
	part, ok := parts[os.Getenv(childMode)]
	if !ok {
		os.Exit(m.Run())
	}
	if err := part(os.Getenv(childPath)); err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
}

func child(t *testing.T, part, path string) (*exec.Cmd, io.Reader) {
	t.Helper()
	cmd := childOf(part, path)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd, out
}

func childOf(part, path string) *exec.Cmd {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childMode+"="+part, childPath+"="+path)
	return cmd
}

func openChild(path string) (*sqlitelog.Log, error) {
	return sqlitelog.Open(context.Background(), sqlitelog.Config{Path: path, Secret: secret})
}

func childOpen(path string) error {
	log, err := openChild(path)
	if err != nil {
		return err
	}
	return log.Close()
}

// childAppend appends to three topics until it is killed and says after every
// acknowledgement what it was: topic, offset, hash, size of the WAL.
func childAppend(path string) error {
	log, err := openChild(path)
	if err != nil {
		return err
	}
	var group sync.WaitGroup
	errs := make(chan error, 3)
	for i := range cap(errs) {
		group.Go(func() { errs <- appendForever(log, path, oplog.Topic(fmt.Sprint("session/t", i))) })
	}
	group.Wait()
	return <-errs
}

func appendForever(log *sqlitelog.Log, path string, topic oplog.Topic) error {
	ctx := context.Background()
	heads, err := log.Heads(ctx, []oplog.Topic{topic})
	if err != nil {
		return err
	}
	key, err := log.Key(ctx, topic)
	if err != nil {
		return err
	}
	for known := heads[0]; ; {
		text := fmt.Sprint(topic, " ", known.Offset)
		a, err := log.Append(ctx, topic, known, []oplog.Draft{
			{Public: []byte(text + " a")}, {Public: []byte(text + " b"), Sealed: key.Seal([]byte(text))},
		})
		if err != nil {
			return err
		}
		known = a.Entries[len(a.Entries)-1].Position(a.Epoch)
		wal, err := os.Stat(path + "-wal")
		if err != nil {
			return err
		}
		fmt.Printf("ack %s %d %s %d\n", topic, known.Offset, known.Hash, wal.Size())
	}
}

// childLimited fills a file system that fails with an I/O error at 1 MiB.
func childLimited(path string) error {
	log, err := openChild(path)
	if err != nil {
		return err
	}
	signal.Ignore(syscall.SIGXFSZ)
	const room = 1 << 20
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: room}); err != nil {
		return err
	}
	err = appendForever(log, path, "session/t0")
	fmt.Println("first unknown", errors.Is(err, oplog.ErrUnknown), err)
	select {
	case <-log.Failed():
	default:
		return errors.New("Failed is not closed")
	}
	if log.Failure() == nil {
		return errors.New("no failure is told")
	}
	_, err = log.Append(context.Background(), "session/other", oplog.Position{}, []oplog.Draft{{}})
	fmt.Println("then unavailable", errors.Is(err, oplog.ErrUnavailable), err)
	return nil
}

// ack is one line of a child.
type ack struct {
	topic  oplog.Topic
	offset oplog.Offset
	hash   string
	wal    int64
}

// acks reads a child's lines until n have come or it has ended.
func acks(t *testing.T, out io.Reader, n int) (list []ack, rest []string) {
	t.Helper()
	lines := bufio.NewScanner(out)
	for len(list) < n && lines.Scan() {
		var a ack
		if _, err := fmt.Sscanf(lines.Text(), "ack %s %d %s %d", &a.topic, &a.offset, &a.hash, &a.wal); err == nil {
			list = append(list, a)
		} else if !strings.HasPrefix(lines.Text(), "ack ") {
			rest = append(rest, lines.Text())
		}
	}
	return list, rest
}
