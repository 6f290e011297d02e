package session

import (
	"encoding/json"

	"majlis/hub/oplog"
)

// stage is what moderators pushed to the screen; empty ids for nothing.
type stage struct {
	question, poll   string
	questionR, pollR register
}

// highlight judges pushing a question to the screen, or taking it away.
func (m *Machine) highlight(t *turn) oplog.Outcome {
	return m.push(t, &m.stage.question, &m.stage.questionR, func(id string) oplog.Reason {
		switch q := m.board.byID[id]; {
		case q == nil:
			return oplog.NotFound
		case !q.on():
			return oplog.WrongState
		}
		return ""
	})
}

// showPoll judges pushing a poll to the screen, or taking it away.
func (m *Machine) showPoll(t *turn) oplog.Outcome {
	return m.push(t, &m.stage.poll, &m.stage.pollR, func(id string) oplog.Reason {
		switch p := m.polls.byID[id]; {
		case p == nil:
			return oplog.NotFound
		case p.state == draft:
			return oplog.WrongState
		}
		return ""
	})
}

// push sets or clears one place of the stage. Taking away what does not stand
// there is done already.
func (m *Machine) push(t *turn, place *string, r *register, fits func(id string) oplog.Reason) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.c.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	if m.repeated(r.stamp, t.c) {
		return oplog.Repeated()
	}
	if why := fits(a.ID); why != "" && (a.On || why == oplog.NotFound) {
		return oplog.Refuse(why)
	}
	switch {
	case a.On == (*place == a.ID):
		return m.settle(&r.stamp, t)
	case m.overtaken(r, t.c):
		return oplog.Refuse(oplog.Changed)
	case t.dry:
		return oplog.Done()
	}
	m.write(r, t)
	if !a.On {
		a.ID = ""
	}
	m.putOnStage(t, place, a.ID)
	return oplog.Done()
}

func (m *Machine) putOnStage(t *turn, place *string, id string) {
	*place = id
	m.table.Touch(m.stageE, t.offset, everyone, everyone)
}
