package frab

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// node is one value of a JSON document, with its line.
type node struct {
	line int
	kind byte // '{', '[', 's'tring, 'n'umber, 'b'oolean, '0' for null
	text string
	// keys and items are the members of an object, in their order, or items the
	// elements of an array.
	keys  []string
	items []node
}

// treeReader reads a document into nodes, strictly: no member twice, nothing
// behind the document.
type treeReader struct {
	d     *json.Decoder
	body  []byte
	nodes int
	seen  int64 // up to where lines have been counted
	lines int
}

func readTree(body []byte) (node, error) {
	d := json.NewDecoder(bytes.NewReader(body))
	d.UseNumber()
	t := &treeReader{d: d, body: body, lines: 1}
	root, err := t.value(1)
	if err == nil {
		if _, err = d.Token(); err == io.EOF {
			return root, nil
		}
		if err == nil {
			err = refuse(t.line(), Broken, "something follows the document")
		}
	}
	return node{}, t.wrap(err)
}

func (t *treeReader) line() int {
	if at := t.d.InputOffset(); at > t.seen {
		t.lines += bytes.Count(t.body[t.seen:at], []byte("\n"))
		t.seen = at
	}
	return t.lines
}

func (t *treeReader) wrap(err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	line := t.line()
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) && syntax.Offset <= int64(len(t.body)) {
		line = lineAt(t.body, int(syntax.Offset))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return refuse(line, Broken, "the JSON ends too early; the file was not saved whole")
	}
	return refuse(line, Broken, "this is not JSON: %v", err)
}

func (t *treeReader) value(depth int) (node, error) {
	token, err := t.d.Token()
	if err != nil {
		return node{}, err
	}
	return t.rest(token, depth)
}

// rest reads what belongs to a token.
func (t *treeReader) rest(token json.Token, depth int) (node, error) {
	n := node{line: t.line()}
	if t.nodes++; t.nodes > MaxNodes {
		return n, refuse(n.line, TooMuch, "the file has more than %d values", MaxNodes)
	}
	if depth > MaxDepth {
		return n, refuse(n.line, TooMuch, "values are nested more than %d deep", MaxDepth)
	}
	switch v := token.(type) {
	case json.Delim:
		n.kind = byte(v)
		if v == '{' {
			return n, t.object(&n, depth)
		}
		return n, t.array(&n, depth)
	case string:
		n.kind, n.text = 's', v
	case json.Number:
		n.kind, n.text = 'n', v.String()
	case bool:
		n.kind, n.text = 'b', fmt.Sprint(v)
	default:
		n.kind = '0'
	}
	if len(n.text) > MaxText {
		return n, refuse(n.line, TooMuch, "a text is longer than %d KiB", MaxText>>10)
	}
	return n, nil
}

func (t *treeReader) object(n *node, depth int) error {
	seen := map[string]bool{}
	for t.d.More() {
		token, err := t.d.Token()
		if err != nil {
			return err
		}
		key, ok := token.(string)
		if !ok || seen[key] {
			return refuse(t.line(), Broken, "the member %s stands twice in one object", quote(fmt.Sprint(token)))
		}
		seen[key] = true
		item, err := t.value(depth + 1)
		if err != nil {
			return err
		}
		n.keys = append(n.keys, key)
		n.items = append(n.items, item)
	}
	_, err := t.d.Token()
	return err
}

func (t *treeReader) array(n *node, depth int) error {
	for t.d.More() {
		item, err := t.value(depth + 1)
		if err != nil {
			return err
		}
		n.items = append(n.items, item)
	}
	_, err := t.d.Token()
	return err
}

// get is a member of an object; nil if it is not there or null.
func (n *node) get(key string) *node {
	if n == nil || n.kind != '{' {
		return nil
	}
	for i, k := range n.keys {
		if k == key && n.items[i].kind != '0' {
			return &n.items[i]
		}
	}
	return nil
}

// has reports whether an object has a member, whatever it is.
func (n *node) has(key string) bool {
	for _, k := range n.keys {
		if k == key && n.kind == '{' {
			return true
		}
	}
	return false
}

// scalar is the text of a string, number or boolean.
func (n *node) scalar() (string, bool) {
	if n == nil {
		return "", true
	}
	return n.text, n.kind == 's' || n.kind == 'n' || n.kind == 'b'
}
