package session

import (
	"strings"
	"time"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

const (
	// Rules is the version of the rules that entries written now are judged by.
	// Entries of versions 1 to 4 are judged as they were then.
	Rules uint16 = 5
	// View is the version of the projection: another one, and phones fetch the
	// whole document.
	View = 5
	// State is the version of the snapshot's format.
	State uint32 = 6
)

// The types of command.
const (
	typeAsk       = "question.ask"
	typeEdit      = "question.edit"
	typeWithdraw  = "question.withdraw"
	typeVote      = "question.vote"
	typeApprove   = "question.approve"
	typeDismiss   = "question.dismiss"
	typeRestoreQ  = "question.restore"
	typeAnswer    = "question.answer"
	typeArchive   = "question.archive"
	typeHighlight = "question.highlight"
	typeStar      = "question.star"
	typePin       = "question.pin"
	typeLabel     = "question.label"
	typeReply     = "question.reply"
	typeMerge     = "question.merge"
	typeEnter     = "question.enter"
	typeBlock     = "person.block"
	typeChoose    = "poll.vote"
	typeCreate    = "poll.create"
	typeOpen      = "poll.open"
	typeClose     = "poll.close"
	typeReveal    = "poll.reveal"
	typeHide      = "poll.hide"
	typeShow      = "poll.stage"
	typeRewrite   = "poll.edit"
	typeTune      = "poll.set"
	typeShelve    = "poll.archive"
	typeTime      = "poll.time"
	typeRound     = "poll.round"
	typeSolve     = "poll.solve"
	typeWord      = "poll.word"
	typeOrder     = "poll.order"
	typePlayer    = "player.set"
	typeUnname    = "player.hide"
	typeTeams     = "quiz.teams"
	typeLeaders   = "stage.leaderboard"
	typeDark      = "stage.clear"
	typeSettings  = "settings.set"
	typeSetLabel  = "label.set"
	typeIntro     = "intro.set"
	typeBoardOn   = "board.open"
	typeBoardOff  = "board.close"
	typeClear     = "board.clear"
	typeReset     = "session.reset"
	typeStaff     = "staff.name"
	typeUndo      = "undo"
	typeLang      = "question.lang"
	typeLock      = "translation.lock"
	typeRender    = "translation.put"
	typeNote      = "note.send"
	typeAck       = "note.ack"
	typeAnnounce  = "stage.announce"
	typeTick      = "tick"
)

// Machine is the state of one session. It is touched by one goroutine; what it
// returns is never changed afterwards. It satisfies hub.Machine.
type Machine struct {
	topic oplog.Topic
	ground
	away    []*ground    // what resets put away, by when they came into being
	swapped oplog.Offset // when that was, or when it was put back

	scene     scene
	registers map[string]*fold.Register // of the scene
	staff     crew
	texts     fold.Texts
	table     *entity.Table
	items     items

	// While one command is judged.
	open   *step              // what it changes, if that can be undone
	before []snap             // the questions that it touches, as they were
	turned []pollSnap         // and the polls
	dirty  map[*question]bool // whose votes must be counted again
}

// ground is what grows while a session goes on, and what a reset begins anew.
type ground struct {
	born    oplog.Offset // 0: with the session
	people  people
	board   board
	polls   polls
	players players
	blocks  blocks
	steps   steps
	notes   notes
}

// items are the entities that there is one of.
type items struct{ session, stage, intro, ledger, balance, sheet, teams, leaders *entity.Item }

// New makes the machine of a topic before its first entry: the board is closed,
// questions are moderated, names are optional.
func New(topic oplog.Topic) *Machine {
	m := &Machine{
		topic:     topic,
		ground:    newGround(),
		scene:     scene{Rules: rules{Moderation: true, Names: namesOptional, QA: qaOpen}},
		registers: make(map[string]*fold.Register),
		staff:     newCrew(),
		texts:     make(fold.Texts),
		table:     &entity.Table{},
	}
	m.findItems()
	m.table.Touch(m.items.session, 0, everyone, everyone)
	m.table.Touch(m.items.stage, 0, everyone, everyone)
	return m
}

func newGround() ground {
	return ground{people: newPeople(), board: newBoard(), polls: newPolls()}
}

// Apply folds one entry. It never panics, and an entry that it refuses leaves
// no trace.
func (m *Machine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	t := fold.Entry(e, c)
	o := m.judge(&t)
	m.settle()
	return o
}

// Check tells what Apply would say of a command now: whether it is accepted,
// whether it is done already, and the reason if not. Owner, Others and Blank are
// known only to Apply.
func (m *Machine) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	t := fold.Try(c, at)
	t.Rules = Rules
	return m.judge(&t)
}

// Live reports whether the board is open.
func (m *Machine) Live() bool { return m.rules().Live }

// Headless reports whether the hall is not told how many are in it.
func (m *Machine) Headless() bool { return m.rules().Headless }

// Opened reports whether anybody has ever opened or closed the board: then it
// does not open by itself.
func (m *Machine) Opened() bool {
	r := m.registers[regLive]
	return r != nil && r.At > 0
}

