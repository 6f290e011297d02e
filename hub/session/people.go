package session

import (
	"slices"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// people are all who did something that counted, numbered from 1 in the order
// of their first deed. Number 0 is nobody.
type people struct {
	list   []member
	number map[oplog.ActorID]int32
}

// member is one person and all registers that are theirs alone.
type member struct {
	id      oplog.ActorID
	votes   []ballot // by question, sorted
	answers []answer // by poll, sorted
	asked   []int32  // questions in order
	pending int32    // of them waiting for a moderator
}

// ballot is a person's vote on one question.
type ballot struct {
	fold.Stamp
	at       oplog.Offset // last change that the person is told
	question int32
	value    vote
}

// answer is a person's answer in one poll.
type answer struct {
	fold.Stamp
	at    oplog.Offset // last change that the person is told
	poll  int32
	round int32
	value value
	score int32 // what it brings if it is right
	tries int32 // how often it was given in words
}

func newPeople() people {
	return people{list: make([]member, 1), number: make(map[oplog.ActorID]int32)}
}

// find returns nil for somebody who never did anything.
func (p *people) find(id oplog.ActorID) *member {
	if n := p.number[id]; n != 0 {
		return &p.list[n]
	}
	return nil
}

func (p *people) intern(id oplog.ActorID) int32 {
	n := p.number[id]
	if n == 0 {
		n = int32(len(p.list))
		p.list = append(p.list, member{id: id})
		p.number[id] = n
	}
	return n
}

// join returns the member, new or known. It is valid until the next join.
func (p *people) join(id oplog.ActorID) *member { return &p.list[p.intern(id)] }

func (p *member) ballot(question int32) (ballot, bool) {
	if p == nil {
		return ballot{}, false
	}
	i, ok := p.ballotAt(question)
	if !ok {
		return ballot{}, false
	}
	return p.votes[i], true
}

func (p *member) ballotAt(question int32) (int, bool) {
	return slices.BinarySearchFunc(p.votes, question, func(b ballot, q int32) int { return int(b.question) - int(q) })
}

func (p *member) keepBallot(b ballot) {
	i, ok := p.ballotAt(b.question)
	if !ok {
		p.votes = slices.Insert(p.votes, i, ballot{})
	}
	p.votes[i] = b
}

// answerTo returns the zero answer for none.
func (p *member) answerTo(poll int32) (answer, bool) {
	if p == nil {
		return answer{}, false
	}
	if i, ok := p.answerAt(poll); ok {
		return p.answers[i], true
	}
	return answer{}, false
}

func (p *member) answerAt(poll int32) (int, bool) {
	return slices.BinarySearchFunc(p.answers, poll, func(a answer, q int32) int { return int(a.poll) - int(q) })
}

func (p *member) keepAnswer(a answer) {
	i, ok := p.answerAt(a.poll)
	if !ok {
		p.answers = slices.Insert(p.answers, i, answer{})
	}
	p.answers[i] = a
}

// othersVoted reports whether anybody but the asker votes for a question or
// against it.
func (m *Machine) othersVoted(q *question) bool {
	own := 0
	if m.askerOf(q).stance(q) != none {
		own = 1
	}
	all := q.votes()
	return all.up+all.down > own
}
