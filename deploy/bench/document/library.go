package document

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"
)

// generation is how many messages and steps are kept before the older half is
// forgotten: more than any storm has under way.
const generation = 1 << 14

// Place is where a document stands.
type Place struct {
	View   int64
	Epoch  string
	Offset int64
	Hash   string
}

// State is a document at a place. Never changed.
type State struct {
	Place
	entities map[string]string
}

// Verdict is what became of a patch.
type Verdict int

// The verdicts, as in the reducer of the wire.
const (
	Applied Verdict = iota
	Passed
	Behind
	Foreign
)

func (v Verdict) String() string { return [...]string{"applied", "passed", "behind", "foreign"}[v] }

// Step is what a patch makes of a state.
type Step struct {
	Verdict  Verdict
	Next     *State
	From, To int64           // offsets: of the state before, and after
	Changed  bool            // an entity was in it
	At       []time.Duration // arrivals, while they are noted
}

// Library reads messages and applies patches, once each.
type Library struct {
	messages cache[string, *Message]
	steps    cache[stepKey, *Step]
	states   cache[Place, *State]
	all      []*Step // applied ones, in the order in which they were first made

	lastData    string
	lastMessage *Message
	lastKey     stepKey
	lastStep    *Step
}

type stepKey struct {
	from *State
	by   *Patch
}

// Read reads a message. It keeps nothing of data.
func (l *Library) Read(data []byte) (*Message, error) { return l.ReadBy(data, nil) }

// ReadBy reads a message that has to be unpacked first, unless unpack is nil.
func (l *Library) ReadBy(data []byte, unpack func([]byte) ([]byte, error)) (*Message, error) {
	if string(data) == l.lastData {
		return l.lastMessage, nil
	}
	if m, ok := l.messages.get(string(data)); ok {
		l.lastData, l.lastMessage = string(data), m
		return m, nil
	}
	plain := data
	if unpack != nil {
		var err error
		if plain, err = unpack(data); err != nil {
			return nil, err
		}
	}
	m, err := read(plain)
	if err != nil {
		return nil, err
	}
	key := string(data)
	l.messages.put(key, m)
	l.lastData, l.lastMessage = key, m
	return m, nil
}

// Apply is what a patch makes of a state; nil is that of a phone that knows
// nothing.
func (l *Library) Apply(from *State, by *Patch) (*Step, error) {
	key := stepKey{from, by}
	if key == l.lastKey {
		return l.lastStep, nil
	}
	s, ok := l.steps.get(key)
	if !ok {
		var err error
		if s, err = l.step(from, by); err != nil {
			return nil, err
		}
		l.steps.put(key, s)
		if s.Verdict == Applied {
			l.all = append(l.all, s)
		}
	}
	l.lastKey, l.lastStep = key, s
	return s, nil
}

func (l *Library) step(from *State, by *Patch) (*Step, error) {
	s := &Step{Next: from, Changed: !by.Empty(), To: by.To}
	if from != nil {
		s.From = from.Offset
	}
	switch {
	case by.From == 0:
	case from == nil || by.Epoch != from.Epoch || by.View != from.View:
		s.Verdict = Foreign
		return s, nil
	case by.To <= from.Offset:
		s.Verdict = Passed
		return s, nil
	case by.From > from.Offset:
		s.Verdict = Behind
		return s, nil
	}
	next := &State{Place: Place{by.View, by.Epoch, by.To, by.Hash}, entities: map[string]string{}}
	if by.From != 0 {
		maps.Copy(next.entities, from.entities)
	}
	for key, e := range by.entities {
		if e == "null" {
			delete(next.entities, key)
		} else {
			next.entities[key] = e
		}
	}
	var err error
	s.Next, err = l.intern(next)
	return s, err
}

// intern returns the state at this place that is known already. Two documents at
// one place must be equal: that is what all of this promises.
func (l *Library) intern(s *State) (*State, error) {
	known, ok := l.states.get(s.Place)
	if !ok {
		l.states.put(s.Place, s)
		return s, nil
	}
	if diff := known.Diff(s); diff != "" {
		return nil, fmt.Errorf("two phones at offset %d hold different documents: %s", s.Offset, diff)
	}
	return known, nil
}

// Steps are all applied steps so far.
func (l *Library) Steps() []*Step { return l.all }

// Parse reads a document as it is served over HTTP.
func Parse(body []byte) (*State, error) {
	var s State
	err := members(body, func(name, value []byte) (err error) {
		switch string(name) {
		case "view":
			s.View, err = number(value)
		case "epoch":
			s.Epoch = string(unquoted(value))
		case "offset":
			s.Offset, err = number(value)
		case "h":
			s.Hash = string(unquoted(value))
		case "doc":
			s.entities, err = entities(value)
		}
		return err
	})
	if err == nil && s.entities == nil {
		err = fmt.Errorf("no document in %.100q", body)
	}
	return &s, err
}

// Entity is an entity's bytes, empty if it is not there.
func (s *State) Entity(key string) string { return s.entities[key] }

// Keys lists the entities of a kind, sorted.
func (s *State) Keys(kind string) []string {
	var out []string
	for key := range s.entities {
		if Kind(key) == kind {
			out = append(out, key)
		}
	}
	slices.Sort(out)
	return out
}

// Diff names an entity in which two documents differ; empty if they are equal.
// Another spelling of the same JSON is no difference.
func (s *State) Diff(other *State) string {
	for key, e := range s.entities {
		if o, ok := other.entities[key]; !ok || !same(e, o) {
			return fmt.Sprintf("%s: %s ≠ %s", key, e, o)
		}
	}
	for key, o := range other.entities {
		if _, ok := s.entities[key]; !ok {
			return fmt.Sprintf("%s: nothing ≠ %s", key, o)
		}
	}
	return ""
}

func same(a, b string) bool {
	if a == b {
		return true
	}
	var x, y any
	return json.Unmarshal([]byte(a), &x) == nil && json.Unmarshal([]byte(b), &y) == nil && reflect.DeepEqual(x, y)
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
		c.old, c.young = c.young, make(map[K]V)
	}
	c.young[k] = v
}
