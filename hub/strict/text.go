package strict

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Line normalises a text of one line: UTF-8 and NFC; without control and format
// characters that turn text around or hide in it (UTS #36, the "Trojan Source"
// paper), except joiners where they join; at most [MaxMarks] combining marks on
// a letter; white space collapsed. Cleaning twice changes nothing.
func Line(s string) string {
	return settle(s, func(s string) string { return sift([]rune(s)) })
}

// Prose normalises a text of many lines, each like [Line] but for the blanks it
// begins with, which make lists and examples: ends of lines become \n, and of
// several empty lines one stays.
func Prose(s string) string {
	ends := strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n")
	return settle(s, func(s string) string {
		var out []string
		for line := range strings.SplitSeq(ends.Replace(s), "\n") {
			text := strings.TrimLeftFunc(line, unicode.IsSpace)
			indent := len([]rune(line)) - len([]rune(text))
			switch text = sift([]rune(text)); {
			case text != "":
				out = append(out, strings.Repeat(" ", indent)+text)
			case len(out) > 0 && out[len(out)-1] != "":
				out = append(out, "")
			}
		}
		return strings.TrimSpace(strings.Join(out, "\n"))
	})
}

// settle cleans until nothing changes: what composing brings together may need
// another pass.
func settle(s string, clean func(string) string) string {
	for range 4 {
		t := norm.NFC.String(clean(norm.NFC.String(s)))
		if t == s {
			break
		}
		s = t
	}
	return s
}

// Cut shortens a text to at most limit bytes of JSON (without the quotes), at
// the end of a rune, and marks the place. It reports whether it had to.
func Cut(s string, limit int) (string, bool) {
	const mark = "…"
	size, end := 0, 0
	for i, r := range s {
		if size+len(mark) <= limit {
			end = i
		}
		if size += runeSize(s[i:], r); size > limit {
			return strings.TrimRightFunc(s[:end], unicode.IsSpace) + mark, true
		}
	}
	return s, false
}

// Letters is a text as far as it is heard: compatibility forms and case made
// one (NFKC, full case folding), only letters and digits, without marks that
// vowel a word or stretch it (Arabic harakat and tatweel), and one blank between
// words. Texts that differ in nothing else are the same.
func Letters(s string) string {
	var out strings.Builder
	gap := false
	for _, r := range norm.NFKD.String(cases.Fold().String(norm.NFKC.String(s))) {
		switch {
		case r == '\u0640', unicode.Is(unicode.Mn, r) && unicode.In(r, unicode.Inherited, unicode.Hebrew):
		case unicode.IsLetter(r), unicode.IsDigit(r), unicode.IsMark(r):
			if gap && out.Len() > 0 {
				out.WriteByte(' ')
			}
			gap = false
			out.WriteRune(r)
		default:
			gap = true
		}
	}
	return norm.NFC.String(out.String())
}
