package line

import (
	"bytes"
	"compress/flate"
	"sync"

	"majlis/hub/fanout"
)

// The forms in which frames leave a gateway. Lines send the first two.
const (
	Text     fanout.Form = iota // a WebSocket's text message, as it is
	Deflated                    // permessage-deflate without context takeover
	Events                      // server-sent events
)

// Forms makes the forms of frames for lines: the same bytes for all connections
// that share one. The zero value is ready; any goroutine may use it.
type Forms struct {
	// writers are compressors: each is most of a megabyte.
	writers sync.Pool
}

func (f *Forms) maker(form fanout.Form) func(*fanout.Frame) []byte {
	if form == Deflated {
		return f.deflated
	}
	return asText
}

func asText(f *fanout.Frame) []byte { return textFrame(f.Data) }

// deflated compresses a frame that is worth it (RFC 7692 §7.2.1: the message ends
// with an empty stored block, whose last four bytes are left out).
func (f *Forms) deflated(frame *fanout.Frame) []byte {
	data := frame.Data
	if len(data) < CompressFrom {
		return textFrame(data)
	}
	var b bytes.Buffer
	b.Grow(maxHeader + len(data)/2)
	b.Write(make([]byte, maxHeader))
	z, ok := f.writers.Get().(*flate.Writer)
	if ok {
		z.Reset(&b)
	} else if z, _ = flate.NewWriter(&b, flate.DefaultCompression); z == nil {
		return textFrame(data) // only an unknown level does that
	}
	z.Write(data) // a bytes.Buffer takes everything
	z.Flush()
	f.writers.Put(z)
	body := bytes.TrimSuffix(b.Bytes()[maxHeader:], []byte{0, 0, 0xff, 0xff})
	if len(body) >= len(data) {
		return textFrame(data)
	}
	header := appendHeader(nil, firstCompressed, len(body))
	start := maxHeader - len(header)
	whole := b.Bytes()[start : maxHeader+len(body)]
	copy(whole, header)
	return whole
}
