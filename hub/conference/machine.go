package conference

import (
	"encoding/json"
	"time"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

const (
	// Rules is the version of the rules that entries written now are judged by.
	Rules uint16 = 2
	// View is the version of the projection.
	View = 2
	// State is the version of the snapshot's format.
	State uint32 = 3
)

// Machine is the state of one conference. It is touched by one goroutine; what
// it returns is never changed afterwards. It satisfies hub.Machine.
type Machine struct {
	topic    oplog.Topic
	settings settings
	passes   map[string]*pass
	words    map[string]*wordList
	wordsAt  oplog.Offset // last change of those
	texts    fold.Texts
	table    *entity.Table
}

// settings is what an organiser decides for the whole conference. It is also its
// own form in a snapshot.
type settings struct {
	Title                    fold.Held[string]
	Code                     string
	AutoOpen                 bool
	TitleR, CodeR, AutoOpenR fold.Register `json:",omitzero"`
}

// New makes the machine of a topic before its first entry: no code yet, boards
// do not open by themselves.
func New(topic oplog.Topic) *Machine {
	m := &Machine{
		topic:  topic,
		passes: make(map[string]*pass),
		words:  make(map[string]*wordList),
		texts:  make(fold.Texts),
		table:  &entity.Table{},
	}
	m.show(&fold.Turn{}, kindSettings, single)
	return m
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
	}
	if !may(t.Actor.Role, t.Type) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	switch t.Type {
	case typeSet:
		return m.set(t)
	case typeIssue:
		return m.issue(t)
	case typeRevoke:
		return m.revoke(t)
	case typeWords:
		return m.putWords(t)
	case typeTick:
		return m.tick(t)
	case oplog.TypeRedact:
		return m.texts.Redact(t, MaxPasses, func(at oplog.Offset) { m.drop(t, at) })
	}
	return oplog.Refuse(oplog.BadCommand)
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
func (m *Machine) set(t *fold.Turn) oplog.Outcome {
	var a setArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.valid() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Code != nil && t.Actor.Role != oplog.System {
		return oplog.Refuse(oplog.NotAllowed)
	}
	if a.Code != nil && m.settings.Code != "" && m.settings.Code != *a.Code {
		return oplog.Refuse(oplog.Exists)
	}
	o, differs := fold.Set(t, m.settings.fields(a, t)...)
	if a.Title != nil && o.Accepted() && !o.Again && !t.Dry {
		m.texts.Bring(t)
	}
	if differs {
		m.show(t, kindSettings, single)
	}
	return o
}

func (s *settings) fields(a setArgs, t *fold.Turn) []fold.Field {
	var fs []fold.Field
	if v := a.Title; v != nil {
		fs = append(fs, fold.Field{Register: &s.TitleR, Same: !s.Title.Differs(*v), Put: func() { s.Title = said(t, *v) }})
	}
	if v := a.Code; v != nil {
		fs = append(fs, fold.Field{Register: &s.CodeR, Same: s.Code == *v, Put: func() { s.Code = *v }})
	}
	if v := a.AutoOpen; v != nil {
		fs = append(fs, fold.Field{Register: &s.AutoOpenR, Same: s.AutoOpen == *v, Put: func() { s.AutoOpen = *v }})
	}
	return fs
}

// said is the text that a command brings.
func said(t *fold.Turn, s fold.Sum) fold.Held[string] {
	return fold.Held[string]{At: t.Offset, Sum: s, Value: fold.Opened[private](t.Command).Text}
}
