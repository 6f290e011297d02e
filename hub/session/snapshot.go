package session

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot. The registers of people,
// which are nearly all of it, are packed (pack.go); the rest is JSON.
type saved struct {
	Settings  settings
	Stage     stage
	Devices   []byte // 16 bytes each
	People    []byte // packed
	Questions []savedQuestion
	Polls     []savedPoll
	Queues    [3][]int32 // answered, dismissed, archived: question numbers
	Texts     []fold.SavedText
	Items     []entity.Saved
}

type savedQuestion struct {
	ID                 string
	Asker              int32
	At                 int64
	Lang               string `json:",omitempty"`
	Fate, Before       uint8
	Moved, Told        oplog.Offset
	WasLive            bool
	Edits, Votes       int
	Text, Name         words
	First              [2]fold.Sum
	Offsets            []oplog.Offset
	Status, WordingReg fold.Register `json:",omitzero"`
}

type savedPoll struct {
	ID             string
	Author         oplog.ActorID
	At             int64
	Kind           string
	Min, Max       int
	First          fold.Sum
	Text           words
	Options        []string
	Redacted       bool
	State          uint8
	Shown          bool
	Opened, Closed int64
	People         int
	Counts         []int
	StateR, ShownR fold.Register `json:",omitzero"`
}

// Snapshot encodes the whole state, texts included.
func (m *Machine) Snapshot() ([]byte, error) {
	b, err := json.Marshal(m.save(true))
	if err != nil {
		return nil, fmt.Errorf("encode %s: %w", m.topic, err)
	}
	return b, nil
}

// Digest is equal on two machines that folded the same entries, blanked or not:
// it covers sums, never texts.
func (m *Machine) Digest() [32]byte {
	b, err := json.Marshal(m.save(false))
	if err != nil {
		return [32]byte{}
	}
	return sha256.Sum256(b)
}

func (m *Machine) save(texts bool) *saved {
	s := &saved{
		Settings: m.settings, Stage: m.stage,
		Texts: m.texts.Save(), Items: m.table.Save(),
	}
	s.Devices, s.People = m.people.pack()
	for _, q := range m.board.list {
		s.Questions = append(s.Questions, q.save(texts))
	}
	for _, p := range m.polls.list {
		s.Polls = append(s.Polls, p.save(texts))
	}
	for i, list := range m.board.queues() {
		for _, q := range *list {
			s.Queues[i] = append(s.Queues[i], q.number)
		}
	}
	return s
}

// saved leaves text and gone out for a digest: they are private.
func (w words) saved(texts bool) words {
	if !texts {
		w.Text, w.Gone = "", false
	}
	return w
}

func (q *question) save(texts bool) savedQuestion {
	return savedQuestion{
		ID: q.id, Asker: q.asker, At: q.at, Lang: q.lang,
		Fate: uint8(q.fate), Before: uint8(q.before), Moved: q.moved, Told: q.told,
		WasLive: q.wasLive, Edits: q.edits, Votes: q.votes,
		Text: q.text.saved(texts), Name: q.name.saved(texts), First: q.first, Offsets: q.offsets,
		Status: q.status, WordingReg: q.wording,
	}
}

func (p *poll) save(texts bool) savedPoll {
	s := savedPoll{
		ID: p.id, Author: p.author, At: p.at, Kind: p.kind, Min: p.min, Max: p.max, First: p.first,
		Text: p.text.saved(texts), Options: make([]string, len(p.options)), Redacted: p.redacted,
		State: uint8(p.state), Shown: p.shown, Opened: p.opened, Closed: p.closed,
		People: p.people, Counts: p.counts, StateR: p.stateR, ShownR: p.shownR,
	}
	if texts {
		copy(s.Options, p.options)
	}
	return s
}
