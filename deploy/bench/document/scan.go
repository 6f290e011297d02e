package document

import (
	"bytes"
	"errors"
	"fmt"
)

// maxDepth is how many levels a value may have; ours have six.
const maxDepth = 64

var errCut = errors.New("JSON that is cut short")

// members calls f with each member of the JSON object b: the name as it is
// spelled, without quotes, and the bytes of the value. Both alias b. What is
// inside values is looked at only as far as their end has to be found.
func members(b []byte, f func(name, value []byte) error) error {
	i := space(b, 0)
	if i >= len(b) || b[i] != '{' {
		return fmt.Errorf("want a JSON object, have %.20q", b)
	}
	i = space(b, i+1)
	if i < len(b) && b[i] == '}' {
		return rest(b, i+1)
	}
	for {
		name, next, err := text(b, i)
		if err != nil {
			return err
		}
		if i = space(b, next); i >= len(b) || b[i] != ':' {
			return fmt.Errorf("want a colon behind %q", name)
		}
		start := space(b, i+1)
		end, err := skip(b, start)
		if err != nil {
			return err
		}
		if err := f(name, b[start:end]); err != nil {
			return err
		}
		i = space(b, end)
		if i >= len(b) {
			return errCut
		}
		switch b[i] {
		case ',':
			i = space(b, i+1)
		case '}':
			return rest(b, i+1)
		default:
			return fmt.Errorf("want a comma or the end behind %q", name)
		}
	}
}

// rest refuses what stands behind an object.
func rest(b []byte, i int) error {
	if i = space(b, i); i < len(b) {
		return fmt.Errorf("something stands behind an object: %.20q", b[i:])
	}
	return nil
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// text reads the string at i: what is between its quotes, and where it ends.
func text(b []byte, i int) (s []byte, next int, err error) {
	if i >= len(b) || b[i] != '"' {
		return nil, 0, fmt.Errorf("want a string, have %.20q", b[min(i, len(b)):])
	}
	for j := i + 1; j < len(b); j++ {
		switch b[j] {
		case '"':
			return b[i+1 : j], j + 1, nil
		case '\\':
			j++
		}
	}
	return nil, 0, errCut
}

// skip returns where the value at i ends.
func skip(b []byte, i int) (int, error) {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			_, next, err := text(b, i)
			if err != nil {
				return 0, err
			}
			i = next
		case '{', '[':
			if depth++; depth > maxDepth {
				return 0, fmt.Errorf("JSON of more than %d levels", maxDepth)
			}
			i++
			continue
		case '}', ']':
			if depth == 0 {
				return 0, fmt.Errorf("want a value, have %.20q", b[i:])
			}
			depth--
			i++
		case ',', ':', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return 0, fmt.Errorf("want a value, have %.20q", b[i:])
			}
			i++
			continue
		default:
			n := bytes.IndexAny(b[i:], ",:]}\"{[ \t\r\n")
			if n < 0 {
				n = len(b) - i
			}
			i += n
		}
		if depth == 0 {
			return i, nil
		}
	}
	return 0, errCut
}

// number reads a whole number.
func number(b []byte) (int64, error) {
	if len(b) == 0 || len(b) > 18 {
		return 0, fmt.Errorf("want a number, have %.30q", b)
	}
	var n int64
	for _, c := range b {
		if c < '0' || c > '9' {
			return 0, fmt.Errorf("want a number, have %.30q", b)
		}
		n = 10*n + int64(c-'0')
	}
	return n, nil
}
