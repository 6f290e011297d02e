package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// stage is what moderators pushed to the screen; empty ids for nothing. It is
// also its own form in a snapshot.
type stage struct {
	Question, Poll   string
	QuestionR, PollR fold.Register `json:",omitzero"`
}

// highlight judges pushing a question to the screen, or taking it away.
func (m *Machine) highlight(t *fold.Turn) oplog.Outcome {
	return m.push(t, &m.stage.Question, &m.stage.QuestionR, func(id string) oplog.Reason {
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
func (m *Machine) showPoll(t *fold.Turn) oplog.Outcome {
	return m.push(t, &m.stage.Poll, &m.stage.PollR, func(id string) oplog.Reason {
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
func (m *Machine) push(t *fold.Turn, place *string, r *fold.Register, fits func(id string) oplog.Reason) oplog.Outcome {
	var a onArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	if r.Repeated(t) {
		return oplog.Repeated()
	}
	if why := fits(a.ID); why != "" && (a.On || why == oplog.NotFound) {
		return oplog.Refuse(why)
	}
	switch {
	case a.On == (*place == a.ID):
		return r.Settle(t)
	case r.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	r.Write(t)
	if !a.On {
		a.ID = ""
	}
	m.putOnStage(t, place, a.ID)
	return oplog.Done()
}

func (m *Machine) putOnStage(t *fold.Turn, place *string, id string) {
	*place = id
	m.table.Touch(m.stageE, t.Offset, everyone, everyone)
}
