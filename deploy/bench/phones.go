package main

import (
	"errors"
	"fmt"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

// again is how long a phone waits before it comes back when the server ended its
// connection.
const again = 100 * time.Millisecond

// phones are the crowd at Majlis: watchers, each with an identity and a document
// of its own, and behind them who makes the changes.
type phones struct {
	pool *load.Pool
	hall *hall
	host string

	watchers  int
	publisher publisher
	library   document.Library
	deflate   bool

	states []*document.State // by watcher
	inside []bool            // by connection: it has been answered
	in     int               // how many are
	asleep []bool            // by watcher: it is not read
	open   int               // commands that were not answered
	target int64             // the largest offset that was acknowledged
	size   int               // bytes of the last message with a patch
	server string            // its version
	ended  int               // connections that the server ended
	loose  int               // patches that did not fit, after which all was asked for
	book   ledger

	first  int // of library.Steps, among those that are measured
	noting bool

	// what some measurements listen to; nil: nobody
	onPatch  func(c *load.Conn)
	onAnswer func(c *load.Conn, a document.Answer)
}

func newPhones(h *hall, watchers int, p publisher) *phones {
	all := watchers + p.conns()
	crowd := &phones{
		hall: h, watchers: watchers, publisher: p, states: make([]*document.State, watchers),
		inside: make([]bool, all), asleep: make([]bool, watchers),
	}
	p.join(crowd)
	return crowd
}

func (p *phones) Request(c *load.Conn) []byte {
	headers := "Origin: http://" + p.host + "\r\nSec-WebSocket-Protocol: majlis.v1\r\n"
	switch {
	case c.ID >= p.watchers:
		headers += p.publisher.headers(c)
	case p.deflate:
		headers += offerDeflate
		fallthrough
	default:
		headers += "Cookie: " + p.hall.cookies[c.ID] + "\r\n"
	}
	return load.Upgrade("/ws", p.host, headers)
}

func (p *phones) Opened(c *load.Conn) {
	if c.ID >= p.watchers {
		p.enter(c, p.publisher.opened(c))
		return
	}
	c.Send(load.AppendText(hello(c), watch(p.states[c.ID])))
}

func (p *phones) enter(c *load.Conn, ready bool) {
	if ready && !p.inside[c.ID] {
		p.inside[c.ID] = true
		p.in++
	}
}

// leave is for connections that are open no more.
func (p *phones) leave(c *load.Conn) {
	if p.inside[c.ID] {
		p.inside[c.ID] = false
		p.in--
	}
}

// watch asks for the topic from where a phone stands.
func watch(s *document.State) []byte {
	b := []byte(`{"t":"watch","topic":"` + topic + `","role":"attendee"`)
	if s != nil {
		b = fmt.Appendf(b, `,"view":%d,"epoch":%q,"offset":%d,"h":%q`, s.View, s.Epoch, s.Offset, s.Hash)
	}
	return append(b, '}')
}

func (p *phones) Message(c *load.Conn, data []byte, compressed bool) {
	m, err := p.read(data, compressed)
	if err == nil && m.Error != "" {
		err = fmt.Errorf("the server says: %s", m.Error)
	}
	if err != nil {
		p.pool.Fail(fmt.Errorf("connection %d: %w", c.ID, err))
		return
	}
	if m.Version != "" {
		p.server = m.Version
	}
	if c.ID >= p.watchers {
		p.enter(c, p.publisher.heard(c, m))
		return
	}
	for _, patch := range m.Patches {
		p.size = len(data)
		p.apply(c, patch)
	}
	for _, a := range m.Answers {
		p.onAnswer(c, a)
	}
}

func (p *phones) read(data []byte, compressed bool) (*document.Message, error) {
	if !compressed {
		return p.library.Read(data)
	}
	return p.library.ReadBy(data, inflate)
}

func (p *phones) apply(c *load.Conn, patch *document.Patch) {
	s, err := p.library.Apply(p.states[c.ID], patch)
	if err != nil {
		p.pool.Fail(err)
		return
	}
	switch s.Verdict {
	case document.Applied:
		p.states[c.ID] = s.Next
		if p.noting && s.Changed {
			s.At = append(s.At, p.pool.Now())
		}
		if p.onPatch != nil {
			p.onPatch(c)
		}
	case document.Foreign:
		p.loose++
		c.Send(load.AppendText(nil, watch(nil)))
		return
	case document.Behind:
		p.loose++
		c.Send(load.AppendText(nil, watch(p.states[c.ID])))
		return
	}
	p.enter(c, true)
}

// Closed comes back: a phone never gives up.
func (p *phones) Closed(c *load.Conn, why error) {
	if c.ID >= p.watchers {
		p.pool.Fail(fmt.Errorf("a publisher was cut off: %w", why))
		return
	}
	p.ended++
	p.leave(c)
	p.pool.After(again, func() { p.pool.Dial(c, p) })
}

func (p *phones) ready() int { return p.in }

func (p *phones) publish(changes int) error { return p.publisher.publish(changes) }

// acked is told of each change that the log has.
func (p *phones) acked(offset int64, sent time.Duration) {
	p.target = max(p.target, offset)
	p.book.note(offset, sent)
}

// settled says whether every command was answered, and all watchers that are read
// have come to the last one.
func (p *phones) settled() bool {
	if p.open > 0 {
		return false
	}
	for id, s := range p.states {
		if !p.asleep[id] && (!p.inside[id] || s.Offset < p.target) {
			return false
		}
	}
	return true
}

func (p *phones) sleep(id int, on bool) { p.asleep[id] = on }

func (p *phones) mark() {
	p.first, p.noting, p.book = len(p.library.Steps()), true, ledger{}
}

func (p *phones) stretch() ([]span, *ledger) {
	p.noting = false
	var out []span
	for _, s := range p.library.Steps()[p.first:] {
		if len(s.At) > 0 {
			out = append(out, span{s.From, s.To, s.At})
			s.At = nil
		}
	}
	return out, &p.book
}

// check compares every phone's document with the server's, and says what else
// should not have been.
func (p *phones) check() error {
	truth, err := p.hall.document(p.host)
	if err != nil {
		return err
	}
	wrong, example := 0, ""
	seen := make(map[*document.State]string)
	for id, s := range p.states {
		if p.asleep[id] {
			continue
		}
		diff, ok := seen[s]
		switch {
		case ok:
		case s == nil:
			diff = "no document"
		default:
			diff = s.Diff(truth)
		}
		seen[s] = diff
		if diff != "" {
			wrong, example = wrong+1, fmt.Sprintf("phone %d: %s", id, diff)
		}
	}
	if wrong > 0 {
		err = fmt.Errorf("%d of %d phones hold another document than the server at offset %d: %s", wrong, p.watchers, truth.Offset, example)
	}
	if p.ended > 0 || p.loose > 0 {
		err = errors.Join(err, fmt.Errorf("the server ended %d connections, and %d patches did not fit", p.ended, p.loose))
	}
	return err
}

func (p *phones) woken(slept func(int) bool) (cut, exact float64) {
	truth, err := p.hall.document(p.host)
	if err != nil {
		p.pool.Fail(err)
		return 0, 0
	}
	for id, s := range p.states {
		if slept(id) && s != nil && s.Diff(truth) == "" {
			exact++
		}
	}
	return float64(p.ended), exact
}

func (p *phones) close() {}
