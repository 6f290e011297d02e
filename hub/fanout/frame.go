package fanout

import (
	"sync"
	"sync/atomic"
	"time"

	"majlis/hub/oplog"
)

// Form numbers one way in which a transport puts a frame on its lines. Which
// there are is the transports' to say; there are fewer than [MaxForms].
type Form uint8

// Frame is one message for everybody who watches a topic in a role. One with
// From equal to To holds only what is true now (a pulse). It must not be copied.
type Frame struct {
	// static
	From, To oplog.Offset
	Epoch    string
	Hash     oplog.Hash
	Data     []byte
	// Born is when the oldest change in it reached the hub, for the latency of
	// the fan-out.
	Born time.Time

	seq uint64 // set by the ring that publishes it

	making sync.Mutex
	forms  [MaxForms]atomic.Pointer[[]byte]
}

// In returns the frame in a form. Whoever asks first makes it, for all; the
// others wait that long. The bytes are shared: do not change them.
func (f *Frame) In(form Form, make func(*Frame) []byte) []byte {
	if b := f.forms[form].Load(); b != nil {
		return *b
	}
	f.making.Lock()
	defer f.making.Unlock()
	if b := f.forms[form].Load(); b != nil {
		return *b
	}
	b := make(f)
	f.forms[form].Store(&b)
	return b
}
