package hub_test

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/oplog/redislog"
	"majlis/hub/oplog/redislog/redistest"
	"majlis/hub/whisper"
	"majlis/hub/wire"
)

// air carries whispers between the hubs of a test.
type air struct {
	mu   sync.Mutex
	ears []chan []byte
	// lose says of a message that it is not carried.
	lose func(message []byte) bool
}

func (a *air) Whisper(_ context.Context, message []byte) error {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.lose != nil && a.lose(message) {
		return nil
	}
	for _, ear := range a.ears {
		ear <- bytes.Clone(message)
	}
	return nil
}

func (a *air) Overhear(ctx context.Context, hear func([]byte)) {
	ear := make(chan []byte, 1000)
	a.mu.Lock()
	a.ears = append(a.ears, ear)
	a.mu.Unlock()
	for {
		select {
		case m := <-ear:
			hear(m)
		case <-ctx.Done():
			return
		}
	}
}

// meeting is two nodes that share a store and hear each other.
func meeting(t *testing.T, store hub.Store, bus whisper.Bus) (a, b *node) {
	t.Helper()
	for i, n := range []**node{&a, &b} {
		*n = begin(t, hub.Config{Store: store, Shared: true, Whispers: bus, Self: whisper.Node{Name: fmt.Sprint("node-", i), Version: "test"}})
	}
	a.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
	return a, b
}

// pulses are what a phone has been told of the pulse, the latest of each level and
// the sum of what was shown.
type pulses struct {
	online []int
	pace   map[string]int
	shown  map[string]int
}

func (p *phone) pulses() (got pulses) {
	p.mu.Lock()
	defer p.mu.Unlock()
	got.shown = map[string]int{}
	for _, f := range p.beats {
		got.online = append(got.online, f.Online)
		got.pace = f.Pace
		for kind, n := range f.Reactions {
			got.shown[kind] += n
		}
	}
	return got
}

func (g pulses) latest() int {
	if len(g.online) == 0 {
		return -2
	}
	return g.online[len(g.online)-1]
}

// TestCrowdIsCountedAtAllNodes: people and not pages, here and elsewhere, and a
// node that dies is forgotten within three seconds.
func TestCrowdIsCountedAtAllNodes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := meeting(t, memlog.New(), &air{})
		defer b.stop()
		ann, _, _ := a.phone("ann", oplog.Attendee, hub.Stand{})
		_, _, closeTab := a.phone("ann", oplog.Attendee, hub.Stand{})
		a.phone("bob", oplog.Attendee, hub.Stand{})
		cem, _, _ := b.phone("cem", oplog.Attendee, hub.Stand{})
		hall, _, _ := b.phone("hall", oplog.Screen, hub.Stand{})
		time.Sleep(2 * time.Second)
		for name, p := range map[string]*phone{"here": ann, "there": cem, "the screen": hall} {
			if got := p.pulses().latest(); got != 3 {
				t.Errorf("%s: %d are here; want ann, bob and cem", name, got)
			}
		}
		closeTab()
		time.Sleep(2 * time.Second)
		if got := cem.pulses().latest(); got != 3 {
			t.Errorf("a page of ann's was closed, another is open: %d are here", got)
		}
		nodes := a.hub.Circle().Nodes()
		if len(nodes) != 2 || nodes[0].Name != "node-0" || nodes[0].Rules[oplog.KindSession] == 0 {
			t.Errorf("the nodes are %+v", nodes)
		}
		a.stop() // says goodbye
		time.Sleep(1250 * time.Millisecond)
		if got := cem.pulses().latest(); got != 1 {
			t.Errorf("a node has stopped: %d are here; want cem", got)
		}
	})
}

// TestDeadNodeIsForgotten: one that says nothing more, not even goodbye.
func TestDeadNodeIsForgotten(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var dead []byte
		bus := &air{lose: func(m []byte) bool { return dead != nil && bytes.Contains(m, dead) }}
		a, b := meeting(t, memlog.New(), bus)
		defer a.stop()
		defer b.stop()
		a.phone("ann", oplog.Attendee, hub.Stand{})
		cem, _, _ := b.phone("cem", oplog.Attendee, hub.Stand{})
		time.Sleep(2 * time.Second)
		if got := cem.pulses().latest(); got != 2 {
			t.Fatalf("%d are here; want 2", got)
		}
		bus.mu.Lock()
		dead = []byte("node-0")
		bus.mu.Unlock()
		time.Sleep(3*time.Second + hub.CrowdTick)
		if got, nodes := cem.pulses().latest(), b.hub.Circle().Nodes(); got != 1 || len(nodes) != 1 {
			t.Errorf("three seconds after a node died %d are here, and the nodes are %v", got, nodes)
		}
	})
}

