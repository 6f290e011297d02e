package hub_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
)

func join(t *testing.T, store hub.Store) *node {
	t.Helper()
	return begin(t, hub.Config{Store: store, Shared: true})
}

// TestNodesFollowEachOther: what is said at one node is on the phones of
// another, without anybody saying anything there.
func TestNodesFollowEachOther(t *testing.T) {
	simulate(t, func(t *testing.T) {
		store := memlog.New()
		a, b := join(t, store), join(t, store)
		defer a.stop()
		defer b.stop()
		p, _, leave := b.phone(boris, oplog.Attendee, hub.Stand{})
		defer leave()
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
		time.Sleep(time.Second) // until the other one knows
		for i := 1; i <= 20; i++ {
			at := []*node{a, b}[i%2]
			at.do(amina, oplog.Attendee, ask(i, fmt.Sprint("Question ", i)), "")
			time.Sleep(time.Second)
			b.agrees(p, oplog.Attendee)
			if len(p.doc.Doc["question"]) != i {
				t.Fatalf("the phone at the other node has %d questions, want %d", len(p.doc.Doc["question"]), i)
			}
		}
	})
}

// deafStore does not answer reads for a while, or takes what it reads for broken.
type deafStore struct {
	*memlog.Log
	deaf   atomic.Bool
	broken atomic.Bool
}

func (s *deafStore) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	if s.deaf.Load() {
		return nil, nil, oplog.ErrUnavailable
	}
	if s.broken.Load() {
		return nil, nil, &oplog.CorruptError{Topic: topic, Offset: after.Offset + 1, Reason: "for a moment"}
	}
	return s.Log.Read(ctx, topic, after, limit)
}

// TestFollowingGoesOnAfterABrokenRead: what could not be read once is read again,
// without anybody who writes here.
func TestFollowingGoesOnAfterABrokenRead(t *testing.T) {
	simulate(t, func(t *testing.T) {
		log, said := memlog.New(), &loud{}
		store := &deafStore{Log: log}
		a, b := shared(t, log, said), shared(t, store, said)
		defer a.stop()
		defer b.stop()
		time.Sleep(time.Second)
		store.broken.Store(true)
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		time.Sleep(time.Minute)
		store.broken.Store(false)
		time.Sleep(2 * hub.TroubleEvery)
		want, err := a.topic.Position(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got, err := b.topic.Position(t.Context()); err != nil || got != want {
			t.Errorf("it stands at %v, %v, want %v\n%s", got, err, want, said)
		}
		if told := strings.Count(said.String(), "for a moment"); told > int(time.Minute/hub.TroubleEvery)+1 {
			t.Errorf("told %d times in a minute", told)
		}
	})
}

// TestFollowingGoesOnAfterAnOutage: a store that did not answer is asked again.
func TestFollowingGoesOnAfterAnOutage(t *testing.T) {
	simulate(t, func(t *testing.T) {
		log := memlog.New()
		store := &deafStore{Log: log}
		a, b := join(t, log), join(t, store)
		defer a.stop()
		defer b.stop()
		p, _, leave := b.phone(boris, oplog.Moderator, hub.Stand{})
		defer leave()
		store.deaf.Store(true)
		a.do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
		a.do(amina, oplog.Attendee, ask(1, "Now?"), "")
		time.Sleep(time.Minute)
		synctest.Wait()
		if len(p.doc.Doc["question"]) != 0 {
			t.Fatal("the test's store was read while it did not answer")
		}
		store.deaf.Store(false)
		time.Sleep(2 * hub.RetryAfter)
		b.agrees(p, oplog.Moderator)
		if len(p.doc.Doc["question"]) != 1 {
			t.Fatal("the node does not follow any more")
		}
	})
}

// TestNodesOnOneRedis: a hall votes at two nodes at once, over a real Redis.
// Everything that was acknowledged counts once, and both hold the same.
func TestNodesOnOneRedis(t *testing.T) {
	server := redistest.Start(t)
	var nodes []*node
	for range 2 {
		log, err := redislog.Open(t.Context(), redislog.Config{URL: server.URL(), Secret: []byte("0123456789abcdef0123456789abcdef")})
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		n := join(t, log)
		defer n.stop()
		nodes = append(nodes, n)
	}
	nodes[0].do(chair, oplog.Moderator, `{"type":"board.open"}`, "")
	nodes[0].do(chair, oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
	nodes[0].do(amina, oplog.Attendee, ask(1, "Which of these?"), "")
	const voters, times = 40, 5
	meet(t, nodes)
	var hall sync.WaitGroup
	for v := range voters {
		n := nodes[v%2]
		hall.Go(func() {
			for range times {
				c, reason := n.topic.Prepare([]byte(`{"type":"question.vote","id":"`+ulid(1)+`","on":true}`), fmt.Sprint("visitor:", v), oplog.Attendee, "")
				if reason != "" {
					t.Error(reason)
					return
				}
				for {
					a, err := n.topic.Submit(t.Context(), c)
					if err != nil || !a.Outcome.Accepted() {
						t.Errorf("vote: %q, %v", a.Outcome.Reason, err)
						return
					}
					if a.Retry == 0 {
						break
					}
					time.Sleep(a.Retry)
				}
			}
		})
	}
	hall.Wait()
	meet(t, nodes)
	var documents []string
	for _, n := range nodes {
		d, err := n.topic.Document(t.Context(), oplog.Attendee)
		if err != nil {
			t.Fatal(err)
		}
		documents = append(documents, string(d.JSON))
	}
	if documents[0] != documents[1] {
		t.Errorf("one node has %s\nthe other %s", documents[0], documents[1])
	}
	if want := fmt.Sprintf(`"votes":{"%s":{"n":%d`, ulid(1), voters); !strings.Contains(documents[0], want) {
		t.Errorf("not %s in %s", want, documents[0])
	}
}

// meet waits until all nodes have folded as much.
func meet(t *testing.T, nodes []*node) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		var at []oplog.Position
		for _, n := range nodes {
			p, err := n.topic.Position(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			at = append(at, p)
		}
		if at[0] == at[1] {
			return
		}
	}
	t.Fatal("the nodes do not come to stand at one place")
}
