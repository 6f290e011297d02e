package redislog

import (
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"majlis/hub/oplog"
)

// An entry of a stream has the id <offset>-0 and these fields, in this order:
//
//	c  the chain, 32 bytes           t  the time, milliseconds in decimal
//	e  the epoch                     b  the body, as below
//	x  only on the last entry of an erased topic
//
// The body is: 1 if there is a commit, else 0; the rules (2 bytes); the commit
// (32 bytes) if there is one; the public part to the end. The private part is salt
// (16 bytes) and box, in a hash by the offset, since streams never change.
const saltSize = 16

func appendBody(b []byte, e *oplog.Entry) []byte {
	if e.Sealed.None() {
		b = append(b, 0)
	} else {
		b = append(b, 1)
	}
	b = binary.BigEndian.AppendUint16(b, e.Rules)
	if !e.Sealed.None() {
		b = append(b, e.Sealed.Commit[:]...)
	}
	return append(b, e.Public...)
}

var errBody = errors.New("its stored form is not one")

func readBody(e *oplog.Entry, b []byte) error {
	if len(b) < 3 || b[0] > 1 {
		return errBody
	}
	e.Rules = binary.BigEndian.Uint16(b[1:])
	rest := b[3:]
	if b[0] == 1 {
		if len(rest) < len(e.Sealed.Commit) {
			return errBody
		}
		e.Sealed.Commit = oplog.Commit(rest[:len(e.Sealed.Commit)])
		rest = rest[len(e.Sealed.Commit):]
	}
	e.Public = rest[:len(rest):len(rest)]
	return nil
}

func appendPrivate(b []byte, s *oplog.Sealed) []byte {
	if s.Box == nil {
		return b
	}
	return append(append(b, s.Salt...), s.Box...)
}

// readPrivate gives an entry its private part and checks it.
func readPrivate(topic oplog.Topic, e *oplog.Entry, b []byte) error {
	if len(b) >= saltSize {
		e.Sealed.Salt, e.Sealed.Box = b[:saltSize:saltSize], b[saltSize:]
	}
	if e.Sealed.Blanked() || !e.Sealed.Valid() {
		return &oplog.CorruptError{Topic: topic, Offset: e.Offset, Reason: "its private part is not the one committed to"}
	}
	return nil
}

// stored is an entry as the stream has it.
type stored struct {
	oplog.Entry
	epoch  string
	erased bool
}

func (s *stored) head() oplog.Head {
	return oplog.Head{Epoch: s.epoch, Offset: s.Offset, Time: s.Time, Chain: s.Chain}
}

// readStored reads [id, [c, …, t, …, e, …, b, …]] as Redis answers it. The
// private part is not in it.
func readStored(reply any) (s stored, err error) {
	pair, _ := reply.([]any)
	if len(pair) != 2 {
		return s, errBody
	}
	id, _ := pair[0].(string)
	fields, _ := pair[1].([]any)
	if len(fields) < 8 {
		return s, errBody
	}
	text := func(i int) string { v, _ := fields[i].(string); return v }
	offset, seq, ok := strings.Cut(id, "-")
	if !ok || seq != "0" {
		return s, errBody
	}
	n, errN := strconv.ParseUint(offset, 10, 63)
	at, errT := strconv.ParseInt(text(3), 10, 64)
	if errN != nil || errT != nil || len(text(1)) != len(s.Chain) {
		return s, errBody
	}
	s.Offset, s.Time, s.Chain = oplog.Offset(n), at, oplog.Chain([]byte(text(1)))
	s.epoch, s.erased = text(5), len(fields) > 8
	return s, readBody(&s.Entry, []byte(text(7)))
}

// readAll reads many.
func readAll(topic oplog.Topic, reply any) ([]stored, error) {
	list, ok := reply.([]any)
	if !ok && reply != nil {
		return nil, fmt.Errorf("%w: an answer that is no list", oplog.ErrUnavailable)
	}
	all := make([]stored, len(list))
	for i := range list {
		s, err := readStored(list[i])
		if err != nil {
			return nil, &oplog.CorruptError{Topic: topic, Offset: s.Offset, Reason: err.Error()}
		}
		all[i] = s
	}
	return all, nil
}
