package strict

import (
	"strings"
	"unicode"
)

// sift keeps the runes that a reader can see or that shape what is seen.
func sift(in []rune) string {
	s := sieve{in: in}
	for s.i < len(in) {
		s.step()
	}
	return s.out.String()
}

// sieve is one pass over a text.
type sieve struct {
	in    []rune
	i     int
	out   strings.Builder
	last  rune // kept last; 0 at the start
	marks int  // kept on the present letter
	space bool // white space passed since the last rune that was kept
}

func (s *sieve) step() {
	r := s.in[s.i]
	switch n := tagsFollow(s.in[s.i:]); {
	case n > 0:
		s.marks = 0
		s.keep(s.in[s.i : s.i+n]...)
		s.i += n
		return
	case unicode.IsSpace(r) || r == brailleBlank:
		s.space = s.out.Len() > 0
	case isJoiner(r):
		if !s.space && s.i+1 < len(s.in) && joins(s.last, r, s.in[s.i+1]) {
			s.keep(r)
		}
	case hidden(r):
	case unicode.Is(unicode.M, r):
		if s.marks++; s.marks <= MaxMarks {
			s.keep(r)
		}
	default:
		s.marks = 0
		s.keep(r)
	}
	s.i++
}

func (s *sieve) keep(runes ...rune) {
	if s.space {
		s.out.WriteByte(' ')
		s.space = false
	}
	s.out.WriteString(string(runes))
	s.last = runes[len(runes)-1]
}

const (
	zwnj         = '\u200c'
	zwj          = '\u200d'
	emojiStyle   = '\ufe0f'
	brailleBlank = '\u2800'
	blackFlag    = '\U0001f3f4'
	tagFirst     = '\U000e0020'
	tagLast      = '\U000e007e'
	tagEnd       = '\U000e007f'
)

func isJoiner(r rune) bool { return r == zwj || r == zwnj }

// hidden reports whether a rune shows nothing by itself: controls, format
// characters (but not those that Arabic and Syriac show around numbers), fillers
// that pass for letters, selectors and tags that carry smuggled bytes,
// noncharacters and private ones.
func hidden(r rune) bool {
	switch {
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Cs, unicode.Zl, unicode.Zp):
		return true
	case unicode.Is(unicode.Other_Default_Ignorable_Code_Point, r), unicode.Is(unicode.Noncharacter_Code_Point, r):
		return true
	case r >= 0xfe00 && r <= 0xfe0d, r >= 0xe0100 && r <= 0xe01ef, r == 0xfffc:
		return true
	}
	return false
}

// joins reports whether a joiner has work to do between two runes: it shapes
// letters of cursive and Indic scripts, or ties emoji together.
func joins(before, joiner, after rune) bool {
	if shaped(before) && shaped(after) {
		return true
	}
	return joiner == zwj && pictorial(before) && (unicode.Is(unicode.So, after) || arrow(after))
}

func shaped(r rune) bool {
	return unicode.In(r, unicode.Arabic, unicode.Syriac, unicode.Nko, unicode.Mongolian, unicode.Mandaic,
		unicode.Devanagari, unicode.Bengali, unicode.Gurmukhi, unicode.Gujarati, unicode.Oriya, unicode.Tamil,
		unicode.Telugu, unicode.Kannada, unicode.Malayalam, unicode.Sinhala, unicode.Khmer, unicode.Myanmar, unicode.Tibetan)
}

// arrow reports whether a rune is one of the arrows, some of which are tied to
// faces as mathematical signs.
func arrow(r rune) bool { return r >= 0x2190 && r <= 0x21ff }

func pictorial(r rune) bool {
	return r == emojiStyle || unicode.Is(unicode.So, r) || r >= 0x1f3fb && r <= 0x1f3ff
}

// tagsFollow is the length of a regional flag (a black flag, up to six tags, an
// end tag) at the front of s, or 0.
func tagsFollow(s []rune) int {
	if len(s) == 0 || s[0] != blackFlag {
		return 0
	}
	for i := 1; i < len(s) && i <= 7; i++ {
		switch {
		case s[i] == tagEnd && i > 1:
			return i + 1
		case s[i] < tagFirst || s[i] > tagLast:
			return 0
		}
	}
	return 0
}
