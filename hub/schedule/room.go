package schedule

import (
	"encoding/json"

	"majlis/hub/oplog"
)

// room is one room of the conference.
type room struct {
	id    string
	order int
	name  held[string]
	nameR register
}

// renameRoom judges another name for a room.
func (m *Machine) renameRoom(t *turn) oplog.Outcome {
	var a renameArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	r := m.rooms[a.ID]
	switch {
	case !moderates(t.c.Actor), !m.reachesRoom(t.c.Actor, a.ID):
		return oplog.Refuse(oplog.NotAllowed)
	case r == nil:
		return oplog.Refuse(oplog.NotFound)
	case r.nameR.repeated(t.c):
		return oplog.Repeated()
	case !r.name.differs(a.Text):
		return r.nameR.settle(t)
	case r.nameR.overtaken(t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	r.name = held[string]{At: m.text(t), Sum: a.Text, Value: opened[textPrivate](t.c.Private).Text}
	r.nameR.write(t)
	m.show(t, kindRoom, r.id)
	return oplog.Done()
}
