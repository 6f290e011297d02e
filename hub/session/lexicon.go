package session

import (
	"encoding/json"
	"slices"
	"strconv"

	"majlis/hub/fold"
	"majlis/hub/oplog"
)

// termState is whether a word is shown.
type termState uint8

const (
	termShown   termState = iota
	termPending           // it waits for a moderator
	termHeld              // a moderator held it back
)

func (s termState) String() string { return [...]string{"", "pending", "held"}[s] }

// lexicon is what people wrote in one poll. Texts that are heard the same are one
// term, in several spellings. It is known by keyed sums; the texts are there to
// be shown.
type lexicon struct {
	terms     []term
	spellings []spelling
	bytes     int

	byHeard, byText map[fold.Sum]int32
}

// term is what is counted as one. It is also its own form in a snapshot.
type term struct {
	Heard     fold.Sum      `json:"h"`
	State     termState     `json:"s,omitempty"`
	At        int64         `json:"t"` // milliseconds since 1970
	Spellings []int32       `json:"l"`
	R         fold.Register `json:",omitzero"`
}

// spelling is one text. It stays as long as one entry that brought it does.
type spelling struct {
	Sum     fold.Sum       `json:"h"`
	Term    int32          `json:"t"`
	Size    int            `json:"z"`
	Text    string         `json:"x,omitempty"`
	Brought []oplog.Offset `json:"o,omitempty"`
}

// find returns the number of the spelling that a word is counted as.
func (x *lexicon) find(w *wordArgs) (int32, bool) {
	if n, known := x.byText[w.Sum]; known {
		return n, true
	}
	if n, known := x.byHeard[w.Heard]; known && len(x.terms[n].Spellings) >= MaxSpellings {
		return x.terms[n].Spellings[0], true
	}
	return 0, false
}

// known is the value of words that have all been given before.
func (x *lexicon) known(words []wordArgs) (value, bool) {
	list := make([]int32, len(words))
	for i := range words {
		n, ok := x.find(&words[i])
		if !ok {
			return "", false
		}
		list[i] = n
	}
	return spellingsValue(list), true
}

// judgeWords reports what is wrong with an answer of words.
func (p *poll) judgeWords(a *answerArgs) oplog.Reason {
	chars, bytes := MaxOpenChars, MaxOpenBytes
	if p.Kind == pollCloud {
		chars, bytes = MaxWordChars, MaxWordBytes
	}
	if len(a.Words) > p.Max || a.Split != p.Split || a.Stop != p.Stop {
		return oplog.BadChoice
	}
	x := &p.lexicon
	terms := len(x.terms)
	heard := make(map[fold.Sum]bool)
	for i := range a.Words {
		w := &a.Words[i]
		if r := w.within(chars, bytes); r != "" {
			return r
		}
		if heard[w.Heard] {
			return oplog.BadChoice
		}
		heard[w.Heard] = true
		if n, known := x.byText[w.Sum]; known && x.terms[x.spellings[n].Term].Heard != w.Heard {
			return oplog.BadCommand
		}
		if _, known := x.byHeard[w.Heard]; !known {
			terms++
		}
	}
	if terms > MaxTerms {
		return oplog.BoardFull
	}
	return ""
}

// hasRoom reports whether the lexicons of all polls together can hold the words
// of an answer.
func (x *polls) hasRoom(words []wordArgs) bool {
	size := 0
	for _, p := range x.list {
		size += p.lexicon.bytes
	}
	for i := range words {
		size += words[i].Size
	}
	return size <= MaxTermText
}

// learn puts the words of an answer into the lexicon and returns its value. New
// ones wait if they are moderated.
func (p *poll) learn(t *fold.Turn, words []wordArgs, moderated bool) value {
	x := &p.lexicon
	texts := fold.Opened[private](t.Command).Words
	list := make([]int32, len(words))
	for i := range words {
		w := &words[i]
		n, known := x.find(w)
		if !known {
			n = x.add(t, w, moderated)
		}
		if s := &x.spellings[n]; s.Sum == w.Sum {
			s.Brought = append(s.Brought, t.Offset)
			if i < len(texts) {
				s.Text = texts[i]
			}
		}
		list[i] = n
	}
	return spellingsValue(list)
}

// holdGone holds words back that were taken away, and that somebody gives again:
// whoever blanked them did not mean to see them until the next one writes them.
func (m *Machine) holdGone(t *fold.Turn, p *poll, words []wordArgs) {
	x := &p.lexicon
	for i := range words {
		n, known := x.byHeard[words[i].Heard]
		if t.Rules < 4 || !known || x.terms[n].State != termShown || x.isThere(n) {
			continue
		}
		x.terms[n].State = termHeld
		x.terms[n].R.Write(t)
		m.touchTerm(t, p, n, everyone)
		m.touchCounts(t, p)
	}
}

// isThere reports whether an entry that brought a term has not been blanked.
func (x *lexicon) isThere(n int32) bool {
	return slices.ContainsFunc(x.terms[n].Spellings, func(s int32) bool { return len(x.spellings[s].Brought) > 0 })
}

func (x *lexicon) add(t *fold.Turn, w *wordArgs, moderated bool) int32 {
	if x.byHeard == nil {
		x.byHeard, x.byText = make(map[fold.Sum]int32), make(map[fold.Sum]int32)
	}
	n, known := x.byHeard[w.Heard]
	if !known {
		n = int32(len(x.terms))
		one := term{Heard: w.Heard, At: t.Ms}
		if moderated || w.Held {
			one.State = termPending
		}
		x.terms = append(x.terms, one)
		x.byHeard[w.Heard] = n
	}
	s := int32(len(x.spellings))
	x.spellings = append(x.spellings, spelling{Sum: w.Sum, Term: n, Size: w.Size})
	x.terms[n].Spellings = append(x.terms[n].Spellings, s)
	x.byText[w.Sum] = s
	x.bytes += w.Size
	return s
}

