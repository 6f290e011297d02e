package schedule

import (
	"encoding/json"

	"majlis/hub/oplog"
)

// conference is what the document says of the whole.
type conference struct {
	known         bool // somebody has said something of it
	zone          string
	start, end    int64
	title         held[string]
	about         held[about]
	titleR, zoneR register
}

// set judges another title or zone: all that the command names, or none.
func (m *Machine) set(t *turn) oplog.Outcome {
	var a setArgs
	if json.Unmarshal(t.c.Args, &a) != nil || a.Title == nil && a.Zone == nil || a.Zone != nil && !ValidZone(*a.Zone) {
		return oplog.Refuse(oplog.BadCommand)
	}
	if !m.all(t.c.Actor) {
		return oplog.Refuse(oplog.NotAllowed)
	}
	title := a.Title != nil && !m.conf.titleR.repeated(t.c)
	zone := a.Zone != nil && !m.conf.zoneR.repeated(t.c)
	retitle := title && m.conf.title.differs(*a.Title)
	rezone := zone && m.conf.zone != *a.Zone
	switch {
	case !title && !zone:
		return oplog.Repeated()
	case retitle && m.conf.titleR.overtaken(t.c), rezone && m.conf.zoneR.overtaken(t.c):
		return oplog.Refuse(oplog.Changed)
	case !retitle && !rezone && t.c.Device == oplog.Device{}:
		return oplog.Repeated()
	case t.dry:
		return oplog.Done()
	}
	if retitle {
		m.conf.title = held[string]{At: m.text(t), Sum: *a.Title, Value: opened[textPrivate](t.c.Private).Text}
		m.conf.titleR.write(t)
	} else if title {
		m.conf.titleR.settle(t)
	}
	if rezone {
		m.conf.zone = *a.Zone
		m.conf.zoneR.write(t)
	} else if zone {
		m.conf.zoneR.settle(t)
	}
	if retitle || rezone {
		m.conf.known = true
		m.show(t, kindConference, single)
	}
	return oplog.Done()
}
