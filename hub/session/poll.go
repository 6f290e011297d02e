package session

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// phase is where a poll stands.
//
//	          open          close, or its time is over
//	draft ──────────▶ open ─────────────────────────────▶ closed
//	  │                ▲      open again, or a new round     │
//	  │                └─────────────────────────────────────┤
//	  └─────────────────▶ archived ◀─────────────────────────┘
//
// From the archive it comes back as closed, or as a draft if it never was open.
// One whose making was taken back is unmade: nobody sees it, and no command finds
// it but the undo that makes it a draft again.
type phase uint8

const (
	draft phase = iota
	open
	closed
	shelved
	unmade
)

var phaseNames = [...]string{"draft", "open", "closed", "archived", "unmade"}

func (p phase) String() string { return phaseNames[p] }

// MarshalText writes the phase as it stands in documents.
func (p phase) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// UnmarshalText reads what MarshalText wrote.
func (p *phase) UnmarshalText(b []byte) error {
	i := slices.Index(phaseNames[:], string(b))
	if i < 0 {
		return fmt.Errorf("%.20q is not a phase", b)
	}
	*p = phase(i)
	return nil
}

// Who sees the counts of a poll beside the moderators.
const (
	resultsHidden = "hidden" // nobody
	resultsVoted  = "voted"  // whoever has answered; everybody once it is closed
	resultsClosed = "closed" // everybody once it is closed
	resultsShown  = "shown"  // everybody
)

// stand is what moderators decide about a poll; a question of a survey has only
// Solved of its own, the rest is that of the survey. It is comparable, so that a
// step can take it back, and its own form in a snapshot.
type stand struct {
	State   phase  `json:"s"`
	Results string `json:"r"`
	Screen  bool   `json:"w,omitempty"` // the hall's screen has the counts in any case
	Fixed   bool   `json:"f,omitempty"` // an answer cannot be changed
	Secs    int    `json:"c,omitempty"` // how long it will be open; 0: until it is closed
	Opened  int64  `json:"o,omitempty"` // milliseconds since 1970
	Closed  int64  `json:"e,omitempty"`
	Closes  int64  `json:"t,omitempty"` // when answers end
	Round   int    `json:"n,omitempty"` // from 0
	Solved  bool   `json:"v,omitempty"` // the solution is told
	Eye     int32  `json:"y,omitempty"` // in staff.list: the first of two who open it
}

// poll is one poll and its entities.
type poll struct {
	id     string
	number int32 // in polls.list
	author oplog.ActorID
	at     int64
	first  fold.Sum // of everything it was made of
	in     int32    // the survey's number, plus 1

	spec
	text     words // title; options and ends share its entry
	options  []string
	ends     []string
	offsets  []oplog.Offset // entries that hold texts of it and were not blanked
	edits    int
	redacted bool

	stand
	counter         // of the present round
	rounds  []round // those before
	lexicon lexicon // of words

	// When what people are told alone has changed by what others did: their
	// answers, and the result for those who answered.
	told, moved oplog.Offset
	shared      struct { // what those who answered are told, as of moved
		at     oplog.Offset
		result json.RawMessage
	}

	stateR, textR                     fold.Register
	resultsR, screenR, fixedR, solveR fold.Register
	secsR, timeR                      fold.Register

	entity, tally, past *entity.Item
}

// polls are all polls of a session. The sheet is the order that moderators gave
// them: ids of 26 characters each; what it does not name follows.
type polls struct {
	list   []*poll
	byID   map[string]*poll
	sheet  string
	sheetR fold.Register
	open   int
	bytes  int
}

func newPolls() polls { return polls{byID: make(map[string]*poll)} }

// lead is the poll whose standing counts: of a survey's question that of the
// survey.
func (x *polls) lead(p *poll) *poll {
	if p.in == 0 {
		return p
	}
	return x.list[p.in-1]
}

// find returns the poll of an id, nil if there is none.
func (x *polls) find(id string) *poll {
	if p := x.byID[id]; p != nil && p.State != unmade {
		return p
	}
	return nil
}

