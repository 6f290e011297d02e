package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/netip"
	"os"
	"slices"
	"time"

	"golang.org/x/sys/unix"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

// A process may open so many files, so the crowd in front of several nodes sits
// in several processes: this program, called with seatName, in front of one node
// each. Orders come as lines of JSON on its input, and each is answered by one:
//
//	parent                                    seat
//	{"do":"open", host, cookies, …}  ───────▶ connects everybody
//	                                 ◀─────── {"ready":3000}
//	{"do":"mark"}                    ───────▶ notes when each change arrives
//	{"do":"reach","offset":1047}     ───────▶ waits until each phone has that
//	{"do":"stretch"}                 ───────▶ {"spans":[…], "own_ns":…}
//	{"do":"storm","polls":[…]}       ───────▶ each phone votes once, all are acknowledged
//	{"do":"check"}                   ───────▶ compares every document with the node's
//
// Times are those of CLOCK_MONOTONIC, which all processes of a machine share.
const seatName = "seat"

// order is what a seat is told, answer what it says.
type (
	order struct {
		Do      string        `json:"do"`
		Host    string        `json:"host,omitempty"`
		Others  []string      `json:"others,omitempty"` // nodes to go to when this one is gone
		Cookies []string      `json:"cookies,omitempty"`
		First   int           `json:"first,omitempty"` // number of the first phone among all seats'
		Offset  int64         `json:"offset,omitempty"`
		Polls   []string      `json:"polls,omitempty"`
		Within  time.Duration `json:"within,omitempty"` // over how long the votes are cast
	}
	answer struct {
		Fault   string        `json:"fault,omitempty"`
		Ready   int           `json:"ready,omitempty"`
		Spans   []arrivals    `json:"spans,omitempty"`
		Own     time.Duration `json:"own,omitempty"` // processor time of the seat
		Bytes   int64         `json:"bytes,omitempty"`
		Acks    []int64       `json:"acks,omitempty"` // how long each vote took, ns, sorted
		Offset  int64         `json:"offset,omitempty"`
		Last    int64         `json:"last,omitempty"`    // when the last vote was acknowledged
		Moved   int           `json:"moved,omitempty"`   // phones that went to another node
		Resumed time.Duration `json:"resumed,omitempty"` // how long the last of them took
	}
	// arrivals is a span whose times other processes understand.
	arrivals struct {
		From, To int64
		At       []int64
	}
)

// monotonic reads the clock that all processes share.
func monotonic() int64 {
	var t unix.Timespec
	if unix.ClockGettime(unix.CLOCK_MONOTONIC, &t) != nil {
		return 0
	}
	return t.Nano()
}

// seat is a process that holds the phones in front of one node.
type seat struct {
	*phones
	zero   int64 // monotonic time of the pool's beginning
	first  int
	others []string
	hosts  []string // by phone: the node that it is at

	moved   map[int]time.Duration // when each was cut off
	resumed time.Duration
	storm   *volley
}

// volley is one vote of each phone, kept until it is acknowledged.
type volley struct {
	polls []string
	sent  []time.Duration // by phone; 0: not yet
	acked []bool
	acks  []int64
	last  time.Duration
}

// runSeat answers orders until its input ends.
func runSeat() int {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	orders := make(chan order)
	go func() {
		defer close(orders)
		for in.Scan() {
			var o order
			if json.Unmarshal(in.Bytes(), &o) != nil {
				return
			}
			orders <- o
		}
	}()
	out := json.NewEncoder(os.Stdout)
	var s *seat
	for {
		o, ok := s.next(orders)
		if !ok {
			return 0
		}
		var a answer
		var err error
		if s, a, err = s.obey(o); err != nil {
			a.Fault = err.Error()
		}
		if out.Encode(a) != nil {
			return 1
		}
	}
}

// next serves the connections until there is an order.
func (s *seat) next(orders <-chan order) (order, bool) {
	if s == nil {
		o, ok := <-orders
		return o, ok
	}
	for {
		select {
		case o, ok := <-orders:
			return o, ok
		default:
			// What goes wrong here is said with the next order.
			_ = s.pool.Sleep(5 * time.Millisecond)
		}
	}
}

func (s *seat) obey(o order) (*seat, answer, error) {
	var a answer
	if o.Do == "open" {
		made, err := openSeat(o)
		if err == nil {
			a.Ready = made.ready()
		}
		return made, a, err
	}
	if s == nil {
		return nil, a, errors.New("nobody sits here")
	}
	if err := s.pool.Sleep(0); err != nil {
		return s, a, err
	}
	var err error
	switch o.Do {
	case "mark":
		s.mark()
	case "reach":
		s.target = max(s.target, o.Offset)
		err = s.until("everybody has everything", s.settled)
	case "stretch":
		a.Spans = s.arrivals()
	case "storm":
		a, err = s.vote(o)
	case "check":
		err = s.check()
	default:
		err = fmt.Errorf("%q is no order", o.Do)
	}
	var self unix.Rusage
	if unix.Getrusage(unix.RUSAGE_SELF, &self) == nil {
		a.Own = time.Duration(self.Utime.Nano() + self.Stime.Nano())
	}
	a.Bytes = s.pool.Bytes
	return s, a, err
}

