package document

import (
	"bytes"
	"fmt"
	"strings"
)

// Patch is a patch frame of the wire.
type Patch struct {
	Topic    string
	View     int64
	Epoch    string
	From, To int64
	Hash     string

	// entities maps kind/id to the bytes of the entity; null is gone.
	entities map[string]string
}

// Empty says whether a patch changes nothing.
func (p *Patch) Empty() bool { return len(p.entities) == 0 }

// Answer is what became of a command: an ack, a refuse or a retry frame.
type Answer struct {
	Kind   string // ack, refuse, retry
	ID     string
	Offset int64
	Reason string
	After  int64 // milliseconds, of a retry
}

// Message is a message of the server, read.
type Message struct {
	Patches []*Patch
	Answers []Answer
	Error   string // reason of an error or a bye frame
	Version string // of the server, in a hello frame
	size    int
}

// read reads a message: objects separated by newlines.
func read(b []byte) (*Message, error) {
	m := &Message{size: len(b)}
	for len(b) > 0 {
		line, after, _ := bytes.Cut(b, []byte("\n"))
		b = after
		if err := m.line(line); err != nil {
			return nil, fmt.Errorf("%w, in %.200q", err, line)
		}
	}
	return m, nil
}

// line reads one frame of the wire. Those that are of no interest here (hello,
// mine, pulse, beat) are passed over.
func (m *Message) line(b []byte) error {
	var kind, doc []byte
	var p Patch
	var a Answer
	err := members(b, func(name, value []byte) (err error) {
		switch string(name) {
		case "t":
			kind = unquoted(value)
		case "topic":
			p.Topic = string(unquoted(value))
		case "epoch":
			p.Epoch = string(unquoted(value))
		case "h":
			p.Hash = string(unquoted(value))
		case "id":
			a.ID = string(unquoted(value))
		case "version":
			m.Version = string(unquoted(value))
		case "reason":
			a.Reason = string(unquoted(value))
		case "view":
			p.View, err = number(value)
		case "from":
			p.From, err = number(value)
		case "to":
			p.To, err = number(value)
		case "offset":
			a.Offset, err = number(value)
		case "after":
			a.After, err = number(value)
		case "doc":
			doc = value
		}
		return err
	})
	if err != nil {
		return err
	}
	switch a.Kind = string(kind); a.Kind {
	case "patch":
		if p.entities, err = entities(doc); err != nil {
			return err
		}
		m.Patches = append(m.Patches, &p)
	case "ack", "refuse", "retry":
		m.Answers = append(m.Answers, a)
	case "error", "bye":
		m.Error = a.Kind + " " + a.Reason
	case "":
		return fmt.Errorf("a frame without a type")
	}
	return nil
}

// entities reads a document of two levels.
func entities(doc []byte) (map[string]string, error) {
	out := make(map[string]string)
	err := members(doc, func(kind, inner []byte) error {
		return members(inner, func(id, entity []byte) error {
			out[string(kind)+"/"+string(id)] = string(entity)
			return nil
		})
	})
	return out, err
}

func unquoted(value []byte) []byte {
	if len(value) >= 2 && value[0] == '"' {
		return value[1 : len(value)-1]
	}
	return nil
}

// Kind is the kind of an entity's key.
func Kind(key string) string {
	kind, _, _ := strings.Cut(key, "/")
	return kind
}
