package session

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// split cuts a text into its words (UAX #29). What has neither letter nor digit
// nor picture is none. Where words are written without blanks between them, which
// only a dictionary could cut, what stands together is one.
func split(s string) []string {
	var out []string
	joins := false // the word before goes on, if it can
	for state := -1; s != ""; {
		var word string
		word, s, state = uniseg.FirstWordInString(s, state)
		is := strings.IndexFunc(word, joined) >= 0
		switch {
		case strings.IndexFunc(word, speaks) < 0:
			joins = false
			continue
		case joins && is:
			out[len(out)-1] += word
		default:
			out = append(out, word)
		}
		joins = is
	}
	return out
}

func speaks(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.So, r)
}

// isStopWord reports whether a word as it is heard says nothing by itself in a
// language.
func isStopWord(lang, word string) bool {
	_, found := slices.BinarySearch(stopWords[lang], word)
	return found
}
