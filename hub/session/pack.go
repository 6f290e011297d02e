package session

import (
	"encoding/binary"
	"errors"

	"majlis/hub/oplog"
)

// A person is packed as its id and then numbers, each a uvarint: how many votes,
// answers and questions; for each vote question<<1|on, device, count, offset; for
// each answer poll, set, device, count, offset; for each question its number.
func (p *people) pack() []byte {
	var b []byte
	for i := range p.list[1:] {
		b = p.list[i+1].pack(b)
	}
	return b
}

func (p *member) pack(b []byte) []byte {
	put := func(numbers ...uint64) {
		for _, n := range numbers {
			b = binary.AppendUvarint(b, n)
		}
	}
	b = append(b, p.id[:]...)
	put(uint64(len(p.votes)), uint64(len(p.choices)), uint64(len(p.asked)))
	for i := range p.votes {
		v := &p.votes[i]
		on := uint64(0)
		if v.on {
			on = 1
		}
		put(uint64(v.question)<<1|on, uint64(v.dev), v.n, uint64(v.at))
	}
	for i := range p.choices {
		c := &p.choices[i]
		put(uint64(c.poll), uint64(c.set), uint64(c.dev), c.n, uint64(c.at))
	}
	for _, q := range p.asked {
		put(uint64(q))
	}
	return b
}

var errTorn = errors.New("snapshot is torn")

// unpacker takes numbers off the front of b and checks that each is below a
// bound; after the first error it yields zeros.
type unpacker struct {
	b   []byte
	err error
}

func (u *unpacker) number() uint64 {
	n, size := binary.Uvarint(u.b)
	if size <= 0 {
		u.b, u.err = nil, errTorn
		return 0
	}
	u.b = u.b[size:]
	return n
}

func (u *unpacker) below(bound int) int32 {
	n := u.number()
	if u.err == nil && n >= uint64(bound) {
		u.err = errTorn
	}
	if u.err != nil {
		return 0
	}
	return int32(n)
}

func (u *unpacker) id() (id oplog.ActorID) {
	if len(u.b) < len(id) {
		u.b, u.err = nil, errTorn
		return id
	}
	copy(id[:], u.b)
	u.b = u.b[len(id):]
	return id
}

// extent is how many there are of a state's parts.
type extent struct{ questions, polls, devices int }

// unpack reads what pack wrote, and refuses numbers that name nothing.
func unpack(b []byte, has extent) (people, error) {
	out := newPeople()
	u := &unpacker{b: b}
	for len(u.b) > 0 && u.err == nil {
		p := member{id: u.id()}
		votes, choices, asked := u.number(), u.number(), u.number()
		if votes > uint64(len(u.b)) || choices > uint64(len(u.b)) || asked > uint64(len(u.b)) {
			return people{}, errTorn
		}
		p.votes = make([]ballot, votes)
		for i := range p.votes {
			p.votes[i] = u.ballot(has)
		}
		p.choices = make([]choice, choices)
		for i := range p.choices {
			p.choices[i] = u.choice(has)
		}
		for range asked {
			p.asked = append(p.asked, u.below(has.questions))
		}
		out.number[p.id] = int32(len(out.list))
		out.list = append(out.list, p)
	}
	return out, u.err
}

func (u *unpacker) ballot(has extent) ballot {
	q := u.below(2 * has.questions)
	return ballot{
		question: q >> 1, on: q&1 == 1,
		stamp: stamp{dev: u.below(has.devices + 1), n: u.number()},
		at:    oplog.Offset(u.number()),
	}
}

func (u *unpacker) choice(has extent) choice {
	return choice{
		poll:  u.below(has.polls),
		set:   uint32(u.below(1 << MaxOptions)),
		stamp: stamp{dev: u.below(has.devices + 1), n: u.number()},
		at:    oplog.Offset(u.number()),
	}
}
