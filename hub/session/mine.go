package session

import (
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

type (
	askedView struct {
		Text  string `json:"text"`
		Name  string `json:"name,omitempty"`
		At    int64  `json:"at"`
		State fate   `json:"state"`
		Gone  bool   `json:"gone,omitempty"`
	}
	onView struct {
		On bool `json:"on"`
	}
	choiceView struct {
		Choice []int `json:"choice"`
	}
)

// Mine is what one person must be told of their own part to come from offset n
// to now: votes, answers, own questions and their fate. From 0 it is the whole,
// without nulls; nil if there is nothing to tell.
func (m *Machine) Mine(who oplog.ActorID, n oplog.Offset) entity.Patch {
	p := m.people.find(who)
	if p == nil {
		return nil
	}
	out := entity.Patch{}
	for _, number := range p.asked {
		if q := m.board.list[number]; q.told > n {
			out.Put(kindAsked, q.id, q.asked())
		}
	}
	for i := range p.votes {
		b := &p.votes[i]
		tell(out, kindVote, m.board.list[b.question].id, b.at, n, b.on, onView{On: true})
	}
	for i := range p.choices {
		c := &p.choices[i]
		tell(out, kindMyAnswer, m.polls.list[c.poll].id, c.at, n, c.set != 0, choiceView{Choice: c.options()})
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

// tell puts one register into a patch from n, or null if it was taken back.
func tell(out entity.Patch, kind, id string, at, n oplog.Offset, on bool, view any) {
	switch {
	case at <= n:
	case on:
		out.Put(kind, id, view)
	case n > 0:
		out.Put(kind, id, nil)
	}
}

func (q *question) asked() askedView {
	return askedView{Text: q.text.Text, Name: q.name.Text, At: q.at, State: q.fate, Gone: q.text.Gone}
}

func (c *choice) options() []int {
	var out []int
	for i := range MaxOptions {
		if c.set&(1<<i) != 0 {
			out = append(out, i+1)
		}
	}
	return out
}
