package main

import (
	"fmt"
	"time"

	"majlis/deploy/bench/document"
	"majlis/deploy/bench/load"
)

const (
	// voterCount is how many visitors make changes, so that nobody comes near the
	// limit of five commands a second. Each has a question of its own among
	// questionCount, so that twenty changes in a row are of twenty entities.
	voterCount    = 64
	questionCount = 32
)

// publisher makes changes at Majlis, over connections of its own behind those of
// the watchers.
type publisher interface {
	// join is called once, before anything else: this is its crowd.
	join(p *phones)
	// conns is how many connections it needs.
	conns() int
	// headers say who a connection belongs to.
	headers(c *load.Conn) string
	// opened and heard are told what happens on them; heard says whether the
	// connection is ready.
	opened(c *load.Conn) (ready bool)
	heard(c *load.Conn, m *document.Message) (ready bool)
	publish(changes int) error
}

// desk keeps the commands that were not answered yet.
type desk struct {
	phones *phones
	count  int
	sent   map[string]time.Duration
}

func (d *desk) join(p *phones) { d.phones = p }

// send sends a command that makes a change.
func (d *desk) send(c *load.Conn, n int, cmd string) {
	d.count++
	id := ulid(uint64(d.count))
	if d.sent == nil {
		d.sent = make(map[string]time.Duration)
	}
	d.sent[id] = d.phones.pool.Tick()
	d.phones.open++
	c.Send(do(id, device(c.ID), n, cmd))
}

// answered takes what became of a command: each must be acknowledged.
func (d *desk) answered(a document.Answer) {
	sent, ok := d.sent[a.ID]
	if !ok || a.Kind != "ack" {
		d.phones.pool.Fail(fmt.Errorf("command %s: %s %s (known: %t)", a.ID, a.Kind, a.Reason, ok))
		return
	}
	delete(d.sent, a.ID)
	d.phones.open--
	d.phones.acked(a.Offset, sent)
}

// voters are visitors who vote in turn, on and off, each on one question: every
// vote is a change.
type voters struct {
	desk
	next   int
	counts [voterCount]int // commands sent by each
}

func (v *voters) conns() int { return voterCount }

func (v *voters) headers(c *load.Conn) string {
	return "Cookie: " + v.phones.hall.cookies[c.ID] + "\r\n"
}

func (v *voters) opened(c *load.Conn) bool {
	c.Send(hello(c))
	return true
}

func (v *voters) heard(_ *load.Conn, m *document.Message) bool {
	for _, a := range m.Answers {
		v.answered(a)
	}
	return false
}

func (v *voters) publish(changes int) error {
	for range changes {
		who := v.next % voterCount
		v.next++
		v.counts[who]++
		v.send(v.phones.pool.Conn(v.phones.watchers+who), v.counts[who], fmt.Sprintf(
			`{"type":"question.vote","id":%q,"on":%t}`, v.phones.hall.questions[who%questionCount], v.counts[who]%2 == 1))
	}
	return nil
}

// chair is an organiser who shows and hides the results of one poll in turn:
// every time that changes an entity, whose size is that of the poll's texts.
type chair struct {
	desk
	poll string
	n    int
}

func (h *chair) conns() int { return 1 }

func (h *chair) headers(*load.Conn) string {
	return "Authorization: Bearer " + h.phones.hall.pass + "\r\n"
}

func (h *chair) opened(c *load.Conn) bool {
	c.Send(load.AppendText(hello(c), []byte(`{"t":"watch","topic":"`+topic+`","role":"moderator"}`)))
	return false
}

func (h *chair) heard(_ *load.Conn, m *document.Message) bool {
	for _, a := range m.Answers {
		h.answered(a)
	}
	return h.n == 0 && len(m.Patches) > 0
}

func (h *chair) publish(changes int) error {
	for range changes {
		h.n++
		kind := "poll.hide"
		if h.n%2 == 1 {
			kind = "poll.reveal"
		}
		h.send(h.phones.pool.Conn(h.phones.watchers), h.n, fmt.Sprintf(`{"type":%q,"id":%q}`, kind, h.poll))
	}
	return nil
}

// nobody publishes nothing.
type nobody struct{}

func (nobody) join(*phones)                             {}
func (nobody) conns() int                               { return 0 }
func (nobody) headers(*load.Conn) string                { return "" }
func (nobody) opened(*load.Conn) bool                   { return true }
func (nobody) heard(*load.Conn, *document.Message) bool { return false }
func (nobody) publish(int) error                        { return nil }

// device names the tab behind a connection.
func device(id int) string { return fmt.Sprintf("%032x", id+1) }

func hello(c *load.Conn) []byte {
	return load.AppendText(nil, fmt.Appendf(nil, `{"t":"hello","v":1,"device":%q}`, device(c.ID)))
}

// do is a command's frame.
func do(id, device string, n int, cmd string) []byte {
	return load.AppendText(nil, fmt.Appendf(nil, `{"t":"do","id":%q,"dev":%q,"n":%d,"seen":0,"topic":%q,"cmd":%s}`,
		id, device, n, topic, cmd))
}

// ulid spells a number as a ULID.
func ulid(n uint64) string {
	const digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
	b := []byte("01J00000000000000000000000")
	for i := len(b) - 1; n > 0; i-- {
		b[i] = digits[n%32]
		n /= 32
	}
	return string(b)
}
