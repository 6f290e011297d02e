package schedule

import "strings"

// CodeSigns are the signs of a join code: digits and capitals without those that
// are taken for each other on a screen at the far end of a hall (0 O, 1 I L, 2 Z,
// 5 S, 8 B, U V: one of each, or none). 26⁶ codes are 309 million.
const CodeSigns = "234679ABCDEFGHJKMNPQRTVWXY"

// CodeLen is how many signs a code has.
const CodeLen = 6

// MakeCode writes a number as a code. Who wants codes that cannot be guessed
// gives random numbers.
func MakeCode(n uint64) string {
	var b [CodeLen]byte
	for i := range b {
		b[i] = CodeSigns[n%uint64(len(CodeSigns))]
		n /= uint64(len(CodeSigns))
	}
	return string(b[:])
}

// ValidCode reports whether s is a join code.
func ValidCode(s string) bool {
	return len(s) == CodeLen && strings.Trim(s, CodeSigns) == ""
}

// nextCode is the code that is tried when s is taken.
func nextCode(s string) string {
	b := []byte(s)
	for i := range b {
		k := strings.IndexByte(CodeSigns, b[i]) + 1
		b[i] = CodeSigns[k%len(CodeSigns)]
		if k < len(CodeSigns) {
			break
		}
	}
	return string(b)
}