// index makes the parts of a lexicon that follow from the rest, and reports
// whether it holds together.
func (x *lexicon) index() bool {
	if len(x.terms) == 0 && len(x.spellings) == 0 {
		return true
	}
	x.byHeard, x.byText = make(map[fold.Sum]int32), make(map[fold.Sum]int32)
	for i, s := range x.spellings {
		x.byText[s.Sum] = int32(i)
		x.bytes += s.Size
		if s.Term < 0 || int(s.Term) >= len(x.terms) || s.Size < 0 {
			return false
		}
	}
	named := 0
	for i := range x.terms {
		one := &x.terms[i]
		x.byHeard[one.Heard] = int32(i)
		named += len(one.Spellings)
		if one.State > termHeld || len(one.Spellings) == 0 {
			return false
		}
		for _, s := range one.Spellings {
			if s < 0 || int(s) >= len(x.spellings) || x.spellings[s].Term != int32(i) {
				return false
			}
		}
	}
	return named == len(x.spellings) && len(x.byHeard) == len(x.terms) && len(x.byText) == len(x.spellings)
}

// drop takes away the texts that came with one entry alone, and reports whether
// it brought any.
func (x *lexicon) drop(at oplog.Offset) (terms []int32) {
	for i := range x.spellings {
		s := &x.spellings[i]
		n := len(s.Brought)
		s.Brought = slices.DeleteFunc(s.Brought, func(o oplog.Offset) bool { return o == at })
		if len(s.Brought) == n {
			continue
		}
		if len(s.Brought) == 0 {
			s.Text = ""
		}
		terms = append(terms, s.Term)
	}
	return terms
}

func (x *lexicon) mayTakeBack(list []wordChange) bool {
	return !slices.ContainsFunc(list, func(w wordChange) bool { return x.terms[w.N].State != w.Is })
}

// backers are how many people gave a term in the present round.
func (p *poll) backers(n int32) int { return p.lexicon.backers(&p.counter, n) }

func (x *lexicon) backers(c *counter, n int32) int {
	sum := 0
	for _, s := range x.terms[n].Spellings {
		if int(s) < len(c.Spelled) {
			sum += c.Spelled[s]
		}
	}
	return sum
}

// shown is the text of a term: its most frequent spelling, of several the
// oldest. It is empty if all have been taken away.
func (x *lexicon) shown(c *counter, n int32) string {
	text, most := "", -1
	for _, s := range x.terms[n].Spellings {
		people := 0
		if int(s) < len(c.Spelled) {
			people = c.Spelled[s]
		}
		if one := &x.spellings[s]; one.Text != "" && people > most {
			text, most = one.Text, people
		}
	}
	return text
}

// offsets are some of the entries that brought a term, oldest first.
func (x *lexicon) offsets(n int32) []oplog.Offset {
	var out []oplog.Offset
	for _, s := range x.terms[n].Spellings {
		for _, at := range x.spellings[s].Brought {
			if len(out) < MaxTermOffsets {
				out = append(out, at)
			}
		}
	}
	return out
}

func (p *poll) termID(n int32) string { return p.id + "." + strconv.Itoa(int(n)+1) }

// pickWords judges showing words, or holding them back.
func (m *Machine) pickWords(t *fold.Turn) oplog.Outcome {
	var a wordsArgs
	if json.Unmarshal(t.Args, &a) != nil || len(a.Ns) == 0 || len(a.Ns) > MaxBulk {
		return oplog.Refuse(oplog.BadCommand)
	}
	p := m.polls.find(a.ID)
	if p == nil {
		return oplog.Refuse(oplog.NotFound)
	}
	to := termHeld
	if a.Show {
		to = termShown
	}
	fields := make([]fold.Field, len(a.Ns))
	for i, n := range a.Ns {
		if n < 1 || n > len(p.lexicon.terms) {
			return oplog.Refuse(oplog.NotFound)
		}
		one := &p.lexicon.terms[n-1]
		fields[i] = fold.Field{Register: &one.R, Same: one.State == to, Put: func() { m.setTerm(t, p, int32(n-1), to) }}
	}
	o, _ := fold.Set(t, fields...)
	return o
}

// putTerm gives a term a state, as one of its register's writers.
func (m *Machine) putTerm(t *fold.Turn, p *poll, n int32, to termState) {
	m.setTerm(t, p, n, to)
	p.lexicon.terms[n].R.Write(t)
}

func (m *Machine) setTerm(t *fold.Turn, p *poll, n int32, to termState) {
	m.noteWord(t, p, n)
	p.lexicon.terms[n].State = to
	m.touchTerm(t, p, n, staff)
	if p.Kind == pollCloud {
		m.touchCounts(t, p)
	} else {
		m.moveFor(t, p)
	}
}

// ranked are the terms of a round, those of most people first, of several the
// oldest.
func (x *lexicon) ranked(c *counter) []int32 {
	var list []int32
	people := make([]int, len(x.terms))
	for n := range int32(len(x.terms)) {
		if people[n] = x.backers(c, n); people[n] > 0 {
			list = append(list, n)
		}
	}
	slices.SortStableFunc(list, func(a, b int32) int { return people[b] - people[a] })
	return list
}
