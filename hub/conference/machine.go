package conference

import (
	"encoding/json"
	"time"

	"majlis/hub/entity"
	"majlis/hub/oplog"
)

const (
	// Rules is the version of the rules that entries written now are judged by.
	Rules uint16 = 1
	// View is the version of the projection.
	View = 1
	// State is the version of the snapshot's format.
	State uint32 = 1
)

// Machine is the state of one conference. It is touched by one goroutine; what
// it returns is never changed afterwards. It satisfies hub.Machine.
type Machine struct {
	topic    oplog.Topic
	settings settings
	passes   map[string]*pass
	// texts are the entries that brought texts; true: blanked.
	texts map[oplog.Offset]bool
	table *entity.Table
	items map[place]*entity.Item
}

// place is where an entity stands in the document.
type place struct{ kind, id string }

// settings is what an organiser decides for the whole conference. It is also its
// own form in a snapshot.
type settings struct {
	Title                    text
	Code                     string
	AutoOpen                 bool
	TitleR, CodeR, AutoOpenR register
}

// text is a text that the fold holds but never reads.
type text struct {
	At    oplog.Offset
	Sum   sum
	Value string
	Gone  bool
}

// New makes the machine of a topic before its first entry: no code yet, boards
// do not open by themselves.
func New(topic oplog.Topic) *Machine {
	m := &Machine{
		topic:  topic,
		passes: make(map[string]*pass),
		texts:  make(map[oplog.Offset]bool),
		table:  &entity.Table{},
		items:  make(map[place]*entity.Item),
	}
	m.show(&turn{}, kindSettings, single)
	return m
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
	rule := m.rule(t.c.Type)
	switch {
	case t.c.Type == oplog.TypeGenesis, t.c.Type == oplog.TypeRestore, t.c.Type == oplog.TypeErased:
		return oplog.Done()
	case rule == nil:
		return oplog.Refuse(oplog.BadCommand)
	case !may(t.c.Actor.Role, t.c.Type):
		return oplog.Refuse(oplog.NotAllowed)
	}
	return rule(t)
}

func (m *Machine) rule(kind string) func(*turn) oplog.Outcome {
	switch kind {
	case typeSet:
		return m.set
	case typeIssue:
		return m.issue
	case typeRevoke:
		return m.revoke
	case typeTick:
		return m.tick
	case oplog.TypeRedact:
		return m.redact
	}
	return nil
}

// may tells who runs a conference. Passes are issued by the hub itself, which
// signs them.
func may(r oplog.Role, kind string) bool {
	if kind == typeIssue || kind == typeTick {
		return r == oplog.System
	}
	return r == oplog.Organiser || r == oplog.Operator || r == oplog.System
}

// Code is the join code, empty before it is set.
func (m *Machine) Code() string { return m.settings.Code }

// AutoOpen reports whether boards open by the programme.
func (m *Machine) AutoOpen() bool { return m.settings.AutoOpen }

// Title is the conference's title, empty before it is set.
func (m *Machine) Title() string { return m.settings.Title.Value }

// set judges new settings: all that the command names, or none. The code is the
// hub's to give, once: it stands on every screen and every sheet of paper.
func (m *Machine) set(t *turn) oplog.Outcome {
	var a setArgs
	if json.Unmarshal(t.c.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Code != nil && t.c.Actor.Role != oplog.System {
		return oplog.Refuse(oplog.NotAllowed)
	}
	if a.Code != nil && m.settings.Code != "" && m.settings.Code != *a.Code {
		return oplog.Refuse(oplog.Exists)
	}
	left, differs := false, false
	fields := m.settings.fields(a, t)
	for _, f := range fields {
		if f.r.repeated(t.c) {
			continue
		}
		left, differs = true, differs || !f.same
		if !f.same && f.r.overtaken(t.c) {
			return oplog.Refuse(oplog.Changed)
		}
	}
	switch {
	case !left, !differs && t.c.Device == oplog.Device{}:
		return oplog.Repeated()
	case t.dry:
		return oplog.Done()
	}
	if a.Title != nil {
		m.texts[t.offset] = false
	}
	for _, f := range fields {
		switch {
		case f.r.repeated(t.c):
		case f.same:
			f.r.settle(t)
		default:
			f.put()
			f.r.write(t)
		}
	}
	if differs {
		m.show(t, kindSettings, single)
	}
	return oplog.Done()
}

// field is one setting that a command names.
type field struct {
	r    *register
	same bool // it has the wanted value
	put  func()
}

func (s *settings) fields(a setArgs, t *turn) []field {
	var fs []field
	if v := a.Title; v != nil {
		said := opened(t.c.Private)
		fs = append(fs, field{&s.TitleR, s.Title.Sum == *v && !s.Title.Gone, func() {
			s.Title = text{At: t.offset, Sum: *v, Value: said}
		}})
	}
	if v := a.Code; v != nil {
		fs = append(fs, field{&s.CodeR, s.Code == *v, func() { s.Code = *v }})
	}
	if v := a.AutoOpen; v != nil {
		fs = append(fs, field{&s.AutoOpenR, s.AutoOpen == *v, func() { s.AutoOpen = *v }})
	}
	return fs
}

// opened reads a private part; whatever is wrong with it, the text is gone.
func opened(b json.RawMessage) string {
	var p private
	if len(b) == 0 || json.Unmarshal(b, &p) != nil {
		return ""
	}
	return p.Text
}
