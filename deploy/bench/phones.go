package main

import (
	"fmt"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

// phones are the crowd at Majlis: watchers, each with an identity and a document
// of its own, and behind them some visitors who do not watch but vote.
type phones struct {
	pool *load.Pool
	hall *hall
	host string

	watchers int
	voters   *voters
	library  document.Library
	headers  string

	states  []*document.State // by connection
	asleep  []bool
	in      int // watchers that have a document
	foreign int // patches that were of another history
	behind  int // patches that had a hole before them
	closed  int // connections that the server ended
	size    int // of the last message with a patch
	deliver func(c *load.Conn, s *document.Step)
	answer  func(c *load.Conn, a document.Answer)

	from   int // of library.Steps: what is measured begins here
	noting bool
	target int64 // the largest offset that was acknowledged
	book   ledger
}

func (p *phones) Request(c *load.Conn) []byte {
	return load.Upgrade("/ws", p.host, "Origin: http://"+p.host+"\r\nSec-WebSocket-Protocol: majlis.v1\r\n"+
		"Cookie: "+p.hall.cookies[c.ID]+"\r\n"+p.headers)
}

// device names the tab behind a connection.
func device(id int) string { return fmt.Sprintf("%032x", id+1) }

func (p *phones) Opened(c *load.Conn) {
	hello := load.AppendText(nil, fmt.Appendf(nil, `{"t":"hello","v":1,"device":%q}`, device(c.ID)))
	if c.ID >= p.watchers {
		c.Send(hello)
		p.voters.in++
		return
	}
	c.Send(load.AppendText(hello, p.watch(p.states[c.ID])))
}

// watch asks for the topic from where a phone stands.
func (p *phones) watch(s *document.State) []byte {
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
	for _, patch := range m.Patches {
		p.size = len(data)
		p.apply(c, patch)
	}
	for _, a := range m.Answers {
		p.answer(c, a)
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
		if p.states[c.ID] == nil {
			p.in++
		}
		p.states[c.ID] = s.Next
		if p.noting && s.Changed {
			s.At = append(s.At, p.pool.Now())
		}
		if p.deliver != nil {
			p.deliver(c, s)
		}
	case document.Foreign:
		p.foreign++
		c.Send(load.AppendText(nil, p.watch(nil)))
	case document.Behind:
		p.behind++
		c.Send(load.AppendText(nil, p.watch(p.states[c.ID])))
	}
}

// Closed counts, and comes back: a phone never gives up.
func (p *phones) Closed(c *load.Conn, _ error) {
	p.closed++
	p.pool.After(100*time.Millisecond, func() { p.pool.Dial(c, p) })
}

func (p *phones) ready() int { return p.in + p.voters.in }

func (p *phones) publish(changes int) error { return p.voters.vote(changes) }

// acked is told of each change that the log has.
func (p *phones) acked(offset int64, sent time.Duration) {
	p.target = max(p.target, offset)
	p.book.note(offset, sent)
}

func (p *phones) settled() bool { return p.voters.open == 0 && p.reached(p.target) }

// reached says whether all watchers that read have come to an offset.
func (p *phones) reached(offset int64) bool {
	for id, s := range p.states[:p.watchers] {
		if (s == nil || s.Offset < offset) && !p.asleep[id] {
			return false
		}
	}
	return true
}

func (p *phones) mark() {
	p.from, p.noting, p.book = len(p.library.Steps()), true, ledger{}
}

func (p *phones) stretch() ([]span, *ledger) {
	p.noting = false
	var out []span
	for _, s := range p.library.Steps()[p.from:] {
		if len(s.At) > 0 {
			out = append(out, span{s.From, s.To, s.At})
		}
	}
	return out, &p.book
}

// check compares every phone's document with the server's.
func (p *phones) check() error {
	truth, err := p.hall.document(p.host)
	if err != nil {
		return err
	}
	wrong, example := 0, ""
	seen := make(map[*document.State]string)
	for id, s := range p.states[:p.watchers] {
		if s == nil {
			wrong, example = wrong+1, fmt.Sprintf("phone %d has no document", id)
			continue
		}
		diff, ok := seen[s]
		if !ok {
			diff = s.Diff(truth)
			seen[s] = diff
		}
		if diff != "" {
			wrong, example = wrong+1, fmt.Sprintf("phone %d at offset %d: %s", id, s.Offset, diff)
		}
	}
	if wrong > 0 {
		return fmt.Errorf("%d of %d phones hold another document than the server at offset %d: %s", wrong, p.watchers, truth.Offset, example)
	}
	return nil
}

func (p *phones) close() {}
