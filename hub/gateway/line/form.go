package line

import (
	"bytes"
	"compress/flate"

	"majlis/hub/fanout"
)

// The forms in which frames go over WebSockets.
const (
	Text     fanout.Form = iota // as it is
	Deflated                    // permessage-deflate without context takeover
)

// encode makes a frame's form: the same bytes for all connections that share it.
func encode(form fanout.Form) func(*fanout.Frame) []byte {
	if form == Deflated {
		return deflated
	}
	return func(f *fanout.Frame) []byte { return textFrame(f.Data) }
}

// deflated compresses a frame that is worth it (RFC 7692 §7.2.1: the message ends
// with an empty stored block, whose last four bytes are left out).
func deflated(f *fanout.Frame) []byte {
	if len(f.Data) < CompressFrom {
		return textFrame(f.Data)
	}
	var b bytes.Buffer
	b.Grow(maxHeader + len(f.Data)/2)
	b.Write(make([]byte, maxHeader))
	z, err := flate.NewWriter(&b, flate.DefaultCompression)
	if err != nil {
		return textFrame(f.Data) // not with this level
	}
	z.Write(f.Data) // a bytes.Buffer takes everything
	z.Flush()
	body := bytes.TrimSuffix(b.Bytes()[maxHeader:], []byte{0, 0, 0xff, 0xff})
	if len(body) >= len(f.Data) {
		return textFrame(f.Data)
	}
	header := appendHeader(nil, firstCompressed, len(body))
	start := maxHeader - len(header)
	whole := b.Bytes()[start : maxHeader+len(body)]
	copy(whole, header)
	return whole
}
