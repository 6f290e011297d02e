package session

import (
	"cmp"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot. The registers of people,
// which are nearly all of it, are packed (pack.go); the rest is JSON.
type saved struct {
	Settings  savedSettings
	Stage     savedStage
	Devices   []byte // 16 bytes each
	People    []byte // packed
	Questions []savedQuestion
	Polls     []savedPoll
	Queues    [3][]int32 // answered, dismissed, archived: question numbers
	Texts     []savedText
	Items     []entity.Saved
}

type savedRegister struct {
	Dev int32        `json:"d,omitempty"`
	N   uint64       `json:"n,omitempty"`
	By  int32        `json:"b,omitempty"`
	At  oplog.Offset `json:"a,omitempty"`
}

type savedSettings struct {
	Live, Moderation                bool
	Names, QA                       string
	LiveR, ModerationR, NamesR, QAR savedRegister
}

type savedStage struct {
	Question, Poll   string
	QuestionR, PollR savedRegister
}

// savedWords leaves text and gone out of a digest: they are private.
type savedWords struct {
	At   oplog.Offset `json:"a,omitempty"`
	Size int          `json:"s,omitempty"`
	Sum  sum          `json:"h"`
	Text string       `json:"t,omitempty"`
	Gone bool         `json:"g,omitempty"`
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
	Text, Name         savedWords
	First              [2]sum
	Offsets            []oplog.Offset
	Status, WordingReg savedRegister
}

type savedPoll struct {
	ID             string
	Author         int32
	At             int64
	Kind           string
	Min, Max       int
	First          sum
	Text           savedWords
	Options        []string
	Redacted       bool
	State          uint8
	Shown          bool
	Opened, Closed int64
	People         int
	Counts         []int
	StateR, ShownR savedRegister
}

// savedText says whose text the entry at an offset holds: the question or the
// poll of a number.
type savedText struct {
	At     oplog.Offset
	Number int32
	Poll   bool `json:",omitempty"`
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
		Settings: m.settings.save(),
		Stage: savedStage{
			Question: m.stage.question, Poll: m.stage.poll,
			QuestionR: m.stage.questionR.save(), PollR: m.stage.pollR.save(),
		},
		People: m.people.pack(),
		Items:  m.table.Save(),
	}
	for _, d := range m.devices.list {
		s.Devices = append(s.Devices, d[:]...)
	}
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
	for at, w := range m.texts {
		s.Texts = append(s.Texts, w.save(at))
	}
	slices.SortFunc(s.Texts, func(a, b savedText) int { return cmp.Compare(a.At, b.At) })
	return s
}

func (r *register) save() savedRegister {
	return savedRegister{Dev: r.dev, N: r.n, By: r.by, At: r.at}
}

func (s *settings) save() savedSettings {
	return savedSettings{
		Live: s.live, Moderation: s.moderation, Names: s.names, QA: s.qa,
		LiveR: s.liveR.save(), ModerationR: s.moderationR.save(), NamesR: s.namesR.save(), QAR: s.qaR.save(),
	}
}

func (w *words) save(texts bool) savedWords {
	s := savedWords{At: w.at, Size: w.size, Sum: w.sum}
	if texts {
		s.Text, s.Gone = w.text, w.gone
	}
	return s
}

func (q *question) save(texts bool) savedQuestion {
	return savedQuestion{
		ID: q.id, Asker: q.asker, At: q.at, Lang: q.lang,
		Fate: uint8(q.fate), Before: uint8(q.before), Moved: q.moved, Told: q.told,
		WasLive: q.wasLive, Edits: q.edits, Votes: q.votes,
		Text: q.text.save(texts), Name: q.name.save(texts), First: q.first, Offsets: q.offsets,
		Status: q.status.save(), WordingReg: q.wording.save(),
	}
}

func (p *poll) save(texts bool) savedPoll {
	s := savedPoll{
		ID: p.id, Author: p.author, At: p.at, Kind: p.kind, Min: p.min, Max: p.max, First: p.first,
		Text: p.text.save(texts), Options: make([]string, len(p.options)), Redacted: p.redacted,
		State: uint8(p.state), Shown: p.shown, Opened: p.opened, Closed: p.closed,
		People: p.people, Counts: p.counts, StateR: p.stateR.save(), ShownR: p.shownR.save(),
	}
	if texts {
		copy(s.Options, p.options)
	}
	return s
}

func (w wording) save(at oplog.Offset) savedText {
	if w.poll != nil {
		return savedText{At: at, Number: w.poll.number, Poll: true}
	}
	return savedText{At: at, Number: w.question.number}
}
