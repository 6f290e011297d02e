package line

import (
	"crypto/tls"
	"net"
	"sync"
	"time"
)

// Secured is a connection with TLS that we end ourselves. Over it a line waits
// for nobody either: what the kernel does not take of a record is kept, and no
// record is begun before.
type Secured struct {
	*tls.Conn
	cellar *cellar
}

// Secure is the server's side of TLS over a connection. The handshake happens
// with the first Read.
func Secure(c net.Conn, config *tls.Config) *Secured {
	b := &cellar{Conn: c, out: over(new(tcp), c)}
	return &Secured{Conn: tls.Server(b, config), cellar: b}
}

// cellar lies below TLS. It waits for the peer until a line stands on it.
type cellar struct {
	// static
	net.Conn
	out Outlet

	mu    sync.Mutex
	quick bool
	kept  []byte // of records that TLS has written
}

// Write takes a record whole.
func (b *cellar) Write(p []byte) (int, error) {
	b.mu.Lock()
	if !b.quick {
		b.mu.Unlock()
		return b.Conn.Write(p)
	}
	defer b.mu.Unlock()
	n := 0
	if len(b.kept) == 0 {
		var err error
		if n, err = b.out.push(p); err != nil {
			return n, err
		}
	}
	b.kept = append(b.kept, p[n:]...)
	return len(p), nil
}

func (b *cellar) flush() (clear, moved bool, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.kept) == 0 {
		return true, false, nil
	}
	n, err := b.out.push(b.kept)
	if b.kept = b.kept[n:]; len(b.kept) == 0 {
		b.kept = nil
	}
	return len(b.kept) == 0, n > 0, err
}

// outlet stands on the connection from now on.
func (s *Secured) outlet() Outlet {
	s.cellar.mu.Lock()
	defer s.cellar.mu.Unlock()
	s.cellar.quick = true
	return sealed{s}
}

// sealed is the outlet of a secured connection.
type sealed struct{ s *Secured }

func (o sealed) push(p []byte) (sent int, err error) {
	for sent < len(p) {
		if clear, _, err := o.s.cellar.flush(); err != nil || !clear {
			return sent, err
		}
		n, err := o.s.Conn.Write(p[sent:min(len(p), sent+Record)])
		if sent += n; err != nil {
			return sent, err
		}
	}
	return sent, nil
}

func (o sealed) flush() (clear, moved bool, err error) { return o.s.cellar.flush() }

func (o sealed) wait(deadline time.Time, try func() bool) error {
	return o.s.cellar.out.wait(deadline, try)
}

func (o sealed) widen(n int) {
	o.s.cellar.mu.Lock()
	n += len(o.s.cellar.kept)
	o.s.cellar.mu.Unlock()
	o.s.cellar.out.widen(n + n/Record*64 + 512) // a record's header and seal have 22 bytes
}
