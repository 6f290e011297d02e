package session

import (
	"majlis/hub/entity"
	"majlis/hub/oplog"
)

type (
	askedView struct {
		Text  string `json:"text"`
		Name  string `json:"name,omitempty"`
		Lang  string `json:"lang,omitempty"`
		At    int64  `json:"at"`
		State fate   `json:"state"`
		Why   string `json:"why,omitempty"`  // of a dismissed one
		Into  string `json:"into,omitempty"` // of a merged one
		Gone  bool   `json:"gone,omitempty"`
	}
	onView struct {
		On   bool `json:"on"`
		Down bool `json:"down,omitempty"`
	}
	choiceView struct {
		Choice []int `json:"choice"`
	}
)

// Mine is what one person must be told of their own part to come from offset n
// to now: votes, answers, own questions and their fate. From 0 it is the whole,
// without nulls; nil if there is nothing to tell.
func (m *Machine) Mine(who oplog.ActorID, n oplog.Offset) entity.Patch {
	out := entity.Patch{}
	if n > 0 && n < m.swapped {
		// All that was there before may be gone, and what is there may be old.
		for _, name := range m.named(who) {
			out.Put(name[0], name[1], nil)
		}
		m.mine(out, who, 0)
	} else {
		m.mine(out, who, n)
	}
	if no := m.staff.number[who]; no != 0 && m.staff.list[no].At > n {
		out.Put(kindMe, single, meView{Staff: no})
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (m *Machine) mine(out entity.Patch, who oplog.ActorID, n oplog.Offset) {
	p := m.people.find(who)
	if p == nil {
		return
	}
	for _, number := range p.asked {
		if q := m.board.list[number]; q.told > n {
			out.Put(kindAsked, q.id, m.askedView(q))
		}
	}
	for i := range p.votes {
		b := &p.votes[i]
		tell(out, kindVote, m.board.list[b.question].id, b.at, n, b.value != none, onView{On: true, Down: b.value == down})
	}
	for i := range p.choices {
		c := &p.choices[i]
		tell(out, kindMyAnswer, m.polls.list[c.poll].id, c.at, n, c.set != 0, choiceView{Choice: c.options()})
	}
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

func (m *Machine) askedView(q *question) askedView {
	v := askedView{Text: q.Text.Text, Name: q.Name.Text, Lang: q.Lang, At: q.at, State: m.toldFate(q), Gone: q.Text.Gone}
	switch v.State {
	case dismissed:
		v.Why = q.Why
	case merged:
		v.Into = m.board.root(q).id
	}
	return v
}

// toldFate is where a question stands, as its asker is told: of a dismissal
// only if the session says so, and never of a block.
func (m *Machine) toldFate(q *question) fate {
	if m.masked(q) {
		return pending
	}
	return q.Fate
}

func (m *Machine) masked(q *question) bool {
	return q.declined() && (m.rules().Quiet || q.Why == whyBlocked)
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
