package gateway

import "bytes"

// blankLine finds the ends of header blocks in a stream of HTTP/1.1 requests:
// every empty line, as net/http understands it (LF or CRLF, RFC 9112 §2.2).
// Empty lines in bodies are found as well; that costs a short read.
type blankLine struct{ after byte } // 0, '\n' or '\r' (the one behind a '\n')

// end returns how many bytes of p lie up to and with the first empty line, and
// whether there is one. Only those bytes count as seen.
func (b *blankLine) end(p []byte) (n int, found bool) {
	for n < len(p) {
		if b.after == 0 {
			lf := bytes.IndexByte(p[n:], '\n')
			if lf < 0 {
				return len(p), false
			}
			n += lf + 1
			b.after = '\n'
			continue
		}
		c := p[n]
		n++
		switch {
		case c == '\n':
			b.after = 0
			return n, true
		case c == '\r' && b.after == '\n':
			b.after = '\r'
		default:
			b.after = 0
		}
	}
	return n, false
}
