package schedule

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// conference is what the document says of the whole.
type conference struct {
	known         bool // somebody has said something of it
	zone          string
	start, end    int64
	title         fold.Held[string]
	about         fold.Held[about]
	titleR, zoneR fold.Register
}

// set judges another title or zone: all that the command names, or none.
func (m *Machine) set(t *fold.Turn) oplog.Outcome {
	var a setArgs
	if json.Unmarshal(t.Args, &a) != nil || a.Title == nil && a.Zone == nil || a.Zone != nil && !validZone(*a.Zone) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !m.all(t.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	c := &m.conf
	var fields []fold.Field
	if a.Title != nil {
		fields = append(fields, fold.Field{Register: &c.titleR, Same: !c.title.Differs(*a.Title), Put: func() { c.title = m.said(t, *a.Title) }})
	}
	if a.Zone != nil {
		fields = append(fields, fold.Field{Register: &c.zoneR, Same: c.zone == *a.Zone, Put: func() { c.zone = *a.Zone }})
	}
	o, differs := fold.Set(t, fields...)
	if differs {
		c.known = true
		m.show(t, kindConference, single)
	}
	return o
}

// said is the text that a command brings.
func (m *Machine) said(t *fold.Turn, s fold.Sum) fold.Held[string] {
	return fold.Held[string]{At: m.texts.Bring(t), Sum: s, Value: fold.Opened[textPrivate](t.Command).Text}
}
