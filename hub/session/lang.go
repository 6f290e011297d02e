package session

import (
	"encoding/json"
	"slices"
	"strings"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Speak notes in a prepared command what language its text is in, if its sender
// did not say, before it is stored: the fold reads no text. The function of is
// given the text and says nothing of one that it does not know.
func Speak(c *oplog.Command, of func(text string) string) {
	if c.Type != typeAsk && c.Type != typeEdit && c.Type != typeEnter {
		return
	}
	var a askArgs
	text := fold.Opened[private](c).Text
	if text == nil || json.Unmarshal(c.Args, &a) != nil || a.Lang != "" {
		return
	}
	if a.Lang = of(*text); a.Lang == "" || !validLang(a.Lang) {
		return
	}
	if args, err := strict.Marshal(a); err == nil {
		c.Args = args
	}
}

// langSet are languages in the order in which somebody listed them, with a blank
// between two. In documents and commands they are an array.
type langSet string

func (s langSet) list() []string { return strings.Fields(string(s)) }

// MarshalJSON writes an array.
func (s langSet) MarshalJSON() ([]byte, error) { return json.Marshal(s.list()) }

// UnmarshalJSON reads an array of subtags, which have no blanks.
func (s *langSet) UnmarshalJSON(b []byte) error {
	var list []string
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	if slices.ContainsFunc(list, func(one string) bool { return one == "" || !validLang(one) }) {
		return errNoLang
	}
	*s = langSet(strings.Join(list, " "))
	return nil
}

func (s langSet) valid() bool {
	list := s.list()
	slices.Sort(list)
	return len(list) <= MaxTargets && len(slices.Compact(list)) == len(s.list())
}

// inHall is how the screen shows what has been translated: into which language,
// and whether the original stands beside it. Without a language it shows the
// original alone.
type inHall struct {
	Lang string `json:"lang"`
	Both bool   `json:"both,omitempty"`
}

func (h inHall) valid() bool { return validLang(h.Lang) && (h.Lang != "" || !h.Both) }

// IsZero reports whether the screen shows originals alone.
func (h inHall) IsZero() bool { return h == inHall{} }

// setLang judges saying what language a question is in, where it was not said
// and not found, or wrongly.
func (m *Machine) setLang(t *fold.Turn) oplog.Outcome {
	var a langArgs
	if json.Unmarshal(t.Args, &a) != nil || a.Lang == "" || !validLang(a.Lang) {
		return oplog.Refuse(oplog.BadCommand)
	}
	q := m.board.byID[a.ID]
	known := q != nil && !q.over() && (q.on() || staff.Has(t.Actor.Role))
	if t.Actor.Role == oplog.Attendee {
		var why oplog.Reason
		if q, why = m.asked(t, a.ID); why != "" {
			return oplog.Refuse(why)
		}
		known = !q.over()
	}
	switch {
	case !known:
		return oplog.Refuse(oplog.NotFound)
	case q.wording.Repeated(t):
		return oplog.Repeated()
	case q.Lang == a.Lang:
		return q.wording.Settle(t)
	case q.wording.Overtaken(t):
		return oplog.Refuse(oplog.Changed)
	case t.Dry:
		return oplog.Done()
	}
	o := oplog.Done()
	m.concerns(&o, t, q)
	m.note(q)
	q.Lang = a.Lang
	q.wording.Write(t)
	m.touch(t, q)
	m.count(t)
	return o
}
