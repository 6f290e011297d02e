package session

import (
	"encoding/json"
	"fmt"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/oplog"
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
	if len(s.Devices)%len(oplog.Device{}) != 0 {
		return errTorn
	}
	for d := range slices.Chunk(s.Devices, len(oplog.Device{})) {
		m.devices.intern(oplog.Device(d))
	}
	var err error
	m.people, err = unpack(s.People, extent{len(s.Questions), len(s.Polls), len(m.devices.list)})
	if err != nil {
		return err
	}
	m.settings = s.Settings.load()
	m.stage = stage{
		question: s.Stage.Question, poll: s.Stage.Poll,
		questionR: s.Stage.QuestionR.load(), pollR: s.Stage.PollR.load(),
	}
	m.loadQuestions(s.Questions)
	m.loadPolls(s.Polls)
	if err := m.loadQueues(s.Queues); err != nil {
		return err
	}
	if err := m.loadTexts(s.Texts); err != nil {
		return err
	}
	if err := m.loadItems(s.Items); err != nil {
		return err
	}
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
		m.polls.bytes += p.text.size
		if p.state == open {
			m.polls.open++
		}
	}
}

func (m *Machine) loadTexts(list []savedText) error {
	for _, s := range list {
		switch n := int(s.Number); {
		case n < 0, s.Poll && n >= len(m.polls.list), !s.Poll && n >= len(m.board.list):
			return errTorn
		case s.Poll:
			m.texts[s.At] = wording{poll: m.polls.list[n]}
		default:
			m.texts[s.At] = wording{question: m.board.list[n]}
		}
	}
	return nil
}

// loadItems gives each entity its place in the table again.
func (m *Machine) loadItems(list []entity.Saved) error {
	for _, s := range list {
		if !m.knows(s.Kind, s.ID) {
			return fmt.Errorf("%w: entity %.20q/%.40q of nothing", errTorn, s.Kind, s.ID)
		}
	}
	m.sessionE, m.stageE = nil, nil
	m.table = entity.Load(list, func(it *entity.Item) {
		switch it.Kind {
		case kindSession:
			m.sessionE = it
		case kindStage:
			m.stageE = it
		case kindQuestion:
			m.board.byID[it.ID].entity = it
		case kindVotes:
			m.board.byID[it.ID].tally = it
		case kindPoll:
			m.polls.byID[it.ID].entity = it
		case kindTally:
			m.polls.byID[it.ID].tally = it
		}
	})
	return nil
}

func (m *Machine) knows(kind, id string) bool {
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

// whole refuses a state with parts missing or numbers that name nobody, so that
// the fold can trust what it holds.
func (m *Machine) whole() error {
	ok := m.sessionE != nil && m.stageE != nil
	names := func(r register) {
		ok = ok && r.by >= 0 && int(r.by) < len(m.people.list) && r.dev >= 0 && int(r.dev) <= len(m.devices.list)
	}
	somebody := func(n int32) { ok = ok && n > 0 && int(n) < len(m.people.list) }
	for _, r := range []register{
		m.settings.liveR, m.settings.moderationR, m.settings.namesR, m.settings.qaR, m.stage.questionR, m.stage.pollR,
	} {
		names(r)
	}
	for _, q := range m.board.list {
		somebody(q.asker)
		names(q.status)
		names(q.wording)
		ok = ok && q.entity != nil && q.tally != nil && q.fate <= archived && q.before <= archived
	}
	for _, p := range m.polls.list {
		somebody(p.author)
		names(p.stateR)
		names(p.shownR)
		ok = ok && p.entity != nil && p.tally != nil && p.state <= closed && len(p.counts) == len(p.options) && len(p.options) <= MaxOptions
	}
	if !ok {
		return errTorn
	}
	return nil
}

func (r savedRegister) load() register {
	return register{stamp: stamp{dev: r.Dev, n: r.N}, by: r.By, at: r.At}
}

func (s *savedSettings) load() settings {
	return settings{
		live: s.Live, moderation: s.Moderation, names: s.Names, qa: s.QA,
		liveR: s.LiveR.load(), moderationR: s.ModerationR.load(), namesR: s.NamesR.load(), qaR: s.QAR.load(),
	}
}

func (s savedWords) load() words {
	return words{at: s.At, size: s.Size, sum: s.Sum, text: s.Text, gone: s.Gone}
}

func (s *savedQuestion) load() *question {
	return &question{
		id: s.ID, asker: s.Asker, at: s.At, lang: s.Lang,
		fate: fate(s.Fate), before: fate(s.Before), moved: s.Moved, told: s.Told,
		wasLive: s.WasLive, edits: s.Edits, votes: s.Votes,
		text: s.Text.load(), name: s.Name.load(), first: s.First, offsets: s.Offsets,
		status: s.Status.load(), wording: s.WordingReg.load(),
	}
}

func (s *savedPoll) load() *poll {
	return &poll{
		id: s.ID, author: s.Author, at: s.At, kind: s.Kind, min: s.Min, max: s.Max, first: s.First,
		text: s.Text.load(), options: s.Options, redacted: s.Redacted,
		state: phase(s.State), shown: s.Shown, opened: s.Opened, closed: s.Closed,
		people: s.People, counts: s.Counts, stateR: s.StateR.load(), shownR: s.ShownR.load(),
	}
}
