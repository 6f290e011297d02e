package schedule

import (
	"time"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

const (
	// Rules is the version of the rules that entries written now are judged by.
	Rules uint16 = 1
	// View is the version of the projection: another one, and phones fetch the
	// whole document.
	View = 1
	// State is the version of the snapshot's format.
	State uint32 = 1
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
	// texts are the entries that brought texts; true: blanked.
	texts map[oplog.Offset]bool

	table *entity.Table
	items map[place]*entity.Item
	// sorted is what Sessions goes by; nil after a change.
	sorted []*talk
}

// place is where an entity stands in the document.
type place struct{ kind, id string }

// New makes the machine of a topic before its first entry: an empty programme.
func New(topic oplog.Topic) *Machine {
	return &Machine{
		topic: topic,
		days:  make(map[int]dayArgs),
		rooms: make(map[string]*room),
		talks: make(map[string]*talk),
		codes: make(map[string]bool),
		notes: newNotes(),
		texts: make(map[oplog.Offset]bool),
		table: &entity.Table{},
		items: make(map[place]*entity.Item),
	}
}

// turn is one command on its way through the rules. When it is dry, whoever
// judges it stops before the first effect.
type turn struct {
	c      *oplog.Command
	offset oplog.Offset // 0 when dry
	ms     int64        // the entry's time, or now
	dry    bool
}

// Apply folds one entry. It never panics, and an entry that it refuses leaves
// no trace.
func (m *Machine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	return m.judge(&turn{c: c, offset: e.Offset, ms: e.Time})
}

// Check tells what Apply would say of a command now. Blank is known only to
// Apply.
func (m *Machine) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	return m.judge(&turn{c: c, ms: at.UnixMilli(), dry: true})
}

func (m *Machine) judge(t *turn) oplog.Outcome {
	switch t.c.Type {
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
func (m *Machine) show(t *turn, kind, id string) {
	p := place{kind, id}
	it := m.items[p]
	if it == nil {
		it = m.table.Add(kind, id)
		m.items[p] = it
	}
	m.table.Touch(it, t.offset, entity.Everybody, entity.Everybody)
	m.sorted = nil
}

// hide says that an entity is gone.
func (m *Machine) hide(t *turn, kind, id string) {
	if it := m.items[place{kind, id}]; it != nil {
		m.table.Touch(it, t.offset, 0, 0)
	}
	m.sorted = nil
}

// text notes that the entry brought texts.
func (m *Machine) text(t *turn) oplog.Offset {
	m.texts[t.offset] = false
	return t.offset
}
