package hub_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"majlis/hub"
	"majlis/hub/oplog"
	"majlis/hub/oplog/memlog"
	"majlis/hub/session"
	"majlis/hub/whisper"
)

// ready says of a node that it takes people, as the edge does.
type ready struct{}

func (ready) Speak(w *whisper.Word) { w.Node.Ready = true }
func (ready) Hear(*whisper.Word)    {}
func (ready) Forget(string)         {}

// crew is some nodes on one store that hear each other, each started after the one
// before.
type crew struct {
	t     *testing.T
	store hub.Store
	bus   *air
	said  loud
	left  atomic.Int64
}

func (c *crew) node(name string, kinds map[oplog.Kind]hub.Kind) *node {
	c.t.Helper()
	time.Sleep(time.Second)
	n := begin(c.t, hub.Config{
		Store: c.store, Shared: true, Kinds: kinds, Whispers: c.bus, Self: whisper.Node{Name: name},
		Trouble: c.said.trouble, Left: func(oplog.Topic) { c.left.Add(1) },
	})
	n.hub.Circle().Join(ready{})
	c.t.Cleanup(n.stop)
	return n
}

// newer are the machines of a program whose rules are one ahead.
func newer() map[oplog.Kind]hub.Kind {
	all := kinds()
	k := all[oplog.KindSession]
	k.Rules++
	all[oplog.KindSession] = k
	return all
}

// simulated runs a test of a crew on simulated time.
func simulated(t *testing.T, test func(t *testing.T, c *crew)) {
	synctest.Test(t, func(t *testing.T) { test(t, &crew{t: t, store: memlog.New(), bus: &air{}}) })
}

// TestNewerRulesAreLeftToOthers: a topic that meets an entry of newer rules is
// served here no more, also not after a restart; the others go on.
func TestNewerRulesAreLeftToOthers(t *testing.T) {
	simulated(t, func(t *testing.T, c *crew) {
		old := c.node("old", nil)
		old.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		fresh := c.node("fresh", newer())
		other, err := old.hub.Open(t.Context(), "session/other")
		if err != nil {
			t.Fatal(err)
		}
		fresh.do("ann", oplog.Attendee, ask(1, "Who speaks next?"), "")
		time.Sleep(2 * time.Second)

		var rules *hub.RulesError
		if why := old.hub.Unserved()[opening]; !errors.As(why, &rules) || rules.Rules != session.Rules+1 || rules.Known != session.Rules {
			t.Fatalf("the older node leaves %v", why)
		}
		if _, err := old.hub.Open(t.Context(), opening); !errors.Is(err, hub.ErrUnserved) {
			t.Errorf("opened again: %v", err)
		}
		if a, err := old.topic.Submit(t.Context(), old.command("bob", oplog.Attendee, ask(2, "Anybody?"))); a.Retry == 0 && err == nil {
			t.Errorf("a command to the older node came to %+v", a)
		}
		if _, err := other.Position(t.Context()); err != nil {
			t.Errorf("another topic: %v", err)
		}
		if !old.hub.Elsewhere() || fresh.hub.Elsewhere() || c.left.Load() != 1 {
			t.Errorf("elsewhere: %t and %t; left %d topics", old.hub.Elsewhere(), fresh.hub.Elsewhere(), c.left.Load())
		}
		if !strings.Contains(c.said.String(), "update it") {
			t.Errorf("it was said: %s", &c.said)
		}
		fresh.do("ann", oplog.Attendee, ask(3, "And then?"), "")

		again := hub.New(hub.Config{Store: c.store, Shared: true, Kinds: kinds(), Observer: &quiet{}, Trouble: c.said.trouble})
		go again.Run(t.Context())
		if _, err := again.Open(t.Context(), opening); !errors.As(err, &rules) {
			t.Errorf("an older node that starts: %v", err)
		}
		if _, err := again.Open(t.Context(), opening); !errors.Is(err, hub.ErrUnserved) {
			t.Errorf("and a second time: %v", err)
		}
		if again.Elsewhere() {
			t.Error("it hears nobody, and sends its people away")
		}
	})
}

// deaf is a store that does not say when others have written.
type deaf struct{ hub.Store }

func (d deaf) Read(ctx context.Context, topic oplog.Topic, after oplog.Position, limit int) ([]oplog.Entry, <-chan struct{}, error) {
	entries, wait, err := d.Store.Read(ctx, topic, after, limit)
	if wait != nil {
		wait = make(chan struct{})
	}
	return entries, wait, err
}

