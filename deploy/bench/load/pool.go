package load

import (
	"container/heap"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"syscall"
	"time"
	"unsafe"

	"golang.org/x/sys/unix"
)

const (
	// readBuffer is what one read may bring; all connections share it.
	readBuffer = 256 << 10
	// batch is how many connections one look at epoll may bring.
	batch = 512
	// Doze is how long a step rests when little had come, so that more comes at
	// once. It halves what a delivery costs here, and the server, whose processors
	// these are, is not charged for waking us at each. Latencies are too long by
	// as much, at most.
	Doze = 200 * time.Microsecond
	// sources is how many addresses of loopback the connections come from: one
	// has 28,000 ports, and those of the last round rest for a minute.
	sources = 8
	// maxTries is how often a connection is tried before the run fails.
	maxTries = 100
)

// Handler says what a kind of connection does.
type Handler interface {
	// Request is the upgrade that opens the connection.
	Request(c *Conn) []byte
	// Opened is called once the connection is a WebSocket.
	Opened(c *Conn)
	// Message is called for each text or binary message. compressed says that it
	// has to be inflated.
	Message(c *Conn, data []byte, compressed bool)
	// Closed is called when the server ended the connection. The handler may
	// [Pool.Dial] it again.
	Closed(c *Conn, why error)
}

// Pool is a table of connections and their epoll instance.
type Pool struct {
	epoll  int
	start  time.Time
	now    time.Duration
	events [batch]unix.EpollEvent
	buf    []byte
	conns  []Conn
	later  tasks
	err    error // the first that ends the run

	// Read is how many messages came, Bytes how many bytes of them and their
	// frames.
	Read, Bytes int64
	// Refused is how often a server asked to come again later, Waiting how many
	// connections do.
	Refused, Waiting int
}

// NewPool makes a pool for connections to a server.
func NewPool(server netip.AddrPort, size int) (*Pool, error) {
	epoll, err := unix.EpollCreate1(unix.EPOLL_CLOEXEC)
	if err != nil {
		return nil, fmt.Errorf("make an epoll instance: %w", err)
	}
	p := &Pool{
		epoll: epoll, start: time.Now(), buf: make([]byte, readBuffer), conns: make([]Conn, size),
	}
	for i := range p.conns {
		p.conns[i] = Conn{ID: i, pool: p, fd: -1}
		p.conns[i].Turn(server)
	}
	return p, nil
}

// Conn is the connection with an id.
func (p *Pool) Conn(id int) *Conn { return &p.conns[id] }

// Now is how long ago the pool was made, as of the last read or step.
func (p *Pool) Now() time.Duration { return p.now }

// Tick reads the clock.
func (p *Pool) Tick() time.Duration {
	p.now = time.Since(p.start)
	return p.now
}

// Fail ends the run: the next step returns the error.
func (p *Pool) Fail(err error) {
	if p.err == nil {
		p.err = err
	}
}

// After calls f in a step, not before d has passed.
func (p *Pool) After(d time.Duration, f func()) {
	heap.Push(&p.later, task{p.Tick() + d, f})
}

// Step handles what has arrived, or waits for it until a time.
func (p *Pool) Step(until time.Duration) error {
	p.Tick()
	for len(p.later) > 0 && p.later[0].at <= p.now {
		heap.Pop(&p.later).(task).do()
	}
	if len(p.later) > 0 {
		until = min(until, p.later[0].at)
	}
	wait := int(max(0, until-p.now+time.Millisecond-1) / time.Millisecond)
	n, err := unix.EpollWait(p.epoll, p.events[:], wait)
	if err != nil && err != unix.EINTR {
		return fmt.Errorf("wait for connections: %w", err)
	}
	for i := range max(n, 0) {
		p.handle(&p.conns[p.events[i].Fd], p.events[i].Events)
	}
	if 0 < n && n < batch/4 {
		doze()
	}
	return p.err
}

// doze sleeps for [Doze].
func doze() {
	t := unix.NsecToTimespec(int64(Doze))
	syscall.RawSyscall(unix.SYS_NANOSLEEP, uintptr(unsafe.Pointer(&t)), 0, 0)
}

// Until steps until a time has come.
func (p *Pool) Until(t time.Duration) error {
	for p.Tick() < t {
		if err := p.Step(t); err != nil {
			return err
		}
	}
	return nil
}

// Sleep steps for so long.
func (p *Pool) Sleep(d time.Duration) error { return p.Until(p.Tick() + d) }

// Run steps until done says so, or a time has come; it reports which.
func (p *Pool) Run(until time.Duration, done func() bool) (bool, error) {
	for {
		if done() {
			return true, p.err
		}
		if p.Tick() >= until {
			return false, p.err
		}
		// What done looks at may change without a connection's doing.
		if err := p.Step(min(until, p.now+5*time.Millisecond)); err != nil {
			return false, err
		}
	}
}

// Open dials connections, at most window of them at once beside those that were
// told to wait, until ready has been reached by as many as were dialled.
func (p *Pool) Open(from, to, window int, h Handler, ready func() int, within time.Duration) error {
	next := from
	ok, err := p.Run(p.Tick()+within, func() bool {
		for next < to && next-from-ready()-p.Waiting < window {
			p.Dial(&p.conns[next], h)
			next++
		}
		return ready() >= to-from
	})
	if err == nil && !ok {
		err = fmt.Errorf("after %v only %d of %d connections were open", within, ready(), to-from)
	}
	return err
}

// Close drops all connections and the pool.
func (p *Pool) Close() {
	for i := range p.conns {
		p.conns[i].Drop()
	}
	unix.Close(p.epoll)
}

// backoff is how long to stay away when a server said for how long at least.
func backoff(least time.Duration) time.Duration {
	return least + rand.N(least/2+50*time.Millisecond)
}

// task is something to do later.
type task struct {
	at time.Duration
	do func()
}

type tasks []task

func (t tasks) Len() int           { return len(t) }
func (t tasks) Less(i, j int) bool { return t[i].at < t[j].at }
func (t tasks) Swap(i, j int)      { t[i], t[j] = t[j], t[i] }
func (t *tasks) Push(x any)        { *t = append(*t, x.(task)) }
func (t *tasks) Pop() any {
	old := *t
	last := old[len(old)-1]
	*t = old[:len(old)-1]
	return last
}
