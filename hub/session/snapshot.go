package session

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// saved is the whole state as it stands in a snapshot. The registers of people,
// which are nearly all of it, are packed (pack.go); the rest is JSON.
type saved struct {
	Scene     scene
	Registers map[string]*fold.Register
	Staff     []hand // from number 1
	Ground    savedGround
	Away      []savedGround `json:",omitempty"`
	Swapped   oplog.Offset  `json:",omitempty"`
	Texts     []fold.SavedText
	Items     []entity.Saved
}

type savedGround struct {
	Born      oplog.Offset `json:",omitempty"`
	Devices   []byte       // 16 bytes each
	People    []byte       // packed
	Questions []savedQuestion
	Polls     []savedPoll
	Sheet     string        `json:",omitempty"`
	SheetR    fold.Register `json:",omitzero"`
	Players   players       `json:",omitempty"`
	Blocks    []savedBlock  `json:",omitempty"`
	Steps     []*step
	Notes     []savedNote `json:",omitempty"`
}

type savedBlock struct {
	Person int32
	On     bool
	Apart  bool          `json:",omitempty"`
	R      fold.Register `json:",omitzero"`
}

type savedQuestion struct {
	ID      string
	Asker   int32
	At      int64
	From    string       `json:",omitempty"`
	Held    string       `json:",omitempty"`
	Stand   standing     `json:"S"`
	Marks   marks        `json:"M,omitzero"`
	Said    said         `json:"T"`
	Answer  words        `json:"A,omitzero"`
	First   [2]fold.Sum  `json:"F"`
	Same    fold.Sum     `json:"E"`
	Edits   int          `json:",omitempty"`
	Told    oplog.Offset `json:",omitempty"`
	Offsets []oplog.Offset

	Status, WordingReg, ReplyReg fold.Register    `json:",omitzero"`
	MarkRegs                     []savedMark      `json:",omitempty"`
	InOther                      []savedRendering `json:",omitempty"`
}

type savedMark struct {
	Kind int
	R    fold.Register `json:",omitzero"`
}

type savedPoll struct {
	ID       string
	Author   oplog.ActorID
	At       int64
	First    fold.Sum
	In       int32 `json:",omitempty"`
	Spec     spec
	Text     words
	Options  []string       `json:",omitempty"`
	Ends     []string       `json:",omitempty"`
	Offsets  []oplog.Offset `json:",omitempty"`
	Edits    int            `json:",omitempty"`
	Redacted bool           `json:",omitempty"`

	Stand     stand
	Rounds    []round      `json:",omitempty"`
	Terms     []term       `json:",omitempty"`
	Spellings []spelling   `json:",omitempty"`
	Told      oplog.Offset `json:",omitempty"`
	Moved     oplog.Offset `json:",omitempty"`

	StateR, TextR                     fold.Register `json:",omitzero"`
	ResultsR, ScreenR, FixedR, SolveR fold.Register `json:",omitzero"`
	SecsR, TimeR                      fold.Register `json:",omitzero"`
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
		Scene: m.scene, Registers: map[string]*fold.Register{}, Swapped: m.swapped,
		Texts: m.texts.Save(), Items: m.table.Save(), Ground: m.ground.save(texts),
	}
	for name, r := range m.registers {
		if !r.IsZero() {
			s.Registers[name] = r
		}
	}
	for _, h := range m.staff.list[1:] {
		h.Name = h.Name.saved(texts)
		s.Staff = append(s.Staff, h)
	}
	for i := range s.Scene.Labels {
		s.Scene.Labels[i].Name = s.Scene.Labels[i].Name.saved(texts)
	}
	s.Scene.Intro = s.Scene.Intro.saved(texts)
	s.Scene.Teams.Names = s.Scene.Teams.Names.saved(texts)
	for _, g := range m.away {
		s.Away = append(s.Away, g.save(texts))
	}
	return s
}