// TestNewerRulesMetOnTheWay: an older node meets them when it looks for what a
// phone has seen already.
func TestNewerRulesMetOnTheWay(t *testing.T) {
	simulated(t, func(t *testing.T, c *crew) {
		store := c.store
		c.store = deaf{store}
		old := c.node("old", nil)
		c.store = store
		fresh := c.node("fresh", newer())
		fresh.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		seen := old.command("ann", oplog.Attendee, ask(1, "Why?"))
		seen.Seen = 2
		if a, err := old.topic.Submit(t.Context(), seen); a.Retry == 0 && err == nil {
			t.Errorf("a command to the older node came to %+v", a)
		}
		synctest.Wait()
		if len(old.hub.Unserved()) != 1 {
			t.Error("the older node goes on")
		}
	})
}

// odd is a machine that has gone wrong once somebody says so.
type odd struct {
	*session.Machine
	wrong *atomic.Bool
}

func (o odd) Digest() [32]byte {
	d := o.Machine.Digest()
	if o.wrong.Load() {
		d[0]++
	}
	return d
}

func oddKinds(wrong *atomic.Bool) map[oplog.Kind]hub.Kind {
	all := kinds()
	k := all[oplog.KindSession]
	k.New = func(t oplog.Topic) hub.Machine { return odd{session.New(t), wrong} }
	all[oplog.KindSession] = k
	return all
}

// TestDivergentNodeLeaves: of two the younger, of three the one that is alone; by
// marks in a busy topic, and at the end of a quiet one.
func TestDivergentNodeLeaves(t *testing.T) {
	for name, c := range map[string]struct{ nodes, odd, leaves, commands int }{
		"TheYoungerOfTwo":          {2, 1, 1, 70},
		"AlsoWhenItIsRight":        {2, 0, 1, 70},
		"TheOneOfThree":            {3, 0, 0, 70},
		"InAQuietTopic":            {2, 1, 1, 3},
		"TheOneOfThreeQuiet":       {3, 0, 0, 3},
		"InATopicThatIsNeverQuiet": {2, 1, 1, 1200},
	} {
		t.Run(name, func(t *testing.T) {
			simulated(t, func(t *testing.T, crew *crew) {
				var wrong atomic.Bool
				var nodes []*node
				for i := range c.nodes {
					k := kinds()
					if i == c.odd {
						k = oddKinds(&wrong)
					}
					nodes = append(nodes, crew.node(fmt.Sprint("node-", i), k))
				}
				nodes[0].do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
				nodes[0].do("mo", oplog.Moderator, `{"type":"settings.set","moderation":false}`, "")
				time.Sleep(time.Minute)
				for i, n := range nodes {
					if n.saw.unequal.Load() > 0 || len(n.hub.Unserved()) > 0 {
						t.Fatalf("all is well, and node %d found %d unequal digests", i, n.saw.unequal.Load())
					}
					if n.saw.compared.Load() == 0 {
						t.Errorf("node %d compared nothing", i)
					}
				}
				wrong.Store(true)
				nodes[0].do("ann", oplog.Attendee, ask(10, "Why?"), "")
				synctest.Wait()
				for i := range c.commands {
					vote := fmt.Sprintf(`{"type":"question.vote","id":%q,"on":true}`, ulid(10))
					nodes[i%len(nodes)].do(fmt.Sprint("p", i), oplog.Attendee, vote, "")
				}
				if name == "InATopicThatIsNeverQuiet" {
					for i := range 100 {
						time.Sleep(time.Second / 2)
						vote := fmt.Sprintf(`{"type":"question.vote","id":%q,"on":%t}`, ulid(10), i%2 == 0)
						nodes[0].do("ann", oplog.Attendee, vote, "")
					}
				} else {
					time.Sleep(time.Minute)
				}
				for i, n := range nodes {
					var diverged *hub.DivergedError
					why := n.hub.Unserved()[opening]
					if errors.As(why, &diverged) != (i == c.leaves) {
						t.Errorf("node %d leaves %v; said\n%s", i, why, &crew.said)
					}
					if (i == c.odd || c.nodes == 2) && n.saw.unequal.Load() == 0 {
						t.Errorf("node %d did not see it", i)
					}
				}
			})
		})
	}
}

// TestDivergentNewcomerLeaves: nodes that have told their marks long ago tell them
// again to one who comes.
func TestDivergentNewcomerLeaves(t *testing.T) {
	simulated(t, func(t *testing.T, c *crew) {
		first := c.node("first", nil)
		first.do("mo", oplog.Moderator, `{"type":"board.open"}`, "")
		time.Sleep(time.Minute)
		var wrong atomic.Bool
		wrong.Store(true)
		second := c.node("second", oddKinds(&wrong))
		time.Sleep(time.Minute)
		if len(first.hub.Unserved()) != 0 || len(second.hub.Unserved()) != 1 {
			t.Errorf("the first leaves %v, the second %v", first.hub.Unserved(), second.hub.Unserved())
		}
	})
}
