package schedule

import (
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

// Machine is the state of one conference's programme. It is touched by one
// goroutine; what it returns is never changed afterwards. It satisfies
// hub.Machine.
type Machine struct {
	topic oplog.Topic
	conf  conference
	days  map[int]dayArgs
	rooms map[string]*room
	talks map[string]*talk
	codes map[string]bool
	notes notes
	stage *staging
	// imported is the last import that was committed.
	imported string
	texts    fold.Texts
	table    *entity.Table
	// sorted is what Sessions goes by; nil after a change.
	sorted []*talk
}

// New makes the machine of a topic before its first entry: an empty programme.
func New(topic oplog.Topic) *Machine {
	return &Machine{
		topic: topic,
		days:  make(map[int]dayArgs),
		rooms: make(map[string]*room),
		talks: make(map[string]*talk),
		codes: make(map[string]bool),
		notes: newNotes(),
		texts: make(fold.Texts),
		table: &entity.Table{},
	}
}

// Apply folds one entry. It never panics, and an entry that it refuses leaves
// no trace.
func (m *Machine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	t := fold.Entry(e, c)
	return m.judge(&t)
}

// Check tells what Apply would say of a command now. Blank is known only to
// Apply.
func (m *Machine) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	t := fold.Try(c, at)
	return m.judge(&t)
}

func (m *Machine) judge(t *fold.Turn) oplog.Outcome {
	switch t.Type {
	case oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased:
		return oplog.Done()
	case typeMove:
		return m.move(t)
	case typeCancel:
		return m.cancel(t)
	case typeRename:
		return m.rename(t)
	case typeRoom:
		return m.renameRoom(t)
	case typePost:
		return m.post(t)
	case typeWithdraw:
		return m.withdraw(t)
	case typeSet:
		return m.set(t)
	case typePart:
		return m.takePart(t)
	case typeCommit:
		return m.commit(t)
	case typeTick:
		return m.tick(t)
	case oplog.TypeRedact:
		return m.redact(t)
	}
	return oplog.Refuse(oplog.BadCommand)
}

// show says that everybody sees an entity, and that it looks different.
func (m *Machine) show(t *fold.Turn, kind, id string) {
	m.table.Touch(m.table.Item(kind, id), t.Offset, entity.Everybody, entity.Everybody)
	m.sorted = nil
}

// hide says that an entity is gone.
func (m *Machine) hide(t *fold.Turn, kind, id string) {
	m.table.Touch(m.table.Item(kind, id), t.Offset, 0, 0)
	m.sorted = nil
}
