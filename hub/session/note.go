package session

import (
	"encoding/json"
	"slices"

	"majlis/hub/entity"
	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// notes are what moderators wrote to those on the stage, in order.
type notes struct{ list []*stageNote }

// stageNote is one of them. Somebody on the stage says when it has been read.
type stageNote struct {
	ID    string
	At    int64 // milliseconds since 1970
	By    int32 // in staff.list
	Text  words
	Read  int64 // when; 0: not yet
	There bool  // it has not been taken back

	entity *entity.Item
}

// noteChange is a note that a step wrote or took back.
type noteChange struct {
	N int // index
	pair[bool]
}

// savedNote is a note as it stands in a snapshot.
type savedNote struct {
	ID    string
	At    int64
	By    int32 `json:",omitempty"`
	Text  words
	Read  int64 `json:",omitempty"`
	There bool  `json:",omitempty"`
}

func (n *notes) find(id string) *stageNote {
	i := slices.IndexFunc(n.list, func(one *stageNote) bool { return one.ID == id })
	if i < 0 {
		return nil
	}
	return n.list[i]
}

// sendNote judges a note to the stage.
func (m *Machine) sendNote(t *fold.Turn) oplog.Outcome {
	var a noteArgs
	if json.Unmarshal(t.Args, &a) != nil {
		return oplog.Refuse(oplog.BadCommand)
	}
	if why := a.Text.within(MaxStageNoteChars, MaxStageNoteBytes); why != "" {
		return oplog.Refuse(why)
	}
	if n := m.notes.find(a.ID); n != nil {
		if n.Text.Sum == a.Text.Sum {
			return oplog.Repeated()
		}
		return oplog.Refuse(oplog.Exists)
	}
	switch {
	case len(m.notes.list) >= MaxStageNotes:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	m.texts.Bring(t)
	n := &stageNote{
		ID: a.ID, At: t.Ms, By: m.staffNo(t), Text: wordsOf(t, a.Text, fold.Opened[private](t.Command).Text),
		entity: m.table.Item(kindNote, a.ID),
	}
	m.notes.list = append(m.notes.list, n)
	m.turnNote(t, len(m.notes.list)-1, true)
	if old := len(m.notes.list) - MaxStageNotesShown; old > 0 {
		m.touchNote(t, m.notes.list[old-1])
	}
	return oplog.Done()
}

// turnNote puts a note there or takes it back, as a step.
func (m *Machine) turnNote(t *fold.Turn, i int, there bool) {
	n := m.notes.list[i]
	m.open.Note = &noteChange{i, pair[bool]{n.There, there}}
	n.There = there
	m.touchNote(t, n)
}

func (m *Machine) touchNote(t *fold.Turn, n *stageNote) {
	sees := staff | backstage
	if !n.There || slices.Index(m.notes.list, n) < len(m.notes.list)-MaxStageNotesShown {
		sees = 0
	}
	m.table.Touch(n.entity, t.Offset, sees, sees)
}

// acknowledge judges that somebody on the stage has read a note.
func (m *Machine) acknowledge(t *fold.Turn) oplog.Outcome {
	var a idArgs
	switch {
	case !backstage.Has(t.Actor.Role) || !m.reaches(t.Actor):
		return oplog.Refuse(oplog.NotAllowed)
	case t.Rules < 3 || json.Unmarshal(t.Args, &a) != nil:
		return oplog.Refuse(oplog.BadCommand)
	}
	switch n := m.notes.find(a.ID); {
	case n == nil || !n.There:
		return oplog.Refuse(oplog.NotFound)
	case n.Read > 0:
		return oplog.Repeated()
	case !t.Dry:
		n.Read = t.Ms
		m.touchNote(t, n)
	}
	return oplog.Done()
}

type noteView struct {
	Text string `json:"text"`
	At   int64  `json:"at"`
	Read int64  `json:"read,omitempty"`
	Gone bool   `json:"gone,omitempty"`
	// Moderators only.
	By     int32        `json:"by,omitempty"`
	Offset oplog.Offset `json:"offset,omitempty"`
}

func (m *Machine) noteView(n *stageNote, role oplog.Role) noteView {
	v := noteView{Text: n.Text.Text, At: n.At, Read: n.Read, Gone: n.Text.Gone}
	if staff.Has(role) {
		v.By, v.Offset = n.By, n.Text.At
	}
	return v
}

func (n *stageNote) save(texts bool) savedNote {
	return savedNote{n.ID, n.At, n.By, n.Text.saved(texts), n.Read, n.There}
}

func (g *ground) loadNotes(list []savedNote, crew int) error {
	for _, s := range list {
		if s.By < 0 || int(s.By) >= crew || g.notes.find(s.ID) != nil {
			return errTorn
		}
		g.notes.list = append(g.notes.list, &stageNote{ID: s.ID, At: s.At, By: s.By, Text: s.Text, Read: s.Read, There: s.There})
	}
	return nil
}
