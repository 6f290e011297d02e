package strict

import (
	"bytes"
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Line normalises a text of one line: NFC; no control characters; none that
// turn the text around or carry hidden bytes (UTS #36, the "Trojan Source"
// paper); white space collapsed. Cleaning twice changes nothing.
func Line(s string) string {
	return settle(s, func(s string) string { return strings.Join(strings.Fields(keep(s)), " ") })
}

// Prose normalises a text of many lines like [Line], but lines stay lines: ends
// of lines become \n, blanks at their ends and more than one empty line go.
func Prose(s string) string {
	return settle(s, func(s string) string {
		s = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\u2028", "\n", "\u2029", "\n\n").Replace(s)
		lines := strings.Split(keep(s), "\n")
		out := lines[:0]
		for _, line := range lines {
			line = strings.TrimRightFunc(line, unicode.IsSpace)
			if line == "" && len(out) > 0 && out[len(out)-1] == "" {
				continue
			}
			out = append(out, line)
		}
		return strings.TrimSpace(strings.Join(out, "\n"))
	})
}

// settle cleans until nothing changes: what composing brings together may need
// another pass.
func settle(s string, clean func(string) string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	for range 4 {
		t := norm.NFC.String(clean(norm.NFC.String(s)))
		if t == s {
			break
		}
		s = t
	}
	return s
}

// keep drops the runes that nobody should send.
func keep(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t', r == '\v', r == '\f', r == '\r', r == '\u0085':
			return ' '
		case hidden(r):
			return -1
		}
		return r
	}, s)
}

// hidden reports whether a rune shows nothing and turns or smuggles: controls,
// embeddings, overrides and isolates of direction, tags, invisible fillers,
// private and unassigned ones. Marks of direction, joiners and soft hyphens stay:
// real programmes in real languages need them.
func hidden(r rune) bool {
	switch {
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r >= '\u206a' && r <= '\u206f':
		return true
	case r == '\ufeff', r == '\u2060', r == '\u200b', r >= '\ufff9' && r <= '\ufffc':
		return true
	case r >= 0xe0000 && r <= 0xe01ef:
		return true
	}
	return unicode.In(r, unicode.Cc, unicode.Co, unicode.Cs, unicode.Noncharacter_Code_Point)
}

// JSONSize is how many bytes a value takes as JSON, as [Marshal] writes it.
func JSONSize(v any) int {
	b, err := Marshal(v)
	if err != nil {
		return 0
	}
	return len(b)
}

// Marshal is json.Marshal that leaves <, > and & as they are: programmes are
// full of them, and nothing of ours stands inside HTML.
func Marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
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
		if size += runeSize(r); size > limit {
			return strings.TrimRightFunc(s[:end], unicode.IsSpace) + mark, true
		}
	}
	return s, false
}

// runeSize is how many bytes a rune takes inside a JSON string.
func runeSize(r rune) int {
	switch r {
	case '"', '\\', '\n', '\r', '\t', '\b', '\f':
		return 2
	case '\u2028', '\u2029', utf8.RuneError:
		return 6
	}
	if r < ' ' {
		return 6
	}
	return utf8.RuneLen(r)
}
