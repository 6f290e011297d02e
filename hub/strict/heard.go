package strict

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Heard is a word as it is counted: compatibility forms and case made one (NFKC,
// full case folding), without the marks that vowel Arabic and Hebrew and without
// the stroke that stretches Arabic. A capital İ is an i, and a picture is the same
// in colour or without. Other marks stay: й is not и. Unlike [Letters] it keeps
// signs: C is not C++.
func Heard(s string) string {
	s = norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s)))
	s = strings.ReplaceAll(s, "i\u0307", "i")
	s = strings.Map(func(r rune) rune {
		if r == tatweel || r == inText || r == inColour || unicode.Is(unicode.Mn, r) && vowels(r) {
			return -1
		}
		return cherokee(r)
	}, s)
	return strings.Join(strings.Fields(norm.NFKC.String(s)), " ")
}

const (
	tatweel = '\u0640'
	// The selectors of how a picture is drawn (UTS #51).
	inText, inColour = '\ufe0e', '\ufe0f'
)

// cherokee is the letter that its small form is folded to (CaseFolding.txt): x/text
// folds it to the large one, and the large one to it.
func cherokee(r rune) rune {
	switch {
	case r >= 0xab70 && r <= 0xabbf:
		return r - 0xab70 + 0x13a0
	case r >= 0x13f8 && r <= 0x13fd:
		return r - 8
	}
	return r
}

// vowels reports whether a mark only tells how a word is spoken: harakat, tanwin,
// shadda, sukun and the signs of the Quran; the points of Hebrew. Hamza and
// madda above a letter make another letter.
func vowels(r rune) bool {
	switch {
	case r >= 0x064b && r <= 0x0652, r >= 0x0656 && r <= 0x065f, r == 0x0670, r >= 0x06d6 && r <= 0x06ed, r >= 0x0610 && r <= 0x061a:
		return true
	case r >= 0x0591 && r <= 0x05c7:
		return true
	}
	return false
}
