package schedule

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// room is one room of the conference.
type room struct {
	id    string
	order int
	name  fold.Held[string]
	nameR fold.Register
}

// renameRoom judges another name for a room.
func (m *Machine) renameRoom(t *fold.Turn) oplog.Outcome {
	var a renameArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	r := m.rooms[a.ID]
	switch {
	case !moderates(t.Actor), !m.reachesRoom(t.Actor, a.ID):
		return oplog.Refuse(oplog.NotAllowed)
	case r == nil:
		return oplog.Refuse(oplog.NotFound)
	}
	o, differs := fold.Set(t, fold.Field{Register: &r.nameR, Same: !r.name.Differs(a.Text), Put: func() {
		r.name = m.said(t, a.Text)
	}})
	if differs {
		m.show(t, kindRoom, r.id)
	}
	return o
}
