package faults_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"majlis/cmd/faults"
	"majlis/hub/oplog/redislog/redistest"
)

// F1: the only node is killed again and again while its audience is busy. It
// serves again at once, and what was not answered is sent again and counts once.
func TestF1NodeKilled(t *testing.T) {
	h := faults.Open(t, faults.FileStore(t), 1)
	kills := faults.Sized(3, 50)
	c := load(h, time.Duration(kills)*faults.Sized(time.Second, 2*time.Second))
	n, slowest := h.Nodes[0], time.Duration(0)
	for range kills {
		c.Await(faults.Sized(40, 200))
		n.Kill()
		slowest = max(slowest, n.Start())
	}
	faults.Took(t, "F1", fmt.Sprintf("exec → ready, slowest of %d", kills), slowest, 2*time.Second)
	h.Judge(c)
	h.Command("backup", "--to", t.TempDir()+"/whole") // folds and verifies everything
}

// F29: three nodes are drained and started again, one after the other, under an
// audience. A drained node is not ready at once, tells its phones when to come
// back, closes with 1012 and ends in time; nothing is lost.
func TestF29RollingDeploy(t *testing.T) {
	h := faults.Open(t, redistest.Start(t).URL(), 3)
	c := h.Crowd(faults.Sized(90, 3000), faults.Sized(3*time.Second, 60*time.Second), "--rate", faults.Sized("2", "0.1"))
	slowest, waited := time.Duration(0), time.Duration(0)
	var terms []time.Time
	for _, n := range h.Nodes {
		c.Await(faults.Sized(10, 500))
		var sockets []*faults.Socket
		for range 5 {
			sockets = append(sockets, h.Watch(t, n.Addr()))
		}
		began := time.Now()
		terms = append(terms, began)
		n.Term()
		for _, s := range sockets {
			code, at, bye := s.Closed()
			if code != 1012 || bye[0] <= 0 || bye[1] <= bye[0] {
				t.Errorf("closed with %d, and to come back in %v ms", code, bye)
			}
			waited = max(waited, at.Sub(began))
		}
		if code := n.Exit(); code != 0 {
			t.Errorf("a drained node ends with %d", code)
		}
		slowest = max(slowest, time.Since(began))
		n.Start()
	}
	r := c.End()
	faults.Took(t, "F29", "SIGTERM → all sockets told and closed", waited, 5*time.Second)
	faults.Took(t, "F29", "SIGTERM → process ended", slowest, 30*time.Second)
	for i, at := range terms {
		// Phones are told to come back within eight seconds, so that they do not come
		// all at once.
		faults.Took(t, "F29", fmt.Sprintf("node %d: what was open at SIGTERM is answered", i+1), r.Cleared(at), 15*time.Second)
	}
	h.Judge(c)
}

// F34: commands arrive twice, late, out of order and at other nodes. Of one tab's
// commands the last stands; the same one gets the same answer; another text under
// an old id is refused.
func TestF34CommandsRepeatedAndShuffled(t *testing.T) {
	h := faults.Open(t, redistest.Start(t).URL(), 2)
	question := h.LiveQuestion()
	h.Agree() // nobody votes on what a node has not shown
	people, each := faults.Sized(8, 40), faults.Sized(6, 12)
	random := rand.New(rand.NewPCG(11, 12))
	var voting sync.WaitGroup
	visitors := make([]*faults.Visitor, people)
	for i := range visitors {
		v := h.Visitor()
		visitors[i] = v
		type sent struct {
			n    int
			id   string
			node *faults.Node
		}
		var all []sent
		for n := 1; n <= each; n++ {
			id := faults.NewID()
			for range 1 + random.IntN(4) {
				all = append(all, sent{n, id, h.Nodes[random.IntN(2)]})
			}
		}
		random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		voting.Go(func() {
			for _, s := range all {
				// The last one (even: on) is the one that has to stand.
				on := (s.n+each+i)%2 == 0
				f := h.Do(s.node, v, s.id, uint64(s.n), fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%v}`, question, on))
				if f.T != "ack" {
					t.Errorf("command %d: %+v", s.n, f)
				}
			}
		})
	}
	voting.Wait()
	h.Agree()
	for i, v := range visitors {
		for _, node := range h.Nodes {
			_, on := h.Own(node, v)["vote"][question]
			if want := i%2 == 0; on != want {
				t.Errorf("visitor %d has voted: %v, and the last said %v", i, on, want)
			}
		}
	}
	v, id := h.Visitor(), faults.NewID()
	ask := func(node *faults.Node, n uint64, text string) faults.Frame {
		return h.Do(node, v, faults.NewID(), n, fmt.Sprintf(`{"type":"question.ask","id":%q,"text":%q}`, id, text))
	}
	first := ask(h.Nodes[0], 1, "The same?")
	if again := ask(h.Nodes[1], 1, "The same?"); first.T != "ack" || again.T != "ack" {
		t.Errorf("the same question twice: %+v and %+v", first, again)
	}
	if other := ask(h.Nodes[1], 2, "Another!"); other.T != "refuse" || other.Reason != "exists" {
		t.Errorf("another text under the same id: %+v", other)
	}
}

// F33: the node is killed while it ends, which is when it writes its snapshots.
// Whatever is there of them, they and the log behind them fold to what the log
// folds to by itself.
func TestF33SnapshotCrash(t *testing.T) {
	h := faults.Open(t, faults.FileStore(t), 1)
	rounds := faults.Sized(4, 40)
	c := load(h, time.Duration(rounds)*faults.Sized(time.Second, 1500*time.Millisecond))
	n, used := h.Nodes[0], 0
	for i := range rounds {
		c.Await(20)
		n.Term()
		// A drain takes half a second before anything is saved.
		time.Sleep(time.Duration(490+4*(i*7%13)) * time.Millisecond)
		n.Kill()
		whole, from := h.Fold(h.Store), h.FoldSnapshots(h.Store)
		if whole.Digest != from.Digest {
			t.Fatalf("round %d: the log folds to %s, from its snapshots to %s", i, whole.Digest, from.Digest)
		}
		used += whole.Entries - from.Entries
		n.Start()
	}
	if used == 0 {
		t.Error("there never was a snapshot")
	}
	h.Judge(c)
}
