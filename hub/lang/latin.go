package lang

import (
	"strings"
	"unicode"
)

// What a find is worth. A small word says most; a letter that a language alone
// has says nearly as much; an ending is a hint.
const (
	worthWord   = 4
	worthMark   = 6
	worthLetter = 3
	worthEnding = 1
	// ahead is how far the first must be before the second.
	ahead = 1
)

// ofLatin tells languages apart that are written in Latin letters.
func ofLatin(text string) string {
	text = strings.ToLower(strings.ReplaceAll(text, "’", "'"))
	words := strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
	first, best, second := "", 0, 0
	for i := range latins {
		switch n := latins[i].score(text, words); {
		case n > best:
			first, best, second = latins[i].lang, n, best
		case n > second:
			second = n
		}
	}
	if best-second < ahead {
		return ""
	}
	return first
}

func (p *profile) score(text string, words []string) int {
	n := 0
	for _, r := range text {
		if strings.ContainsRune(p.letters, r) {
			n += worthLetter
		}
	}
	for _, mark := range p.marks {
		n += worthMark * strings.Count(text, mark)
	}
	for _, w := range words {
		if p.small[w] {
			n += worthWord
			continue
		}
		for _, end := range p.endings {
			if len(w) > len(end)+2 && strings.HasSuffix(w, end) {
				n += worthEnding
				break
			}
		}
	}
	return n
}
