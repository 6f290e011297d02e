package session

import (
	"encoding/json"
	"fmt"

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
	var err error
	m.people, err = unpack(s.Devices, s.People, extent{len(s.Questions), len(s.Polls)})
	if err != nil {
		return err
	}
	m.settings, m.stage, m.texts = s.Settings, s.Stage, fold.LoadTexts(s.Texts)
	m.loadQuestions(s.Questions)
	m.loadPolls(s.Polls)
	if err := m.loadQueues(s.Queues); err != nil {
		return err
	}
	m.table, err = entity.Load(s.Items, m.has)
	if err != nil {
		return fmt.Errorf("%w: %w", errTorn, err)
	}
	m.findItems()
	m.findTexts()
	return m.whole()
}

func (m *Machine) loadQuestions(list []savedQuestion) {
	for i := range list {
		q := list[i].load()
		q.number = int32(i)
		m.board.list = append(m.board.list, q)
		m.board.byID[q.id] = q
	}
	for _, q := range m.board.list {
		if p := m.board.pool(q.fate); p != nil {
			p.add(q, 1)
		}
		if q.fate == pending && q.asker > 0 && int(q.asker) < len(m.people.list) {
			m.people.list[q.asker].pending++
		}
	}
}

// loadQueues fills the queues, and refuses a question that does not belong.
func (m *Machine) loadQueues(lists [3][]int32) error {
	for i, queue := range m.board.queues() {
		for _, n := range lists[i] {
			if n < 0 || int(n) >= len(m.board.list) || m.board.queue(m.board.list[n].fate) != queue {
				return errTorn
			}
			*queue = append(*queue, m.board.list[n])
		}
	}
	return nil
}

func (m *Machine) loadPolls(list []savedPoll) {
	for i := range list {
		p := list[i].load()
		p.number = int32(i)
		m.polls.list = append(m.polls.list, p)
		m.polls.byID[p.id] = p
		m.polls.bytes += p.text.Size
		if p.state == open {
			m.polls.open++
		}
	}
}

// findItems gives each entity its place in the table again.
func (m *Machine) findItems() {
	m.sessionE, m.stageE = m.table.Item(kindSession, single), m.table.Item(kindStage, single)
	for _, q := range m.board.list {
		q.entity, q.tally = m.table.Item(kindQuestion, q.id), m.table.Item(kindVotes, q.id)
	}
	for _, p := range m.polls.list {
		p.entity, p.tally = m.table.Item(kindPoll, p.id), m.table.Item(kindTally, p.id)
	}
}

// findTexts gives each text that is left its owner again.
func (m *Machine) findTexts() {
	for _, q := range m.board.list {
		for _, at := range q.offsets {
			m.whose[at] = wording{question: q}
		}
	}
	for _, p := range m.polls.list {
		if !p.redacted {
			m.whose[p.text.At] = wording{poll: p}
		}
	}
}

func (m *Machine) has(kind, id string) bool {
	switch kind {
	case kindSession, kindStage:
		return id == single
	case kindQuestion, kindVotes:
		return m.board.byID[id] != nil
	case kindPoll, kindTally:
		return m.polls.byID[id] != nil
	}
	return false
}

// whole refuses numbers that name nobody and texts of nobody, so that the fold
// can trust what it holds.
func (m *Machine) whole() error {
	ok := true
	for _, q := range m.board.list {
		ok = ok && q.asker > 0 && int(q.asker) < len(m.people.list) && q.fate <= archived && q.before <= archived
	}
	for _, p := range m.polls.list {
		ok = ok && p.state <= closed && len(p.counts) == len(p.options) && len(p.options) <= MaxOptions
	}
	for at, blanked := range m.texts {
		w := m.whose[at]
		ok = ok && (blanked || w.question != nil || w.poll != nil)
	}
	if !ok {
		return errTorn
	}
	return nil
}

func (s *savedQuestion) load() *question {
	return &question{
		id: s.ID, asker: s.Asker, at: s.At, lang: s.Lang,
		fate: fate(s.Fate), before: fate(s.Before), moved: s.Moved, told: s.Told,
		wasLive: s.WasLive, edits: s.Edits, votes: s.Votes,
		text: s.Text, name: s.Name, first: s.First, offsets: s.Offsets,
		status: s.Status, wording: s.WordingReg,
	}
}

func (s *savedPoll) load() *poll {
	return &poll{
		id: s.ID, author: s.Author, at: s.At, kind: s.Kind, min: s.Min, max: s.Max, first: s.First,
		text: s.Text, options: s.Options, redacted: s.Redacted,
		state: phase(s.State), shown: s.Shown, opened: s.Opened, closed: s.Closed,
		people: s.People, counts: s.Counts, stateR: s.StateR, shownR: s.ShownR,
	}
}
