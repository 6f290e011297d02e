package conference

import (
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

// The kinds of entity, and the id of the only one of its kind.
const (
	kindSettings = "settings"
	kindPass     = "pass"
	single       = "_"
)

// The types of command.
const (
	typeSet    = "settings.set"
	typeIssue  = "pass.issue"
	typeRevoke = "pass.revoke"
)

// staff see the list of access links.
var staff = entity.RolesOf(oplog.Organiser, oplog.Operator)

// Machine is the state of one conference. It is touched by one goroutine. It
// satisfies hub.Machine.
type Machine struct {
	state state
	table *entity.Table
	items map[string]*entity.Item // by pass id; settings under single
}

// state is what a snapshot holds.
type state struct {
	Code     string           `json:"code"`
	AutoOpen bool             `json:"autoopen"`
	Passes   map[string]*pass `json:"passes"`
	Entities []entity.Saved   `json:"entities,omitempty"`
}

// pass is one access link.
type pass struct {
	Role    string       `json:"role"`
	Scope   string       `json:"scope"`
	Label   string       `json:"label,omitempty"`
	At      int64        `json:"at"`
	Until   int64        `json:"until"`
	Revoked int64        `json:"revoked,omitempty"`
	Offset  oplog.Offset `json:"offset"` // of its entry
	Commit  oplog.Commit `json:"commit"` // to its label
}

// New makes the machine of a topic before its first entry.
func New(oplog.Topic) *Machine {
	m := &Machine{
		state: state{Passes: map[string]*pass{}},
		table: &entity.Table{},
		items: map[string]*entity.Item{},
	}
	m.items[single] = m.table.Add(kindSettings, single)
	m.table.Touch(m.items[single], 0, entity.Everybody, entity.Everybody)
	return m
}

// turn is one command on its way through the rules; dry ones stop before the
// first effect.
type turn struct {
	c      *oplog.Command
	commit oplog.Commit
	offset oplog.Offset
	ms     int64
	dry    bool
}

// Apply folds one entry. It never panics.
func (m *Machine) Apply(e *oplog.Entry, c *oplog.Command) oplog.Outcome {
	return m.judge(&turn{c: c, commit: e.Sealed.Commit, offset: e.Offset, ms: e.Time})
}

// Check tells what Apply would say of a command now.
func (m *Machine) Check(c *oplog.Command, at time.Time) oplog.Outcome {
	return m.judge(&turn{c: c, ms: at.UnixMilli(), dry: true})
}

func (m *Machine) judge(t *turn) oplog.Outcome {
	switch t.c.Type {
	case oplog.TypeGenesis, oplog.TypeRestore, oplog.TypeErased:
		return oplog.Done()
	case typeSet:
		return m.set(t)
	case typeIssue:
		return m.issue(t)
	case typeRevoke:
		return m.revoke(t)
	}
	return oplog.Refuse(oplog.BadCommand)
}

// runs reports whether somebody runs the conference.
func runs(a oplog.Actor) bool {
	return a.Role == oplog.Organiser || a.Role == oplog.Operator || a.Role == oplog.System
}

// Deadline reports that a conference never waits for a time of its own.
func (m *Machine) Deadline() (time.Time, bool) { return time.Time{}, false }

// Since is what a role must be told to come from an offset to now.
func (m *Machine) Since(role oplog.Role, n oplog.Offset) entity.Patch {
	return m.table.Since(role, n, m.project)
}

// Mine is empty: nothing here belongs to one person.
func (m *Machine) Mine(_ oplog.ActorID, n oplog.Offset) entity.Patch {
	if n == 0 {
		return entity.Patch{}
	}
	return nil
}

type settingsView struct {
	Code     string `json:"code"`
	AutoOpen bool   `json:"autoopen"`
}

type passView struct {
	Role    string `json:"role"`
	Scope   string `json:"scope"`
	Label   string `json:"label,omitempty"`
	At      int64  `json:"at"`
	Until   int64  `json:"until"`
	Revoked int64  `json:"revoked,omitempty"`
}

func (m *Machine) project(kind, id string, _ oplog.Role) any {
	if kind == kindSettings {
		return settingsView{Code: m.state.Code, AutoOpen: m.state.AutoOpen}
	}
	p := m.state.Passes[id]
	if p == nil {
		return nil
	}
	return passView{Role: p.Role, Scope: p.Scope, Label: p.Label, At: p.At, Until: p.Until, Revoked: p.Revoked}
}