// TestLostWhisperIsMadeGood: what was not heard is known with the next whole word.
func TestLostWhisperIsMadeGood(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := meeting(t, memlog.New(), &air{lose: func(m []byte) bool { return !bytes.Contains(m, []byte(`"whole":true`)) }})
		defer a.stop()
		defer b.stop()
		_, _, leave := a.phone("ann", oplog.Attendee, hub.Stand{})
		cem, _, _ := b.phone("cem", oplog.Attendee, hub.Stand{})
		for _, want := range []int{2, 1} {
			time.Sleep(3 * time.Second)
			if got := cem.pulses().latest(); got != want {
				t.Errorf("%d are here; want %d", got, want)
			}
			if want == 2 {
				leave()
			}
		}
	})
}

// TestReactionsCountHeads: once for each person, kind and second, whatever the
// node, told to all but the pace, and only while the board is open.
func TestReactionsCountHeads(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a, b := meeting(t, memlog.New(), &air{})
		defer a.stop()
		defer b.stop()
		ann, _, _ := a.phone("ann", oplog.Attendee, hub.Stand{})
		mo, _, _ := b.phone("mo", oplog.Moderator, hub.Stand{})
		hall, _, _ := b.phone("hall", oplog.Screen, hub.Stand{})
		time.Sleep(time.Second)
		for range 7 {
			a.topic.React("ann", wire.Applause)
		}
		a.topic.React("ann", wire.Heart)
		a.topic.React("bob", wire.Applause)
		b.topic.React("cem", wire.Applause)
		a.topic.React("ann", wire.Slow)
		a.topic.React("ann", wire.Fast)
		b.topic.React("cem", wire.Fast)
		time.Sleep(time.Second)
		for name, p := range map[string]*phone{"attendee": ann, "moderator": mo, "screen": hall} {
			got := p.pulses()
			if want := map[string]int{wire.Applause: 3, wire.Heart: 1}; !maps.Equal(got.shown, want) {
				t.Errorf("%s: shown %v; want %v", name, got.shown, want)
			}
			want := map[string]int(nil)
			if name == "moderator" {
				want = map[string]int{wire.Fast: 2}
			}
			if !maps.Equal(got.pace, want) {
				t.Errorf("%s: the pace is %v; want %v", name, got.pace, want)
			}
		}
		late, _, _ := b.phone("late", oplog.Moderator, hub.Stand{})
		time.Sleep(hub.PaceFor + time.Second)
		if got := mo.pulses().pace; len(got) != 0 {
			t.Errorf("a minute later the pace is still %v", got)
		}
		if got := late.pulses(); len(got.shown) != 0 || len(got.online) == 0 {
			t.Errorf("one who came later was told %+v", got)
		}
		a.do("mo", oplog.Moderator, `{"type":"board.close"}`, "")
		a.topic.React("ann", wire.Laugh)
		time.Sleep(time.Second)
		if got := ann.pulses().shown[wire.Laugh]; got != 0 {
			t.Errorf("the board is closed, and %d laughed", got)
		}
	})
}

