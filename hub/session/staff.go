package session

import (
	"encoding/json"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// crew are the moderators and translators who did something, numbered from 1 in the order of
// their first deed, so that each can be told from the others without being
// named. Number 0 is the hub itself.
type crew struct {
	list   []hand
	number map[oplog.ActorID]int32
}

// hand is one of them. It is also its own form in a snapshot.
type hand struct {
	ID   oplog.ActorID
	At   oplog.Offset // when it was numbered
	Name words        `json:",omitzero"`
}

func newCrew() crew { return crew{list: make([]hand, 1), number: make(map[oplog.ActorID]int32)} }

type staffView struct {
	Name string `json:"name,omitempty"`
}

// meView tells a moderator which number is theirs.
type meView struct {
	Staff int32 `json:"staff"`
}

// staffNo is the number of the acting moderator or translator, 0 for anybody else.
func (m *Machine) staffNo(t *fold.Turn) int32 {
	if !desk.Has(t.Actor.Role) || t.Actor.Role == oplog.System {
		return 0
	}
	n := m.staff.number[t.Actor.ID]
	if n == 0 && len(m.staff.list) <= MaxStaff {
		n = int32(len(m.staff.list))
		m.staff.list = append(m.staff.list, hand{ID: t.Actor.ID, At: t.Offset})
		m.staff.number[t.Actor.ID] = n
		m.touchStaff(t, n)
	}
	return n
}

func (m *Machine) touchStaff(t *fold.Turn, n int32) {
	m.table.Touch(m.table.Item(kindStaff, strconv.Itoa(int(n))), t.Offset, desk, desk)
}

// nameStaff judges how a moderator wants to be called by the others. Nobody
// names another.
func (m *Machine) nameStaff(t *fold.Turn) oplog.Outcome {
	var a nameArgs
	if json.Unmarshal(t.Args, &a) != nil || !a.Name.sane() {
		return oplog.Refuse(oplog.BadCommand)
	}
	if a.Name.Bytes > 0 {
		if r := a.Name.within(MaxNameChars, MaxNameBytes); r != "" {
			return oplog.Refuse(r)
		}
	}
	var was words
	n := m.staff.number[t.Actor.ID]
	if n != 0 {
		was = m.staff.list[n].Name
	}
	switch {
	case was.Sum == a.Name.Sum:
		return oplog.Repeated()
	case n == 0 && len(m.staff.list) > MaxStaff:
		return oplog.Refuse(oplog.TooMany)
	case t.Dry:
		return oplog.Done()
	}
	n = m.staffNo(t)
	if n == 0 {
		return oplog.Refuse(oplog.NotAllowed) // the hub has no name
	}
	name := words{}
	if a.Name.Bytes > 0 {
		m.texts.Bring(t)
		name = wordsOf(t, a.Name, fold.Opened[private](t.Command).Name)
	}
	m.staff.list[n].Name = name
	m.touchStaff(t, n)
	return oplog.Done()
}
