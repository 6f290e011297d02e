package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// undo judges taking back a step: all that it changed, or nothing. What has been
// changed again since is not taken back behind the back of who did that. Taking
// back is a step itself, which can be taken back.
func (m *Machine) undo(t *fold.Turn) oplog.Outcome {
	var a undoArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	s := m.steps.find(a.Step)
	switch {
	case s == nil, s.Rendered == nil && !staff.Has(t.Actor.Role):
		return oplog.Refuse(oplog.NotFound)
	case s.Undone != 0:
		return oplog.Repeated()
	}
	back, r := m.takenBack(s)
	switch {
	case r != "":
		return oplog.Refuse(r)
	case t.Dry:
		return oplog.Done()
	}
	s.Undone, m.open.Of = t.Offset, s.At
	m.touchStep(t, s)
	if p := s.Swap; p != nil {
		m.open.Swap = &pair[oplog.Offset]{p.Is, p.Was}
		m.swap(t, m.away[m.awayAt(p.Was)])
	}
	if first := m.steps.find(offsetID(s.Of)); first != nil {
		first.Undone = 0
		m.touchStep(t, first)
	}
	o := oplog.Done()
	m.putScene(&o, t, back.scene)
	m.putQuestions(&o, t, back.questions)
	for _, p := range s.People {
		m.setBlocked(t, p.Was)
	}
	if c := s.Rendered; c != nil {
		m.render(t, m.board.list[c.Q], c.Lang, c.Was)
	}
	if c := s.Note; c != nil {
		m.turnNote(t, c.N, c.Was)
	}
	m.putPolls(t, s)
	return o
}

// former is how things will be when a step has been taken back.
type former struct {
	scene     scene
	questions []snap
}

// takenBack works out how things were, where nobody has changed them since, and
// whether there is room for that.
func (m *Machine) takenBack(s *step) (former, oplog.Reason) {
	f := former{scene: m.scene}
	same := m.scene.takeBack(s, &f.scene)
	b := m.board
	for i := range s.Questions {
		c := &s.Questions[i]
		q := b.list[c.Q]
		now := snap{q, q.standing, q.marks, q.said, q.answer, q.renderedSize()}
		was, ok := now.takeBack(c)
		same = same && ok && q.standing.Fate != withdrawn
		if p := b.pool(now.stand.Fate); p != nil {
			p.n, p.bytes = p.n-1, p.bytes-now.size()
		}
		if p := b.pool(was.stand.Fate); p != nil {
			p.n, p.bytes = p.n+1, p.bytes+was.size()
		}
		f.questions = append(f.questions, was)
	}
	if c := s.Rendered; c != nil {
		same = b.renderedBack(c) && same
	}
	if c := s.Note; c != nil {
		same = same && m.notes.list[c.N].There == c.Is
	}
	same = same && !slices.ContainsFunc(s.People, func(p pair[blocked]) bool { return m.blocks.of(p.Is.Person).blocked != p.Is }) &&
		(s.Swap == nil || m.maySwap(s.Swap.Is, s.Swap.Was)) && m.mayTakeBack(s)
	switch {
	case !same:
		return f, oplog.Changed
	case !b.within():
		return f, oplog.BoardFull
	}
	return f, ""
}

func (s *snap) size() int {
	return s.said.Text.Size + s.said.Name.Size + s.answer.Size + s.stand.Note.Size + s.others
}

// takeBack puts one value back, and reports whether nobody has changed it since.
func takeBack[V comparable](place *V, p *pair[V], bare func(V) V) bool {
	if p == nil {
		return true
	}
	if bare(*place) != bare(p.Is) {
		return false
	}
	*place = p.Was
	return true
}

// takeBack works out how a question was before a change.
func (s snap) takeBack(c *change) (snap, bool) {
	ok := takeBack(&s.stand, c.Stand, standing.bare)
	ok = takeBack(&s.marks, c.Marks, itself[marks]) && ok
	ok = takeBack(&s.said, c.Said, said.bare) && ok
	ok = takeBack(&s.answer, c.Answer, words.bare) && ok
	return s, ok
}

// takeBack works out how the scene was before a step: of the places and of the
// rules only what that step changed.
func (now *scene) takeBack(s *step, was *scene) bool {
	ok := takeBack(&was.Intro, s.Intro, words.bare)
	ok = takeBack(&was.Teams, s.Teams, teams.bare) && ok
	if p := s.Stage; p != nil {
		w := &was.Stage
		ok = only(&w.Question, p.Was.Question, p.Is.Question) && ok
		ok = only(&w.Poll, p.Was.Poll, p.Is.Poll) && ok
		ok = only(&w.Dark, p.Was.Dark, p.Is.Dark) && ok
		ok = only(&w.Leaders, p.Was.Leaders, p.Is.Leaders) && ok
		ok = only(&w.Note, p.Was.Note, p.Is.Note) && ok
		ok = only(&w.AskQuestion, p.Was.AskQuestion, p.Is.AskQuestion) && ok
		ok = only(&w.AskPoll, p.Was.AskPoll, p.Is.AskPoll) && ok
		ok = only(&w.AskNote, p.Was.AskNote, p.Is.AskNote) && ok
		ok = w.Others.takeBack(&p.Was.Others, &p.Is.Others) && ok
	}
	if p := s.Rules; p != nil {
		ok = was.Rules.takeBack(&p.Was, &p.Is) && ok
	}
	for i := range s.Labels {
		ok = takeBack(&was.Labels[s.Labels[i].N], &s.Labels[i].pair, label.bare) && ok
	}
	return ok
}