// TestHiddenHeadCount: nothing that the crowd is sent says how many are here, while
// moderators know.
func TestHiddenHeadCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		for i := range 77 {
			n.phone(fmt.Sprint("p", i), oplog.Attendee, hub.Stand{})
		}
		time.Sleep(2 * time.Second)
		n.phone("eve", oplog.Attendee, hub.Stand{}) // a catch-up with the number is kept
		n.do("mo", oplog.Moderator, `{"type":"settings.set","headless":true}`, "")
		ann, _, _ := n.phone("ann", oplog.Attendee, hub.Stand{})
		hall, _, _ := n.phone("hall", oplog.Screen, hub.Stand{})
		mo, _, _ := n.phone("mo", oplog.Moderator, hub.Stand{})
		n.topic.React("ann", wire.Heart)
		n.phone("bob", oplog.Attendee, hub.Stand{})
		time.Sleep(3 * time.Second)
		for name, p := range map[string]*phone{"attendee": ann, "screen": hall} {
			got := p.pulses()
			if got.shown[wire.Heart] != 1 {
				t.Errorf("%s: shown %v; want a heart", name, got.shown)
			}
			for _, online := range got.online {
				if online != wire.Untold {
					t.Errorf("%s was told that %d are here", name, online)
				}
			}
			p.mu.Lock()
			if slices.ContainsFunc(p.raw, func(b []byte) bool { return bytes.Contains(b, []byte("online")) }) {
				t.Errorf("%s: a frame holds the head count", name)
			}
			p.mu.Unlock()
		}
		if got := mo.pulses().latest(); got != 80 {
			t.Errorf("the moderator was told %d; want 80", got)
		}
		n.do("mo", oplog.Moderator, `{"type":"settings.set","headless":false}`, "")
		time.Sleep(time.Second)
		if got := ann.pulses().latest(); got != 80 {
			t.Errorf("it is shown again, and ann was told %d; want 80", got)
		}
	})
}

// TestFillingHallIsToldOnceASecond: a head count that changes with every phone is
// not a frame for every phone; applause comes four times a second.
func TestFillingHallIsToldOnceASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := start(t, memlog.New())
		defer n.stop()
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		mo, _, _ := n.phone("mo", oplog.Moderator, hub.Stand{})
		time.Sleep(2 * time.Second)
		before := len(mo.pulses().online)
		for i := range 100 {
			n.phone(fmt.Sprint("p", i), oplog.Attendee, hub.Stand{})
			time.Sleep(50 * time.Millisecond)
		}
		filling := len(mo.pulses().online) - before
		for i := range 100 {
			n.topic.React(fmt.Sprint("p", i), wire.Applause)
			time.Sleep(50 * time.Millisecond)
		}
		clapping := len(mo.pulses().online) - before - filling
		if filling < 4 || filling > 6 || clapping < 18 || clapping > 21 {
			t.Errorf("in five seconds each: %d pulses while the hall filled, %d while it clapped; want 5 and 20", filling, clapping)
		}
	})
}

// hung is a bus on which nothing goes out.
type hung struct{ air }

func (*hung) Whisper(ctx context.Context, _ []byte) error {
	<-ctx.Done()
	return context.Cause(ctx)
}

// TestHungBusStopsNobody: who is here is counted and told here.
func TestHungBusStopsNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := begin(t, hub.Config{Store: memlog.New(), Shared: true, Whispers: &hung{}, Self: whisper.Node{Name: "alone"}})
		defer n.stop()
		n.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		ann, _, _ := n.phone("ann", oplog.Attendee, hub.Stand{})
		for i := range 5 {
			time.Sleep(2 * time.Second)
			n.topic.React("ann", wire.Applause)
			time.Sleep(time.Second)
			if got := ann.pulses(); got.latest() != 1 || got.shown[wire.Applause] != i+1 {
				t.Fatalf("told %+v after %d claps", got, i+1)
			}
		}
	})
}

// TestCrowdThroughRedis: the same over a real Redis.
func TestCrowdThroughRedis(t *testing.T) {
	server := redistest.Start(t)
	var nodes [2]*node
	for i := range nodes {
		log, err := redislog.Open(t.Context(), redislog.Config{URL: server.URL(), Secret: bytes.Repeat([]byte{3}, 32)})
		if err != nil {
			t.Fatal(err)
		}
		defer log.Close()
		nodes[i] = begin(t, hub.Config{Store: log, Shared: true, Whispers: log, Self: whisper.Node{Name: fmt.Sprint("node-", i)}})
		defer nodes[i].stop()
	}
	nodes[0].do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
	nodes[0].phone("ann", oplog.Attendee, hub.Stand{})
	cem, _, _ := nodes[1].phone("cem", oplog.Attendee, hub.Stand{})
	for deadline := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		nodes[0].topic.React("ann", wire.Applause)
		if got := cem.pulses(); got.latest() == 2 && got.shown[wire.Applause] > 0 {
			return
		} else if time.Now().After(deadline) {
			t.Fatalf("told %+v; want that two are here, and applause", got)
		}
	}
}
