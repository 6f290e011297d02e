package session

import (
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"majlis/hub/fold"
	"majlis/hub/oplog"
	"majlis/hub/strict"
)

// Words are an organiser's words and short phrases, ready to be looked for. They
// are compared as they are heard (see [strict.Letters]): case, marks and width do
// not hide one. Nobody changes them once they are made.
type Words struct {
	whole  map[string]bool // between blanks
	inside []string        // phrases, and words of scripts that have no blanks
}

// NewWords makes words ready.
func NewWords(list []string) *Words {
	w := &Words{whole: make(map[string]bool)}
	for _, word := range list {
		switch heard := strict.Letters(word); {
		case heard == "":
		case strings.Contains(heard, " "):
			w.inside = append(w.inside, " "+heard+" ")
		case strings.IndexFunc(heard, joined) >= 0:
			w.inside = append(w.inside, heard)
		default:
			w.whole[heard] = true
		}
	}
	return w
}

// joined reports whether a letter is of a script that writes words without
// blanks between them, or lengthens such a letter.
func joined(r rune) bool {
	return r == 'ー' || unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// In reports whether a text has one of the words.
func (w *Words) In(text string) bool {
	heard := strict.Letters(text)
	for word := range strings.SplitSeq(heard, " ") {
		if w.whole[word] {
			return true
		}
	}
	heard = " " + heard + " "
	for _, part := range w.inside {
		if strings.Contains(heard, part) {
			return true
		}
	}
	return false
}

// Guard notes in a prepared command that its texts have one of the words, before
// it is stored: the fold, which reads no text, then holds the question, the words
// of an answer or the name in a quiz for a moderator. What moderators write is
// theirs to judge.
func Guard(c *oplog.Command, w *Words) {
	if staff.Has(c.Actor.Role) {
		return
	}
	p := fold.Opened[private](c)
	in := func(text *string) bool { return text != nil && w.In(*text) }
	switch c.Type {
	case typeAsk, typeEdit:
		if in(p.Text) || in(p.Name) {
			note(c, func(a *askArgs) { a.Held = heldWords })
		}
	case typePlayer:
		if in(p.Name) {
			note(c, func(a *playerArgs) { a.Held = true })
		}
	case typeChoose:
		w.guardAnswer(c, p.Words)
	}
}

// guardAnswer holds the words of an answer that has one of the list: each that is
// one, or, where a text was split, all that a phrase was made of.
func (w *Words) guardAnswer(c *oplog.Command, words []string) {
	one, none := slices.ContainsFunc(words, w.In), len(words) < 2
	if !one && none {
		return
	}
	note(c, func(a *answerArgs) {
		phrases := ""
		if a.Split {
			phrases = w.phrasesIn(strings.Join(words, " "), a.Stop)
		}
		for i := range a.Words {
			a.Words[i].Held = i < len(words) &&
				(w.In(words[i]) || strings.Contains(phrases, " "+strict.Letters(words[i])+" "))
		}
	})
}

// phrasesIn are the phrases in a text that has lost its stop words, without
// theirs.
func (w *Words) phrasesIn(text, stop string) string {
	heard, found := " "+strict.Letters(text)+" ", ""
	for _, phrase := range w.inside {
		words := slices.DeleteFunc(strings.Fields(phrase), func(s string) bool { return isStopWord(stop, s) })
		rest := " " + strings.Join(words, " ") + " "
		if len(words) > 0 && strings.Contains(heard, rest) {
			found += rest
		}
	}
	return found
}

// note changes the public arguments of a command.
func note[A any](c *oplog.Command, change func(*A)) {
	var a A
	if json.Unmarshal(c.Args, &a) != nil {
		return
	}
	change(&a)
	if args, err := strict.Marshal(a); err == nil {
		c.Args = args
	}
}
