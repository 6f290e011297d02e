package strict

// scanner walks JSON text (RFC 8259) that is known to be UTF-8, and is stricter
// than the RFC where two readers could understand different things.
type scanner struct {
	b     []byte
	i     int
	depth int
}

// member is one name and value of an object, both as they stand in the text,
// the name without its quotes.
type member struct{ name, value []byte }

// members are those of one object. An array, so that reading allocates nothing.
type members struct {
	all [MaxMembers]member
	n   int
}

func (m *members) find(name string) int {
	for i := range m.n {
		if string(m.all[i].name) == name {
			return i
		}
	}
	return -1
}

// add takes one more member, unless its name is there already.
func (m *members) add(name, value []byte) bool {
	if m.n == len(m.all) || m.find(string(name)) >= 0 {
		return false
	}
	m.all[m.n] = member{name, value}
	m.n++
	return true
}

// take removes a member and returns its value, nil if it is not there.
func (m *members) take(name string) []byte {
	i := m.find(name)
	if i < 0 {
		return nil
	}
	value := m.all[i].value
	m.n--
	m.all[i] = m.all[m.n]
	return value
}

// scanObject reads a text that is one object and nothing else.
func scanObject(b []byte, into *members) bool {
	s := scanner{b: b}
	s.space()
	if !s.object(into) {
		return false
	}
	s.space()
	return s.i == len(b)
}

func (s *scanner) space() {
	for s.i < len(s.b) {
		switch s.b[s.i] {
		case ' ', '\t', '\n', '\r':
			s.i++
		default:
			return
		}
	}
}

// next takes one byte if it is c.
func (s *scanner) next(c byte) bool {
	if s.i < len(s.b) && s.b[s.i] == c {
		s.i++
		return true
	}
	return false
}

func (s *scanner) value() bool {
	if s.i == len(s.b) {
		return false
	}
	switch c := s.b[s.i]; {
	case c == '{':
		var inner members
		return s.object(&inner)
	case c == '[':
		return s.array()
	case c == '"':
		return s.text()
	case c == 't':
		return s.word("true")
	case c == 'f':
		return s.word("false")
	case c == 'n':
		return s.word("null")
	}
	return s.number()
}

func (s *scanner) word(w string) bool {
	if len(s.b)-s.i < len(w) || string(s.b[s.i:s.i+len(w)]) != w {
		return false
	}
	s.i += len(w)
	return true
}

func (s *scanner) object(into *members) bool {
	if s.depth++; s.depth > MaxDepth || !s.next('{') {
		return false
	}
	s.space()
	for first := true; !s.next('}'); first = false {
		if !first {
			if !s.next(',') {
				return false
			}
			s.space()
		}
		if !s.member(into) {
			return false
		}
	}
	s.depth--
	return true
}

// member reads one name and value, and the space behind them.
func (s *scanner) member(into *members) bool {
	name, ok := s.name()
	s.space()
	if !ok || !s.next(':') {
		return false
	}
	s.space()
	from := s.i
	if !s.value() || !into.add(name, s.b[from:s.i]) {
		return false
	}
	s.space()
	return true
}

// name reads a member's name. Only lower-case letters, digits, '_' and '-' make
// one: so there is nothing that a reader could fold or unescape.
func (s *scanner) name() ([]byte, bool) {
	if !s.next('"') {
		return nil, false
	}
	from := s.i
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case 'a' <= c && c <= 'z', '0' <= c && c <= '9', c == '_', c == '-':
			s.i++
		case c == '"' && s.i > from:
			s.i++
			return s.b[from : s.i-1], true
		default:
			return nil, false
		}
	}
	return nil, false
}

func (s *scanner) array() bool {
	if s.depth++; s.depth > MaxDepth || !s.next('[') {
		return false
	}
	s.space()
	for first := true; !s.next(']'); first = false {
		if !first {
			if !s.next(',') {
				return false
			}
			s.space()
		}
		if !s.value() {
			return false
		}
		s.space()
	}
	s.depth--
	return true
}

// number reads a whole number within ±MaxNumber. Fractions, exponents and -0
// are read differently by different readers, and no command needs them.
func (s *scanner) number() bool {
	negative := s.next('-')
	from, n := s.i, uint64(0)
	for s.i < len(s.b) && '0' <= s.b[s.i] && s.b[s.i] <= '9' {
		n = n*10 + uint64(s.b[s.i]-'0')
		if s.i++; n > MaxNumber {
			return false
		}
	}
	digits := s.i - from
	if digits == 0 || s.b[from] == '0' && (digits > 1 || negative) {
		return false
	}
	return s.i == len(s.b) || s.b[s.i] != '.' && s.b[s.i] != 'e' && s.b[s.i] != 'E'
}

// text reads a string. Lone surrogates are refused: some readers keep them,
// others put a replacement there.
func (s *scanner) text() bool {
	s.i++ // the quote
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case c == '"':
			s.i++
			return true
		case c == '\\':
			if !s.escape() {
				return false
			}
		case c < ' ':
			return false
		default:
			s.i++
		}
	}
	return false
}

func (s *scanner) escape() bool {
	s.i++ // the backslash
	if s.i == len(s.b) {
		return false
	}
	c := s.b[s.i]
	s.i++
	switch c {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		return s.unicode()
	}
	return false
}

func (s *scanner) unicode() bool {
	r, ok := s.hex4()
	switch {
	case !ok || 0xdc00 <= r && r < 0xe000:
		return false
	case r < 0xd800 || r >= 0xe000:
		return true
	}
	if !s.next('\\') || !s.next('u') {
		return false
	}
	low, ok := s.hex4()
	return ok && 0xdc00 <= low && low < 0xe000
}

func (s *scanner) hex4() (r rune, ok bool) {
	if len(s.b)-s.i < 4 {
		return 0, false
	}
	for range 4 {
		c := s.b[s.i]
		s.i++
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | rune(c-'0')
		case 'a' <= c && c <= 'f':
			r = r<<4 | rune(c-'a'+10)
		case 'A' <= c && c <= 'F':
			r = r<<4 | rune(c-'A'+10)
		default:
			return 0, false
		}
	}
	return r, true
}
