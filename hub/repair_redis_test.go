package hub_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"majlis/hub/oplog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

func openRedis(t *testing.T, url string) *redislog.Log {
	t.Helper()
	log, err := redislog.Open(t.Context(), redislog.Config{URL: url, Secret: []byte("0123456789abcdef0123456789abcdef")})
	if err != nil {
		t.Fatal(err)
	}
	return log
}

// persist submits a command until it has been judged, as a phone's outbox does.
func (n *node) persist(person string, role oplog.Role, raw string) oplog.Outcome {
	c, reason := n.topic.Prepare([]byte(raw), person, role, "")
	if reason != "" {
		return oplog.Refuse(reason)
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); {
		a, err := n.topic.Submit(n.t.Context(), c)
		if err != nil {
			n.t.Error(err)
			break
		}
		if a.Retry == 0 {
			return a.Outcome
		}
		time.Sleep(a.Retry)
	}
	return oplog.Refuse(oplog.Unavailable)
}

// TestRedisLosesEverythingUnderLoad: while a hall speaks at two nodes, Redis loses
// all it has. Whatever was acknowledged is there in the end, at both.
func TestRedisLosesEverythingUnderLoad(t *testing.T) {
	for name, fault := range map[string]func(s *redistest.Server){
		"FlushAll":         func(s *redistest.Server) { s.Do("FLUSHALL") },
		"KilledWithoutAOF": func(s *redistest.Server) { s.Restart() },
	} {
		t.Run(name, func(t *testing.T) {
			server, said := redistest.Start(t, "--appendonly", "no"), &loud{}
			var nodes []*node
			for range 2 {
				log := openRedis(t, server.URL())
				defer log.Close()
				n := shared(t, log, said)
				defer n.stop()
				nodes = append(nodes, n)
			}
			nodes[0].do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
			nodes[0].do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
			meet(t, nodes)
			const askers, each = 6, 40
			var hall sync.WaitGroup
			var asked atomic.Int64
			for k := range askers {
				hall.Go(func() {
					for i := range each {
						q := 1 + k*each + i
						o := nodes[q%2].persist(fmt.Sprint("visitor:", q), oplog.Attendee, ask(q, fmt.Sprint("Question ", q)))
						if !o.Accepted() {
							t.Errorf("question %d: %s", q, o.Reason)
						}
						asked.Add(1)
					}
				})
			}
			for _, after := range []int64{askers * each / 4, askers * each / 2} {
				for asked.Load() < after {
					time.Sleep(time.Millisecond)
				}
				fault(server)
			}
			hall.Wait()
			nodes[0].persist(chair, oplog.Moderator, on("question.dismiss", 1))
			meet(t, nodes)
			same(t, nodes)
			d, err := nodes[0].topic.Document(t.Context(), oplog.Moderator)
			if err != nil {
				t.Fatal(err)
			}
			for q := 1; q <= askers*each; q++ {
				if !strings.Contains(string(d.JSON), ulid(q)) {
					t.Errorf("question %d was acknowledged and is lost", q)
				}
			}
			fresh := openRedis(t, server.URL())
			defer fresh.Close()
			third := shared(t, fresh, said)
			defer third.stop()
			same(t, []*node{nodes[0], third})
			if back := nodes[0].saw.putBack.Load() + nodes[1].saw.putBack.Load(); back < askers*each/4 {
				t.Errorf("only %d entries were put back: the store lost nothing", back)
			}
			t.Logf("%d and %d entries put back, %d forks", nodes[0].saw.putBack.Load(), nodes[1].saw.putBack.Load(), nodes[0].saw.forks.Load()+nodes[1].saw.forks.Load())
		})
	}
}

// same wants one document at two nodes that stand at one place.
func same(t *testing.T, nodes []*node) {
	t.Helper()
	var documents []string
	for _, n := range nodes {
		d, err := n.topic.Document(t.Context(), oplog.Moderator)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, string(d.JSON))
	}
	if documents[0] != documents[1] {
		t.Errorf("one node has %s\nthe other %s", documents[0], documents[1])
	}
}

// TestOlderDumpThatWentOn: Redis comes back from an older dump that somebody has
// written to meanwhile. What only this node knew is offered again.
func TestOlderDumpThatWentOn(t *testing.T) {
	server, said := redistest.Start(t, "--appendonly", "no"), &loud{}
	log := openRedis(t, server.URL())
	defer log.Close()
	a := shared(t, log, said)
	defer a.stop()
	a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
	a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
	a.do(amina, oplog.Attendee, ask(1, "In the dump"), "")
	server.Do("SAVE")
	elsewhere := t.TempDir()
	copyFile(t, filepath.Join(server.Dir(), "dump.rdb"), filepath.Join(elsewhere, "dump.rdb"))
	a.do(amina, oplog.Attendee, ask(2, "Behind the dump"), "")
	server.Kill()

	other := redistest.Start(t, "--appendonly", "no", "--dir", elsewhere)
	otherLog := openRedis(t, other.URL())
	c := shared(t, otherLog, said)
	c.do(amina, oplog.Attendee, ask(3, "On the other branch"), "")
	c.stop()
	if err := otherLog.Close(); err != nil {
		t.Fatal(err)
	}
	other.Do("SAVE")
	other.Kill()
	copyFile(t, filepath.Join(elsewhere, "dump.rdb"), filepath.Join(server.Dir(), "dump.rdb"))
	server.Restart()

	if o := a.persist(amina, oplog.Attendee, ask(4, "Afterwards")); !o.Accepted() {
		t.Fatalf("%s\n%s", o.Reason, said)
	}
	d, err := a.topic.Document(t.Context(), oplog.Attendee)
	if err != nil {
		t.Fatal(err)
	}
	for q := 1; q <= 4; q++ {
		if !strings.Contains(string(d.JSON), ulid(q)) {
			t.Errorf("question %d is lost", q)
		}
	}
	if a.saw.forks.Load() != 1 || a.saw.offered.Load() != 1 || a.saw.changed.Load() != 0 {
		t.Errorf("%d forks, %d offered, %d changed\n%s", a.saw.forks.Load(), a.saw.offered.Load(), a.saw.changed.Load(), said)
	}
}

func copyFile(t *testing.T, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	if err == nil {
		err = os.WriteFile(to, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}
