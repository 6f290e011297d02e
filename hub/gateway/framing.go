package gateway

import "encoding/binary"

// framing follows the frames in one direction of a WebSocket (RFC 6455 §5.2)
// without touching their payload:
//
//	byte 0      FIN RSV1-3 opcode(4)      opcode 8 and up: control
//	byte 1      MASK length(7)            126: 2 more bytes, 127: 8 more bytes
//	…           the longer length, then 4 bytes of mask
//	…           payload
//
// It judges nothing: what is malformed is the WebSocket library's to refuse.
type framing struct {
	header  [14]byte
	have    int    // bytes of header gathered
	payload uint64 // bytes of payload still to come
	message bool   // a message has begun whose last frame has not
}

// passage is what one run of bytes held.
type passage struct {
	frames   int // headers that were completed, control frames included
	controls int
	// rested: at some point nothing was under way, so what is open now began
	// within this run.
	rested bool
}

// feed follows the next bytes of the stream, cut anywhere.
func (f *framing) feed(p []byte) (seen passage) {
	for len(p) > 0 {
		if f.payload > 0 {
			n := min(f.payload, uint64(len(p)))
			f.payload -= n
			p = p[n:]
		} else {
			f.header[f.have] = p[0]
			f.have++
			p = p[1:]
			if f.have < f.headerLen() {
				continue
			}
			f.begin(&seen)
		}
		seen.rested = seen.rested || !f.open()
	}
	return seen
}

// open reports whether a frame or a message is under way.
func (f *framing) open() bool { return f.message || f.have > 0 || f.payload > 0 }

// headerLen is how long the header is, as far as can be told yet.
func (f *framing) headerLen() int {
	if f.have < 2 {
		return 2
	}
	n := 2
	switch f.header[1] & 0x7f {
	case 126:
		n += 2
	case 127:
		n += 8
	}
	if f.header[1]&0x80 != 0 {
		n += 4
	}
	return n
}

// begin takes a complete header.
func (f *framing) begin(seen *passage) {
	seen.frames++
	if f.header[0]&0x08 != 0 {
		seen.controls++
	} else {
		f.message = f.header[0]&0x80 == 0
	}
	switch n := f.header[1] & 0x7f; n {
	case 126:
		f.payload = uint64(binary.BigEndian.Uint16(f.header[2:]))
	case 127:
		f.payload = binary.BigEndian.Uint64(f.header[2:])
	default:
		f.payload = uint64(n)
	}
	f.have = 0
}
