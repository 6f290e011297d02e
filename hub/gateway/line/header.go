package line

import "encoding/binary"

// The first byte of a frame from a server (RFC 6455 §5.2): all of them are final
// and none is masked.
//
//	FIN RSV1 RSV2 RSV3 opcode(4)     RSV1: compressed (RFC 7692 §6)
//	0 length(7)                      126: 2 more bytes of length, 127: 8 more
const (
	firstText       = 0x81
	firstCompressed = 0xc1
	firstClose      = 0x88
)

// maxHeader is how long the header of such a frame may be.
const maxHeader = 10

// appendHeader appends the header of a frame with so many bytes of payload.
func appendHeader(dst []byte, first byte, payload int) []byte {
	switch {
	case payload < 126:
		return append(dst, first, byte(payload))
	case payload < 1<<16:
		return binary.BigEndian.AppendUint16(append(dst, first, 126), uint16(payload))
	default:
		return binary.BigEndian.AppendUint64(append(dst, first, 127), uint64(payload))
	}
}

// textFrame is a text message in a frame of its own.
func textFrame(payload []byte) []byte {
	dst := make([]byte, 0, maxHeader+len(payload))
	return append(appendHeader(dst, firstText, len(payload)), payload...)
}

// closeFrame is a close frame (RFC 6455 §5.5.1). The reason is cut to what fits.
func closeFrame(code uint16, reason string) []byte {
	reason = reason[:min(len(reason), 123)]
	dst := appendHeader(nil, firstClose, 2+len(reason))
	return append(binary.BigEndian.AppendUint16(dst, code), reason...)
}
