package sqlitelog

import (
	"encoding/binary"
	"errors"
	"fmt"

	"majlis/hub/oplog"
)

// A row of entries is: version byte, then each entry as
//
//	offset time rules  (uvarints)
//	1 byte: 1 if there is a commit
//	length of public (uvarint), public, commit (32 bytes, if any), chain (32)
//
// Salt and box lie in a table of their own.
const rowVersion = 1

var errRow = errors.New("the stored bytes are not entries")

func appendEntry(b []byte, e *oplog.Entry) []byte {
	b = binary.AppendUvarint(b, uint64(e.Offset))
	b = binary.AppendUvarint(b, uint64(e.Time))
	b = binary.AppendUvarint(b, uint64(e.Rules))
	if e.Sealed.None() {
		b = append(b, 0)
	} else {
		b = append(b, 1)
	}
	b = binary.AppendUvarint(b, uint64(len(e.Public)))
	b = append(b, e.Public...)
	if !e.Sealed.None() {
		b = append(b, e.Sealed.Commit[:]...)
	}
	return append(b, e.Chain[:]...)
}

// takeRow takes as many entries as one row may hold off the front, at least
// one, and encodes them.
func takeRow(entries []oplog.Entry) (body []byte, n int) {
	body = append(body, rowVersion)
	for n < len(entries) && n < rowEntries {
		e := &entries[n]
		if n > 0 && len(body)+len(e.Public) > rowBytes {
			break
		}
		body = appendEntry(body, e)
		n++
	}
	return body, n
}

// row decodes entries off the front of a row's bytes. What it returns aliases
// them.
type row struct {
	b   []byte
	err error
}

func openRow(body []byte) row {
	if len(body) == 0 || body[0] != rowVersion {
		return row{err: fmt.Errorf("%w: unknown version", errRow)}
	}
	return row{b: body[1:]}
}

// next decodes one entry; ok is false at the end and after an error.
func (r *row) next(e *oplog.Entry) (ok bool) {
	if len(r.b) == 0 || r.err != nil {
		return false
	}
	e.Offset = oplog.Offset(r.number())
	e.Time = int64(r.number())
	e.Rules = uint16(r.number())
	committed := r.number()
	e.Public = r.take(r.number())
	e.Sealed = oplog.Sealed{}
	if committed == 1 {
		copy(e.Sealed.Commit[:], r.take(uint64(len(e.Sealed.Commit))))
	}
	copy(e.Chain[:], r.take(uint64(len(e.Chain))))
	return r.err == nil
}

func (r *row) number() uint64 {
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.b, r.err = nil, errRow
		return 0
	}
	r.b = r.b[n:]
	return v
}

func (r *row) take(n uint64) []byte {
	if n > uint64(len(r.b)) {
		r.b, r.err = nil, errRow
		return nil
	}
	p := r.b[:n:n]
	r.b = r.b[n:]
	return p
}
