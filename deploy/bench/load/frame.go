package load

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// MaxMessage is how large a message of a server may be: a session's document has
// at most 256 KiB, a hostile length must not make a buffer.
const MaxMessage = 8 << 20

// The opcodes of RFC 6455 §5.2.
const (
	opContinue = 0
	opText     = 1
	opBinary   = 2
	opClose    = 8
	opPing     = 9
	opPong     = 10
)

// frame is one WebSocket frame of a server.
type frame struct {
	op         byte
	fin        bool
	compressed bool // RSV1 (RFC 7692 §6)
	payload    []byte
}

var errMasked = errors.New("a masked frame came from the server")

// cut takes the first frame off b. n is 0 when b holds no whole one. The payload
// aliases b.
func cut(b []byte) (f frame, n int, err error) {
	if len(b) < 2 {
		return f, 0, nil
	}
	f = frame{op: b[0] & 15, fin: b[0]&0x80 != 0, compressed: b[0]&0x40 != 0}
	if b[0]&0x30 != 0 {
		return f, 0, fmt.Errorf("a frame with reserved bits: %#x", b[0])
	}
	if b[1]&0x80 != 0 {
		return f, 0, errMasked
	}
	size, head := uint64(b[1]&0x7f), 2
	switch size {
	case 126:
		if len(b) < 4 {
			return f, 0, nil
		}
		size, head = uint64(binary.BigEndian.Uint16(b[2:])), 4
	case 127:
		if len(b) < 10 {
			return f, 0, nil
		}
		size, head = binary.BigEndian.Uint64(b[2:]), 10
	}
	if f.op >= opClose && (size > 125 || !f.fin || f.compressed) {
		return f, 0, fmt.Errorf("a control frame that must not be: opcode %d, %d bytes", f.op, size)
	}
	if size > MaxMessage {
		return f, 0, fmt.Errorf("a frame of %d bytes; the most is %d", size, MaxMessage)
	}
	if uint64(len(b)-head) < size {
		return f, 0, nil
	}
	n = head + int(size)
	f.payload = b[head:n:n]
	return f, n, nil
}

// message is a whole message, or a control frame.
type message struct {
	op         byte
	compressed bool
	data       []byte
}

// reader makes messages of a stream of bytes. The zero reader is at the
// beginning of a stream.
type reader struct {
	in   []byte // what next looks at: the caller's bytes, or rest
	rest []byte // the reader's own copy of a frame's beginning
	part []byte // the fragments so far
	kind message
	open bool // a fragmented message is under way
}

// feed adds what has arrived. p must stay unchanged until next has said that
// there is no more.
func (r *reader) feed(p []byte) {
	if len(r.rest) == 0 {
		r.in = p
		return
	}
	r.rest = append(r.rest, p...)
	r.in = r.rest
}

// next returns the next message; ok is false when there is none before more
// bytes are fed. The data is valid until the call after.
func (r *reader) next() (m message, ok bool, err error) {
	for {
		f, n, err := cut(r.in)
		if err != nil {
			return m, false, err
		}
		if n == 0 {
			r.keep()
			return m, false, nil
		}
		r.in = r.in[n:]
		m, ok, err = r.join(f)
		if ok || err != nil {
			return m, ok, err
		}
	}
}

// keep copies what is left, and gives a buffer back that is not needed.
func (r *reader) keep() {
	switch {
	case len(r.in) == 0:
		r.rest = nil
	default:
		r.rest = append(r.rest[:0], r.in...)
	}
	r.in = nil
}

// join puts fragments together.
func (r *reader) join(f frame) (m message, ok bool, err error) {
	switch {
	case f.op >= opClose:
		return message{op: f.op, data: f.payload}, true, nil
	case (f.op == opContinue) != r.open:
		return m, false, fmt.Errorf("opcode %d where it must not be (a message is open: %t)", f.op, r.open)
	case f.op == opContinue && f.compressed:
		return m, false, errors.New("a continued frame says that it is compressed")
	case f.op > opBinary:
		return m, false, fmt.Errorf("opcode %d is not known", f.op)
	case f.fin && !r.open:
		return message{f.op, f.compressed, f.payload}, true, nil
	}
	if !r.open {
		r.open, r.kind, r.part = true, message{op: f.op, compressed: f.compressed}, nil
	}
	if len(r.part)+len(f.payload) > MaxMessage {
		return m, false, fmt.Errorf("a message of more than %d bytes", MaxMessage)
	}
	r.part = append(r.part, f.payload...)
	if !f.fin {
		return m, false, nil
	}
	m = r.kind
	m.data, r.part, r.open = r.part, nil, false
	return m, true, nil
}

// AppendFrame appends a frame as a client sends it. The mask is zero: it costs
// the server what any mask costs, and us nothing.
func AppendFrame(dst []byte, op byte, payload []byte) []byte {
	dst = append(dst, 0x80|op)
	switch n := len(payload); {
	case n < 126:
		dst = append(dst, 0x80|byte(n))
	case n < 1<<16:
		dst = binary.BigEndian.AppendUint16(append(dst, 0x80|126), uint16(n))
	default:
		dst = binary.BigEndian.AppendUint64(append(dst, 0x80|127), uint64(n))
	}
	dst = append(dst, 0, 0, 0, 0)
	return append(dst, payload...)
}

// AppendText appends a text message as a client sends it.
func AppendText(dst, payload []byte) []byte { return AppendFrame(dst, opText, payload) }