func (m *Machine) judge(t *fold.Turn) oplog.Outcome {
	switch t.Type {
	case oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased:
		return oplog.Done()
	case typeVote, typeChoose, typeAsk, typeEdit, typeWithdraw, typePlayer:
		return m.takePart(t)
	case typeLang, typeLock, typeRender:
		return m.interpret(t)
	case typeAck:
		return m.acknowledge(t)
	case typeTick:
		return m.tick(t)
	}
	return m.moderate(t)
}

// takePart judges what people in the hall do.
func (m *Machine) takePart(t *fold.Turn) oplog.Outcome {
	if !person(t.Actor.Role) || !m.reaches(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	switch t.Type {
	case typeVote:
		return m.vote(t)
	case typeChoose:
		return m.choose(t)
	case typePlayer:
		if t.Rules < 3 {
			return oplog.Refuse(oplog.BadCommand)
		}
		return m.setPlayer(t)
	case typeAsk:
		return m.ask(t)
	case typeEdit:
		if staff.Has(t.Actor.Role) {
			return m.record(t, m.edit)
		}
		return m.edit(t)
	}
	return m.withdraw(t)
}

// moderate judges what needs a moderator's pass.
func (m *Machine) moderate(t *fold.Turn) oplog.Outcome {
	// What translators changed they may take back; undo sees to it.
	may := staff.Has(t.Actor.Role) || t.Actor.Role == oplog.Translator && (t.Type == typeUndo || t.Type == typeStaff)
	if !may || !m.reaches(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	rule := m.ruleOf(t.Type)
	if rule == nil || t.Rules < 2 && !inRules1(t.Type) || t.Rules < 3 && inRules3(t.Type) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if m.takesTwo(t) {
		return m.together(t, rule)
	}
	return m.record(t, rule)
}

// ruleOf finds the rule for what moderators do, nil for nothing known.
func (m *Machine) ruleOf(kind string) func(*fold.Turn) oplog.Outcome {
	switch kind {
	case typeApprove, typeDismiss, typeRestoreQ, typeAnswer, typeArchive:
		return m.decide
	case typeStar, typePin, typeLabel:
		return m.mark
	case typeReply:
		return m.replyTo
	case typeMerge:
		return m.merge
	case typeEnter:
		return m.enter
	case typeBlock:
		return m.block
	case typeHighlight:
		return m.highlight
	case typeDark:
		return m.darken
	}
	if rule := m.ruleOfPolls(kind); rule != nil {
		return rule
	}
	return m.ruleOfSession(kind)
}

// ruleOfPolls finds the rule for what concerns polls and the quiz.
func (m *Machine) ruleOfPolls(kind string) func(*fold.Turn) oplog.Outcome {
	switch kind {
	case typeCreate:
		return m.create
	case typeRewrite:
		return m.rewrite
	case typeOpen, typeClose:
		return m.turnPoll
	case typeShelve:
		return m.shelve
	case typeRound:
		return m.restart
	case typeTime:
		return m.retime
	case typeSolve:
		return m.solve
	case typeTune:
		return m.tune
	case typeReveal, typeHide:
		return m.reveal
	case typeShow:
		return m.showPoll
	case typeWord:
		return m.pickWords
	case typeOrder:
		return m.line
	case typeTeams:
		return m.setTeams
	case typeUnname:
		return m.hideName
	case typeLeaders:
		return m.showLeaders
	case typeAnnounce:
		return m.announce
	}
	return nil
}

// ruleOfSession finds the rule for what concerns the session as a whole.
func (m *Machine) ruleOfSession(kind string) func(*fold.Turn) oplog.Outcome {
	switch kind {
	case typeSettings:
		return m.set
	case typeSetLabel:
		return m.setLabel
	case typeIntro:
		return m.setIntro
	case typeBoardOn, typeBoardOff:
		return m.turnBoard
	case typeClear:
		return m.clear
	case typeReset:
		return m.reset
	case typeStaff:
		return m.nameStaff
	case typeNote:
		return m.sendNote
	case typeUndo:
		return m.undo
	case oplog.TypeRedact:
		return m.redact
	}
	return nil
}

// inRules1 reports whether moderators could say something before version 2.
func inRules1(kind string) bool {
	switch kind {
	case typeApprove, typeDismiss, typeRestoreQ, typeAnswer, typeHighlight, typeShow, typeCreate, typeOpen, typeClose,
		typeReveal, typeHide, typeSettings, typeBoardOn, typeBoardOff, oplog.TypeRedact:
		return true
	}
	return false
}

// inRules3 reports whether moderators could not say something before version 3.
func inRules3(kind string) bool {
	switch kind {
	case typeRewrite, typeTune, typeShelve, typeTime, typeRound, typeSolve, typeWord, typeOrder, typeTeams, typeUnname, typeLeaders,
		typeNote, typeAnnounce:
		return true
	}
	return false
}

// person reports whether a role stands for a human being who may ask and vote.
func person(r oplog.Role) bool {
	return r == oplog.Attendee || r == oplog.Moderator || r == oplog.Organiser || r == oplog.Operator
}

// reaches refuses a pass for another session. Passes for a room or a conference
// were matched by the edge, which knows the programme.
func (m *Machine) reaches(a oplog.Actor) bool {
	return !strings.HasPrefix(a.Scope, string(oplog.KindSession)+"/") || a.Scope == string(m.topic)
}