// there are the polls that there are, in the order of their making.
func (x *polls) there() []*poll {
	return slices.DeleteFunc(slices.Clone(x.list), func(p *poll) bool { return p.State == unmade })
}

// parts are a poll itself and, of a survey, its questions.
func (x *polls) parts(p *poll) []*poll {
	list := []*poll{p}
	if p.form() != formNone {
		return list
	}
	for _, q := range x.list {
		if q.in == p.number+1 && q.State != unmade {
			list = append(list, q)
		}
	}
	return list
}

// create judges a new poll.
func (m *Machine) create(t *fold.Turn) oplog.Outcome {
	var a createArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.ID) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if p := m.polls.byID[a.ID]; p != nil {
		if p.State == unmade {
			return m.makeAgain(t, p, &a)
		}
		if p.author == t.Actor.ID && p.first == a.digest() {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	if r := a.judge(t.Rules); r != "" {
		return oplog.Refuse(r)
	}
	in, r := m.polls.survey(a.In)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case len(m.polls.there()) >= MaxPolls, len(m.polls.list) >= MaxPollsMade:
		return oplog.Refuse(oplog.TooMany)
	case m.polls.bytes+a.size() > MaxPollText:
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	p := &poll{
		id: a.ID, author: t.Actor.ID, at: t.Ms, first: a.digest(), in: in,
		stand:   stand{Results: a.Results, Screen: a.Screen, Fixed: a.Fixed, Secs: a.Secs},
		counter: newCounter(&a.spec, len(a.Options)),
	}
	m.findPollItems(p)
	p.write(t, &a)
	m.texts.Bring(t)
	m.polls.add(p)
	m.noteMade(t, p)
	m.disapprove(t, p)
	m.touchPoll(t, p)
	m.touchSheet(t)
	return oplog.Done()
}

// disapprove notes that what a poll, or its survey, says is not what a moderator has
// approved who would open it with another.
func (m *Machine) disapprove(t *fold.Turn, p *poll) {
	if lead := m.polls.lead(p); lead.Eye != 0 {
		lead.Eye = 0
		m.touchPoll(t, lead)
	}
}

// survey finds the survey that a new poll is to be a question of; its number
// plus 1, 0 for none.
func (x *polls) survey(id string) (int32, oplog.Reason) {
	if id == "" {
		return 0, ""
	}
	s := x.find(id)
	switch {
	case s == nil:
		return 0, oplog.NotFound
	case s.form() != formNone || s.State != draft:
		return 0, oplog.WrongState
	case len(x.parts(s)) > MaxSurvey:
		return 0, oplog.TooMany
	}
	return s.number + 1, ""
}

// judge reports what is wrong with what a poll is made of.
func (a *createArgs) judge(version uint16) oplog.Reason {
	if a.Kind != pollSingle && a.Kind != pollMultiple && version < 3 {
		return oplog.BadCommand
	}
	if r := a.spec.judge(len(a.Options)); r != "" {
		return r
	}
	if r := a.Title.within(MaxTitleChars, MaxTitleBytes); r != "" {
		return r
	}
	for _, o := range append(slices.Clone(a.Options), a.Ends...) {
		if r := o.within(MaxOptionChars, MaxOptionBytes); r != "" {
			return r
		}
	}
	switch {
	case a.Results == resultsHidden, a.Results == resultsShown:
	case version < 3 || a.Results != resultsVoted && a.Results != resultsClosed:
		return oplog.BadCommand
	}
	ends := len(a.Ends) == 0 || len(a.Ends) == 2 && (a.Kind == pollScale || a.Kind == pollNPS)
	if !ends || a.Secs < 0 || a.Secs > MaxSecs {
		return oplog.BadCommand
	}
	return ""
}

// digest is what tells one poll from another with the same id.
func (a *createArgs) digest() fold.Sum {
	b, err := json.Marshal(a)
	if err != nil {
		return fold.Sum{}
	}
	h := sha256.Sum256(b)
	return fold.Sum(h[:len(fold.Sum{})])
}

func (a *createArgs) size() int {
	n := a.Title.Size
	for _, o := range append(slices.Clone(a.Options), a.Ends...) {
		n += o.Size
	}
	return n
}

// write gives a poll its questions and texts.
func (p *poll) write(t *fold.Turn, a *createArgs) {
	priv := fold.Opened[private](t.Command)
	p.spec = a.spec
	p.text = wordsOf(t, a.Title, priv.Title)
	p.text.Size = a.size()
	p.options, p.ends = make([]string, len(a.Options)), make([]string, len(a.Ends))
	if len(priv.Options) == len(p.options) && len(priv.Ends) == len(p.ends) {
		copy(p.options, priv.Options)
		copy(p.ends, priv.Ends)
	} else {
		p.text.Text, p.text.Gone = "", true
	}
	p.offsets = append(p.offsets, t.Offset)
	p.textR.Write(t)
	p.stateR.Write(t)
	p.resultsR.Write(t)
}

// rewrite judges other texts and rules for a poll that nobody has seen yet.
func (m *Machine) rewrite(t *fold.Turn) oplog.Outcome {
	var a createArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	if r := a.judge(t.Rules); r != "" {
		return oplog.Refuse(r)
	}
	p := m.polls.find(a.ID)
	switch {
	case p == nil:
		return oplog.Refuse(oplog.NotFound)
	case p.textR.Repeated(t):
		return oplog.Repeated()
	case m.polls.lead(p).Opened != 0, m.answered(m.polls.lead(p)), (p.form() == formNone) != (a.form() == formNone), a.In != m.polls.surveyOf(p):
		return oplog.Refuse(oplog.WrongState)
	case p.textR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case p.edits >= MaxEdits:
		return oplog.Refuse(oplog.TooMany)
	case m.polls.bytes-p.text.Size+a.size() > MaxPollText:
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	m.noteWording(t, p)
	m.overwrite(t, p, &a)
	p.Results, p.Screen, p.Fixed, p.Secs = a.Results, a.Screen, a.Fixed, a.Secs
	m.disapprove(t, p)
	m.touchPoll(t, p)
	m.touchCounts(t, p)
	return oplog.Done()
}

// overwrite gives a poll that nobody has answered other questions and texts.
func (m *Machine) overwrite(t *fold.Turn, p *poll, a *createArgs) {
	m.polls.bytes += a.size() - p.text.Size
	p.edits++
	p.redacted = false
	p.write(t, a)
	p.counter = newCounter(&p.spec, len(p.options))
	m.texts.Bring(t)
}

func (x *polls) surveyOf(p *poll) string {
	if p.in == 0 {
		return ""
	}
	return x.list[p.in-1].id
}

func (x *polls) add(p *poll) {
	p.number = int32(len(x.list))
	x.list = append(x.list, p)
	x.byID[p.id] = p
	x.bytes += p.text.Size
	if p.State == open && p.in == 0 {
		x.open++
	}
}

// again is the same poll before anybody has answered.
func (p *poll) again() *poll {
	return &poll{
		id: p.id, author: p.author, at: p.at, first: p.first, spec: p.spec,
		text: p.text, options: slices.Clone(p.options), ends: slices.Clone(p.ends),
		offsets: slices.Clone(p.offsets), edits: p.edits, redacted: p.redacted,
		stand:   stand{Results: p.Results, Screen: p.Screen, Fixed: p.Fixed, Secs: p.Secs},
		counter: newCounter(&p.spec, len(p.options)),
		entity:  p.entity, tally: p.tally, past: p.past,
	}
}

// poll finds the poll that a command is about.
func (m *Machine) poll(t *fold.Turn) (*poll, oplog.Reason) {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return nil, oplog.BadCommand
	}
	p := m.polls.find(a.ID)
	if p == nil {
		return nil, oplog.NotFound
	}
	return p, ""
}
