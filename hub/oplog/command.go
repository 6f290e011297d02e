package oplog

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// Command is what someone asks for, as it is stored in an entry's public
// part, and with the private part opened beside it.
type Command struct {
	Type  string // "question.ask"
	Actor Actor
	// Device and N are the sender's tab and its count of commands. A register
	// keeps those of its last writer: a command of the same device with a
	// smaller or equal N has been done already.
	Device Device
	N      uint64
	// Seen is the largest offset the sender had seen; 0 if it did not say.
	Seen Offset
	// Was is the first place of an entry that is offered again after a fork,
	// and 0 otherwise. First is then the time that it had there, in milliseconds
	// since 1970: the rules judge it by that.
	Was   Offset
	First int64
	// Args is the public JSON object of the command's arguments: ids, numbers,
	// lengths, keyed sums of texts; never a text.
	Args json.RawMessage
	// Private is the opened private JSON object (texts, names), nil if the
	// command has none or if it was blanked.
	Private json.RawMessage
}

// commandVersion is the first byte of an encoded public part.
const commandVersion = 1

// ErrMalformed: bytes that are not an encoded command.
var ErrMalformed = errors.New("malformed command")

// EncodePublic writes the public part of a command: version, type, role, scope, actor,
// device, n, seen, was, behind a was that is not 0 first (each string with its
// length, each number a uvarint), then the args to the end.
func (c *Command) EncodePublic() []byte {
	b := make([]byte, 0, 64+len(c.Type)+len(c.Actor.Scope)+len(c.Args))
	b = append(b, commandVersion)
	b = appendString(b, c.Type)
	b = append(b, byte(c.Actor.Role))
	b = appendString(b, c.Actor.Scope)
	b = append(b, c.Actor.ID[:]...)
	b = append(b, c.Device[:]...)
	b = binary.AppendUvarint(b, c.N)
	b = binary.AppendUvarint(b, uint64(c.Seen))
	b = binary.AppendUvarint(b, uint64(c.Was))
	if c.Was > 0 {
		b = binary.AppendUvarint(b, uint64(c.First))
	}
	return append(b, c.Args...)
}

// DecodePublic reads what [Command.EncodePublic] wrote. Args aliases b.
func DecodePublic(b []byte) (Command, error) {
	r := reader{b: b}
	if v := r.byte(); v != commandVersion && r.err == nil {
		return Command{}, fmt.Errorf("%w: version %d", ErrMalformed, v)
	}
	var c Command
	c.Type = internType(r.bytes())
	c.Actor.Role = Role(r.byte())
	c.Actor.Scope = string(r.bytes())
	copy(c.Actor.ID[:], r.take(len(c.Actor.ID)))
	copy(c.Device[:], r.take(len(c.Device)))
	c.N = r.uvarint()
	c.Seen = Offset(r.uvarint())
	if c.Was = Offset(r.uvarint()); c.Was > 0 {
		c.First = int64(r.uvarint())
	}
	c.Args = r.b
	if r.err != nil {
		return Command{}, r.err
	}
	return c, nil
}

// internType avoids an allocation for the command that fills the log.
func internType(b []byte) string {
	switch string(b) {
	case "question.vote":
		return "question.vote"
	case "poll.vote":
		return "poll.vote"
	}
	return string(b)
}

func appendString(b []byte, s string) []byte {
	b = binary.AppendUvarint(b, uint64(len(s)))
	return append(b, s...)
}

// reader takes pieces off the front of b; after the first error it yields
// zeros.
type reader struct {
	b   []byte
	err error
}

func (r *reader) take(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.b) {
		if r.err == nil {
			r.err = fmt.Errorf("%w: %d bytes wanted, %d left", ErrMalformed, n, len(r.b))
		}
		return nil
	}
	p := r.b[:n]
	r.b = r.b[n:]
	return p
}

func (r *reader) byte() byte {
	if p := r.take(1); p != nil {
		return p[0]
	}
	return 0
}

func (r *reader) uvarint() uint64 {
	if r.err != nil {
		return 0
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.err = fmt.Errorf("%w: bad number", ErrMalformed)
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *reader) bytes() []byte {
	n := r.uvarint()
	if n > uint64(len(r.b)) {
		r.take(len(r.b) + 1)
		return nil
	}
	return r.take(int(n))
}