func (s *rules) takeBack(was, is *rules) bool {
	ok := only(&s.Live, was.Live, is.Live)
	ok = only(&s.Moderation, was.Moderation, is.Moderation) && ok
	ok = only(&s.Names, was.Names, is.Names) && ok
	ok = only(&s.QA, was.QA, is.QA) && ok
	ok = only(&s.Downs, was.Downs, is.Downs) && ok
	ok = only(&s.Quiet, was.Quiet, is.Quiet) && ok
	ok = only(&s.Ledger, was.Ledger, is.Ledger) && ok
	ok = only(&s.Eyes, was.Eyes, is.Eyes) && ok
	ok = only(&s.Headless, was.Headless, is.Headless) && ok
	ok = only(&s.Dups, was.Dups, is.Dups) && ok
	ok = only(&s.Closes, was.Closes, is.Closes) && ok
	ok = only(&s.Langs, was.Langs, is.Langs) && ok
	ok = only(&s.Hall, was.Hall, is.Hall) && ok
	return only(&s.To, was.To, is.To) && ok
}

// only puts one value back if the step changed it.
func only[V comparable](place *V, was, is V) bool {
	if was == is {
		return true
	}
	if *place != is {
		return false
	}
	*place = was
	return true
}

// putScene gives the scene other values and tells who sees it differently.
func (m *Machine) putScene(o *oplog.Outcome, t *fold.Turn, to scene) {
	was := m.scene
	m.scene = to
	if was.Stage != to.Stage {
		m.writeIf(t, regQuestion, was.Stage.Question != to.Stage.Question)
		m.writeIf(t, regPoll, was.Stage.Poll != to.Stage.Poll)
		m.writeIf(t, regDark, was.Stage.Dark != to.Stage.Dark)
		m.writeIf(t, regLeaders, was.Stage.Leaders != to.Stage.Leaders)
		m.writeIf(t, regNote, was.Stage.Note != to.Stage.Note)
		m.table.Touch(m.items.stage, t.Offset, everyone, was.Stage.differs(&to.Stage))
		if was.Stage.Dark != to.Stage.Dark {
			m.dim(t)
		}
	}
	if was.Rules != to.Rules {
		m.writeRules(t, &was.Rules, &to.Rules)
		m.follow(o, t, was.Rules)
	}
	if was.Intro.bare() != to.Intro.bare() {
		m.register(regIntro).Write(t)
		m.touchIntro(t)
	}
	if was.Teams.bare() != to.Teams.bare() {
		m.register(regTeams).Write(t)
		m.touchTeams(t)
	}
	for i := range to.Labels {
		if was.Labels[i].bare() != to.Labels[i].bare() {
			m.register(labelName(i)).Write(t)
			m.touchLabel(t, i, was.Labels[i].Public)
		}
	}
}

// writeIf writes a register whose value has changed.
func (m *Machine) writeIf(t *fold.Turn, name string, changed bool) {
	if changed {
		m.register(name).Write(t)
	}
}

func (m *Machine) writeRules(t *fold.Turn, a, b *rules) {
	m.writeIf(t, regLive, a.Live != b.Live)
	m.writeIf(t, "moderation", a.Moderation != b.Moderation)
	m.writeIf(t, "names", a.Names != b.Names)
	m.writeIf(t, "qa", a.QA != b.QA)
	m.writeIf(t, "downs", a.Downs != b.Downs)
	m.writeIf(t, "quiet", a.Quiet != b.Quiet)
	m.writeIf(t, "ledger", a.Ledger != b.Ledger)
	m.writeIf(t, "eyes", a.Eyes != b.Eyes)
	m.writeIf(t, "headless", a.Headless != b.Headless)
	m.writeIf(t, "dups", a.Dups != b.Dups)
	m.writeIf(t, "langs", a.Langs != b.Langs)
	m.writeIf(t, "hall", a.Hall != b.Hall)
	m.writeIf(t, "closes", a.Closes != b.Closes || a.To != b.To)
}

// putQuestions gives questions their former values.
func (m *Machine) putQuestions(o *oplog.Outcome, t *fold.Turn, list []snap) {
	for _, s := range list {
		q := s.q
		m.note(q)
		if q.marks != s.marks {
			m.writeMarks(t, q, s.marks)
		}
		m.board.leave(q)
		if q.said.bare() != s.said.bare() {
			q.said = s.said
			q.wording.Write(t)
		}
		if q.answer.bare() != s.answer.bare() {
			q.answer = s.answer
			q.reply.Write(t)
		}
		if q.standing.bare() != s.stand.bare() {
			q.status.Write(t)
		}
		m.board.enter(q)
		m.put(o, t, q, s.stand)
	}
}