func openSeat(o order) (*seat, error) {
	h := &hall{http: &http.Client{Timeout: 10 * time.Second}, cookies: o.Cookies}
	s := &seat{phones: newPhones(h, len(o.Cookies), nobody{}), first: o.First, others: o.Others, hosts: slices.Repeat([]string{o.Host}, len(o.Cookies)), moved: map[int]time.Duration{}}
	at, err := netip.ParseAddrPort(o.Host)
	if err != nil {
		return nil, err
	}
	pool, err := load.NewPool(at, s.watchers)
	if err != nil {
		return nil, err
	}
	s.pool, s.host, s.zero = pool, o.Host, monotonic()-int64(pool.Tick())
	s.onAnswer = func(c *load.Conn, a document.Answer) {
		pool.Fail(fmt.Errorf("connection %d: an answer to nothing: %s %s", c.ID, a.Kind, a.Reason))
	}
	return s, pool.Open(0, s.watchers, window, s, s.ready, openWithin)
}

func (s *seat) until(what string, so func() bool) error {
	ok, err := s.pool.Run(s.pool.Tick()+stormWithin, so)
	if err == nil && !ok {
		err = fmt.Errorf("after %v it was not so that %s", stormWithin, what)
	}
	return err
}

// device of a phone, which no other seat has.
func (s *seat) device(id int) string { return device(1<<20 + s.first + id) }

func (s *seat) Request(c *load.Conn) []byte {
	s.host = s.hosts[c.ID]
	return s.phones.Request(c)
}

func (s *seat) Opened(c *load.Conn) {
	hello := load.AppendText(nil, fmt.Appendf(nil, `{"t":"hello","v":1,"device":%q}`, s.device(c.ID)))
	c.Send(load.AppendText(hello, watch(s.states[c.ID])))
	if s.storm != nil && s.storm.sent[c.ID] > 0 && !s.storm.acked[c.ID] {
		s.cast(c.ID) // from the outbox, with its number of before
	}
}

func (s *seat) Message(c *load.Conn, data []byte, compressed bool) {
	s.phones.Message(c, data, compressed)
	if at, ok := s.moved[c.ID]; ok && s.inside[c.ID] && at > 0 {
		s.resumed = max(s.resumed, s.pool.Now()-at)
		s.moved[c.ID] = 0
	}
}

// Closed goes to another node, if there is one: the proxy in front of a cluster
// would send a phone there.
func (s *seat) Closed(c *load.Conn, why error) {
	s.leave(c)
	if len(s.others) == 0 {
		s.pool.Fail(fmt.Errorf("connection %d was cut off: %w", c.ID, why))
		return
	}
	if at, ok := s.moved[c.ID]; ok && at > 0 {
		s.pool.Fail(fmt.Errorf("connection %d was cut off by a second node: %w", c.ID, why))
		return
	}
	s.moved[c.ID] = s.pool.Now()
	s.hosts[c.ID] = s.others[c.ID%len(s.others)]
	c.Turn(netip.MustParseAddrPort(s.hosts[c.ID]))
	s.pool.After(rand.N(again), func() { s.pool.Dial(c, s) })
}

// arrivals are those since the mark.
func (s *seat) arrivals() []arrivals {
	spans, _ := s.stretch()
	out := make([]arrivals, len(spans))
	for i, one := range spans {
		out[i] = arrivals{From: one.from, To: one.to, At: make([]int64, len(one.at))}
		for k, at := range one.at {
			out[i].At[k] = s.zero + int64(at)
		}
	}
	return out
}

// vote lets each phone vote once, and waits until all are acknowledged.
func (s *seat) vote(o order) (a answer, err error) {
	v := &volley{polls: o.Polls, sent: make([]time.Duration, s.watchers), acked: make([]bool, s.watchers)}
	s.storm = v
	s.onAnswer = s.answered
	began := s.pool.Tick()
	for i, id := range rand.Perm(s.watchers) {
		if err := s.pool.Until(began + time.Duration(i)*o.Within/time.Duration(s.watchers)); err != nil {
			return a, err
		}
		v.sent[id] = s.pool.Tick()
		if s.pool.Conn(id).Open() {
			s.cast(id)
		}
	}
	err = s.until("every vote is acknowledged", func() bool { return len(v.acks) == s.watchers })
	slices.Sort(v.acks)
	a.Acks, a.Offset, a.Last = v.acks, s.target, s.zero+int64(v.last)
	a.Moved, a.Resumed = len(s.moved), s.resumed
	return a, err
}

func (s *seat) cast(id int) {
	n := s.first + id
	poll, option := choice(n, len(s.storm.polls), pollOptions)
	s.pool.Conn(id).Send(do(ulid(1<<43+uint64(n)), s.device(id), 1, fmt.Sprintf(
		`{"type":"poll.vote","id":%q,"choice":[%d]}`, s.storm.polls[poll], option+1)))
}

func (s *seat) answered(c *load.Conn, a document.Answer) {
	v := s.storm
	switch a.Kind {
	case "ack":
		if v.acked[c.ID] {
			return
		}
		v.acked[c.ID] = true
		v.last = s.pool.Now()
		v.acks = append(v.acks, int64(v.last-v.sent[c.ID]))
		s.target = max(s.target, a.Offset)
	case "retry":
		s.pool.After(time.Duration(a.After)*time.Millisecond, func() {
			if s.pool.Conn(c.ID).Open() && !v.acked[c.ID] {
				s.cast(c.ID)
			}
		})
	default:
		s.pool.Fail(fmt.Errorf("a vote was refused: %s", a.Reason))
	}
}

// check compares with a node that phones are at.
func (s *seat) check() error {
	s.host = s.hosts[0]
	return s.phones.check()
}
