package main

import (
	"fmt"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

// askers are visitors who ask in turn: every question is a change that everybody
// is shown.
type askers struct {
	desk
	next int
}

func (v *askers) conns() int { return voterCount }

func (v *askers) headers(c *load.Conn) string {
	return "Cookie: " + v.phones.hall.cookies[c.ID] + "\r\n"
}

func (v *askers) opened(c *load.Conn) bool {
	c.Send(hello(c))
	return true
}

func (v *askers) heard(_ *load.Conn, m *document.Message) bool {
	for _, a := range m.Answers {
		v.answered(a)
	}
	return false
}

func (v *askers) publish(changes int) error {
	for range changes {
		who := v.next % voterCount
		v.next++
		v.send(v.phones.pool.Conn(v.phones.watchers+who), 1+v.next/voterCount, fmt.Sprintf(
			`{"type":"question.ask","id":%q,"lang":"en","text":"Question %d: when is it measured, and where can we read it?"}`,
			ulid(1<<44+uint64(v.next)), v.next))
	}
	return nil
}
