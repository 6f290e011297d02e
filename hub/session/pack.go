package session

import (
	"encoding/binary"
	"errors"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// A person is packed as its id and then numbers, each a uvarint: how many votes,
// answers and questions; for each vote question<<2|value, tab, count, offset; for
// each answer poll, round, tab, count, offset, score, tries, length and bytes of its
// value; for each question its number. Tabs
// are numbered from 1 as they come; 0 is one that does not count.
func (p *people) pack() (devices, packed []byte) {
	out := packer{number: make(map[oplog.Device]uint64)}
	for i := range p.list[1:] {
		out.member(&p.list[i+1])
	}
	return out.devices, out.b
}

type packer struct {
	b       []byte
	devices []byte // 16 bytes each
	number  map[oplog.Device]uint64
	// The tab before, and its number: people mostly have one.
	last  oplog.Device
	lastN uint64
}

func (out *packer) numbers(numbers ...uint64) {
	for _, n := range numbers {
		out.b = binary.AppendUvarint(out.b, n)
	}
}

func (out *packer) tab(d oplog.Device) uint64 {
	if d == out.last {
		return out.lastN
	}
	n, ok := out.number[d]
	if !ok && d != (oplog.Device{}) {
		out.devices = append(out.devices, d[:]...)
		n = uint64(len(out.devices) / len(d))
		out.number[d] = n
	}
	out.last, out.lastN = d, n
	return n
}

func (out *packer) member(p *member) {
	out.b = append(out.b, p.id[:]...)
	out.numbers(uint64(len(p.votes)), uint64(len(p.answers)), uint64(len(p.asked)))
	for i := range p.votes {
		v := &p.votes[i]
		out.numbers(uint64(v.question)<<2|uint64(v.value), out.tab(v.Device), v.N, uint64(v.at))
	}
	for i := range p.answers {
		a := &p.answers[i]
		out.numbers(uint64(a.poll), uint64(a.round), out.tab(a.Device), a.N, uint64(a.at),
			uint64(a.score), uint64(a.tries), uint64(len(a.value)))
		out.b = append(out.b, a.value...)
	}
	for _, q := range p.asked {
		out.numbers(uint64(q))
	}
}

var errTorn = errors.New("snapshot is torn")

// unpacker takes numbers off the front of b and checks that each is below a
// bound; after the first error it yields zeros.
type unpacker struct {
	b       []byte
	devices []byte
	err     error
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

func (u *unpacker) tab() (d oplog.Device) {
	n := int(u.below(len(u.devices)/len(d) + 1))
	if n > 0 {
		copy(d[:], u.devices[(n-1)*len(d):])
	}
	return d
}

// extent is how many there are of a state's parts.
type extent struct{ questions, polls int }

// unpack reads what pack wrote, and refuses numbers that name nothing.
func unpack(devices, packed []byte, has extent) (people, error) {
	out := newPeople()
	u := &unpacker{b: packed, devices: devices}
	for len(u.b) > 0 && u.err == nil {
		p := member{id: u.id()}
		votes, answers, asked := u.number(), u.number(), u.number()
		if votes > uint64(len(u.b)) || answers > uint64(len(u.b)) || asked > uint64(len(u.b)) {
			return people{}, errTorn
		}
		p.votes = make([]ballot, votes)
		for i := range p.votes {
			p.votes[i] = u.ballot(has)
		}
		p.answers = make([]answer, answers)
		for i := range p.answers {
			p.answers[i] = u.answer(has)
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
	q := u.below(4 * has.questions)
	if vote(q&3) > down && u.err == nil {
		u.err = errTorn
	}
	return ballot{
		question: q >> 2, value: vote(q & 3),
		Stamp: fold.Stamp{Device: u.tab(), N: u.number()},
		at:    oplog.Offset(u.number()),
	}
}

func (u *unpacker) answer(has extent) answer {
	return answer{
		poll:  u.below(has.polls),
		round: u.below(MaxRounds + 1),
		Stamp: fold.Stamp{Device: u.tab(), N: u.number()},
		at:    oplog.Offset(u.number()),
		score: u.below(MaxScore + 1),
		tries: u.below(MaxTries + 1),
		value: value(u.bytes(MaxValue)),
	}
}

// bytes takes so many bytes as the number in front of them says.
func (u *unpacker) bytes(most int) []byte {
	n := int(u.below(most + 1))
	if n > len(u.b) {
		u.b, u.err = nil, errTorn
		return nil
	}
	b := u.b[:n]
	u.b = u.b[n:]
	return b
}
