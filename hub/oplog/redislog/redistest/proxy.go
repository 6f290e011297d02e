package redistest

import (
	"bytes"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Proxy stands between a log and its Redis and does to the bytes what networks
// do. Any goroutine may call its methods.
type Proxy struct {
	target string
	listen net.Listener
	conns  sync.WaitGroup

	cut     atomic.Int64 // so many answers to scripts are lost, with their connection
	scripts atomic.Int64 // scripts that went through
	deaf    atomic.Bool  // subscriptions hear nothing
	late    atomic.Int64 // nanoseconds that every answer is late

	mu   sync.Mutex
	open map[net.Conn]bool // guarded by mu; nil once closed
}

// NewProxy starts a proxy before a server; it ends with the test.
func NewProxy(t testing.TB, s *Server) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{target: s.Addr(), listen: l, open: map[net.Conn]bool{}}
	p.conns.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

// URL is what a log is opened with.
func (p *Proxy) URL() string { return "redis://" + p.listen.Addr().String() }

// LoseAnswers lets the next n scripts through to Redis and cuts the connection
// before the answer comes back.
func (p *Proxy) LoseAnswers(n int) { p.cut.Store(int64(n)) }

// Scripts is how many scripts went through.
func (p *Proxy) Scripts() int { return int(p.scripts.Load()) }

// Deafen keeps from subscriptions what Redis sends them. Their connections stay
// open and deaf, also when it is ended: then it is new ones that hear.
func (p *Proxy) Deafen(on bool) { p.deaf.Store(on) }

// Delay makes every answer so late.
func (p *Proxy) Delay(d time.Duration) { p.late.Store(int64(d)) }

// CutAll cuts every connection there is.
func (p *Proxy) CutAll() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for c := range p.open {
		c.Close()
	}
}

func (p *Proxy) close() {
	p.listen.Close()
	p.CutAll()
	p.mu.Lock()
	p.open = nil
	p.mu.Unlock()
	p.conns.Wait()
}

func (p *Proxy) accept() {
	for {
		c, err := p.listen.Accept()
		if err != nil {
			return
		}
		p.conns.Go(func() { p.serve(c) })
	}
}

// hold remembers connections that must be closed at the end.
func (p *Proxy) hold(conns ...net.Conn) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.open == nil {
		return false
	}
	for _, c := range conns {
		p.open[c] = true
	}
	return true
}

func (p *Proxy) drop(conns ...net.Conn) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range conns {
		c.Close()
		delete(p.open, c)
	}
}

func (p *Proxy) serve(client net.Conn) {
	server, err := net.Dial("tcp", p.target)
	if err != nil {
		client.Close()
		return
	}
	defer p.drop(client, server)
	if !p.hold(client, server) {
		return
	}
	var lost, subscribed atomic.Bool
	var back sync.WaitGroup
	back.Go(func() {
		p.answers(client, server, &lost, &subscribed)
		client.Close()
		server.Close()
	})
	buffer := make([]byte, 64<<10)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			break
		}
		if bytes.Contains(buffer[:n], []byte("ubscribe\r\n")) {
			subscribed.Store(true)
		}
		if asks := bytes.Count(buffer[:n], []byte("\r\nEVAL")); asks > 0 {
			p.scripts.Add(int64(asks))
			if p.cut.Add(-1) >= 0 {
				lost.Store(true)
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			break
		}
	}
	server.Close()
	back.Wait()
}

// answers carries what the server says, until one of them is to be lost.
func (p *Proxy) answers(client, server net.Conn, lost, subscribed *atomic.Bool) {
	buffer, deaf := make([]byte, 64<<10), false
	for {
		n, err := server.Read(buffer)
		if err != nil || lost.Load() {
			return
		}
		deaf = deaf || subscribed.Load() && p.deaf.Load()
		if deaf {
			continue
		}
		time.Sleep(time.Duration(p.late.Load()))
		if _, err := client.Write(buffer[:n]); err != nil {
			return
		}
	}
}
