package session

import (
	"encoding/json"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// replyTo judges a moderator's answer in writing, or taking it away. It stands
// under the question, for all to see; where two must see it first, once another
// moderator has written the same.
func (m *Machine) replyTo(t *fold.Turn) oplog.Outcome {
	var a replyArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.Text.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Text.Bytes > 0 {
		if r := a.Text.within(MaxReplyChars, MaxReplyBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	q := m.board.byID[a.ID]
	grows := 0
	if q != nil {
		grows = a.Text.Size - q.answer.Size
	}
	switch {
	case q == nil || q.Fate == void:
		return oplog.Refuse(oplog.NotFound)
	case q.reply.Repeated(t):
		return oplog.Repeated()
	case q.answer.Sum == a.Text.Sum && !m.secondEye(t, q.answer.Eye):
		return q.reply.Settle(t)
	case !q.on():
		return oplog.Refuse(oplog.WrongState)
	case q.reply.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case len(q.offsets) >= MaxTexts:
		return oplog.Refuse(oplog.TooMany)
	case !m.board.shown.fits(0, grows, MaxLive, MaxLiveText):
		return oplog.Refuse(oplog.BoardFull)
	case t.Dry:
		return oplog.Done()
	}
	m.note(q)
	if q.answer.Eye != 0 && q.answer.Sum == a.Text.Sum {
		q.answer.Eye = 0
		q.reply.Write(t)
		m.touch(t, q)
		return oplog.Done()
	}
	m.board.leave(q)
	if q.answer = (words{}); a.Text.Bytes > 0 {
		q.answer = wordsOf(t, a.Text, fold.Opened[private](t.Command).Text)
		q.answer.Eye = m.firstOf(t)
		q.offsets = append(q.offsets, m.texts.Bring(t))
	}
	m.board.enter(q)
	q.reply.Write(t)
	m.touch(t, q)
	return oplog.Done()
}

// setIntro judges the text that welcomes people: what it is about, and the rules
// of the house.
func (m *Machine) setIntro(t *fold.Turn) oplog.Outcome {
	var a replyArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.Text.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Text.Bytes > 0 {
		if r := a.Text.within(MaxReplyChars, MaxReplyBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	o, differs := fold.Set(t, fold.Field{
		Register: m.register(regIntro), Same: m.scene.Intro.Sum == a.Text.Sum,
		Put: func() {
			if m.scene.Intro = (words{}); a.Text.Bytes > 0 {
				m.texts.Bring(t)
				m.scene.Intro = wordsOf(t, a.Text, fold.Opened[private](t.Command).Text)
			}
		},
	})
	if differs {
		m.touchIntro(t)
	}
	return o
}

func (m *Machine) touchIntro(t *fold.Turn) {
	sees := everyone
	if m.scene.Intro.Size == 0 {
		sees = 0
	}
	m.table.Touch(m.items.intro, t.Offset, sees, everyone)
}

type introView struct {
	Text   string       `json:"text"`
	Gone   bool         `json:"gone,omitempty"`
	Offset oplog.Offset `json:"offset,omitempty"` // moderators only
}
