package session

import (
	"crypto/sha256"
	"encoding/json"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// phase is where a poll stands. A closed one may be opened again; none becomes
// a draft again.
type phase uint8

const (
	draft phase = iota
	open
	closed
)

func (p phase) String() string { return [...]string{"draft", "open", "closed"}[p] }

// MarshalText writes the phase as it stands in documents.
func (p phase) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// The kinds of poll, and who sees its counts.
const (
	pollSingle   = "single"
	pollMultiple = "multiple"

	resultsHidden = "hidden"
	resultsShown  = "shown"
)

// poll is one poll and its two entities.
type poll struct {
	id       string
	number   int32 // in polls.list
	author   oplog.ActorID
	at       int64
	kind     string
	min, max int
	first    fold.Sum // of everything it was made of

	text     words // title; options share its entry
	options  []string
	redacted bool

	state          phase
	shown          bool // results
	opened, closed int64
	people         int
	counts         []int

	eye int32 // in staff.list: the first of two who open it

	stateR, shownR fold.Register

	entity, tally *entity.Item
}

type polls struct {
	list  []*poll
	byID  map[string]*poll
	open  int
	bytes int
}

func newPolls() polls { return polls{byID: make(map[string]*poll)} }

// create judges a new poll.
func (m *Machine) create(t *fold.Turn) oplog.Outcome {
	var a createArgs
	if json.Unmarshal(t.Args, &a) != nil || !strict.ValidULID(a.ID) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if p := m.polls.byID[a.ID]; p != nil {
		if p.author == t.Actor.ID && p.first == a.digest() {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	if r := a.judge(); r != "" {
		return oplog.Refuse(r)
	}
	switch {
	case len(m.polls.list) >= MaxPolls:
		return oplog.Refuse(oplog.TooMany)
	case m.polls.bytes+a.size() > MaxPollText:
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	m.admitPoll(t, a)
	return oplog.Done()
}

func (a *createArgs) judge() oplog.Reason {
	if len(a.Options) < MinOptions || len(a.Options) > MaxOptions {
		return oplog.BadChoice
	}
	if r := a.Title.within(MaxTitleChars, MaxTitleBytes); r != "" {
		return r
	}
	for _, o := range a.Options {
		if r := o.within(MaxOptionChars, MaxOptionBytes); r != "" {
			return r
		}
	}
	switch {
	case a.Results != resultsHidden && a.Results != resultsShown:
		return oplog.BadCommand
	case a.Kind == pollSingle && a.Min == 1 && a.Max == 1:
		return ""
	case a.Kind == pollMultiple && a.Min >= 1 && a.Min <= a.Max && a.Max <= len(a.Options):
		return ""
	case a.Kind == pollSingle, a.Kind == pollMultiple:
		return oplog.BadChoice
	}
	return oplog.BadCommand
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
	for _, o := range a.Options {
		n += o.Size
	}
	return n
}

func (m *Machine) admitPoll(t *fold.Turn, a createArgs) {
	priv := fold.Opened[private](t.Command)
	p := &poll{
		id: a.ID, author: t.Actor.ID, at: t.Ms,
		kind: a.Kind, min: a.Min, max: a.Max, first: a.digest(),
		text: wordsOf(t, a.Title, priv.Title), options: make([]string, len(a.Options)),
		shown: a.Results == resultsShown, counts: make([]int, len(a.Options)),
		entity: m.table.Item(kindPoll, a.ID), tally: m.table.Item(kindTally, a.ID),
	}
	p.text.Size = a.size()
	if len(priv.Options) == len(p.options) {
		copy(p.options, priv.Options)
	} else {
		p.text.Text, p.text.Gone = "", true
	}
	p.stateR.Write(t)
	p.shownR.Write(t)
	m.texts.Bring(t)
	m.polls.add(p)
	m.touchPoll(t, p)
}

func (x *polls) add(p *poll) {
	p.number = int32(len(x.list))
	x.list = append(x.list, p)
	x.byID[p.id] = p
	x.bytes += p.text.Size
	if p.state == open {
		x.open++
	}
}

// again is the same poll before anybody has answered.
func (p *poll) again() *poll {
	return &poll{
		id: p.id, author: p.author, at: p.at, kind: p.kind, min: p.min, max: p.max, first: p.first,
		text: p.text, options: slices.Clone(p.options), redacted: p.redacted, shown: p.shown,
		counts: make([]int, len(p.counts)), entity: p.entity, tally: p.tally,
	}
}

// turnPoll judges opening and closing a poll.
func (m *Machine) turnPoll(t *fold.Turn) oplog.Outcome {
	p, r := m.poll(t)
	if r != "" {
		return oplog.Refuse(r)
	}
	to := open
	if t.Type == typeClose {
		to = closed
	}
	switch {
	case p.stateR.Repeated(t):
		return oplog.Repeated()
	case p.state == to:
		return p.stateR.Settle(t)
	case to == closed && p.state == draft:
		return oplog.Refuse(oplog.WrongState)
	case p.stateR.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case to == open && m.polls.open >= MaxOpenPolls:
		return oplog.Refuse(oplog.TooMany)
	case to == open && p.state == draft && m.rules().Eyes && p.eye != 0 && p.eye == m.staff.number[t.Actor.ID]:
		return p.stateR.Settle(t)
	case t.Dry:
		return oplog.Done()
	case to == open && p.state == draft && m.rules().Eyes && p.eye == 0:
		p.stateR.Mark(t)
		p.eye = m.staffNo(t)
		m.table.Touch(p.entity, t.Offset, p.seers(), staff)
		return oplog.Done()
	}
	p.eye = 0
	if p.state = to; to == open {
		p.opened, p.closed = t.Ms, 0
		m.polls.open++
	} else {
		p.closed = t.Ms
		m.polls.open--
	}
	p.stateR.Write(t)
	m.touchPoll(t, p)
	return oplog.Done()
}

// reveal judges showing a poll's counts to everybody, or hiding them again.
func (m *Machine) reveal(t *fold.Turn) oplog.Outcome {
	p, r := m.poll(t)
	if r != "" {
		return oplog.Refuse(r)
	}
	shown := t.Type == typeReveal
	o, differs := fold.Set(t, fold.Field{Register: &p.shownR, Same: p.shown == shown, Put: func() { p.shown = shown }})
	if differs {
		m.touchPoll(t, p)
		m.table.Touch(p.tally, t.Offset, p.seers(), crowd)
	}
	return o
}

// poll finds the poll that a command is about.
func (m *Machine) poll(t *fold.Turn) (*poll, oplog.Reason) {
	var a idArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return nil, oplog.BadCommand
	}
	p := m.polls.byID[a.ID]
	if p == nil {
		return nil, oplog.NotFound
	}
	return p, ""
}

func (p *poll) seers() entity.Roles {
	if p.state == draft {
		return staff
	}
	return everyone
}

func (m *Machine) touchPoll(t *fold.Turn, p *poll) {
	m.table.Touch(p.entity, t.Offset, p.seers(), everyone)
	m.table.Touch(p.tally, t.Offset, p.seers(), 0)
}
