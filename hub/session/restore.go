package session

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"majlis/hub/entity"
	"majlis/hub/fold"
)

// Restore takes a fresh machine to where Snapshot was taken. After an error the
// machine is of no use.
func (m *Machine) Restore(state []byte) error {
	var s saved
	if err := json.Unmarshal(state, &s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	if err := m.load(&s); err != nil {
		return fmt.Errorf("restore %s: %w", m.topic, err)
	}
	return nil
}

func (m *Machine) load(s *saved) error {
	m.scene, m.swapped, m.texts = s.Scene, s.Swapped, fold.LoadTexts(s.Texts)
	for name, r := range s.Registers {
		if r != nil {
			m.registers[name] = r
		}
	}
	for i, h := range s.Staff {
		m.staff.list = append(m.staff.list, h)
		m.staff.number[h.ID] = int32(i + 1)
	}
	var err error
	if m.ground, err = m.loadGround(&s.Ground); err != nil {
		return err
	}
	for i := range s.Away {
		g, err := m.loadGround(&s.Away[i])
		if err != nil {
			return err
		}
		m.away = append(m.away, &g)
	}
	if len(m.staff.number)+1 != len(m.staff.list) {
		return errTorn
	}
	m.table, err = entity.Load(s.Items, m.veil(), m.has)
	if err != nil {
		return fmt.Errorf("%w: %w", errTorn, err)
	}
	m.findItems()
	m.recountAll()
	return nil
}

// loadGround loads one ground, and refuses numbers that name nobody, so that the
// fold can trust what it holds.
func (m *Machine) loadGround(s *savedGround) (ground, error) {
	g := newGround()
	g.born = s.Born
	var err error
	if g.people, err = unpack(s.Devices, s.People, extent{len(s.Questions), len(s.Polls)}); err != nil {
		return g, err
	}
	if err := g.loadPolls(s, len(m.staff.list)); err != nil {
		return g, err
	}
	if err := g.loadQuestions(s.Questions, len(m.staff.list)); err != nil {
		return g, err
	}
	for _, b := range s.Blocks {
		i, known := g.blocks.at(b.Person)
		if known || b.Person < 1 || int(b.Person) >= len(g.people.list) {
			return g, errTorn
		}
		g.blocks = slices.Insert(g.blocks, i, blockRegister{blocked{b.Person, b.On, b.Apart}, b.R})
	}
	if err := g.loadNotes(s.Notes, len(m.staff.list)); err != nil {
		return g, err
	}
	for _, one := range s.Steps {
		if !g.fits(one, len(m.staff.list)) {
			return g, errTorn
		}
		g.steps.list = append(g.steps.list, one)
		g.steps.changes += one.changes()
	}
	return g, nil
}

func (g *ground) loadQuestions(list []savedQuestion, crew int) error {
	for i := range list {
		q := list[i].load()
		q.number = int32(i)
		if !q.renderingsFit(crew) {
			return errTorn
		}
		if q.asker < 0 || int(q.asker) >= len(g.people.list) || !q.standing.fits(len(list), crew) || g.board.byID[q.id] != nil {
			return errTorn
		}
		g.board.list = append(g.board.list, q)
		g.board.byID[q.id] = q
	}
	for _, q := range g.board.list {
		if q.Into != 0 {
			root := g.board.list[q.Into-1]
			if root == q || root.Into != 0 {
				return errTorn
			}
			root.members = append(root.members, q)
		}
		g.board.enter(q)
		if q.Fate == pending {
			g.people.list[q.asker].pending++
		}
	}
	for i := range g.people.list {
		for _, n := range g.people.list[i].asked {
			if g.board.list[n].asker != int32(i) {
				return errTorn
			}
		}
	}
	return nil
}

// fits reports whether a standing names only what there is.
func (s *standing) fits(questions, crew int) bool {
	return s.Fate <= void && s.Before <= void && s.Into >= 0 && int(s.Into) <= questions &&
		(s.Into != 0 || s.Fate != merged) &&
		s.By >= 0 && int(s.By) < crew && s.Eye >= 0 && int(s.Eye) < crew
}

// fits reports whether a step names only what there is.
func (g *ground) fits(s *step, crew int) bool {
	if s == nil || s.By < 0 || int(s.By) >= crew {
		return false
	}
	if n := len(g.steps.list); n > 0 && g.steps.list[n-1].At >= s.At {
		return false
	}
	for i := range s.Questions {
		c := &s.Questions[i]
		ok := c.Q >= 0 && int(c.Q) < len(g.board.list)
		if p := c.Stand; p != nil && ok {
			ok = p.Was.fits(len(g.board.list), crew) && p.Is.fits(len(g.board.list), crew)
		}
		if !ok {
			return false
		}
	}
	for _, c := range s.Labels {
		if c.N < 0 || c.N >= MaxLabels {
			return false
		}
	}
	if c := s.Rendered; c != nil && (c.Q < 0 || int(c.Q) >= len(g.board.list) || g.board.list[c.Q].inLang(c.Lang) == nil) {
		return false
	}
	if c := s.Note; c != nil && (c.N < 0 || c.N >= len(g.notes.list)) {
		return false
	}
	for i := range s.Polls {
		if !g.polls.fits(&s.Polls[i], crew) {
			return false
		}
	}
	if p := s.Sheet; p != nil && (len(p.Was)%idLen != 0 || len(p.Is)%idLen != 0) {
		return false
	}
	if p := s.Player; p != nil {
		if _, ok := g.players.at(p.Is.Person); !ok || p.Was.Person != p.Is.Person {
			return false
		}
	}
	return !slices.ContainsFunc(s.People, func(p pair[blocked]) bool {
		return p.Was.Person != p.Is.Person || p.Is.Person < 1 || int(p.Is.Person) >= len(g.people.list)
	})
}

// recountAll counts all votes from the ballots.
func (m *Machine) recountAll() {
	for _, g := range m.grounds() {
		roots := make(map[*question]bool)
		for _, q := range g.board.list {
			if len(q.members) > 0 {
				roots[q] = true
			}
		}
		for i := range g.people.list {
			p := &g.people.list[i]
			for _, b := range p.votes {
				g.board.list[b.question].own.add(b.value, 1)
			}
			p.countInto(&g.board, roots)
		}
	}
}

// findItems gives each entity its place in the table.
func (m *Machine) findItems() {
	t := m.table
	m.items = items{
		t.Item(kindSession, single), t.Item(kindStage, single), t.Item(kindIntro, single),
		t.Item(kindLedger, single), t.Item(kindBalance, single),
		t.Item(kindSheet, single), t.Item(kindTeams, single), t.Item(kindLeaders, single),
	}
	for _, g := range m.grounds() {
		for _, q := range g.board.list {
			q.entity, q.tally = t.Item(kindQuestion, q.id), t.Item(kindVotes, q.id)
			for _, one := range q.inOther {
				one.find(t, q)
			}
		}
		for _, p := range g.polls.list {
			m.findPollItems(p)
		}
		for _, n := range g.notes.list {
			n.entity = t.Item(kindNote, n.ID)
		}
	}
}

func (m *Machine) has(kind, id string) bool {
	switch kind {
	case kindSession, kindStage, kindIntro, kindLedger, kindBalance, kindSheet, kindTeams, kindLeaders:
		return id == single
	case kindQuestion, kindVotes:
		return m.board.byID[id] != nil
	case kindPoll, kindTally, kindRounds:
		return m.polls.byID[id] != nil
	case kindText:
		return m.polls.hasTerm(id)
	case kindStep:
		return m.steps.find(id) != nil
	case kindNote:
		return m.notes.find(id) != nil
	case kindTranslation, kindLock:
		_, one := m.renderingOf(id)
		return one != nil
	}
	n, err := strconv.Atoi(id)
	if err != nil || n < 1 || strconv.Itoa(n) != id {
		return false
	}
	return kind == kindLabel && n <= MaxLabels || kind == kindStaff && n < len(m.staff.list)
}

func (s *savedQuestion) load() *question {
	q := &question{
		id: s.ID, asker: s.Asker, at: s.At, from: s.From, held: s.Held,
		standing: s.Stand, marks: s.Marks, said: s.Said, answer: s.Answer,
		first: s.First, same: s.Same, edits: s.Edits, told: s.Told, offsets: s.Offsets,
		status: s.Status, wording: s.WordingReg, reply: s.ReplyReg,
	}
	for _, r := range s.MarkRegs {
		q.marksSet = append(q.marksSet, markRegister{r.Kind, r.R})
	}
	for i := range s.InOther {
		q.inOther = append(q.inOther, s.InOther[i].load())
	}
	return q
}

func (s *savedPoll) load() *poll {
	p := &poll{
		id: s.ID, author: s.Author, at: s.At, first: s.First, in: s.In, spec: s.Spec,
		text: s.Text, options: s.Options, ends: s.Ends, offsets: s.Offsets, edits: s.Edits, redacted: s.Redacted,
		stand: s.Stand, rounds: s.Rounds, told: s.Told, moved: s.Moved,
		stateR: s.StateR, textR: s.TextR, resultsR: s.ResultsR, screenR: s.ScreenR, fixedR: s.FixedR, solveR: s.SolveR,
		secsR: s.SecsR, timeR: s.TimeR,
	}
	p.lexicon.terms, p.lexicon.spellings = s.Terms, s.Spellings
	p.counter = newCounter(&p.spec, len(p.options))
	return p
}
