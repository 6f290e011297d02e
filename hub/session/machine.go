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
	Rules uint16 = 1
	// View is the version of the projection: another one, and phones fetch the
	// whole document.
	View = 1
	// State is the version of the snapshot's format.
	State uint32 = 2
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
	typeHighlight = "question.highlight"
	typeChoose    = "poll.vote"
	typeCreate    = "poll.create"
	typeOpen      = "poll.open"
	typeClose     = "poll.close"
	typeReveal    = "poll.reveal"
	typeHide      = "poll.hide"
	typeShow      = "poll.stage"
	typeSettings  = "settings.set"
	typeBoardOn   = "board.open"
	typeBoardOff  = "board.close"
)

// Machine is the state of one session. It is touched by one goroutine; what it
// returns is never changed afterwards. It satisfies hub.Machine.
type Machine struct {
	topic    oplog.Topic
	settings settings
	stage    stage
	people   people
	board    board
	polls    polls
	texts    fold.Texts
	whose    map[oplog.Offset]wording // of the texts that are not blanked
	table    *entity.Table
	sessionE *entity.Item
	stageE   *entity.Item
}

// New makes the machine of a topic before its first entry: the board is closed,
// questions are moderated, names are optional.
func New(topic oplog.Topic) *Machine {
	m := &Machine{
		topic:    topic,
		settings: settings{Moderation: true, Names: namesOptional, QA: qaOpen},
		people:   newPeople(),
		board:    newBoard(),
		polls:    newPolls(),
		texts:    make(fold.Texts),
		whose:    make(map[oplog.Offset]wording),
		table:    &entity.Table{},
	}
	m.sessionE = m.table.Item(kindSession, single)
	m.stageE = m.table.Item(kindStage, single)
	m.table.Touch(m.sessionE, 0, everyone, everyone)
	m.table.Touch(m.stageE, 0, everyone, everyone)
	return m
}

// Apply folds one entry. It never panics, and an entry that it refuses leaves
// no trace.
func (m *Machine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	t := fold.Entry(e, c)
	return m.judge(&t)
}

// Check tells what Apply would say of a command now: whether it is accepted,
// whether it is done already, and the reason if not. Owner and Blank are known
// only to Apply.
func (m *Machine) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	t := fold.Try(c, at)
	return m.judge(&t)
}

// Deadline reports that a session never waits for a time of its own.
func (m *Machine) Deadline() (time.Time, bool) { return time.Time{}, false }

// Live reports whether the board is open.
func (m *Machine) Live() bool { return m.settings.Live }

func (m *Machine) judge(t *fold.Turn) oplog.Outcome {
	switch t.Type {
	case oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased:
		return oplog.Done()
	case typeVote, typeChoose, typeAsk, typeEdit, typeWithdraw:
		return m.takePart(t)
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
	case typeAsk:
		return m.ask(t)
	case typeEdit:
		return m.edit(t)
	}
	return m.withdraw(t)
}

// moderate judges what needs a moderator's pass.
func (m *Machine) moderate(t *fold.Turn) oplog.Outcome {
	if !staff.Has(t.Actor.Role) || !m.reaches(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	switch t.Type {
	case typeApprove, typeDismiss, typeRestoreQ, typeAnswer:
		return m.decide(t)
	case typeHighlight:
		return m.highlight(t)
	case typeCreate:
		return m.create(t)
	case typeOpen, typeClose:
		return m.turnPoll(t)
	case typeReveal, typeHide:
		return m.reveal(t)
	case typeShow:
		return m.showPoll(t)
	case typeSettings:
		return m.set(t)
	case typeBoardOn, typeBoardOff:
		return m.turnBoard(t)
	case oplog.TypeRedact:
		return m.redact(t)
	}
	return oplog.Refuse(oplog.BadCommand)
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
