package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net"
	"strconv"

	"majlis/deploy/bench/load"
)

// listeners are a crowd at a server that fans out messages as they come. Each
// message holds its number; whoever listens must get all of them, in order.
type listeners struct {
	pool    *load.Pool
	tongue  tongue
	host    string
	headers string
	payload func(n int64) []byte

	control net.Conn
	sent    int64

	in     int     // connections that are subscribed
	stands []int64 // by connection: the last number; -1 before it is subscribed
	asleep []bool
	lost   int    // numbers that were passed over
	holed  []bool // by connection: it has lost some
	closed int

	last     string
	lastSpan *span
	byData   map[string]*span
	spans    []*span
	book     ledger
}

// tongue is what is said to a server, and how what it says is read.
type tongue interface {
	path() string
	// greet is sent when the connection is open; nil says that this alone is the
	// subscription.
	greet() []byte
	// read says which numbers a message brings (first 0: none), whether it is the
	// answer to the greeting, and what has to be sent back.
	read(message []byte) (first, last int64, greeted bool, reply []byte, err error)
	// envelope is how many bytes a server adds to what is published.
	envelope() int
}

func (l *listeners) Request(*load.Conn) []byte {
	return load.Upgrade(l.tongue.path(), l.host, l.headers)
}

func (l *listeners) Opened(c *load.Conn) {
	if hello := l.tongue.greet(); hello != nil {
		c.Send(load.AppendText(nil, hello))
		return
	}
	l.enter(c)
}

func (l *listeners) enter(c *load.Conn) {
	l.in++
	l.stands[c.ID] = l.sent
}

func (l *listeners) Message(c *load.Conn, data []byte, compressed bool) {
	s := l.lastSpan
	if string(data) != l.last {
		var err error
		if s, err = l.learn(c, data, compressed); err != nil {
			l.pool.Fail(fmt.Errorf("connection %d: %w", c.ID, err))
			return
		}
	}
	if s == nil {
		return
	}
	if s.from != l.stands[c.ID] {
		l.lost += int(s.from - l.stands[c.ID])
		l.holed[c.ID] = true
	}
	l.stands[c.ID] = s.to
	s.at = append(s.at, l.pool.Now())
}

// learn reads a message that is not the last one again.
func (l *listeners) learn(c *load.Conn, data []byte, compressed bool) (*span, error) {
	if s, ok := l.byData[string(data)]; ok {
		l.last, l.lastSpan = string(data), s
		return s, nil
	}
	plain := data
	if compressed {
		var err error
		if plain, err = inflate(data); err != nil {
			return nil, err
		}
	}
	first, last, greeted, reply, err := l.tongue.read(plain)
	if err != nil {
		return nil, fmt.Errorf("%w, in %.200q", err, plain)
	}
	if reply != nil {
		c.Send(load.AppendText(nil, reply))
	}
	if greeted {
		l.enter(c)
	}
	if first == 0 {
		return nil, nil
	}
	s := &span{from: first - 1, to: last}
	key := string(data)
	l.byData[key], l.last, l.lastSpan = s, key, s
	l.spans = append(l.spans, s)
	return s, nil
}

func (l *listeners) Closed(c *load.Conn, why error) {
	l.closed++
	l.stands[c.ID] = -1
}

func (l *listeners) ready() int { return l.in }

func (l *listeners) publish(changes int) error {
	var b []byte
	at := l.pool.Tick()
	for range changes {
		l.sent++
		l.book.note(l.sent, at)
		p := l.payload(l.sent)
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(p))), p...)
	}
	_, err := l.control.Write(b)
	return err
}

func (l *listeners) settled() bool {
	for id, n := range l.stands {
		if n >= 0 && n < l.sent && !l.asleep[id] {
			return false
		}
	}
	return true
}

func (l *listeners) sleep(id int, on bool) { l.asleep[id] = on }

func (l *listeners) mark() {
	l.spans, l.book = nil, ledger{}
	l.byData = make(map[string]*span)
	l.last, l.lastSpan = "", nil
}

func (l *listeners) stretch() ([]span, *ledger) {
	out := make([]span, len(l.spans))
	for i, s := range l.spans {
		out[i] = *s
	}
	return out, &l.book
}

func (l *listeners) check() error {
	if l.lost > 0 || l.closed > 0 {
		return fmt.Errorf("%d messages were lost, %d connections were closed", l.lost, l.closed)
	}
	return nil
}

func (l *listeners) woken(slept func(int) bool) (cut, exact float64) {
	for id, n := range l.stands {
		if slept(id) && n == l.sent && !l.holed[id] {
			exact++
		}
	}
	return float64(l.closed), exact
}

func (l *listeners) close() { l.control.Close() }

// padded makes payloads of so many bytes: a JSON object with its number in
// front, and words.
func padded(size int) func(int64) []byte {
	return func(n int64) []byte {
		b := strconv.AppendInt([]byte(`{"n":`), n, 10)
		b = append(b, `,"text":"`...)
		b = append(b, words(max(0, size-2-len(b)))...)
		return append(b, `"}`...)
	}
}

// numbers finds the number of each payload in a message, which must follow one
// another.
func numbers(message []byte) (first, last int64, err error) {
	for {
		i := bytes.Index(message, []byte(`{"n":`))
		if i < 0 {
			return first, last, nil
		}
		message = message[i+5:]
		var n int64
		for len(message) > 0 && message[0] >= '0' && message[0] <= '9' {
			n = 10*n + int64(message[0]-'0')
			message = message[1:]
		}
		switch {
		case n == 0 || first != 0 && n != last+1:
			return 0, 0, fmt.Errorf("number %d behind %d", n, last)
		case first == 0:
			first = n
		}
		last = n
	}
}

// plain is the tongue of servers that send what was published, as it is.
type plain struct{ at string }

func (p plain) path() string  { return p.at }
func (p plain) greet() []byte { return nil }
func (p plain) envelope() int { return 0 }
func (p plain) read(m []byte) (first, last int64, greeted bool, reply []byte, err error) {
	first, last, err = numbers(m)
	return first, last, false, nil, err
}

// centrifugeTongue is the JSON protocol of centrifuge: commands and replies, one
// a line; an empty object is a ping, and its answer.
type centrifugeTongue struct{}

func (centrifugeTongue) path() string { return "/connection/websocket" }
func (centrifugeTongue) greet() []byte {
	return []byte(`{"id":1,"connect":{}}` + "\n" + `{"id":2,"subscribe":{"channel":"room"}}`)
}

func (centrifugeTongue) envelope() int {
	return len(`{"push":{"channel":"room","pub":{"data":}}}`)
}

func (centrifugeTongue) read(m []byte) (first, last int64, greeted bool, reply []byte, err error) {
	if bytes.Contains(m, []byte(`"error"`)) {
		return 0, 0, false, nil, fmt.Errorf("the server answers with an error")
	}
	for line := range bytes.Lines(m) {
		if string(bytes.TrimSpace(line)) == "{}" {
			reply = []byte("{}")
		}
	}
	first, last, err = numbers(m)
	return first, last, bytes.Contains(m, []byte(`"id":2`)), reply, err
}