func (g *ground) save(texts bool) savedGround {
	s := savedGround{Born: g.born, Sheet: g.polls.sheet, SheetR: g.polls.sheetR}
	for _, p := range g.players {
		p.Name = p.Name.saved(texts)
		s.Players = append(s.Players, p)
	}
	s.Devices, s.People = g.people.pack()
	for _, q := range g.board.list {
		s.Questions = append(s.Questions, q.save(texts))
	}
	for _, p := range g.polls.list {
		s.Polls = append(s.Polls, p.save(texts))
	}
	for _, b := range g.blocks {
		s.Blocks = append(s.Blocks, savedBlock{b.Person, b.On, b.Apart, b.Register})
	}
	for _, one := range g.steps.list {
		s.Steps = append(s.Steps, one.save(texts))
	}
	for _, n := range g.notes.list {
		s.Notes = append(s.Notes, n.save(texts))
	}
	return s
}

// saved leaves text and gone out for a digest: they are private.
func (w words) saved(texts bool) words {
	if texts {
		return w
	}
	return w.bare()
}

func (s said) saved(texts bool) said {
	if texts {
		return s
	}
	return s.bare()
}

func (s standing) saved(texts bool) standing {
	if texts {
		return s
	}
	return s.bare()
}

func (q *question) save(texts bool) savedQuestion {
	s := savedQuestion{
		ID: q.id, Asker: q.asker, At: q.at, From: q.from, Held: q.held,
		Stand: q.standing.saved(texts), Marks: q.marks, Said: q.said.saved(texts), Answer: q.answer.saved(texts),
		First: q.first, Same: q.same, Edits: q.edits, Told: q.told, Offsets: q.offsets,
		Status: q.status, WordingReg: q.wording, ReplyReg: q.reply,
	}
	for _, r := range q.marksSet {
		s.MarkRegs = append(s.MarkRegs, savedMark{r.Kind, r.Register})
	}
	for _, one := range q.inOther {
		s.InOther = append(s.InOther, one.save(texts))
	}
	return s
}

// save is a step without its texts for a digest.
func (s *step) save(texts bool) *step {
	if texts {
		return s
	}
	out := *s
	out.Questions = make([]change, len(s.Questions))
	for i, c := range s.Questions {
		c.Stand, c.Said, c.Answer = barePair(c.Stand, standing.bare), barePair(c.Said, said.bare), barePair(c.Answer, words.bare)
		out.Questions[i] = c
	}
	out.Polls = slices.Clone(s.Polls)
	for i := range out.Polls {
		out.Polls[i].Wording = barePair(s.Polls[i].Wording, wording.bare)
	}
	out.Labels = make([]labelChange, len(s.Labels))
	for i, c := range s.Labels {
		out.Labels[i] = labelChange{c.N, *barePair(&c.pair, label.bare)}
	}
	out.Intro = barePair(s.Intro, words.bare)
	if c := s.Rendered; c != nil {
		out.Rendered = &renderingChange{c.Q, c.Lang, *barePair(&c.pair, translation.bare)}
	}
	out.Teams = barePair(s.Teams, teams.bare)
	return &out
}

func barePair[V any](p *pair[V], bare func(V) V) *pair[V] {
	if p == nil {
		return nil
	}
	return &pair[V]{bare(p.Was), bare(p.Is)}
}

func (p *poll) save(texts bool) savedPoll {
	s := savedPoll{
		ID: p.id, Author: p.author, At: p.at, First: p.first, In: p.in, Spec: p.spec,
		Text: p.text.saved(texts), Options: make([]string, len(p.options)), Ends: make([]string, len(p.ends)),
		Offsets: p.offsets, Edits: p.edits, Redacted: p.redacted,
		Stand: p.stand, Rounds: p.rounds, Terms: p.lexicon.terms, Spellings: p.lexicon.saved(texts), Told: p.told, Moved: p.moved,
		StateR: p.stateR, TextR: p.textR, ResultsR: p.resultsR, ScreenR: p.screenR, FixedR: p.fixedR, SolveR: p.solveR,
		SecsR: p.secsR, TimeR: p.timeR,
	}
	if texts {
		copy(s.Options, p.options)
		copy(s.Ends, p.ends)
	}
	return s
}

func (x *lexicon) saved(texts bool) []spelling {
	if texts {
		return x.spellings
	}
	out := slices.Clone(x.spellings)
	for i := range out {
		out[i].Text = ""
	}
	return out
}
