package whisper

import (
	"encoding/json"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// version of the words. A node passes over those of another.
const version = 1

// Word is what one node says at a beat.
type Word struct {
	V    int  `json:"v"`
	Node Node `json:"node"`
	// Whole: what is not named is nothing. Else it is as it was.
	Whole bool `json:"whole,omitempty"`
	// Gone: the node stops; this is its last word.
	Gone   bool                 `json:"gone,omitempty"`
	Topics map[oplog.Topic]Said `json:"topics,omitempty"`
	// Spent is what people have used up of the node's limits since the last word, by
	// limit and by a name that says nothing of who it is.
	Spent map[string]map[string]int `json:"spent,omitempty"`
}

// Node is who a node is.
type Node struct {
	ID      string `json:"id"` // drawn at every start
	Name    string `json:"name"`
	Version string `json:"version"` // of the program
	// Rules are the newest versions of the rules that it folds by.
	Rules       map[oplog.Kind]uint16 `json:"rules,omitempty"`
	Since       int64                 `json:"since"` // milliseconds since 1970
	Connections int                   `json:"connections"`
	// Ready: it takes people.
	Ready bool `json:"ready"`
}

// Said is what a node says of one topic.
type Said struct {
	People int            `json:"people,omitempty"` // who watch there
	Pace   map[string]int `json:"pace,omitempty"`   // of them, by what they last said of it
	Shown  map[string]int `json:"shown,omitempty"`  // feelings since the last word
	Mark   *Mark          `json:"mark,omitempty"`   // the newest, in whole words
}

// Mark is a topic's state at one place of its log, as a digest. Equal chains must
// give equal digests.
type Mark struct {
	Offset oplog.Offset `json:"offset"`
	Chain  string       `json:"chain"` // the hash there, and what form the state has
	Digest string       `json:"digest"`
}

// empty reports whether nothing is said that has not been said.
func (w *Word) empty() bool { return len(w.Topics) == 0 && len(w.Spent) == 0 }

// Tell adds what is said of a topic, if there is room.
func (w *Word) Tell(topic oplog.Topic, s Said) {
	if w.Topics == nil {
		w.Topics = make(map[oplog.Topic]Said)
	}
	if len(w.Topics) < MaxTopics {
		w.Topics[topic] = s
	}
}

func encode(w *Word) ([]byte, error) {
	w.V = version
	b, err := json.Marshal(w)
	if err == nil && len(b) > maxWord {
		err = fmt.Errorf("a word of %d bytes is too long, at most %d can be said", len(b), maxWord)
	}
	return b, err
}

var errNotWord = errors.New("not a word of this version")

// decode reads a word as it came from outside, and bounds what is in it.
func decode(b []byte) (*Word, error) {
	if len(b) > maxWord {
		return nil, errNotWord
	}
	var w Word
	if err := json.Unmarshal(b, &w); err != nil || w.V != version {
		return nil, errNotWord
	}
	n := &w.Node
	if n.ID == "" || max(len(n.ID), len(n.Name), len(n.Version)) > maxName || len(w.Topics) > MaxTopics {
		return nil, errNotWord
	}
	n.Connections = bound(n.Connections)
	for topic, s := range w.Topics {
		s.People = bound(s.People)
		boundAll(s.Pace)
		boundAll(s.Shown)
		w.Topics[topic] = s
	}
	for _, people := range w.Spent {
		if len(people) > MaxSpent {
			return nil, errNotWord
		}
		boundAll(people)
	}
	return &w, nil
}

func bound(n int) int { return min(max(n, 0), maxCount) }

func boundAll(counts map[string]int) {
	for k, n := range counts {
		counts[k] = bound(n)
	}
}
