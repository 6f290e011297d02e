package session

import (
	"encoding/binary"
	"math/bits"
	"slices"

	"majlis/hub/oplog"
)

// answer is a person's register in one poll. Its value is bytes that only one
// answer has, empty for none:
//
//	choice    a uvarint: bit i for option i+1
//	ranking   for each option its place from 1, 0 if it is not ranked
//	points    for each option its points
//	number    a varint
//	words     uvarints: numbers of spellings, rising
type value string

// encode turns what somebody answered into a value, as far as that needs no
// lexicon, and judges it.
func (p *poll) encode(a *answerArgs) (value, oplog.Reason) {
	if a.none() {
		return "", ""
	}
	if a.form() != p.form() {
		return "", oplog.BadChoice
	}
	switch p.form() {
	case formChoice:
		return p.encodeChoice(a.Choice)
	case formRanking:
		return p.encodeRanks(a.Ranks)
	case formPoints:
		return p.encodePoints(a.Points)
	case formNumber:
		if !p.takes(*a.Number) {
			return "", oplog.BadChoice
		}
		return value(binary.AppendVarint(nil, *a.Number)), ""
	}
	return "", p.judgeWords(a)
}

// size is how many options or steps there are.
func (p *poll) size() int { return max(len(p.options), p.Steps) }

func (p *poll) encodeChoice(options []int) (value, oplog.Reason) {
	var set uint32
	for _, o := range options {
		if o < 1 || o > p.size() || set&(1<<(o-1)) != 0 {
			return "", oplog.BadChoice
		}
		set |= 1 << (o - 1)
	}
	if n := bits.OnesCount32(set); n < p.Min || n > p.Max {
		return "", oplog.BadChoice
	}
	return setValue(set), ""
}

func setValue(set uint32) value {
	var b [binary.MaxVarintLen32]byte
	return value(b[:binary.PutUvarint(b[:], uint64(set))])
}

func (p *poll) encodeRanks(groups [][]int) (value, oplog.Reason) {
	places := make([]byte, p.size())
	ranked := 0
	for i, group := range groups {
		if len(group) == 0 {
			return "", oplog.BadChoice
		}
		for _, o := range group {
			if o < 1 || o > len(places) || places[o-1] != 0 {
				return "", oplog.BadChoice
			}
			places[o-1] = byte(i + 1)
			ranked++
		}
	}
	if ranked < p.Min || ranked > p.Max {
		return "", oplog.BadChoice
	}
	return value(places), ""
}

func (p *poll) encodePoints(points []int) (value, oplog.Reason) {
	if len(points) != p.size() {
		return "", oplog.BadChoice
	}
	given, sum := make([]byte, len(points)), 0
	for i, n := range points {
		if n < 0 || n > AllPoints {
			return "", oplog.BadChoice
		}
		given[i] = byte(n)
		sum += n
	}
	if sum != AllPoints {
		return "", oplog.BadChoice
	}
	return value(given), ""
}

// valid reports whether a value is one that the poll could have been given.
func (p *poll) valid(v value) bool {
	if v == "" {
		return true
	}
	var got value
	var r oplog.Reason
	switch p.form() {
	case formChoice:
		got, r = p.encodeChoice(v.options())
	case formRanking:
		got, r = p.encodeRanks(v.groups())
	case formPoints:
		got, r = p.encodePoints(v.points())
	case formNumber:
		n := v.number()
		got = value(binary.AppendVarint(nil, n))
		if !p.takes(n) {
			return false
		}
	case formWords:
		list := v.spellings()
		got = spellingsValue(list)
		for _, n := range list {
			if int(n) >= len(p.lexicon.spellings) {
				return false
			}
		}
		if len(list) == 0 || len(list) > MaxWordsEach {
			return false
		}
	default:
		return false
	}
	return r == "" && got == v
}

// set reads a choice.
func (v value) set() uint32 {
	n, _ := binary.Uvarint([]byte(v))
	return uint32(n)
}

func (v value) options() []int {
	var out []int
	for set := v.set(); set != 0; set &= set - 1 {
		out = append(out, bits.TrailingZeros32(set)+1)
	}
	return out
}

// groups reads a ranking: best first, each group rising.
func (v value) groups() [][]int {
	var out [][]int
	for place := byte(1); ; place++ {
		var group []int
		for i := range len(v) {
			if v[i] == place {
				group = append(group, i+1)
			}
		}
		if group == nil {
			return out
		}
		out = append(out, group)
	}
}

func (v value) points() []int {
	out := make([]int, len(v))
	for i := range out {
		out[i] = int(v[i])
	}
	return out
}

func (v value) number() int64 {
	n, _ := binary.Varint([]byte(v))
	return n
}

// spellings reads the numbers of the spellings that words were given in.
func (v value) spellings() []int32 {
	var out []int32
	for b := []byte(v); len(b) > 0; {
		n, size := binary.Uvarint(b)
		if size <= 0 || n > MaxTerms*MaxSpellings {
			return nil
		}
		out = append(out, int32(n))
		b = b[size:]
	}
	return out
}

func spellingsValue(list []int32) value {
	list = slices.Clone(list)
	slices.Sort(list)
	var b []byte
	for _, n := range list {
		b = binary.AppendUvarint(b, uint64(n))
	}
	return value(b)
}
