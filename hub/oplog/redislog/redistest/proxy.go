package redistest

import (
	"bytes"
	"math/rand/v2"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// Proxy stands between somebody and a server, mostly a log and its Redis, and does
// to the bytes what networks do. Any goroutine may call its methods.
type Proxy struct {
	target string
	listen net.Listener
	conns  sync.WaitGroup

	cut     atomic.Int64 // so many answers to scripts are lost, with their connection
	scripts atomic.Int64 // scripts that went through
	deaf    atomic.Bool  // subscriptions hear nothing
	late    atomic.Int64 // nanoseconds that every answer is late
	jitter  atomic.Int64 // up to so many more, at random
	slice   atomic.Int64 // bytes that an answer's pieces have; 0: as they come

	mu     sync.Mutex
	open   map[net.Conn]bool // guarded by mu; nil once closed
	pass   chan struct{}     // guarded by mu: closed while bytes go through
	before map[string]func() // guarded by mu: what is done before a command goes through, once
}

// NewProxy starts a proxy before a server; it ends with the test.
func NewProxy(t testing.TB, s *Server) *Proxy { return NewProxyTo(t, s.Addr()) }

// NewProxyTo starts a proxy before any server.
func NewProxyTo(t testing.TB, addr string) *Proxy {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &Proxy{target: addr, listen: l, open: map[net.Conn]bool{}, pass: make(chan struct{})}
	close(p.pass)
	p.conns.Go(p.accept)
	t.Cleanup(p.close)
	return p
}

// Addr is host:port.
func (p *Proxy) Addr() string { return p.listen.Addr().String() }

// URL is what a log is opened with.
func (p *Proxy) URL() string { return "redis://" + p.Addr() }

// LoseAnswers lets the next n scripts through to Redis and resets the connection
// before the answer comes back.
func (p *Proxy) LoseAnswers(n int) { p.cut.Store(int64(n)) }

// Scripts is how many scripts went through.
func (p *Proxy) Scripts() int { return int(p.scripts.Load()) }

// Deafen keeps from subscriptions what Redis sends them. Their connections stay
// open and deaf, also when it is ended: then it is new ones that hear.
func (p *Proxy) Deafen(on bool) { p.deaf.Store(on) }

// Delay makes every answer so late.
func (p *Proxy) Delay(d time.Duration) { p.late.Store(int64(d)) }

// Jitter makes every answer up to so much later than Delay does.
func (p *Proxy) Jitter(d time.Duration) { p.jitter.Store(int64(d)) }

// Slice cuts answers into pieces of so many bytes; 0 ends it.
func (p *Proxy) Slice(n int) { p.slice.Store(int64(n)) }

// Part holds all bytes back, both ways, as a network does that is parted: what
// was sent meanwhile arrives when it is whole again. Connections can be made.
func (p *Proxy) Part(on bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	select {
	case <-p.pass:
		if on {
			p.pass = make(chan struct{})
		}
	default:
		if !on {
			close(p.pass)
		}
	}
}

// whole waits until the network is.
func (p *Proxy) whole() {
	p.mu.Lock()
	pass := p.pass
	p.mu.Unlock()
	<-pass
}

// Before does something, once, before the next command of that name goes through
// to the server. The command waits for it.
func (p *Proxy) Before(command string, do func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.before = map[string]func(){command: do}
}

// asked does what is to be done before what somebody sends.
func (p *Proxy) asked(sent []byte) {
	p.mu.Lock()
	var do func()
	for command := range p.before {
		if bytes.Contains(bytes.ToUpper(sent), []byte("\r\n"+command+"\r\n")) {
			do = p.before[command]
			delete(p.before, command)
		}
	}
	p.mu.Unlock()
	if do != nil {
		do()
	}
}

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
	p.Part(false)
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
		p.whole()
		p.asked(buffer[:n])
		if _, err := server.Write(buffer[:n]); err != nil {
			break
		}
	}
	server.Close()
	back.Wait()
}

// answers carries what the server says, until one of them is to be lost.
func (p *Proxy) answers(client, server net.Conn, lost, subscribed *atomic.Bool) {
	parcels := make(chan parcel, 1024)
	var carrier sync.WaitGroup
	carrier.Go(func() { p.deliver(client, parcels) })
	defer carrier.Wait()
	defer close(parcels)
	buffer, deaf := make([]byte, 64<<10), false
	for {
		n, err := server.Read(buffer)
		if err != nil {
			return
		}
		if lost.Load() {
			if tcp, ok := client.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0) // a reset; nobody hears if it cannot be
			}
			client.Close()
			return
		}
		if deaf = deaf || subscribed.Load() && p.deaf.Load(); deaf {
			continue
		}
		late := time.Duration(p.late.Load())
		if jitter := p.jitter.Load(); jitter > 0 {
			late += time.Duration(rand.Int64N(jitter))
		}
		parcels <- parcel{due: time.Now().Add(late), bytes: bytes.Clone(buffer[:n])}
	}
}

// parcel is some bytes on their way.
type parcel struct {
	due   time.Time
	bytes []byte
}

// deliver writes parcels in their order, each not before it is due.
func (p *Proxy) deliver(to net.Conn, parcels <-chan parcel) {
	var failed error
	for next := range parcels {
		if failed != nil {
			continue
		}
		time.Sleep(time.Until(next.due))
		p.whole()
		for rest := next.bytes; len(rest) > 0 && failed == nil; {
			n := len(rest)
			if slice := int(p.slice.Load()); slice > 0 {
				n = min(n, slice)
			}
			_, failed = to.Write(rest[:n])
			rest = rest[n:]
		}
	}
}
