package frab

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
)

// xmlReader walks over the elements of a schedule and keeps those texts that a
// programme is made of.
type xmlReader struct {
	d     *xml.Decoder
	out   *file
	path  []string
	nodes int
	room  string // of the <room> that is open
	// leaf is the element whose text is being collected, at a depth; 0: none.
	leaf  int
	text  strings.Builder
	store func(string)
}

func readXML(body []byte) (*file, error) {
	d := xml.NewDecoder(bytes.NewReader(body))
	d.CharsetReader = onlyUTF8
	x := &xmlReader{d: d, out: &file{}}
	for {
		t, err := d.Token()
		if err == io.EOF {
			break
		}
		if err == nil {
			err = x.token(t)
		}
		if err != nil {
			return nil, x.wrap(err)
		}
	}
	if x.nodes == 0 {
		return nil, refuse(0, Empty, "the file has no element; %s", reads)
	}
	return x.out, nil
}

func onlyUTF8(charset string, input io.Reader) (io.Reader, error) {
	switch strings.ToLower(charset) {
	case "utf-8", "utf8", "us-ascii", "ascii":
		return input, nil
	}
	return nil, refuse(1, Encoding, "the file says that it is in %s; save it as UTF-8", quote(charset))
}

func (x *xmlReader) line() int {
	line, _ := x.d.InputPos()
	return line
}

// wrap gives an error of the decoder the line and the words of a refusal.
func (x *xmlReader) wrap(err error) error {
	var own *Error
	if errors.As(err, &own) {
		return own
	}
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return refuse(syntax.Line, Broken, "this is not well-formed XML: %s", syntax.Msg)
	}
	return refuse(x.line(), Broken, "this is not well-formed XML: %v", err)
}

func (x *xmlReader) token(t xml.Token) error {
	switch t := t.(type) {
	case xml.Directive:
		return refuse(x.line(), Broken, "a DOCTYPE or other declaration is not read; take it out")
	case xml.StartElement:
		return x.start(t)
	case xml.CharData:
		return x.chars(t)
	case xml.EndElement:
		x.end()
	}
	return nil
}

func (x *xmlReader) start(e xml.StartElement) error {
	x.nodes++
	x.path = append(x.path, e.Name.Local)
	switch {
	case x.nodes > MaxNodes:
		return refuse(x.line(), TooMuch, "the file has more than %d elements", MaxNodes)
	case len(x.path) > MaxDepth:
		return refuse(x.line(), TooMuch, "elements are nested more than %d deep", MaxDepth)
	case len(x.path) == 1:
		return x.root(e.Name.Local)
	case x.leaf > 0:
		return nil
	}
	return x.open(e)
}

func (x *xmlReader) root(name string) error {
	switch strings.ToLower(name) {
	case "schedule":
		if x.nodes > 1 {
			return refuse(x.line(), Broken, "a second <schedule> follows the first")
		}
		return nil
	case "html":
		return refuse(x.line(), OtherFormat, "this is an HTML page, not a programme; %s", reads)
	case "icalendar":
		return refuse(x.line(), OtherFormat, "this is an xCal file; %s", reads)
	case "rss", "feed":
		return refuse(x.line(), OtherFormat, "this is a news feed; %s", reads)
	}
	return refuse(x.line(), OtherFormat, "the root element is <%.40s>, not <schedule>; %s", name, reads)
}

// open begins what the element that has just been entered stands for.
func (x *xmlReader) open(e xml.StartElement) error {
	name := e.Name.Local
	switch depth := len(x.path); {
	case depth == 2 && name == "version":
		x.collect(func(s string) { x.out.version = s })
	case depth == 2 && name == "conference":
		x.out.conf.line = x.line()
	case depth == 2 && name == "day":
		x.out.days = append(x.out.days, rawDay{
			line: x.line(), index: attr(e, "index"), date: attr(e, "date"), start: attr(e, "start"), end: attr(e, "end"),
		})
	case depth == 3 && x.path[1] == "conference":
		if to := x.out.conf.field(name); to != nil {
			x.collect(func(s string) { *to = s })
		}
	case depth == 3 && x.path[1] == "day" && name == "room":
		x.room = attr(e, "name")
	case depth == 4 && x.in("day", "room") && name == "event":
		day := &x.out.days[len(x.out.days)-1]
		day.events = append(day.events, rawEvent{
			line: x.line(), room: x.room, guid: attr(e, "guid"), id: attr(e, "id"),
		})
	case depth == 5 && x.in("day", "room", "event"):
		x.openField(name)
	case depth == 6 && x.in("day", "room", "event", "persons") && name == "person":
		ev := x.event()
		x.collect(func(s string) { ev.persons = append(ev.persons, s) })
	}
	return nil
}

// in reports whether the path below the root begins with these names.
func (x *xmlReader) in(names ...string) bool {
	for i, name := range names {
		if x.path[i+1] != name {
			return false
		}
	}
	return true
}

func (x *xmlReader) event() *rawEvent {
	day := &x.out.days[len(x.out.days)-1]
	return &day.events[len(day.events)-1]
}

// openField collects a text of an event. Its guid and id are attributes.
func (x *xmlReader) openField(name string) {
	if name == "guid" || name == "id" {
		return
	}
	if to := x.event().field(name); to != nil {
		x.collect(func(s string) { *to = s })
	}
}

// collect keeps the text of the element that has just been entered, and of all
// below it.
func (x *xmlReader) collect(store func(string)) {
	x.leaf, x.store = len(x.path), store
	x.text.Reset()
}

func (x *xmlReader) chars(t xml.CharData) error {
	if x.leaf == 0 {
		return nil
	}
	if x.text.Len()+len(t) > MaxText {
		return refuse(x.line(), TooMuch, "the text of <%.40s> is longer than %d KiB", x.path[x.leaf-1], MaxText>>10)
	}
	x.text.Write(t)
	return nil
}

func (x *xmlReader) end() {
	if x.leaf == len(x.path) {
		x.store(strings.TrimSpace(x.text.String()))
		x.leaf = 0
	}
	x.path = x.path[:len(x.path)-1]
}

func attr(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return strings.TrimSpace(a.Value)
		}
	}
	return ""
}
