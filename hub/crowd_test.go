package hub

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"majlis/hub/oplog"
	"majlis/hub/whisper"
	"majlis/hub/wire"
)

// hallModel is some nodes' crowds of one topic, and what must come out.
type hallModel struct {
	t       *rapid.T
	now     time.Time
	beats   int
	crowds  []*crowd
	here    []map[string]bool    // who watches, by node
	paces   []map[string]opinion // by node
	counted map[reaction]bool    // of this window, by node and person
	windows []time.Time
	shown   map[string]int   // all that counts
	told    []map[string]int // feelings that each node was told
}

func (h *hallModel) name(node int, who string) oplog.ActorID {
	var id oplog.ActorID
	copy(id[:], fmt.Sprint(node, " ", who))
	return id
}

func (h *hallModel) toggle(node int, who string) {
	if h.here[node][who] {
		delete(h.here[node], who)
	} else {
		h.here[node][who] = true
	}
	h.crowds[node].enter(len(h.here[node]))
}

func (h *hallModel) react(node int, who, kind string) {
	id := h.name(node, who)
	h.crowds[node].react(id, kind, h.now)
	if wire.IsPace(kind) {
		h.paces[node][who] = opinion{kind, h.now}
		return
	}
	if h.now.Sub(h.windows[node]) >= ReactWindow {
		maps.DeleteFunc(h.counted, func(r reaction, _ bool) bool { return r.who[0] == byte('0'+node) })
		h.windows[node] = h.now
	}
	if r := (reaction{id, kind}); !h.counted[r] {
		h.counted[r] = true
		h.shown[kind]++
	}
}

// beat has every node say its word to the others. Words that are lost say nothing
// of feelings: those are gone for good.
func (h *hallModel) beat(lose bool) {
	h.now = h.now.Add(whisper.Beat)
	whole := h.beats%4 == 0
	h.beats++
	for i, c := range h.crowds {
		s, say := c.beat(h.now, whole)
		lost := lose && !whole && len(s.Shown) == 0
		for j, o := range h.crowds {
			if i != j && say && !lost {
				o.hear(fmt.Sprint(i), s)
			} else if i != j && whole {
				o.hear(fmt.Sprint(i), whisper.Said{})
			}
		}
	}
	for i, c := range h.crowds {
		select {
		case <-c.news:
			for kind, n := range c.take().Reactions {
				h.told[i][kind] += n
			}
		default:
		}
	}
}

// fading reports whether an opinion ends about now: others hear of it a beat later.
func (h *hallModel) fading() bool {
	for _, paces := range h.paces {
		for _, o := range paces {
			if left := PaceFor - h.now.Sub(o.at); -2*whisper.Beat <= left && left <= 2*whisper.Beat {
				return true
			}
		}
	}
	return false
}

// settled compares what every node says with what is so.
func (h *hallModel) settled() {
	for i := 0; i < 12 || h.fading(); i++ { // three seconds
		h.beat(false)
	}
	online, pace := 0, map[string]int{}
	for i := range h.crowds {
		online += len(h.here[i])
		for _, o := range h.paces[i] {
			if h.now.Sub(o.at) < PaceFor {
				pace[o.kind]++
			}
		}
	}
	for i, c := range h.crowds {
		p := c.take()
		if p.Online != online {
			h.t.Fatalf("node %d says that %d are here; want %d", i, p.Online, online)
		}
		if !maps.Equal(p.Pace, pace) && len(p.Pace)+len(pace) > 0 {
			h.t.Fatalf("node %d says the pace is %v; want %v", i, p.Pace, pace)
		}
		if !maps.Equal(h.told[i], h.shown) {
			h.t.Fatalf("node %d was told %v; want %v", i, h.told[i], h.shown)
		}
	}
}

// TestCrowdsAgree: whatever happens at some nodes, and whichever words are lost,
// within three seconds all say the same, and it is so; and no feeling is told twice.
func TestCrowdsAgree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		nodes := rapid.IntRange(1, 4).Draw(t, "nodes")
		h := &hallModel{t: t, now: time.Unix(1_000_000, 0), shown: map[string]int{}, counted: map[reaction]bool{}, windows: make([]time.Time, nodes)}
		for range nodes {
			c := newCrowd()
			c.let(true)
			h.crowds = append(h.crowds, c)
			h.here = append(h.here, map[string]bool{})
			h.paces = append(h.paces, map[string]opinion{})
			h.told = append(h.told, map[string]int{})
		}
		node, who := rapid.IntRange(0, nodes-1), rapid.SampledFrom([]string{"ann", "bob", "cem"})
		kind := rapid.SampledFrom([]string{wire.Applause, wire.Heart, wire.Fast, wire.Slow, wire.Lost})
		t.Repeat(map[string]func(*rapid.T){
			"toggle": func(t *rapid.T) { h.toggle(node.Draw(t, "node"), who.Draw(t, "who")) },
			"react":  func(t *rapid.T) { h.react(node.Draw(t, "node"), who.Draw(t, "who"), kind.Draw(t, "kind")) },
			"beat":   func(t *rapid.T) { h.beat(rapid.Bool().Draw(t, "lose")) },
			"wait": func(t *rapid.T) {
				for range rapid.IntRange(1, 300).Draw(t, "beats") {
					h.beat(rapid.Bool().Draw(t, "lose"))
				}
			},
		})
		h.settled()
	})
}
