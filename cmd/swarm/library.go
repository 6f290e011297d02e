package main

import (
	"encoding/json"
	"fmt"
	"hash/maphash"
	"sync"

	"majlis/hub/entity"
	"majlis/hub/entity/reducer"
	"majlis/hub/wire"
)

// state is a document at a place, as a phone holds it. It is shared by all
// phones that hold the same and never changes.
type state struct {
	reducer.Client
	view   *view
	digest uint64 // sum over the entities, whatever their order
}

// frame is a patch as it was read.
type frame struct{ reducer.Frame }

// step is what a frame makes of a state.
type step struct {
	next     *state
	verdict  reducer.Verdict
	appeared []string // ids of questions that are live after it and were not before
}

// library does for all phones together what each would do alone: a frame is
// decoded once, and applied once to each distinct document. Phones that went
// different ways to the same document meet again, since documents are known by
// what they hold. It may be used by any goroutine.
type library struct {
	seed maphash.Seed

	mu     sync.Mutex
	frames cache[string, *frame]
	steps  cache[stepKey, step]
	states cache[stateKey, *state]
	nobody *state
}

type stepKey struct {
	from *state
	by   *frame
}

type stateKey struct {
	place  string
	digest uint64
}

func newLibrary() *library {
	return &library{seed: maphash.MakeSeed(), nobody: &state{Client: reducer.Client{Doc: entity.Patch{}}, view: &view{}}}
}

// patch decodes a patch frame.
func (l *library) patch(line []byte) (*frame, error) {
	l.mu.Lock()
	f, ok := l.frames.get(string(line))
	l.mu.Unlock()
	if ok {
		return f, nil
	}
	decoded, err := wire.DecodeServer(line)
	if err != nil {
		return nil, err
	}
	p, ok := decoded.(wire.Patch)
	if !ok {
		return nil, fmt.Errorf("a %T where a patch should be", decoded)
	}
	f = &frame{reducer.Frame{View: p.View, From: p.From, Pos: p.Pos, Doc: p.Doc}}
	l.mu.Lock()
	defer l.mu.Unlock()
	if other, ok := l.frames.get(string(line)); ok {
		return other, nil
	}
	l.frames.put(string(line), f)
	return f, nil
}

// apply is what a frame makes of a state.
func (l *library) apply(from *state, by *frame) step {
	key := stepKey{from, by}
	l.mu.Lock()
	defer l.mu.Unlock()
	if s, ok := l.steps.get(key); ok {
		return s
	}
	s := l.work(from, by)
	l.steps.put(key, s)
	return s
}

// work applies a frame to a copy, by the client's own rule.
func (l *library) work(from *state, by *frame) step {
	// A client without entities tells the verdict for nothing.
	probe := reducer.Client{Pos: from.Pos, View: from.View}
	if v := probe.Apply(reducer.Frame{View: by.View, From: by.From, Pos: by.Pos}); v != reducer.Applied {
		return step{next: from, verdict: v}
	}
	next := &state{Client: from.Client, digest: from.digest, view: from.view}
	next.Doc = reducer.Copy(from.Doc)
	next.Apply(by.Frame)
	old := from.Doc
	if by.From == 0 {
		next.digest, old = 0, nil
	}
	next.digest += l.difference(old, next.Doc, by.Doc)
	if by.From == 0 || by.touches("session", "question", "poll") {
		next.view = &view{}
	}
	return step{next: l.intern(next), verdict: reducer.Applied, appeared: appeared(from.Doc, by.Doc)}
}

// difference is by how much the digest changes when the named entities do.
func (l *library) difference(old, now, named entity.Patch) uint64 {
	var d uint64
	for kind, entities := range named {
		for id := range entities {
			if e, ok := now[kind][id]; ok {
				d += l.sum(kind, id, e)
			}
			if e, ok := old[kind][id]; ok {
				d -= l.sum(kind, id, e)
			}
		}
	}
	return d
}

func (l *library) sum(kind, id string, e json.RawMessage) uint64 {
	var h maphash.Hash
	h.SetSeed(l.seed)
	h.WriteString(kind)
	h.WriteByte('/')
	h.WriteString(id)
	h.WriteByte('/')
	h.Write(e)
	return h.Sum64()
}

// intern returns the state with this content at this place that is known
// already.
func (l *library) intern(s *state) *state {
	key := stateKey{fmt.Sprintf("%s:%d:%s:%d", s.Pos.Epoch, s.Pos.Offset, s.Pos.Hash, s.View), s.digest}
	if known, ok := l.states.get(key); ok {
		return known
	}
	l.states.put(key, s)
	return s
}

func (f *frame) touches(kinds ...string) bool {
	for _, k := range kinds {
		if len(f.Doc[k]) > 0 {
			return true
		}
	}
	return false
}

// appeared lists the questions of a patch that are live and were not.
func appeared(old, patch entity.Patch) []string {
	var out []string
	for id, e := range patch["question"] {
		if stateOf(e) == "live" && stateOf(old["question"][id]) != "live" {
			out = append(out, id)
		}
	}
	return out
}

func stateOf(e json.RawMessage) string {
	var q struct {
		State string `json:"state"`
	}
	if len(e) == 0 || json.Unmarshal(e, &q) != nil {
		return ""
	}
	return q.State
}

// cache holds between one and two generations of things.
type cache[K comparable, V any] struct{ young, old map[K]V }

func (c *cache[K, V]) get(k K) (V, bool) {
	if v, ok := c.young[k]; ok {
		return v, true
	}
	v, ok := c.old[k]
	if ok {
		c.put(k, v) // it is still of use
	}
	return v, ok
}

func (c *cache[K, V]) put(k K, v V) {
	if c.young == nil || len(c.young) >= generation {
		c.old, c.young = c.young, make(map[K]V, generation)
	}
	c.young[k] = v
}
