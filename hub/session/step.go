package session

import (
	"cmp"
	"slices"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// step is one thing that a moderator did: what was before and what was after,
// where the two differ. So it can be taken back exactly. It is also its own form
// in a snapshot.
type step struct {
	At  oplog.Offset
	Ms  int64
	By  int32        // in staff.list; 0: the hub itself
	Did string       // type of the command
	Of  oplog.Offset `json:",omitempty"` // the step that this one takes back
	// Undone is the step that took this one back; 0 for none.
	Undone oplog.Offset `json:",omitempty"`

	Questions []change         `json:",omitempty"` // by number
	Stage     *pair[places]    `json:",omitempty"`
	Rules     *pair[rules]     `json:",omitempty"`
	Labels    []labelChange    `json:",omitempty"`
	Intro     *pair[words]     `json:",omitempty"`
	People    []pair[blocked]  `json:",omitempty"`
	Polls     []pollChange     `json:",omitempty"` // by number
	Sheet     *pair[string]    `json:",omitempty"` // order of the polls
	Teams     *pair[teams]     `json:",omitempty"`
	Player    *pair[hidden]    `json:",omitempty"`
	Rendered  *renderingChange `json:",omitempty"`
	Note      *noteChange      `json:",omitempty"`
	// Swap are the grounds that changed places, by when they came into being.
	Swap *pair[oplog.Offset] `json:",omitempty"`
}

// pair is a value before and after a step.
type pair[V any] struct{ Was, Is V }

// change is what a step changed of one question; nil: not that.
type change struct {
	Q      int32
	Stand  *pair[standing] `json:",omitempty"`
	Marks  *pair[marks]    `json:",omitempty"`
	Said   *pair[said]     `json:",omitempty"`
	Answer *pair[words]    `json:",omitempty"`
}

type labelChange struct {
	N int // index
	pair[label]
}

// steps are the newest steps, oldest first, and how many changes they hold.
type steps struct {
	list    []*step
	changes int
}

// snap is a question as it was before a command.
type snap struct {
	q      *question
	stand  standing
	marks  marks
	said   said
	answer words
	others int // bytes of its texts in other languages
}

// record judges what a moderator does and keeps it as a step, if it changed
// anything that can be taken back.
func (m *Machine) record(t *fold.Turn, rule func(*fold.Turn) oplog.Outcome) oplog.Outcome {
	if t.Dry {
		return rule(t)
	}
	was := m.scene
	s := &step{At: t.Offset, Ms: t.Ms, Did: t.Type}
	m.open = s
	o := rule(t)
	m.open = nil
	before, turned := m.before, m.turned
	m.before, m.turned = nil, nil
	if !o.Accepted() || o.Again {
		return o
	}
	s.gather(m, before, &was)
	s.gatherPolls(turned)
	if s.empty() {
		return o
	}
	s.By = m.staffNo(t)
	m.steps.list = append(m.steps.list, s)
	m.steps.changes += s.changes()
	m.touchStep(t, s)
	m.trimSteps(t)
	return o
}

// note keeps what a question is before it is changed, once for each command of
// a moderator.
func (m *Machine) note(q *question) {
	if m.open == nil || q.noted == m.open.At {
		return
	}
	q.noted = m.open.At
	m.before = append(m.before, snap{q, q.standing, q.marks, q.said, q.answer, q.renderedSize()})
}

// gather finds what is different now.
func (s *step) gather(m *Machine, before []snap, was *scene) {
	for _, b := range before {
		c := change{
			Q:      b.q.number,
			Stand:  differs(b.stand, b.q.standing, standing.bare),
			Marks:  differs(b.marks, b.q.marks, itself[marks]),
			Said:   differs(b.said, b.q.said, said.bare),
			Answer: differs(b.answer, b.q.answer, words.bare),
		}
		if c.Stand != nil || c.Marks != nil || c.Said != nil || c.Answer != nil {
			s.Questions = append(s.Questions, c)
		}
	}
	slices.SortFunc(s.Questions, func(a, b change) int { return cmp.Compare(a.Q, b.Q) })
	s.Stage = differs(was.Stage, m.scene.Stage, itself[places])
	s.Rules = differs(was.Rules, m.scene.Rules, itself[rules])
	s.Intro = differs(was.Intro, m.scene.Intro, words.bare)
	s.Teams = differs(was.Teams, m.scene.Teams, teams.bare)
	for i := range was.Labels {
		if p := differs(was.Labels[i], m.scene.Labels[i], label.bare); p != nil {
			s.Labels = append(s.Labels, labelChange{i, *p})
		}
	}
}

func itself[V any](v V) V { return v }

// differs pairs two values by what everybody may know of them, nil if that is
// the same.
func differs[V comparable](was, is V, bare func(V) V) *pair[V] {
	if bare(was) == bare(is) {
		return nil
	}
	return &pair[V]{was, is}
}

func (s *step) empty() bool {
	return len(s.Questions) == 0 && s.Stage == nil && s.Rules == nil && len(s.Labels) == 0 &&
		s.Intro == nil && len(s.People) == 0 && s.Swap == nil && len(s.Polls) == 0 && s.Sheet == nil && s.Teams == nil &&
		s.Player == nil && s.Rendered == nil && s.Note == nil
}

// gatherPolls finds what is different now about polls.
func (s *step) gatherPolls(before []pollSnap) {
	for i := range before {
		if c := before[i].change(); c != nil {
			s.Polls = append(s.Polls, *c)
		}
	}
	slices.SortFunc(s.Polls, func(a, b pollChange) int { return cmp.Compare(a.P, b.P) })
}

// changes is how much a step has to remember.
func (s *step) changes() int {
	n := len(s.Questions) + len(s.Polls) + len(s.People)
	for i := range s.Polls {
		n += len(s.Polls[i].Words)
		if w := s.Polls[i].Wording; w != nil {
			n += (w.Was.Text.Size + w.Is.Text.Size) / changeBytes
		}
	}
	return n
}

// stepView is a step as moderators see it: who did what to how many questions,
// the first of them by its id.
type stepView struct {
	Did    string       `json:"did"`
	At     int64        `json:"at"`
	By     int32        `json:"by,omitempty"`
	ID     string       `json:"id,omitempty"`
	N      int          `json:"n,omitempty"`
	Lang   string       `json:"lang,omitempty"`
	Of     oplog.Offset `json:"of,omitempty"`
	Undone oplog.Offset `json:"undone,omitempty"`
}

func (m *Machine) stepView(id string) stepView {
	s := m.steps.find(id)
	v := stepView{Did: s.Did, At: s.Ms, By: s.By, N: len(s.Questions), Of: s.Of, Undone: s.Undone}
	if v.N > 0 {
		v.ID = m.board.list[s.Questions[0].Q].id
	}
	if c := s.Rendered; c != nil {
		v.ID, v.N, v.Lang = m.board.list[c.Q].id, 1, c.Lang
	}
	if len(s.Polls) > 0 {
		v.ID = m.polls.list[s.Polls[0].P].id
	}
	return v
}

func (x *steps) find(id string) *step {
	at, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return nil
	}
	i, ok := slices.BinarySearchFunc(x.list, oplog.Offset(at), func(s *step, at oplog.Offset) int { return cmp.Compare(s.At, at) })
	if !ok || x.list[i].id() != id {
		return nil
	}
	return x.list[i]
}

func (s *step) id() string { return offsetID(s.At) }

func offsetID(at oplog.Offset) string { return strconv.FormatUint(uint64(at), 10) }

func (m *Machine) touchStep(t *fold.Turn, s *step) {
	sees := staff
	if s.Rendered != nil {
		sees = desk
	}
	m.table.Touch(m.table.Item(kindStep, s.id()), t.Offset, sees, sees)
}

// trimSteps lets the oldest steps go, which then stay done.
func (m *Machine) trimSteps(t *fold.Turn) {
	x := &m.steps
	for len(x.list) > MaxSteps || len(x.list) > 1 && x.changes > MaxStepChanges {
		m.table.Touch(m.table.Item(kindStep, x.list[0].id()), t.Offset, 0, 0)
		x.changes -= x.list[0].changes()
		x.list = x.list[1:]
	}
}
