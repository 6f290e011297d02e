package session

import (
	"slices"
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// split cuts a text into its words (UAX #29). What has neither letter nor digit
// nor picture is none.
func split(s string) []string {
	var out []string
	for state := -1; s != ""; {
		var word string
		word, s, state = uniseg.FirstWordInString(s, state)
		if strings.IndexFunc(word, speaks) >= 0 {
			out = append(out, word)
		}
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
